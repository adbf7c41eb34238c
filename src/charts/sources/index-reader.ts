import {
  chartAnnotations,
  chartDescription,
  type ChartIndex,
  type ChartVersions,
  chartVersions,
  ParseElsewhere,
  parseChartIndex,
} from '../index/chart-index.ts';
import type { Version } from '../versions/versions.ts';
import type { Text } from '../../text/language.ts';
import { omitUndefined } from '../../data/fields.ts';
import { type ErrorCode, UserError } from '../../errors.ts';
import { packagePath } from '../../system/files/templates.ts';
import { runInWorker } from '../../system/tools/worker.ts';

/** An index of charts, whatever reading it takes. Throws what `chartVersions` does. */
export type IndexReader = {
  readonly charts: readonly string[];
  versions(chart: string, after?: Version): Promise<ChartVersions>;
  annotations(chart: string): Promise<ReturnType<typeof chartAnnotations>>;
  description(chart: string, version: string): Promise<string | undefined>;
};

/** What the thread is given: all bytes, and the chart, if only one is wanted. */
export type IndexOrder = { bytes: Uint8Array; what: string; chart: string | undefined };

/** A parsed index, cut down, or why there is none. */
export type IndexAnswer = { index: ChartIndex } | { refused: Refused };
type Refused = { code: ErrorCode; message: Text; hint: Text | undefined; subject: string | undefined };

/** What a parser may have here, where nothing can stop it: half a second at worst. */
const MOST_PARSED = 1 << 20;
const BOUNDS = { memoryMib: 192, ms: 10_000 };

/**
 * Opens an index of charts. In the usual form it is read by its lines; what needs a parser, and is more than small, goes to
 * a thread with bounds.
 */
export async function openIndexReader(
  bytes: Buffer,
  what: string,
  signal: AbortSignal,
): Promise<IndexReader> {
  const apart = (chart?: string): Promise<ChartIndex> => parseApart({ bytes, what, chart }, signal);
  const index = await elsewhere(
    () => parseChartIndex(bytes, what, MOST_PARSED),
    () => apart(),
  );
  const parts = new Map<string, Promise<ChartIndex>>();
  const read = <T>(chart: string, reading: (from: ChartIndex) => T): Promise<T> =>
    elsewhere(
      () => reading(index),
      async () => {
        const part = parts.get(chart) ?? apart(chart);
        parts.set(chart, part);
        return reading(await part);
      },
    );
  return {
    charts: index.charts,
    versions: (chart, after) => read(chart, from => chartVersions(from, chart, after)),
    annotations: chart => read(chart, from => chartAnnotations(from, chart)),
    description: (chart, version) => read(chart, from => chartDescription(from, chart, version)),
  };
}

async function elsewhere<T>(here: () => T, there: () => Promise<T>): Promise<T> {
  try {
    return here();
  } catch (error) {
    if (error instanceof ParseElsewhere) return there();
    throw error;
  }
}

async function parseApart(order: IndexOrder, signal: AbortSignal): Promise<ChartIndex> {
  const module = packagePath('dist/index-worker.js');
  const answer = (await runInWorker(module, order, { ...BOUNDS, what: order.what, signal })) as IndexAnswer;
  if ('index' in answer) return answer.index;
  const { code, message, hint, subject } = answer.refused;
  throw new UserError(code, message, omitUndefined({ hint, subject }));
}
