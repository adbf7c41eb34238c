import { UserError } from '../../errors.ts';
import { staysWithinLines } from '../../yaml/runaway-text.ts';
import { say } from '../../locales/say.ts';

/** Where each chart of an index.yaml stands: byte offsets of its key's line and of the end of its value. */
export type IndexLayout = {
  readonly charts: ReadonlyMap<string, ByteRange>;
  readonly topLevelKeys: ReadonlySet<string>;
};

export type ByteRange = { readonly start: number; readonly end: number };

/** No repository is near it; the largest public ones have a few thousand. */
export const MAX_CHARTS = 50_000;

/** An index has a handful of keys beside `entries`. */
const MAX_KEYS = 100;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const RETURN = 0x0d;
const DASH = 0x2d;

const TOP_LEVEL_KEY = /^([A-Za-z][A-Za-z0-9_-]*):(?:[ \r]|$)/;
const CHART_KEY = /^(["']?)([A-Za-z0-9][A-Za-z0-9._-]*)\1:[ \r]*(?:$| #)/;

/**
 * Finds the charts of an index by its lines alone, for the form that every generator of indexes writes: block style, keys
 * of `entries` in one column. Undefined for whatever else it meets, which then needs a parser: flow style, tabs, odd
 * indentation, a key twice, several documents, unusual keys, and text that runs on (see `staysWithinLines`).
 *
 * In block style the lines of a value are indented deeper than its key (YAML 1.2, 8.1 and 8.2), so a line in the column of
 * the charts is a chart.
 */
export function scanIndex(bytes: Buffer): IndexLayout | undefined {
  const structure = new Structure(bytes);
  let line = skipPreamble(bytes);
  while (line < bytes.length) {
    let at = line;
    while (bytes[at] === SPACE) at++;
    if (at - line <= structure.deepest && !isBlank(bytes[at]) && !structure.take(line, at - line))
      return undefined;
    const newline = bytes.indexOf(NEWLINE, at);
    line = newline < 0 ? bytes.length : newline + 1;
  }
  const layout = structure.layout();
  return layout && staysWithinLines(bytes, structure.column) ? layout : undefined;
}

/** What the lines read so far say of the document. */
class Structure {
  /** Lines that are indented deeper have no say. */
  deepest = 0;
  /** Where the charts' keys stand. */
  column = 0;
  readonly #bytes: Buffer;
  readonly #topLevelKeys = new Set<string>();
  readonly #charts = new Map<string, ByteRange>();
  #open: { name: string; start: number } | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Takes in a line that is neither blank nor a comment; false when it does not fit the form. */
  take(line: number, indent: number): boolean {
    if (indent === 0) return this.#takeTopLevel(line);
    if (this.column === 0) this.deepest = this.column = indent;
    return indent === this.column && (this.#isItem(line + indent) || this.#takeChart(line, indent));
  }

  layout(): IndexLayout | undefined {
    this.#closeChart(this.#bytes.length);
    if (!this.#topLevelKeys.has('entries')) return undefined;
    return { charts: this.#charts, topLevelKeys: this.#topLevelKeys };
  }

  #takeTopLevel(line: number): boolean {
    const text = lineText(this.#bytes, line);
    const name = TOP_LEVEL_KEY.exec(text)?.[1];
    if (name === undefined || this.#topLevelKeys.has(name) || this.#topLevelKeys.size > MAX_KEYS)
      return false;
    this.#topLevelKeys.add(name);
    this.#closeChart(line);
    const beginsEntries = name === 'entries';
    this.deepest = beginsEntries ? Infinity : 0;
    return !beginsEntries || CHART_KEY.test(text);
  }

  #takeChart(line: number, indent: number): boolean {
    const [match, quote, name = ''] = CHART_KEY.exec(lineText(this.#bytes, line + indent)) ?? [];
    if (match === undefined || (quote === '' && !isPlainText(name))) return false;
    this.#closeChart(line);
    if (this.#charts.has(name)) return false;
    if (this.#charts.size >= MAX_CHARTS) throw tooManyCharts();
    this.#open = { name, start: line };
    return true;
  }

  #closeChart(end: number): void {
    if (this.#open) this.#charts.set(this.#open.name, { start: this.#open.start, end });
    this.#open = undefined;
  }

  /** An item of the open chart's list, which may stand in the column of its key. */
  #isItem(at: number): boolean {
    const next = this.#bytes[at + 1];
    return this.#open !== undefined && this.#bytes[at] === DASH && (next === SPACE || isLineEnd(next));
  }
}

/** Behind a byte order mark, comments and one document marker. */
function skipPreamble(bytes: Buffer): number {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, 65_536));
  return /^(?:\u00ef\u00bb\u00bf)?(?:(?:#[^\n]*)?\r?\n)*(?:---[ \r]*\n)?/.exec(text)?.[0].length ?? 0;
}

/** A key that YAML would not read as a number, a boolean or null. */
function isPlainText(name: string): boolean {
  return Number.isNaN(Number(name)) && !/^(?:true|false|null)$/i.test(name);
}

function isBlank(byte: number | undefined): boolean {
  return byte === HASH || isLineEnd(byte);
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === undefined || byte === NEWLINE || byte === RETURN;
}

function lineText(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(NEWLINE, start);
  return bytes.toString('latin1', start, end < 0 ? bytes.length : end);
}

/** E_LIMIT: an index that lists more charts than slipway takes. */
export function tooManyCharts(): UserError {
  return new UserError('E_LIMIT', say('charts.indexListsMoreThanCharts', { max_charts: MAX_CHARTS }));
}
