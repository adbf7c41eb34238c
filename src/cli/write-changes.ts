import type { ChangeSet } from '../change-set.ts';
import type { Prompts } from '../output/prompts.ts';
import { type ApplyOptions, applyChanges } from '../system/transaction/transaction.ts';
import type { Session } from './context.ts';
import { confirm } from './confirm.ts';
import { describeNotice } from './open-repository.ts';
import { renderPreview } from '../output/preview.ts';
import { say } from '../locales/say.ts';
import { makeFolders } from '../system/files/make-folders.ts';

export type WriteOptions = Pick<ApplyOptions, 'force' | 'uncommitted'> & {
  root: string;
  /** Undefined where nobody can be asked: then nothing is shown before it is written. */
  prompts: Prompts | undefined;
};

/** Shows a person what would change and asks; then writes it as one transaction, unless this is a dry run. */
export async function writeChanges(
  session: Session,
  changes: ChangeSet,
  options: WriteOptions,
): Promise<void> {
  const { prompts, root, ...how } = options;
  if (changes.changes.length === 0) return;
  if (prompts) session.terminal.say(renderPreview(changes, session.terminal));
  if (session.dryRun) return;
  await confirm(session, { question: WRITE_THESE, preset: true });
  await makeFolders(root);
  await applyChanges(changes, {
    ...how,
    root,
    now: new Date(),
    signal: session.signal,
    notify: notice => session.terminal.say(describeNotice(notice)),
  });
}

const WRITE_THESE = say('cli.writeTheseFiles');
