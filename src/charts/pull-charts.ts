import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../data/fields.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { readValues } from './chart-values.ts';
import type { ChartAddress } from './address.ts';
import type { ChartVersion } from './chart-version.ts';
import type { PinnedChart } from './pinned-chart.ts';
import { UserError } from '../errors.ts';
import type { Charts } from './lookup.ts';
import type { PulledChart } from './sources/chart-source.ts';
import { say } from '../locales/say.ts';

export type ChartChoice = { address: ChartAddress; version: ChartVersion; release: string };

/** A pulled chart as part of an app: its release, and the values that the app will hold. */
export type AppChart = PulledChart & {
  release: string;
  /** The bytes of values.yaml, the chart's own unless they were changed. */
  values: Buffer;
  /** The same as data. */
  data: unknown;
};

/** Fetches and verifies the charts of an app. */
export async function pullCharts(charts: Charts, choices: readonly ChartChoice[]): Promise<AppChart[]> {
  requireDistinctReleases(choices);
  return Promise.all(choices.map(choice => pullOne(charts, choice)));
}

async function pullOne(charts: Charts, { address, version, release }: ChartChoice): Promise<AppChart> {
  const pulled = await charts.pull(address, version);
  return {
    ...pulled,
    release,
    ...withValues(pulled.chart.values ?? Buffer.alloc(0), pulled.chart.name),
  };
}

/** The chart as the app will pin it. */
export function pinnedChart(pulled: AppChart): PinnedChart {
  const { address, chart, release, values, files, digest, version } = pulled;
  const defaults = chart.values ?? Buffer.alloc(0);
  return {
    name: chart.name,
    repo: address.repo,
    version: version.version,
    release,
    values,
    ...(values.equals(defaults) ? {} : { defaults }),
    overrides: overridesOf(pulled),
    files,
    digest,
    created: version.created,
    appVersion: chart.appVersion,
  };
}

function overridesOf({ chart, data }: AppChart): Record<string, unknown> {
  const own = readValues(
    decodeUtf8(chart.values ?? Buffer.alloc(0), `values.yaml of ${chart.name}`),
    chart.name,
  );
  return changedIn(own, data);
}

/** What of the second map is not in the first as it is; lists as a whole. */
function changedIn(before: unknown, after: unknown): Record<string, unknown> {
  if (!isRecord(after)) return {};
  const old = isRecord(before) ? before : {};
  const changed = Object.entries(after).flatMap(([key, value]): [string, unknown][] => {
    if (isRecord(value) && isRecord(old[key])) {
      const inner = changedIn(old[key], value);
      return Object.keys(inner).length > 0 ? [[key, inner]] : [];
    }
    return isDeepStrictEqual(old[key], value) ? [] : [[key, value]];
  });
  return Object.fromEntries(changed);
}

/** Values bytes with their data. */
export function withValues(values: Buffer, chart: string): Pick<AppChart, 'values' | 'data'> {
  return { values, data: readValues(decodeUtf8(values, `values.yaml of ${chart}`), chart) };
}

/** Helm names objects after the release: twice the same would render the same objects twice. */
function requireDistinctReleases(choices: readonly ChartChoice[]): void {
  const names = choices.map(({ release }) => release);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw new UserError('E_VALUE', say('charts.twoChartsAppHaveRelease', { twice }), {
    hint: say('charts.giveReleaseBehindEachChart'),
    subject: twice,
  });
}
