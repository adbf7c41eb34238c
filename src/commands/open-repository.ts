import { UserError } from '../errors.ts';
import { openRepositoryFiles, type RepositoryFiles } from '../io/files.ts';
import type { Notice } from '../io/notice.ts';
import { recover } from '../io/recover.ts';
import { findRepository, openRepository as openFolder } from '../io/repository.ts';
import type { Session } from '../session.ts';
import { hasApps } from '../use-cases/read-repository.ts';

/**
 * Opens the GitOps repository of this run, and repairs what an interrupted run left in it. It is the folder named by -C
 * if that holds apps, else the nearest one above with `.slipway/config.yaml` or `.git`.
 * @throws UserError E_NO_REPOSITORY
 */
export async function openRepository(session: Session): Promise<RepositoryFiles> {
  const root = await findRoot(session);
  if (root === undefined)
    throw new UserError('E_NO_REPOSITORY', `${session.cwd} is in no GitOps repository`, {
      hint: 'Name one with -C <dir>, make one with slipway init, or try slipway new-app --demo.',
    });
  return openRoot(session, root);
}

/** The files of a repository, once what an interrupted run left there is repaired. */
export async function openRoot({ signal, terminal }: Session, root: string): Promise<RepositoryFiles> {
  await recover(root, { now: new Date(), signal, notify: notice => terminal.say(describeNotice(notice)) });
  return openRepositoryFiles(root);
}

/** The folder of this run's GitOps repository, if there is one. */
export async function findRoot({ cwd }: Session): Promise<string | undefined> {
  const named = await openFolder(cwd);
  const isIt = await hasApps(openRepositoryFiles(named.root));
  return isIt ? named.root : (await findRepository(cwd))?.root;
}

/** What happened beside the run's own work. */
export function describeNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'lock-taken':
      return `took over the lock of process ${notice.pid}, which no longer runs`;
    case 'recovered': {
      const done = notice.direction === 'forward' ? 'finished' : 'undid';
      const left =
        notice.leftAlone.length > 0
          ? `; left alone, since somebody changed them: ${notice.leftAlone.join(', ')}`
          : '';
      return `an earlier run was interrupted; ${done} it (${notice.paths.join(', ')})${left}`;
    }
    case 'saved':
      return `${notice.path} had uncommitted changes; bring them back with: ${notice.restore}`;
    case 'link-broken':
      return `${notice.path} had other names (hard links), which keep the old content`;
    case 'leftover':
      return `could not remove ${notice.path} (${notice.reason}); the next run will`;
  }
}
