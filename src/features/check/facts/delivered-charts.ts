import { findUses, readPlaces } from '../../../deliveries/find-uses.ts';
import type { Configuration } from '../../../repository/configuration.ts';
import { parseRepository } from '../../../repository/model.ts';
import { isWorthReading } from '../../../repository/read-repository.ts';
import type { ReadPlace } from '../../../repository/unread/unread.ts';
import type { Snapshot } from '../incremental/snapshot.ts';

/**
 * The places that give charts to a cluster and that `outdated`, `diff` and `upgrade` read. All YAML of the snapshot is read
 * and parsed for it: what rules look at is learned without.
 */
export async function deliveredCharts(
  snapshot: Pick<Snapshot, 'files' | 'read'>,
  { environments }: Pick<Configuration, 'environments'>,
): Promise<ReadPlace[]> {
  const wanted = [...snapshot.files].filter(([path, kind]) => isWorthReading({ path, kind }));
  const contents = await snapshot.read(wanted.map(([path]) => path));
  const text = new Map([...contents].map(([path, content]) => [path, content.toString('utf8')]));
  return readPlaces(findUses(parseRepository(text, environments)));
}
