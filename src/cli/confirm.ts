import { UserError } from '../errors.ts';
import type { Text } from '../text/language.ts';
import type { Session } from './context.ts';
import { openPrompts } from './open-prompts.ts';
import { say } from '../locales/say.ts';

export type Confirmation = {
  question: Text;
  /** What Enter means. */
  preset: boolean;
  /** What would be done, as "move a to b", if it takes something away or changes what runs; undefined if it only adds. */
  needsYes?: Text;
  /** Esc goes back to the question before. */
  back?: boolean;
};

/**
 * Asks a person before something is written; --yes answers. Where nobody can be asked, what only adds is written, for its
 * flags said it all, and what takes away or changes what runs needs --yes.
 * @throws WentBack after Esc, with `back`; UserError E_CANCELLED after a no; E_MISSING where nobody can be asked and a yes is needed
 */
export async function confirm(
  session: Session,
  { question, preset, needsYes, back = false }: Confirmation,
): Promise<void> {
  if (session.yes) return;
  if (session.terminal.interactive) {
    const prompts = await openPrompts(session);
    if (await prompts.confirm({ message: session.t(question), default: preset, back })) return;
    throw new UserError('E_CANCELLED', say('cli.cancelledNothingWritten'));
  }
  if (needsYes !== undefined)
    throw new UserError('E_MISSING', say('cli.nobodyCanAskedWhether', { needsYes }), {
      hint: say('cli.giveYesLookFirstDry'),
      missing: [{ flag: 'yes' }],
    });
}
