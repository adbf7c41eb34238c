import type { Session } from '../../cli/context.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { readShardDocuments } from '../../cli/open-shards.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { JoinInput } from './flags.ts';

/**
 * join: reads what shards left, and has their command make one result of it; resolves to the exit that one run would have had.
 * @throws UserError E_VALUE, E_SHARDS, E_MISSING, E_USAGE
 */
export async function runJoin(session: Session, input: JoinInput): Promise<number> {
  const shards = await readShardDocuments(session.cwd, input.positionals);
  const command = shards[0]?.command ?? '';
  const isKnown = session.commands.commands.some(({ name }) => name === command);
  const { join } = isKnown ? await session.commands.load(command) : {};
  if (!join)
    throw new UserError('E_VALUE', say('shard.noJoin', { command: display(command) }), {
      hint: say('shard.nameFiles'),
    });
  const format = input.values['format'] ?? (session.json ? 'json' : 'terminal');
  const { lang } = input.values;
  return join(session, { shards, format, lang, command: sameAgain(session, 'join', input) });
}
