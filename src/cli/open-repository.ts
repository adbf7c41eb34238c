import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { openRepositoryFiles, type RepositoryFiles } from '../system/files/files.ts';
import type { Notice } from '../system/transaction/notice.ts';
import { recover, whereInterrupted } from '../system/transaction/recover.ts';
import { findRepository, isFolder, openRepositoryRoot } from '../system/files/find-repository.ts';
import type { Session } from './context.ts';
import { hasApps } from '../repository/has-apps.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** What a run opens a repository for. */
export type Purpose = 'read' | 'write';

/**
 * Opens the GitOps repository of this run: the folder named by -C if that holds apps, else the nearest one above with
 * `.slipway/config.yaml` or `.git`. A run that writes first repairs what an interrupted run left in it.
 * @throws UserError E_NO_REPOSITORY, E_JOURNAL
 */
export async function openRepository(session: Session, purpose: Purpose): Promise<RepositoryFiles> {
  const root = await findRoot(session);
  if (root === undefined)
    throw new UserError('E_NO_REPOSITORY', say('cli.noGitopsRepository', { cwd: session.cwd }), {
      hint: say('cli.nameOneCDirMake'),
    });
  return openRoot(session, root, purpose);
}

/** The files of a repository, once what an interrupted run left there is repaired, or mentioned to those who only read. */
export async function openRoot(session: Session, root: string, purpose: Purpose): Promise<RepositoryFiles> {
  const { signal, terminal } = session;
  if (purpose === 'write' && !session.dryRun)
    await recover(root, {
      now: new Date(),
      signal,
      notify: notice => terminal.say(session.t(describeNotice(notice))),
    });
  else await mentionInterrupted(session, root);
  return openRepositoryFiles(root, signal);
}

async function mentionInterrupted({ terminal, t }: Session, root: string): Promise<void> {
  const journal = await whereInterrupted(root);
  if (journal === undefined) return;
  const note = t(say('cli.noteRunInterruptedUnderWay', { journal: display(journal) }));
  terminal.say(terminal.style(note, 'yellow'));
}

/** The folder of this run's GitOps repository, if there is one. @throws UserError E_USAGE where -C names no folder */
export async function findRoot({ cwd }: Session): Promise<string | undefined> {
  if (!(await isFolder(cwd)))
    throw new UserError('E_USAGE', say('cli.noSuchFolder', { cwd: display(cwd) }), {
      hint: say('cli.nameFolderThere'),
      subject: cwd,
    });
  const { root } = await openRepositoryRoot(cwd);
  const around = await findRepository(cwd);
  // A look at what lies in it takes as long as a run's own.
  if (around?.root === root) return root;
  return (await hasApps(openRepositoryFiles(root))) ? root : around?.root;
}

/** What happened beside the run's own work. */
export function describeNotice(notice: Notice): Text {
  switch (notice.kind) {
    case 'lock-taken':
      return say('cli.tookOverLock', { pid: notice.pid });
    case 'recovered': {
      const done = notice.direction === 'forward' ? say('cli.finished') : say('cli.undid');
      const left =
        notice.leftAlone.length > 0
          ? say('cli.leftAloneSinceChanged', { paths: notice.leftAlone.join(', ') })
          : '';
      return say('cli.earlierRunInterrupted', { done, paths: notice.paths.join(', '), left });
    }
    case 'saved':
      return say('cli.hadUncommittedChanges', { path: notice.path, restore: notice.restore });
    case 'link-broken':
      return say('cli.hadOtherNames', { path: notice.path });
    case 'not-recorded':
      return say('cli.notRecorded');
    case 'leftover':
      return say('cli.couldNotRemove', { path: notice.path, reason: notice.reason });
  }
}
