import { append } from '../data/append.ts';
import { UserError } from '../errors.ts';
import type { SourceLocation } from '../repository/source-location.ts';
import type { Tree } from './tree.ts';
import { type ChartStore, readChart } from './chart-inputs.ts';
import { isPublished, type Refusal, type RemoteReference } from './gate/refusal.ts';
import { type FetchResource, unfetchable, withResources } from './fetch-resources.ts';
import type { Inspection } from './gate/inspect-build.ts';

/** Where what an app does not hold itself comes from. */
export type BuildSources = { store: ChartStore; fetch: FetchResource; offline: boolean };

/** Everything that a build reads; or why it is not begun. */
export type Gathered =
  | { status: 'whole'; tree: Tree }
  /** What it takes is not at hand; `place` is what asks for it. */
  | { status: 'impossible'; reason: string; place?: SourceLocation }
  | { status: 'refused'; refusals: readonly Refusal[] };

/**
 * An app's own files with its charts and the manifests that it lists by address, so that a build fetches nothing: the one way
 * in which every command gathers an app.
 */
export async function gatherBuild(
  { store, fetch, offline }: BuildSources,
  own: Tree,
  { refusals, remote, charts }: Pick<Inspection, 'refusals' | 'remote' | 'charts'>,
): Promise<Gathered> {
  if (refusals.length > 0) return { status: 'refused', refusals };
  const fetched = offline ? remote[0] : unfetchable(remote);
  if (fetched !== undefined) return wouldFetch(fetched);
  try {
    const tree = await withResources(own, remote, fetch);
    const found: Refusal[] = [];
    for (const chart of charts.filter(each => !isThere(own, each.home) || !isPublished(each))) {
      const read = await readChart(store, chart);
      for (const [file, content] of read.files) tree.set(file, content);
      append(found, read.refusals);
    }
    return found.length > 0 ? { status: 'refused', refusals: found } : { status: 'whole', tree };
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED')
      return { status: 'impossible', reason: error.message };
    throw error;
  }
}

function isThere(tree: Tree, home: string): boolean {
  return tree.has(`${home}/Chart.yaml`);
}

/** What would have to be fetched, as the reason why a build is not begun. */
export function wouldFetch({
  address,
  file,
  line,
  column,
}: RemoteReference): Gathered & { status: 'impossible' } {
  return { status: 'impossible', reason: `${address} has to be fetched`, place: { file, line, column } };
}
