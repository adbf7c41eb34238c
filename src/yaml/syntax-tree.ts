import type { LeadingTrivia } from './leading-trivia.ts';
import type { Meaning } from './meanings.ts';
import type { YamlSource } from './source.ts';
import { lineEnd } from './text.ts';

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

// Behind the colon: properties, the header of a folded scalar, then the comment.
const HEADER_NOTE = /^(?:[ \t]+(?:[&!]\S*|[|>][-+\d]*))*[ \t]+(#[^\r\n]*)/;
const NOTE = /^[ \t]+(#[^\r\n]*)/;

/** The comment on the line of a key, or behind its value. */
export function noteOf(text: string, { value, colon, parent }: YamlNode): Note | undefined {
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
