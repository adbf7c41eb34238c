import { memoized } from '../../../data/memoized.ts';
import { isKustomization } from '../../../repository/kustomization.ts';
import type { ChartsRead } from '../../../repository/unread/charts-read.ts';
import {
  type ChartPlace,
  chartsIn,
  countUnread,
  type ReadPlace,
  withoutRead,
} from '../../../repository/unread/unread.ts';
import type { RepositorySummary } from './repository-summary.ts';
import type { FolderSummary } from './folder-summary.ts';

/**
 * Counts the charts that are read, by rules or by the deliveries, and those that nobody reads: in the whole repository, or in
 * some folders.
 * @param folders those of the chosen apps; undefined for all
 * @param read what was read beside what kustomize inflates
 */
export function summarizeCharts(
  summary: RepositorySummary,
  folders: readonly string[] | undefined,
  read: readonly ReadPlace[],
): ChartsRead {
  const summaries = folders
    ? folders.flatMap(folder => [...summary.within(folder)])
    : [...summary.summaries.values()];
  const taken = takenIn(summary);
  const found = summaries.flatMap(own =>
    own.chartPlaces.filter(({ file }) => !isKustomization(file) || taken(own.folder)),
  );
  const left = withoutRead(found, [...(folders ? summaries : lookedAt(summary)).flatMap(readOf), ...read]);
  return { read: chartsIn(found) - chartsIn(left), unread: countUnread(left) };
}

/** The summaries of what apps are made of. */
function lookedAt(summary: RepositorySummary): FolderSummary[] {
  const looked = lookedInto(summary);
  return [...summary.summaries.values()].filter(({ folder }) => looked.has(folder));
}

/** Rules look at every entry of an app, with a version or without: that is a finding of theirs. */
function readOf({ chartPlaces }: FolderSummary): ReadPlace[] {
  return chartPlaces
    .filter(({ kind }) => kind === 'helmCharts' || kind === 'HelmChartInflationGenerator')
    .map(({ kind, file, document }: ChartPlace) => ({ kind, file, document }));
}

/** Whether a folder's kustomization is deployed: where somebody chose the environments, only those of apps and what these take in. */
function takenIn(summary: RepositorySummary): (folder: string) => boolean {
  if (!summary.environmentsAreChosen) return () => true;
  const apps = new Set(summary.apps.map(({ folder }) => folder));
  const taken = memoized(() => lookedInto(summary));
  // To follow what kustomizations take in costs a look into each of them.
  return folder => apps.has(folder) || taken().has(folder);
}

/** The folders inside of apps, and those that their kustomizations take in from outside. */
function lookedInto(summary: RepositorySummary): ReadonlySet<string> {
  const taken = new Set<string>();
  const folders = new Set(summary.apps.map(({ folder }) => folder));
  for (const folder of folders)
    for (const own of summary.within(folder)) {
      if (taken.has(own.folder)) continue;
      taken.add(own.folder);
      for (const each of own.outside) if (summary.summaries.has(each)) folders.add(each);
    }
  return taken;
}
