import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { largeIndex, type MadeChart } from './large-index.ts';

/** What it costs to find the versions of one chart in an index that is in memory. */
export type FindChartResult = {
  contender: string;
  chart: string;
  versions: number;
  milliseconds: number;
  /** Peak of memory beyond what the process had with the index read. */
  mebibytes: number;
};

const INDEX_BYTES = 16 << 20;
const RUNS: Record<string, number> = { slice: 7, 'js-yaml': 5, yaml: 1 };

/**
 * Measures a scan for one chart's slice against whole parses by js-yaml and yaml, each in processes of its own and cold, as
 * the command line is. The best time and the median memory of several runs count. Prints ratios to js-yaml.
 */
export async function findChart(print: (line: string) => void = console.log): Promise<FindChartResult[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-find-chart-'));
  try {
    return await measureAll(folder, print);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureAll(folder: string, print: (line: string) => void): Promise<FindChartResult[]> {
  const child = path.join(folder, 'child.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'find-chart-child.ts')],
    outfile: child,
    bundle: true,
    format: 'cjs',
    platform: 'node',
  });
  const index = largeIndex(INDEX_BYTES);
  const file = path.join(folder, 'index.yaml');
  writeFileSync(file, index.text);
  print(`index.yaml: ${mebibytes(index.text.length)} MiB, ${index.charts.length} charts`);
  const results = chosenCharts(index.charts).flatMap(chart =>
    Object.keys(RUNS).map(contender => measure({ child, file, chart, contender })),
  );
  for (const line of table(results)) print(line);
  return results;
}

/** The largest one, and the one in the middle. */
function chosenCharts(charts: MadeChart[]): MadeChart[] {
  const sorted = charts.toSorted((a, b) => b.versions - a.versions);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)]].filter(chart => chart !== undefined);
}

type Task = { child: string; file: string; chart: MadeChart; contender: string };

function measure({ child, file, chart, contender }: Task): FindChartResult {
  const runs = Array.from({ length: RUNS[contender] ?? 1 }, () => {
    const output = execFileSync(process.execPath, [child, contender, file, chart.name], { encoding: 'utf8' });
    return JSON.parse(output) as { versions: number; milliseconds: number; kibibytes: number };
  });
  const wrong = runs.find(run => run.versions !== chart.versions);
  if (wrong)
    throw new Error(`${contender} found ${wrong.versions} versions of ${chart.name}, not ${chart.versions}`);
  const memory = runs.map(run => run.kibibytes).toSorted((a, b) => a - b);
  return {
    contender,
    chart: chart.name,
    versions: chart.versions,
    milliseconds: Math.min(...runs.map(run => run.milliseconds)),
    mebibytes: (memory[Math.floor(memory.length / 2)] ?? 0) / 1024,
  };
}

function table(results: FindChartResult[]): string[] {
  return results.map(result => {
    const whole =
      results.find(({ contender, chart }) => contender === 'js-yaml' && chart === result.chart) ?? result;
    return [
      result.contender.padEnd(8),
      `${result.versions} versions`.padStart(13),
      `${result.milliseconds.toFixed(1)} ms`.padStart(11),
      `${result.mebibytes.toFixed(1)} MiB`.padStart(11),
      `time 1/${(whole.milliseconds / result.milliseconds).toFixed(1)}`.padStart(12),
      `memory 1/${(whole.mebibytes / result.mebibytes).toFixed(1)}`.padStart(14),
    ].join('  ');
  });
}

function mebibytes(bytes: number): string {
  return (bytes / (1 << 20)).toFixed(1);
}
