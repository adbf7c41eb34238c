import type { ChangeSet } from '../domain/change-set.ts';
import { UserError } from '../errors.ts';
import type { Prompts } from '../io/prompts.ts';
import { type ApplyOptions, applyChanges } from '../io/transaction.ts';
import type { Session } from '../session.ts';
import { describeNotice } from './open-repository.ts';
import { renderPreview } from './preview.ts';

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
  if (prompts) await confirmChanges(session, prompts, changes);
  if (session.dryRun) return;
  await applyChanges(changes, {
    ...how,
    root,
    now: new Date(),
    signal: session.signal,
    notify: notice => session.terminal.say(describeNotice(notice)),
  });
}

async function confirmChanges(session: Session, prompts: Prompts, changes: ChangeSet): Promise<void> {
  session.terminal.say(renderPreview(changes, session.terminal));
  if (session.yes || session.dryRun) return;
  const message = session.t({ en: 'Write these files?', 'zh-CN': '写入这些文件？' });
  if (!(await prompts.confirm({ message, default: true }))) throw new UserError('E_CANCELLED', 'cancelled');
}
