import assert from 'node:assert';
import {
  chartAnnotations,
  chartDescription,
  type ChartIndex,
  chartVersions,
  parseChartIndex,
} from '../../../src/charts/index/chart-index.ts';
import { UserError } from '../../../src/errors.ts';
import { seedFiles, type Target } from '../target.ts';

export const indexSlice: Target = {
  about: "a repository's index.yaml: what the scan of its lines cuts out is what a parser reads",
  seeds: seedFiles('index-slice'),
  run(input) {
    const index = parseChartIndex(input, 'the index');
    const charts = index.charts.slice(0, 5);
    const found = charts.map(chart => attempt(() => read(index, chart)));
    if (index.form === 'parsed') return;
    // A blank line in front of it takes no part; a line of flow style makes the whole index be parsed.
    const whole: ChartIndex | undefined = attempt(() =>
      parseChartIndex(Buffer.concat([input, FLOW]), 'the index'),
    );
    if (whole === undefined) return;
    assert.strictEqual(whole.form, 'parsed');
    assert.deepStrictEqual(new Set(index.charts), new Set(whole.charts), 'the scan finds other charts');
    for (const [at, chart] of charts.entries()) {
      const expected: unknown = attempt(() => read(whole, chart));
      if (expected && found[at]) assert.deepStrictEqual(found[at], expected, `the slice of ${chart}`);
    }
  },
};

const FLOW = Buffer.from('\n{fuzz}: {}\n');

function read(index: ChartIndex, chart: string): unknown {
  const { versions, skipped } = chartVersions(index, chart);
  assert.strictEqual(
    new Set(versions.map(({ version }) => version)).size,
    versions.length,
    'a version twice',
  );
  const description = chartDescription(index, chart, versions[0]?.version ?? '');
  return { versions, skipped, description, annotations: chartAnnotations(index, chart) };
}

/** What it returns, or undefined where the input is refused. */
function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
