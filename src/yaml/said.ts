import { type Event, EVENT_ID, type Marks, SCALAR_STYLE } from './events.ts';
import { type Meaning, type Meanings, scalarMeaning } from './meanings.ts';

/** What a value says, without where it stands; a value of a syntax tree is one. */
export type SaidValue = {
  readonly kind: 'map' | 'list' | 'scalar' | 'alias';
  readonly type: 'map' | 'list' | 'string' | 'number' | 'boolean' | 'null';
  readonly opaque: boolean;
  readonly meaning: Meaning;
  readonly scalar: unknown;
  readonly entries: readonly SaidEntry[];
  readonly target: SaidValue | undefined;
};

/** The value itself, or what an alias stands for. */
export function unaliased(value: SaidValue): SaidValue {
  return value.target ?? value;
}

/** Whether a value, or what an alias stands for, is a map that can be looked into. */
export function saysMap(value: SaidValue): boolean {
  const { kind, opaque } = unaliased(value);
  return kind === 'map' && !opaque;
}

/** Whether it is one, and not empty. */
export function isFilled(value: SaidValue): boolean {
  return saysMap(value) && unaliased(value).entries.length > 0;
}

/** An entry of a map or a list, with the comments that belong to it. */
export type SaidEntry = Field<SaidValue> & {
  readonly lead: { readonly comments: readonly { readonly text: string }[] };
  readonly note: { readonly text: string } | undefined;
};

/** A text that was read; its events only where the parser was needed, which alone knows anchors and tags. */
export type ReadText = { text: string; marks: Marks; events: readonly Event[] | undefined };

/** The event that is read next. */
type Reading = ReadText & { at: number; meanings: Meanings };

/** Where a value is, and from where on a comment may be its own; none where nobody wants them. */
type SaidPlace = { event: number; commentsFrom: number | undefined };

/**
 * What a value says, without its comments or where it has none: the same as a syntax tree of it, but read from what is parsed already. Undefined where that
 * is not certain: for anchors, tags, and whatever is written in an unusual way.
 */
export function saidAt(
  given: ReadText,
  { event, commentsFrom }: SaidPlace,
  meanings: Meanings,
): SaidValue | undefined {
  const reading: Reading = { ...given, meanings, at: event };
  const said = read(reading);
  return commentsFrom === undefined || !hasComments(reading, commentsFrom) ? said : undefined;
}

/** Above the first key, inside, or behind the last value. */
function hasComments({ text, marks, at }: Reading, from: number): boolean {
  const hash = text.indexOf('#', from);
  if (hash < 0) return false;
  let next = at;
  while (next < marks.count && marks.type(next) === EVENT_ID.POP) next++;
  return hash < (marks.offset(next) ?? text.length);
}

function read(reading: Reading): SaidValue | undefined {
  const index = reading.at++;
  if (isMarked(reading, index)) return undefined;
  const type = reading.marks.type(index);
  if (type === EVENT_ID.SCALAR) return scalar(reading, index);
  if (type === EVENT_ID.SEQUENCE) return list(reading);
  return type === EVENT_ID.MAPPING ? map(reading) : undefined;
}

/** An alias, an anchor, a tag. */
function isMarked({ marks, events }: Reading, index: number): boolean {
  if (marks.type(index) === EVENT_ID.ALIAS) return true;
  const event = events?.[index];
  return event !== undefined && 'tagStart' in event && (event.tagStart >= 0 || event.anchorStart >= 0);
}

function isAtEnd({ marks, at }: Reading): boolean {
  return marks.type(at) === EVENT_ID.POP;
}

function list(reading: Reading): SaidValue | undefined {
  const entries: SaidEntry[] = [];
  while (!isAtEnd(reading)) {
    const value = read(reading);
    if (!value) return undefined;
    entries.push(entryOf(entries.length, value));
  }
  reading.at++;
  return collection('list', entries, reading.meanings);
}

function map(reading: Reading): SaidValue | undefined {
  const entries: SaidEntry[] = [];
  const keys = new Set<string>();
  while (!isAtEnd(reading)) {
    const key = keyOf(reading);
    const value = key === undefined || keys.has(key) ? undefined : read(reading);
    if (key === undefined || !value) return undefined;
    keys.add(key);
    entries.push(entryOf(key, value));
  }
  reading.at++;
  return collection('map', entries, reading.meanings);
}

// A key that some readers take for a number or nothing, or that merges.
const UNUSUAL_KEY = /^(?:[-+.~]|0.|null$|$|<<$)|[.eE_]\d/i;

/** A key in front of its colon. */
function keyOf(reading: Reading): string | undefined {
  const { text, marks } = reading;
  const index = reading.at++;
  if (marks.type(index) !== EVENT_ID.SCALAR || isMarked(reading, index)) return undefined;
  const isPlain = marks.style(index) === SCALAR_STYLE.PLAIN;
  const key = marks.text(index, text);
  const start = marks.start(index);
  const behind = marks.end(index) + (isPlain ? 0 : 1);
  const hasColon = text[behind] === ':' || /^[ \t]*:/.test(text.slice(behind, behind + 16));
  const isExplicit =
    text.includes('?') && /\?[ \t\r\n]*["']?$/.test(text.slice(Math.max(0, start - 16), start));
  return !hasColon || isExplicit || (isPlain && UNUSUAL_KEY.test(key)) ? undefined : key;
}

const NOTHING = { comments: [] };

function entryOf(key: string | number, value: SaidValue): SaidEntry {
  return { key, shadowed: false, lead: NOTHING, note: undefined, value };
}

/** A plain text that readers make different things of. */
export const DISPUTED = /^(?:[-+]?\.inf|\.nan|=)$/i;

function scalar({ text, marks, meanings }: Reading, index: number): SaidValue | undefined {
  const isPlain = marks.style(index) === SCALAR_STYLE.PLAIN;
  const source = marks.text(index, text);
  const meaning = scalarMeaning({ type: isPlain ? 'PLAIN' : 'QUOTE_DOUBLE', source, value: source });
  if (isPlain && DISPUTED.test(source)) return undefined;
  return {
    kind: 'scalar',
    type: meaning.type,
    opaque: false,
    meaning: meanings.of(meaning.text),
    scalar: meaning.value ?? null,
    entries: [],
    target: undefined,
  };
}

function collection(kind: 'map' | 'list', entries: readonly SaidEntry[], meanings: Meanings): SaidValue {
  return new Collection(kind, entries, meanings);
}

class Collection implements SaidValue {
  readonly kind: 'map' | 'list';
  readonly type: 'map' | 'list';
  readonly opaque = false;
  readonly scalar = undefined;
  readonly entries: readonly SaidEntry[];
  readonly target = undefined;
  readonly #meanings: Meanings;
  #meaning: Meaning | undefined;

  constructor(kind: 'map' | 'list', entries: readonly SaidEntry[], meanings: Meanings) {
    this.kind = kind;
    this.type = kind;
    this.entries = entries;
    this.#meanings = meanings;
  }

  /** Overrides are compared leaf by leaf: nobody asks what most of their maps mean. */
  get meaning(): Meaning {
    return (this.#meaning ??= collectionMeaning(this.#meanings, this.kind, this.entries));
  }
}

/** What a map or a list means: the same for the same data, in whatever order a map has it. */
export function collectionMeaning(
  meanings: Meanings,
  kind: 'map' | 'list',
  entries: readonly SaidEntry[],
): Meaning {
  if (kind === 'list') return meanings.of(`[${entries.map(item => item.value.meaning).join()}]`);
  const fields = fieldPairs(entries).map(({ key, value }) => fieldText(key, value));
  return meanings.of(`{${fields.toSorted().join()}}`);
}

function fieldText(key: string, { meaning }: SaidValue): string {
  return `${key.length}:${key}:${meaning}`;
}

/** What a map's fields are told by. */
type Fielded<V> = {
  readonly kind: string;
  readonly target: V | undefined;
  readonly entries: readonly Field<V>[];
};
type Field<V> = { readonly key: string | number; readonly shadowed: boolean; readonly value: V };

/** Like `fieldsOf`, in a list: a map without anything unusual has its own entries. */
export function fieldPairs<V extends Fielded<V>>(
  entries: readonly Field<V>[],
): readonly { readonly key: string; readonly value: V }[] {
  return isUsual(entries) ? entries : Array.from(fieldsOf(entries), ([key, value]) => ({ key, value }));
}

function isUsual<V>(entries: readonly Field<V>[]): entries is readonly (Field<V> & { key: string })[] {
  return entries.every(({ shadowed, key }) => typeof key === 'string' && !shadowed && key !== '<<');
}

/** The fields of a map as Helm reads them: its own, then what `<<` merges into it. */
export function fieldsOf<V extends Fielded<V>>(entries: readonly Field<V>[]): Map<string, V> {
  const fields = new Map<string, V>();
  for (const { key, value, shadowed } of entries)
    if (key !== '<<' && !shadowed) fields.set(String(key), value);
  for (const { key, value } of entries) {
    if (key !== '<<') continue;
    for (const source of value.kind === 'list' ? value.entries.map(item => item.value) : [value])
      for (const [name, merged] of fieldsOf((source.target ?? source).entries))
        if (!fields.has(name)) fields.set(name, merged);
  }
  return fields;
}
