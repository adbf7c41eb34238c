import type { ChangeSet } from '../change-set.ts';
import { unpackChart } from '../charts/chart-files.ts';
import type { PinnedChart } from '../charts/pinned-chart.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Text } from '../text/language.ts';

/** The chart's files where kustomize finds them; a chart that stands there already stays, and is no change. */
export async function unpackNew(
  context: { files: RepositoryFiles; t(text: Text): string },
  folder: string,
  chart: PinnedChart,
): Promise<ChangeSet[]> {
  const unpacked = unpackChart(context, folder, chart);
  const places = unpacked.flatMap(({ changes }) => changes).map(({ path }) => path);
  const present = await Promise.all(places.map(path => context.files.list(path)));
  return present.some(entries => entries !== undefined) ? [] : unpacked;
}
