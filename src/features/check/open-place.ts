import { remark } from '../../cli/remark.ts';
import type { Session } from '../../cli/context.ts';
import { openRepository, type Purpose } from '../../cli/open-repository.ts';
import { openCacheFiles } from '../../system/cache/cache-files.ts';
import { cacheFolder } from '../../system/cache/cache-folder.ts';
import { openRepositoryRoot } from '../../system/files/find-repository.ts';
import { thisMachine } from '../../system/files/machine.ts';
import type { CheckPlace } from './open-check.ts';

/** Where a run of check looks: the repository around the session's folder, and the cache. */
export async function openPlace(session: Session, purpose: Purpose): Promise<CheckPlace> {
  const now = Date.now();
  const files = await openRepository(session, purpose);
  const cache = await openCacheFiles({
    folder: cacheFolder(thisMachine(session.env)),
    warn: text => remark(session, text),
    now: () => Date.now(),
  });
  const { version, env, signal } = session;
  return { repository: await openRepositoryRoot(files.root), files, cache, version, env, signal, now };
}
