import type { ReadRepository } from '../../../deliveries/objects.ts';
import { readDeliveries } from '../../../deliveries/read-deliveries.ts';
import type { DeliveredText } from '../../../render/releases/plan-releases.ts';
import type { Repository } from '../../../repository/model.ts';
import { MOST_BYTES } from '../../../repository/reading-budget.ts';
import { isYaml } from '../facts/app-facts.ts';
import { sightOfSets } from '../facts/set-sight.ts';
import type { RepositorySummary } from '../facts/repository-summary.ts';
import { idOf } from '../incremental/id-of.ts';
import { type Snapshot, textsOf } from '../incremental/snapshot.ts';

/** What delivers charts in the repository, and the id of all that this rests on. */
export type Delivered = DeliveredText & {
  id: string;
  repository: ReadRepository & Pick<Repository, 'sets'>;
  /** Whether there is a file or a folder. */
  isThere(path: string): boolean;
};

/** The id of what all deliveries rest on: the contents of YAML and JSON, and which other files are there. Undefined where there are none. */
export async function deliveredId(
  snapshot: Snapshot,
  summary: RepositorySummary,
): Promise<string | undefined> {
  if (!summary.hasDeliveries) return undefined;
  const read = filesLike(snapshot, file => isYaml(file) || file.endsWith('.json'));
  return idOf([...snapshot.files.keys()], await snapshot.idsOf(read));
}

function filesLike({ files }: Snapshot, isLike: (file: string) => boolean): string[] {
  return [...files].flatMap(([file, kind]) => (kind === 'file' && isLike(file) ? [file] : []));
}

/** What is left out for its size has its charts counted, as the summary found them. */
async function yamlTexts(snapshot: Snapshot): Promise<Map<string, string>> {
  const text = new Map<string, string>();
  let left = MOST_BYTES;
  for await (const [file, content] of textsOf(snapshot, filesLike(snapshot, isYaml))) {
    if (content.length > left) continue;
    left -= content.length;
    text.set(file, content);
  }
  return text;
}

/** Reads the whole repository for them; undefined where there are none. */
export async function openDelivered(
  snapshot: Snapshot,
  summary: RepositorySummary,
): Promise<Delivered | undefined> {
  const id = await deliveredId(snapshot, summary);
  if (id === undefined) return undefined;
  const text = await yamlTexts(snapshot);
  // Templates are taken out of the snapshot.
  const sets = await sightOfSets(snapshot, [...summary.summaries.values()]);
  const repository = { text, isTemplate: () => false, apps: [], sets };
  const isThere = (path: string): boolean => snapshot.kindOf(path) !== undefined;
  return { deliveries: readDeliveries(repository), text, repository, isThere, id };
}
