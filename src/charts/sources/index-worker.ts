import { parentPort, workerData } from 'node:worker_threads';
import { cutIndex, parseChartIndex } from '../index/chart-index.ts';
import { UserError } from '../../errors.ts';
import type { IndexAnswer, IndexOrder } from './index-reader.ts';

// The program of a thread: parses one index, or a chart of it, and ends.
const { bytes, what, chart } = workerData as IndexOrder;
parentPort?.postMessage(answer(), []);

function answer(): IndexAnswer {
  try {
    return { index: cutIndex(parseChartIndex(Buffer.from(bytes), what), chart) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, texts, subject } = error;
    return { refused: { code, ...texts, subject } };
  }
}
