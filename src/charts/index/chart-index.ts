import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { parseJson } from '../../data/json.ts';
import { nearest } from '../../text/nearest.ts';
import {
  type ChartVersion,
  chartVersionOf,
  type ListedVersion,
  listedVersion,
  VERSION_FIELDS,
} from '../chart-version.ts';
import { asList, asMap, asText, type DataMap, field, isDataMap, textMap } from '../../data/fields.ts';
import { keepFields } from './index-fields.ts';
import { type ByteRange, MAX_CHARTS, scanIndex, tooManyCharts } from './index-slice.ts';
import { readRemoteYaml, REMOTE_LIMITS, requireFewNodes, type YamlLimits } from '../../yaml/remote-yaml.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { readVersionLines } from './version-lines.ts';
import { compareVersions, partAfter, type Version } from '../versions/versions.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export type ChartVersions = {
  /** Highest first; those that compare equal in the order of the index. */
  readonly versions: readonly ChartVersion[];
  /** Entries that are unusable: no SemVer version, listed twice, not a map. */
  readonly skipped: number;
};

/** An index that is either only scanned, so that a chart is parsed when asked for, or parsed whole. */
export type ChartIndex = {
  /** Where it comes from, for messages: without credentials. */
  readonly what: string;
  readonly charts: readonly string[];
  /** Oddities that do no harm. */
  readonly notes: readonly string[];
  /** More bytes than these are not parsed here; see `ParseElsewhere`. */
  readonly mostParsed: number;
} & (
  | { readonly form: 'scanned'; readonly bytes: Buffer; readonly slices: ReadonlyMap<string, ByteRange> }
  | { readonly form: 'parsed'; readonly entries: DataMap }
);

const MAX_VERSIONS = 20_000;
/** Of one chart. As many versions as there may be, with some 800 bytes each, are below it. */
const MAX_SLICE_BYTES = 16 << 20;
/** Of an index that only a parser can read, which takes several times its size. */
const MAX_PARSED_BYTES = 32 << 20;
const SLICE_LIMITS: YamlLimits = { ...REMOTE_LIMITS, nodes: 2_000_000 };
const WHOLE_LIMITS: YamlLimits = { ...REMOTE_LIMITS, nodes: 3_000_000, keysPerMap: MAX_CHARTS };

/** Thrown instead of parsing more bytes than the caller allowed: he has a place where that may take memory and time. */
export class ParseElsewhere extends Error {}

/**
 * Reads what charts an index.yaml has, from its decoded bytes. In the usual form that is a scan of its lines; anything
 * else, JSON included, is parsed whole within limits.
 * @throws UserError E_INDEX_NOT_YAML, E_INDEX, E_ENCODING, E_LIMIT, and those of `readRemoteYaml`.
 */
export function parseChartIndex(bytes: Buffer, what: string, mostParsed = Infinity): ChartIndex {
  const layout = scanIndex(bytes);
  if (!layout) return parseWhole(bytes, { what, mostParsed });
  const { charts: slices, topLevelKeys } = layout;
  const notes = versionNotes(topLevelKeys.has('apiVersion'));
  return { what, form: 'scanned', bytes, slices, charts: [...slices.keys()], notes, mostParsed };
}

/**
 * The versions of one chart; of those `after` another one no more than `versionsAfter` needs. Only its part of the index is parsed.
 * @throws UserError E_NO_CHART, naming similar charts; E_LIMIT beyond 20 000 versions.
 */
export function chartVersions(index: ChartIndex, chart: string, after?: Version): ChartVersions {
  const list = entryOf(index, chart);
  if (list === undefined) throw noChart(index, chart);
  const items = requireFewVersions(asList(list), chart);
  const known = new Map<string, ListedVersion>();
  for (const item of items) {
    const listed = listedVersion(item);
    if (listed && !known.has(listed.version.text)) known.set(listed.version.text, listed);
  }
  const sorted = [...known.values()].toSorted((a, b) => compareVersions(b.version, a.version));
  const wanted = after === undefined ? sorted : partAfter(sorted, after);
  return { versions: wanted.map(chartVersionOf), skipped: items.length - sorted.length };
}

/** The annotations of each version of one chart, by version. Read apart: they are a large part of an index. */
export function chartAnnotations(
  index: ChartIndex,
  chart: string,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const items = asList(entryOf(index, chart, ANNOTATION_FIELDS)).map(asMap);
  return new Map(
    items.map(item => [asText(field(item, 'version')) ?? '', textMap(field(item, 'annotations'))]),
  );
}

const ANNOTATION_FIELDS: ReadonlySet<string> = new Set(['version', 'annotations']);

/** What one version says of itself, in a line. */
export function chartDescription(index: ChartIndex, chart: string, version: string): string | undefined {
  const items = asList(entryOf(index, chart, DESCRIPTION_FIELDS)).map(asMap);
  return asText(
    field(items.find(item => field(item, 'version') === version) ?? asMap(undefined), 'description'),
  );
}

const DESCRIPTION_FIELDS: ReadonlySet<string> = new Set(['version', 'description']);
const READ_FIELDS = new Set([...VERSION_FIELDS, ...ANNOTATION_FIELDS, ...DESCRIPTION_FIELDS]);

function entryOf(index: ChartIndex, chart: string, fields = VERSION_FIELDS): unknown {
  if (index.form === 'parsed') return field(index.entries, chart);
  const slice = index.slices.get(chart);
  return slice && parseSlice(index.bytes.subarray(slice.start, slice.end), { chart, fields, index });
}

type SliceOf = { chart: string; fields: ReadonlySet<string>; index: ChartIndex & { form: 'scanned' } };

/** A slice that is not one chart by itself means that the lines misled the scan: the whole index decides. */
function parseSlice(slice: Buffer, { chart, fields, index }: SliceOf): unknown {
  if (slice.length > MAX_SLICE_BYTES)
    throw new UserError(
      'E_LIMIT',
      say('charts.takesMoreThanMibIndex', { chart: display(chart), max_slice_bytes: MAX_SLICE_BYTES >> 20 }),
    );
  const text = decodeUtf8(slice, index.what);
  const versions = readVersionLines(text, fields, slice);
  if (versions) return versions;
  if (slice.length > index.mostParsed) throw new ParseElsewhere();
  const data = trySlice(keepFields(text, fields), index.what);
  if (isDataMap(data) && Object.hasOwn(data, chart)) return data[chart] ?? null;
  return entryOf(parseWhole(index.bytes, index), chart);
}

function trySlice(text: string, what: string): unknown {
  try {
    return readRemoteYaml(text, what, SLICE_LIMITS);
  } catch (error) {
    // The whole index tells the same with the right line numbers.
    if (error instanceof UserError && error.code === 'E_YAML_SYNTAX') return undefined;
    throw error;
  }
}

function parseWhole(
  bytes: Buffer,
  { what, mostParsed }: Pick<ChartIndex, 'what' | 'mostParsed'>,
): ChartIndex {
  if (bytes.length > MAX_PARSED_BYTES)
    throw new UserError(
      'E_LIMIT',
      say('charts.largerThanMibNotForm', { what: display(what), max_parsed_bytes: MAX_PARSED_BYTES >> 20 }),
    );
  if (bytes.length > mostParsed) throw new ParseElsewhere();
  const text = decodeUtf8(bytes, what);
  const data = parseText(text, what);
  if (data === undefined || data === null)
    throw new UserError('E_INDEX', say('charts.empty', { what: display(what) }));
  if (!isDataMap(data)) throw notAnIndex(what, say('charts.itIsNotMap'));
  const entries = field(data, 'entries') ?? {};
  if (!isDataMap(entries))
    throw new UserError('E_INDEX', say('charts.entriesNotMapCharts', { what: display(what) }));
  const charts = Object.keys(entries);
  if (charts.length > MAX_CHARTS) throw tooManyCharts();
  const notes = versionNotes(asText(field(data, 'apiVersion')) !== undefined);
  return { what, form: 'parsed', entries, charts, notes, mostParsed };
}

/**
 * The index, or the part of one chart, parsed and cut down to the fields that are read of it: small enough to hand over.
 * @throws UserError E_LIMIT beyond 20 000 versions of a chart
 */
export function cutIndex(index: ChartIndex, chart?: string): ChartIndex {
  const entries: Record<string, unknown> = Object.create(null);
  for (const name of chart === undefined ? index.charts : [chart])
    entries[name] = requireFewVersions(asList(entryOf(index, name, READ_FIELDS)), name).map(cutItem);
  const { what, charts, notes, mostParsed } = index;
  return { what, form: 'parsed', entries, charts, notes, mostParsed };
}

function cutItem(item: unknown): DataMap {
  return Object.fromEntries(Object.entries(asMap(item)).filter(([key]) => READ_FIELDS.has(key)));
}

function requireFewVersions(items: readonly unknown[], chart: string): readonly unknown[] {
  if (items.length <= MAX_VERSIONS) return items;
  throw new UserError(
    'E_LIMIT',
    say('charts.hasMoreThanVersionsIndex', { chart: display(chart), max_versions: MAX_VERSIONS }),
  );
}

function parseText(text: string, what: string): unknown {
  const start = text.trimStart().slice(0, 1);
  if (start === '<') throw notAnIndex(what, say('charts.gotHtmlPage'));
  // A `{` can begin YAML too.
  if (start === '{') {
    requireFewNodes(text, what, WHOLE_LIMITS.nodes);
    const json = parseJson(text);
    if (json !== undefined) return json;
  }
  try {
    return readRemoteYaml(text, what, WHOLE_LIMITS);
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_YAML_SYNTAX')
      throw notAnIndex(what, error.texts.message, error);
    throw error;
  }
}

function versionNotes(hasApiVersion: boolean): string[] {
  return hasApiVersion ? [] : ['it has no apiVersion, which Helm requires'];
}

function noChart(index: ChartIndex, chart: string): UserError {
  const near = nearest(chart, index.charts);
  const known = index.charts.slice(0, 10).map(display).join(', ');
  return new UserError(
    'E_NO_CHART',
    say('charts.hasNoChart', { what: display(index.what), chart: display(chart) }),
    {
      hint: near
        ? say('charts.didYouMean', { near: display(near) })
        : say('charts.has', { known: known || 'none', value: index.charts.length > 10 ? ', …' : '' }),
    },
  );
}

function notAnIndex(what: string, problem: Text, cause?: unknown): UserError {
  return new UserError('E_INDEX_NOT_YAML', say('charts.notIndexCharts', { what: display(what), problem }), {
    hint: say('charts.checkAddressRepositoryWhetherAsks'),
    cause,
  });
}
