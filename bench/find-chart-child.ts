import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { chartVersions, parseChartIndex } from '../src/charts/index/chart-index.ts';
import { asMap } from '../src/data/fields.ts';

/** Each finds the versions of one chart in the bytes of an index and says how many there are. */
const CONTENDERS: Record<string, (bytes: Buffer, chart: string) => number> = {
  slice: (bytes, chart) => chartVersions(parseChartIndex(bytes, 'index.yaml'), chart).versions.length,
  'js-yaml': (bytes, chart) => listLength(load(bytes.toString('utf8')), chart),
  yaml: (bytes, chart) => listLength(parse(bytes.toString('utf8')), chart),
};

function listLength(index: unknown, chart: string): number {
  const list = asMap(asMap(index)['entries'])[chart];
  return Array.isArray(list) ? list.length : 0;
}

// One contender in a process of its own, so that its peak of memory is its own.
const [name = '', file = '', chart = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
const before = process.resourceUsage().maxRSS;
const start = performance.now();
const versions = CONTENDERS[name]?.(bytes, chart);
const milliseconds = performance.now() - start;
const kibibytes = process.resourceUsage().maxRSS - before;
process.stdout.write(JSON.stringify({ versions, milliseconds, kibibytes }));
