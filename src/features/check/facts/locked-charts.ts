import {
  type LockEntry,
  type LockedChart,
  lockPath,
  parseLockEntry,
} from '../../../repository/lock-entry.ts';
import { UserError } from '../../../errors.ts';
import type { AppPlace } from './app-place.ts';
import type { Snapshot } from '../incremental/snapshot.ts';

/** The app's lock entry; undefined where there is none, or none that can be read. */
export async function readLockEntry(
  snapshot: Snapshot,
  { environment, folder }: Pick<AppPlace, 'environment' | 'folder'>,
): Promise<LockEntry | undefined> {
  if (environment === undefined) return undefined;
  const file = lockPath(folder);
  const content = (await snapshot.read([file])).get(file);
  try {
    return content && parseLockEntry(content.toString('utf8'), file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Every chart that these apps have locked, digests as bare digits. */
export async function lockedCharts(snapshot: Snapshot, apps: readonly AppPlace[]): Promise<LockedChart[]> {
  const entries = await Promise.all(apps.map(app => readLockEntry(snapshot, app)));
  return entries
    .flatMap(entry => entry?.charts ?? [])
    .map(chart => ({ ...chart, digest: chart.digest.replace(/^sha256:/, '') }));
}
