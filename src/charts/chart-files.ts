import { type ChangeSet, createFolder } from '../change-set.ts';
import type { Text } from '../text/language.ts';
import type { LockedChart } from '../repository/lock-entry.ts';
import type { PinnedChart } from './pinned-chart.ts';
import { say } from '../locales/say.ts';

const LOCAL_CHART = say('charts.localChart');
const VERIFIED_CHART = say('charts.verifiedChartSoBuildNeeds');

/**
 * Where kustomize looks for a chart, from the app's folder.
 * @param home `helmGlobals.chartHome` where that says something else
 */
export function chartHome(
  { name, repo, version }: Pick<PinnedChart, 'name' | 'repo' | 'version'>,
  home = 'charts',
): string {
  return repo === undefined ? `${home}/${name}` : `${home}/${name}-${version}/${name}`;
}

/** The chart's files where kustomize finds them; none if they are there already. */
export function unpackChart(
  { t }: { t(text: Text): string },
  folder: string,
  chart: PinnedChart,
): ChangeSet[] {
  if (chart.files.size === 0) return [];
  const why = t(chart.repo === undefined ? LOCAL_CHART : VERIFIED_CHART);
  return [createFolder({ path: `${folder}/${chartHome(chart)}`, files: chart.files, why })];
}

/** What the lock keeps of a chart; nothing of a local one. */
export function lockedChart({
  name,
  repo,
  version,
  digest,
  created,
  appVersion,
}: Pick<PinnedChart, 'name' | 'repo' | 'version' | 'digest' | 'created' | 'appVersion'>): LockedChart[] {
  if (repo === undefined || digest === undefined) return [];
  return [
    {
      name,
      repo,
      version,
      digest: `sha256:${digest}`,
      ...(created ? { created } : {}),
      ...(appVersion ? { appVersion } : {}),
    },
  ];
}
