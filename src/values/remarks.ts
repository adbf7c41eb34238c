import { memoized } from '../data/memoized.ts';
import { type Comment, saidBy } from '../yaml/leading-trivia.ts';
import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';
import { pathText } from './path.ts';

/** A key that the new defaults add. */
export type AddedEntry = { readonly entry: YamlNode; readonly path: string };

/** A comment of the new defaults that speaks of a move: its words, and the new keys that it names or stands at. */
export type CommentRemark = {
  readonly words: ReadonlySet<string>;
  readonly named: readonly AddedEntry[];
  /** One line of it says so by itself. */
  readonly isLine: boolean;
};

const SPEAKS_OF_MOVE = /deprecat|\bmoved?\b|renam|replace|instead|formerly|previously/i;

/** The comments of the new defaults that say that something has another name or place now. */
export function remarksIn(
  { documents, tail }: SyntaxTree,
  additions: readonly AddedEntry[],
): CommentRemark[] {
  const byPath = new Map(additions.map(addition => [addition.path, addition]));
  const byEntry = new Map(additions.map(addition => [addition.entry, addition]));
  const remarkOf = (text: string, own: AddedEntry | undefined, isLine: boolean): CommentRemark[] => {
    if (!SPEAKS_OF_MOVE.test(text)) return [];
    const words = wordsIn(text);
    const named = [...words].flatMap(word => byPath.get(word) ?? []);
    return [{ words, named: named.length > 0 || !own ? named : [own], isLine }];
  };
  const remarksAt = (lines: readonly string[], entry: YamlNode | undefined): CommentRemark[] => [
    ...lines.flatMap(line => remarkOf(line, undefined, true)),
    ...remarkOf(lines.join(' '), entry && byEntry.get(entry), false),
  ];
  const visit = (entry: YamlNode): CommentRemark[] => [
    ...remarksAt(commentsAt(entry), entry),
    ...entry.value.entries.flatMap(visit),
  ];
  return [...documents.flatMap(visit), ...remarksAt(tail.comments.map(textOf), undefined)];
}

/** Where the remarks about one of these names say that it is now: a line by itself, else a whole comment. */
export function toldIn(remarks: readonly CommentRemark[], names: readonly string[]): AddedEntry | undefined {
  const about = remarks.filter(({ words }) => names.some(name => words.has(name)));
  const namedBy = (isLine: boolean): Set<AddedEntry> =>
    new Set(
      about
        .filter(remark => remark.isLine === isLine)
        .flatMap(({ named }) => named.filter(({ path }) => !names.includes(path))),
    );
  for (const named of [namedBy(true), namedBy(false)]) {
    const [first, ...others] = named;
    if (first && others.length === 0) return first;
  }
  return undefined;
}

const IS_DEPRECATED = /\bdeprecated\b|\b(?:moved|renamed) to\b/i;

/**
 * The entries of the new defaults that a comment right above or beside calls deprecated, and where it says to go instead. What
 * the old defaults said already is no news.
 */
export function deprecationsIn(
  theirs: SyntaxTree,
  base: SyntaxTree,
): ReadonlyMap<YamlNode, string | undefined> {
  const found = new Map<YamlNode, string | undefined>();
  // Few files have any: what is compared with is made for the first.
  const paths = memoized(() => new Set(theirs.documents.flatMap(document => pathsBelow(document, []))));
  const known = memoized(() => new Set(base.documents.flatMap(commentsBelow)));
  const visit = (entry: YamlNode): void => {
    const lines = commentsAt(entry);
    if (lines.some(line => IS_DEPRECATED.test(line) && !known().has(saidBy(line))))
      found.set(entry, namedElsewhere(lines, pathText(keysTo(entry)), paths()));
    entry.value.entries.forEach(visit);
  };
  for (const document of theirs.documents) document.value.entries.forEach(visit);
  return found;
}

/** From below the document. */
function keysTo({ key, parent }: YamlNode): (string | number)[] {
  return parent ? [...keysTo(parent), key] : [];
}

function namedElsewhere(
  lines: readonly string[],
  path: string,
  paths: ReadonlySet<string>,
): string | undefined {
  const named = [...wordsIn(lines.join(' '))].filter(word => paths.has(word) && !path.startsWith(word));
  const dotted = named.filter(word => word.includes('.'));
  const [first, ...others] = dotted.length > 0 ? dotted : named;
  return others.length === 0 ? first : undefined;
}

function pathsBelow({ value }: YamlNode, above: readonly (string | number)[]): string[] {
  if (value.kind !== 'map') return [];
  return value.entries.flatMap(entry => {
    const keys = [...above, entry.key];
    return [pathText(keys), ...pathsBelow(entry, keys)];
  });
}

function commentsBelow(entry: YamlNode): string[] {
  return [...commentsAt(entry).map(saidBy), ...entry.value.entries.flatMap(commentsBelow)];
}

/** The comments right above an entry, without a blank line in between, and the one beside it. */
function commentsAt({ lead, note }: YamlNode): string[] {
  const start = Math.max(
    0,
    lead.comments.findLastIndex(({ blanks }) => blanks > 0),
  );
  return [...lead.comments.slice(start).map(textOf), ...(note ? [note.text] : [])];
}

function textOf({ text }: Comment): string {
  return text;
}

/** Words and paths; `.Values.a.b` is `a.b`. */
function wordsIn(text: string): Set<string> {
  return new Set(text.match(/[\w-]+(?:\.[\w-]+)*/g)?.map(word => word.replace(/^Values\./, '')));
}
