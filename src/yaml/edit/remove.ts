import type { Node } from 'yaml';
import { type Edit, lineEnd } from '../text.ts';
import {
  behindComment,
  isFlow,
  replaceHead,
  contentEnd,
  endOf,
  type EditEntry,
  entriesOf,
  firstLine,
  isBlockCollection,
  startsLine,
} from './place.ts';
import { flowScalarLike, scalarLike } from './write.ts';

/**
 * Takes an entry out of a map or a list, with its line or its comma, and with the comments right above it where they are asked
 * for; undefined for the last one of a block.
 */
export function removeEntry(
  text: string,
  holder: Node,
  index: number,
  withComments: boolean,
): Edit[] | undefined {
  const entries = entriesOf(holder);
  const entry = entries[index];
  if (!entry) return undefined;
  if (isFlow(holder)) return [outOfFlow(text, holder, index)];
  if (entries.length === 1) return undefined;
  const end = endOf(text, entry);
  if (startsLine(text, entry.start))
    return [{ start: firstLine(text, entry.start, withComments), end: lineEnd(text, end), text: '' }];
  return [firstOfItem(text, entry, entries[1])];
}

/** The dash of a list item stands before its first key: the second one moves there, unless comments stand in between. */
function firstOfItem(text: string, entry: EditEntry, next: EditEntry | undefined): Edit {
  const end = behindComment(text, endOf(text, entry));
  const start = next?.start ?? end;
  if (text.slice(end, start).trim() === '') return { start: entry.start, end: start, text: '' };
  const dash = text.slice(0, entry.start).trimEnd().length;
  return { start: dash, end, text: '' };
}

function outOfFlow(text: string, holder: Node, index: number): Edit {
  const entries = entriesOf(holder);
  const entry = entries[index];
  const [previous, next] = [entries[index - 1], entries[index + 1]];
  const end = entry ? endOf(text, entry) : 0;
  if (previous) return { start: endOf(text, previous), end, text: '' };
  if (next) return { start: entry?.start ?? 0, end: next.start, text: '' };
  const [from = 0, to = 0] = holder.range ?? [];
  return { start: from + 1, end: to - 1, text: '' };
}

/** Puts an empty map or list in the place of a block whose last entry goes. */
export function emptyOut(text: string, entry: EditEntry): Edit[] {
  const empty = isBlockCollection(entry.node) && entriesOf(entry.node)[0]?.key ? '{}' : '[]';
  return replaceHead(text, entry, empty).edits;
}

/** Puts an empty map or list in the place of the only entry of a document; undefined where that shares its line. */
export function emptyDocument(text: string, holder: Node, withComments: boolean): Edit[] | undefined {
  const [entry, ...others] = entriesOf(holder);
  if (!entry || others.length > 0 || !startsLine(text, entry.start)) return undefined;
  const start = firstLine(text, entry.start, withComments);
  const end = behindComment(text, endOf(text, entry));
  return [{ start, end, text: entry.key ? '{}' : '[]' }];
}

/** Gives a key another name, in its own quotes. */
export function renameKey(text: string, holder: Node, entry: EditEntry, name: string): Edit[] {
  const { key } = entry;
  if (!key?.range) return [];
  const shown = isFlow(holder) ? flowScalarLike(name, key) : scalarLike(name, key);
  return [{ start: key.range[0], end: contentEnd(text, key), text: shown }];
}
