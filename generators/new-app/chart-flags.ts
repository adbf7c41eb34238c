import type { GivenFlag } from '../../src/cli/flags.ts';

/** The flags that describe one chart. */
export type ChartFlags = Record<string, string>;

const PER_CHART = new Set(['repo', 'version', 'release']);

/**
 * Groups the flags of several charts: --repo, --version and --release belong to the --chart before them; those before
 * the first --chart hold for each that has none of its own, and without any for the one that is asked for.
 */
export function groupChartFlags(given: readonly GivenFlag[]): ChartFlags[] {
  const shared: ChartFlags = {};
  const groups: ChartFlags[] = [];
  for (const { name, value } of given) {
    if (name === 'chart') groups.push({ chart: value });
    else if (PER_CHART.has(name)) (groups.at(-1) ?? shared)[name] = value;
  }
  if (groups.length === 0 && Object.keys(shared).length > 0) return [shared];
  return groups.map(group => ({ ...shared, ...group }));
}
