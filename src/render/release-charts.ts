import { inRepository } from '../charts/address.ts';
import type { Charts } from '../charts/lookup.ts';
import { resolveOpen } from '../charts/newer-versions.ts';
import { findVersion } from '../charts/versions/versions.ts';
import type { PlannedChart } from '../deliveries/planned-release.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { resolveInside } from '../repository/repository-path.ts';
import { type ChartStore, readChart } from './chart-inputs.ts';

/** A chart with all that it depends on, by path from its own folder. */
export type ReadyChart = {
  files: ReadonlyMap<string, Uint8Array>;
  /** What its version came to; undefined for a folder. */
  version: string | undefined;
  /** Whether it would be this very version at another time too. */
  isSettled: boolean;
};

export type ReleaseChartsContext = { charts(): Promise<Charts>; store: ChartStore };

/** Gets the chart of a release. @throws UserError if it cannot be had */
export async function getReleaseChart(
  { charts, store }: ReleaseChartsContext,
  chart: PlannedChart,
): Promise<ReadyChart> {
  if ('folder' in chart) return inFolder(store, chart);
  const { name, source, version } = chart;
  const lookups = await charts();
  const address = inRepository(name, source.replace(/(?<!\/)\/+$/, ''));
  const published = await lookups.versions(address);
  const wanted =
    version.kind === 'exact'
      ? version.text
      : resolveOpen({ name, current: version.text === '' ? '*' : version.text }, published, EVERY).resolves;
  const found = wanted === undefined ? undefined : findVersion(published, wanted);
  if (!found)
    throw new UserError(
      'E_NO_CHART',
      say('render.hasNo', { repo: source, name, version: version.text || '*' }),
      {
        subject: name,
      },
    );
  const { files } = await lookups.pull(address, found);
  return { files, version: found.version, isSettled: version.kind === 'exact' };
}

/** Of any age: what a controller takes does not ask for it. */
const EVERY = { today: new Date(0), minAgeDays: 0 };

async function inFolder(
  store: ChartStore,
  { name, folder }: Extract<PlannedChart, { folder: string }>,
): Promise<ReadyChart> {
  const { path: home, problem } = resolveInside('.', folder);
  if (home === undefined) throw new UserError('E_OUTSIDE', problem, { subject: folder });
  const place = { file: `${folder}/Chart.yaml`, line: 1, column: 1 };
  const read = await readChart(store, { home, name, repo: undefined, version: undefined, place });
  const [refused] = read.refusals;
  if (refused) throw new UserError('E_NO_CHART', refused.reason, { subject: folder });
  const files = [...read.files].map(([file, bytes]) => [file.slice(folder.length + 1), bytes] as const);
  return { files: new Map(files), version: undefined, isSettled: true };
}
