import { leadOf, type LeadingTrivia, NO_LEAD } from './leading-trivia.ts';
import type { Meaning, Meanings, ScalarMeaning } from './meanings.ts';
import type { Step } from './nodes.ts';
import type { YamlSource } from './source.ts';
import { isBlank, lineEnd, lineStart } from './text.ts';

/** A YAML file as entries with byte ranges: what stands where, what it means, which comments stand above it. */
export type SyntaxTree = Pick<YamlSource, 'name' | 'text' | 'lines'> & {
  /** One entry for each document; its value is the document's root. */
  readonly documents: readonly YamlNode[];
  /** What stands behind the last entry. */
  readonly tail: LeadingTrivia;
};

/** A key with its value, an item of a list, or a document. */
export type YamlNode = {
  readonly key: string | number;
  readonly parent: YamlNode | undefined;
  /** Of the key or the dash. */
  readonly start: number;
  readonly column: number;
  /** Behind the colon or the dash. */
  readonly colon: number;
  /** It begins its line, and stands in no flow collection. */
  readonly ownLine: boolean;
  /** The same key comes again below: this one counts for nothing, and its number is part of `key`. */
  readonly shadowed: boolean;
  readonly lead: LeadingTrivia;
  readonly value: Value;
  /** The comment on the line of the key, or behind the value. */
  readonly note: Note | undefined;
};

type Note = { readonly start: number; readonly end: number; readonly text: string };

export type Value = {
  readonly kind: 'map' | 'list' | 'scalar' | 'alias';
  /** As data: an alias has the type of what it stands for. */
  readonly type: 'map' | 'list' | 'string' | 'number' | 'boolean' | 'null';
  /**
   * block: a map or list on the lines below its key. compact: a map or list that starts behind its item's dash.
   * folded: a scalar that starts with `|` or `>`. inline: all else.
   */
  readonly layout: 'block' | 'compact' | 'folded' | 'inline';
  /** Properties (`&anchor`, `!tag`) included. */
  readonly start: number;
  /** Behind the last character of content: no comment, no final newline. */
  readonly end: number;
  readonly entries: readonly YamlNode[];
  /** Too unusual to edit inside (`? key`, a map as key): no entries, though it may hold some. */
  readonly opaque: boolean;
  readonly meaning: Meaning;
  readonly anchor: string | undefined;
  /** What an alias stands for; undefined within itself. */
  readonly target: Value | undefined;
  /** The data of a scalar, the name that an alias uses. */
  readonly scalar: unknown;
};

/**
 * The entry at a path of keys and indexes in the first document. Undefined where there is none, or where the parser may find
 * another one: for a key that reads as a number, and for one that comes twice.
 */
export function entryAt(
  { documents }: Pick<SyntaxTree, 'documents'>,
  path: readonly Step[],
): YamlNode | undefined {
  let entry = documents[0];
  for (const step of path) {
    const { kind, entries } = entry?.value ?? PENDING;
    const isIndex = typeof step === 'number';
    if (isIndex ? kind !== 'list' : kind !== 'map' || /^\d/.test(step)) return undefined;
    entry = isIndex ? entries[step] : entries.find(({ key, shadowed }) => key === step && !shadowed);
  }
  return entry;
}

// Behind the colon: properties, the header of a folded scalar, then the comment.
const HEADER_NOTE = /^(?:[ \t]+(?:[&!]\S*|[|>][-+\d]*))*[ \t]+(#[^\r\n]*)/;
const NOTE = /^[ \t]+(#[^\r\n]*)/;

/** The comment on the line of a key, or behind its value. */
function noteOf(text: string, { value, colon, parent }: YamlNode): Note | undefined {
  if (value.layout === 'compact' || !parent) return undefined;
  const behind = value.layout === 'inline' ? noteAfter(text, value.end, NOTE) : undefined;
  const startsBelow = value.layout !== 'inline' || text.slice(colon, value.start).includes('\n');
  return behind ?? (startsBelow ? noteAfter(text, colon, HEADER_NOTE) : undefined);
}

function noteAfter(text: string, at: number, form: RegExp): Note | undefined {
  if (text[at] === '\n' || text[at] === '\r') return undefined;
  const found = form.exec(text.slice(at, lineEnd(text, at)));
  if (!found?.[1]) return undefined;
  const end = at + found[0].length;
  return { start: end - found[1].length, end, text: found[1].trimEnd() };
}

// What both makers of a tree share: the one that reads every token (`build-syntax-tree.ts`), and its fast twin (`outline.ts`).
// Entries are made in the order of the text: each takes the lines between it and the one before.
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** How far a text is made entries of. */
export type EntryBuilder = {
  readonly text: string;
  readonly meanings: Meanings;
  /** The start of the first line that belongs to no entry yet. */
  next: number;
  /** Where the entry before began, and the start of its line. */
  readonly seen: { offset: number; line: number };
};

/** Where an entry stands, and what it is called. */
export type EntryPlace = {
  readonly key: string | number;
  readonly start: number;
  readonly colon: number;
  readonly flow: boolean;
  readonly shadowed: boolean;
};

/** A value of which nothing is known yet. */
export const PENDING: Value = {
  kind: 'scalar',
  type: 'null',
  layout: 'inline',
  start: 0,
  end: 0,
  entries: [],
  opaque: false,
  meaning: 0 as Meaning,
  anchor: undefined,
  target: undefined,
  scalar: null,
};

/** An entry, whose value is made once what stands above it is taken. */
export function entryOf(
  builder: EntryBuilder,
  parent: YamlNode | undefined,
  { key, start, colon, flow, shadowed }: EntryPlace,
  valueOf: (entry: YamlNode) => Value,
): YamlNode {
  const { text } = builder;
  const line = lineOf(builder, start);
  const ownLine = !flow && colon > start && isBlank(text, line, start);
  const lead = ownLine ? leadOf(text, builder.next, line) : NO_LEAD;
  const column = ownLine || parent ? start - line : 0;
  const entry: Draft<YamlNode> = {
    key,
    parent,
    start,
    column,
    colon,
    ownLine,
    shadowed,
    lead,
    value: PENDING,
    note: undefined,
  };
  take(builder, colon);
  entry.value = valueOf(entry);
  take(builder, entry.value.end);
  if (!flow) entry.note = noteOf(text, entry);
  return entry;
}

/** As `lineStart`, from the entry before on: a list of many items may stand on one line. */
function lineOf(builder: EntryBuilder, offset: number): number {
  const { text, seen } = builder;
  if (offset < seen.offset) return lineStart(text, offset);
  let index = offset - 1;
  while (index >= seen.offset && text.charCodeAt(index) !== 0x0a) index--;
  seen.line = index >= seen.offset ? index + 1 : seen.line;
  seen.offset = offset;
  return seen.line;
}

/** The line in front of `end` belongs to an entry. */
function take(builder: EntryBuilder, end: number): void {
  if (end > builder.next) builder.next = lineEnd(builder.text, end);
}

/** Where a scalar stands, and what is written there. */
type ScalarPlace = {
  readonly start: number;
  readonly end: number;
  readonly folded: boolean;
  readonly anchor: string | undefined;
};

/** A scalar. At the end of a file that lacks its final newline, Helm's parser reads none into one that starts with `|` either. */
export function scalarOf(
  { text, meanings }: EntryBuilder,
  { start, end, folded, anchor }: ScalarPlace,
  meaning: ScalarMeaning,
): Value {
  const cut = folded && end === text.length;
  return {
    kind: 'scalar',
    type: meaning.type,
    layout: folded ? 'folded' : 'inline',
    start,
    end,
    entries: PENDING.entries,
    opaque: false,
    meaning: meanings.of(cut ? withoutNewline(meaning.text) : meaning.text),
    anchor,
    target: undefined,
    scalar: cut ? withoutNewline(String(meaning.value)) : (meaning.value ?? null),
  };
}

function withoutNewline(text: string): string {
  return text.replace(/\n$/, '');
}

/** Trailing blank lines are content where the header says keep, or where they are longer than the indentation. */
export function foldedEnd(text: string, start: number, end: number): number {
  const [header = '', ...lines] = text.slice(start, end).split('\n');
  if (/^[|>]\d?\+/.test(header)) return start + text.slice(start, end).replace(/\r?\n$/, '').length;
  const indent = lines.find(line => line.trim() !== '')?.search(/\S/) ?? 0;
  const last = lines.findLastIndex(line => line.trim() !== '' || line.replace('\r', '').length > indent);
  return start + [header, ...lines.slice(0, last + 1)].join('\n').replace(/\r$/, '').length;
}
