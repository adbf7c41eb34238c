import { LineCounter } from 'yaml';
import { keepRecent } from '../data/recent.ts';
import { outlineOf } from './build-syntax-tree.ts';
import { COLLECTION_STYLE, EVENT_ID, type Marks, SCALAR_STYLE } from './events.ts';
import { leadOf } from './leading-trivia.ts';
import { createMeanings, type Meanings, NO_MEANING, scalarMeaning } from './meanings.ts';
import { collectionMeaning, DISPUTED } from './said.ts';
import { scanYaml } from './scan.ts';
import { skipSpaces } from './scan-values.ts';
import { CONTROL, parseRepeating, requireBounded } from './source.ts';
import {
  type EntryBuilder,
  entryOf,
  type EntryPlace,
  foldedEnd,
  PENDING,
  scalarOf,
  type SyntaxTree,
  type Value,
  type YamlNode,
} from './syntax-tree.ts';
import { lineEnd, lineStart, markerIn } from './text.ts';

/**
 * A file in outline: from what the scanner finds where it knows all that is written there, else from every token. Both make
 * the same tree. Outlines that share `meanings` can be compared.
 * @throws UserError E_YAML_* as `parseRepeating` does
 */
export function outlineText(text: string, name: string, meanings: Meanings): SyntaxTree {
  requireBounded(text, name);
  return scannedOutline(text, name, meanings) ?? outlineOf(parseRepeating(text, name), meanings);
}

/** The outline of a file of one document in the usual form; undefined for any other, which needs the parser. */
export function scannedOutline(text: string, name: string, meanings: Meanings): SyntaxTree | undefined {
  if (CONTROL.test(text)) return undefined;
  const marks = scanYaml(text);
  if (!marks || !isOneCollection(marks)) return undefined;
  const builder = { text, meanings, next: 0, seen: { offset: 0, line: 0 } };
  const reader = new MarksReader(builder, marks);
  const root = reader.document();
  if (!reader.isUsual) return undefined;
  const tail = leadOf(text, builder.next, text.length);
  return { name, text, lines: lineStartsOf(text), documents: [root], tail };
}

/** Outlines of texts that one run reads again and again; larger ones are made anew. */
const recent = keepRecent<SyntaxTree | undefined>(4);
const LARGEST_KEPT = 1 << 20;

/**
 * As `scannedOutline`, for what many look into at short intervals: a manifest whose values are read, edited and proved.
 * @throws UserError E_YAML_DEPTH, E_YAML_LIMIT
 */
export function recentOutline(text: string, name: string): SyntaxTree | undefined {
  const make = (): SyntaxTree | undefined => {
    requireBounded(text, name);
    return scannedOutline(text, name, createMeanings());
  };
  return text.length > LARGEST_KEPT ? make() : recent(`${name}\n${text}`, make);
}

function isOneCollection(marks: Marks): boolean {
  const root = marks.type(1);
  if (root !== EVENT_ID.MAPPING && root !== EVENT_ID.SEQUENCE) return false;
  for (let index = 1; index < marks.count; index++) if (marks.type(index) === EVENT_ID.DOCUMENT) return false;
  return true;
}

function lineStartsOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** What is written without quotes and still is no text, or another one than what is written, except for short whole numbers. */
const UNUSUAL_KEY = /^(?!(?:0|[1-9]\d{0,14})$)(?:[-+.~\d]|null$|true$|false$|$)/i;
/** How far a key may be from its colon, for the parser. */
const LONGEST_KEY = 1024;

const TYPES = {
  [SCALAR_STYLE.PLAIN]: 'PLAIN',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'QUOTE_SINGLE',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'QUOTE_DOUBLE',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'BLOCK_LITERAL',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'BLOCK_FOLDED',
} as const;

/** Makes entries of marks, in their order. */
class MarksReader {
  /** False once something was met that the parser may see in another way. */
  isUsual = true;
  readonly #builder: EntryBuilder;
  readonly #marks: Marks;
  #at = 1;

  constructor(builder: EntryBuilder, marks: Marks) {
    this.#builder = builder;
    this.#marks = marks;
  }

  document(): YamlNode {
    const marker = markerIn(this.#builder.text, 0, this.#marks.start(this.#at));
    const [start, colon] = marker < 0 ? [0, 0] : [marker, marker + 3];
    return this.#entry(undefined, { key: 0, start, colon, flow: false, shadowed: false });
  }

  #entry(parent: YamlNode | undefined, place: EntryPlace): YamlNode {
    return entryOf(this.#builder, parent, place, entry => this.#value(entry));
  }

  #value(entry: YamlNode): Value {
    const index = this.#at++;
    const type = this.#marks.type(index);
    return type === EVENT_ID.SCALAR ? this.#scalar(index, entry.colon) : this.#collection(index, entry);
  }

  #scalar(index: number, bare: number): Value {
    const builder = this.#builder;
    const marks = this.#marks;
    const from = marks.offset(index);
    const place = { start: bare, end: bare, folded: false, anchor: undefined };
    if (from === undefined) return scalarOf(builder, place, NO_MEANING);
    const type = TYPES[marks.scalarStyle(index)];
    const source = marks.text(index, builder.text);
    if (type === 'PLAIN' && DISPUTED.test(source)) this.isUsual = false;
    const meaning = scalarMeaning({ type, source, value: source });
    if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED')
      return scalarOf(builder, { ...place, start: from, end: this.#end(index) }, meaning);
    const start = headerOf(builder.text, bare, from);
    const end = foldedEnd(builder.text, start, marks.end(index));
    return scalarOf(builder, { ...place, start, end, folded: true }, meaning);
  }

  /** Behind a text, its quote included. */
  #end(index: number): number {
    return this.#marks.end(index) + (this.#marks.isQuoted(index) ? 1 : 0);
  }

  #collection(index: number, entry: YamlNode): Value {
    const { text, meanings } = this.#builder;
    const marks = this.#marks;
    const start = marks.start(index);
    const flow = marks.style(index) === COLLECTION_STYLE.FLOW;
    const kind = marks.type(index) === EVENT_ID.MAPPING ? 'map' : 'list';
    const entries = kind === 'map' ? this.#map(entry, flow) : this.#list(entry, start, flow);
    this.#at++;
    const last = entries.at(-1)?.value.end ?? start;
    return {
      ...PENDING,
      kind,
      type: kind,
      layout: flow ? 'inline' : entry.parent && lineStart(text, start) <= entry.start ? 'compact' : 'block',
      start,
      end: flow ? text.indexOf(kind === 'map' ? '}' : ']', last) + 1 : last,
      entries,
      meaning: collectionMeaning(meanings, kind, entries),
      scalar: undefined,
    };
  }

  #map(parent: YamlNode, flow: boolean): YamlNode[] {
    const { text } = this.#builder;
    const entries: YamlNode[] = [];
    const keys = new Set<string>();
    while (this.#marks.type(this.#at) !== EVENT_ID.POP) {
      const index = this.#at++;
      const key = this.#marks.text(index, text);
      const start = this.#marks.offset(index) ?? 0;
      const colon = skipSpaces(text, this.#end(index)) + 1;
      const isOdd = !this.#marks.isQuoted(index) && UNUSUAL_KEY.test(key);
      if (isOdd || keys.has(key) || colon - start > LONGEST_KEY) this.isUsual = false;
      keys.add(key);
      entries.push(this.#entry(parent, { key, start, colon, flow, shadowed: false }));
    }
    return entries;
  }

  #list(parent: YamlNode, first: number, flow: boolean): YamlNode[] {
    const { text } = this.#builder;
    const entries: YamlNode[] = [];
    const column = first - lineStart(text, first);
    for (let start = first; this.#marks.type(this.#at) !== EVENT_ID.POP;) {
      const last = entries.at(-1);
      if (flow) start = this.#marks.offset(this.#at) ?? start;
      else if (last) start = dashBelow(text, last.value.end, column);
      const place = { key: entries.length, start, colon: flow ? start : start + 1, flow, shadowed: false };
      entries.push(this.#entry(parent, place));
    }
    return entries;
  }
}

/** Where a text's `|` or `>` stands: behind the colon or the dash, or right above its lines. */
function headerOf(text: string, bare: number, lines: number): number {
  const behind = skipSpaces(text, bare);
  return '|>'.includes(text.charAt(behind)) ? behind : skipSpaces(text, lineStart(text, lines - 1));
}

/** The dash of the next item: at its column in the first line below that is neither blank nor a comment. */
function dashBelow(text: string, end: number, column: number): number {
  let line = lineEnd(text, end);
  while (line < text.length && (text.charAt(line + column) !== '-' || skipSpaces(text, line) < line + column))
    line = lineEnd(text, line);
  return line + column;
}
