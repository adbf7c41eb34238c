import type { ChangeSet } from '../change-set.ts';
import { type ApplyOptions, applyChanges } from '../system/transaction/transaction.ts';
import type { Session } from './context.ts';
import { confirm } from './confirm.ts';
import { describeNotice } from './open-repository.ts';
import { renderPreview } from '../output/preview.ts';
import { markFor } from './run-mark.ts';
import { say } from '../locales/say.ts';
import { makeFolders } from '../system/files/make-folders.ts';

export type WriteOptions = Pick<ApplyOptions, 'force' | 'uncommitted'> & {
  root: string;
  /** Esc goes back to the question before, which throws `WentBack`. */
  back?: boolean;
};

/** Shows a person what would change and asks; then writes it as one transaction, unless this is a dry run. */
export async function writeChanges(
  session: Session,
  changes: ChangeSet,
  options: WriteOptions,
): Promise<void> {
  const { back = false, root, ...how } = options;
  if (changes.changes.length === 0) return;
  if (session.terminal.interactive) session.terminal.say(renderPreview(changes, session.terminal.aside));
  if (session.dryRun) return;
  await confirm(session, { question: WRITE_THESE, preset: true, back });
  await makeFolders(root);
  await applyChanges(changes, {
    ...how,
    root,
    now: new Date(),
    run: markFor(session),
    signal: session.signal,
    notify: notice => session.terminal.say(session.t(describeNotice(notice))),
  });
}

const WRITE_THESE = say('cli.writeTheseFiles');
