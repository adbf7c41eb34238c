import { isMap, type Node } from 'yaml';
import { say } from '../../locales/say.ts';
import { nodeAt, type Step } from '../nodes.ts';
import { columnOf, type Edit, lineEnd, lineEnding } from '../text.ts';
import {
  contentEnd,
  type EditEntry,
  endOf,
  entriesOf,
  firstLine,
  indexOf,
  isEmptyValue,
  isFlow,
  type MapNode,
  startsLine,
} from './place.ts';
import { refusal, requireOwn, type Target } from './refuse.ts';
import type { Intent } from './verify.ts';
import { fieldLines, indented, type Look, scalarLike } from './write.ts';

/** A key that goes elsewhere: where it stands, and the way to its new place, which is free. */
export type MoveEdit = { holder: Node; index: number; path: readonly Step[]; to: readonly string[] };

/** How keys come and go. */
type Ways = {
  addTo(map: MapNode, field: { key: string; value: unknown }, lines: readonly string[]): Edit[];
  fill(entry: EditEntry, lines: readonly string[]): Edit[];
  takeAway(): readonly Edit[];
};

type Plan = { edits: Edit[]; intent: Intent };

/**
 * Takes a key to another map with its own lines and the comments right above it; the maps on the way are made.
 * @throws UserError E_YAML_SHAPE where the place is taken, or the way leads through braces, an anchor or an alias
 */
export function moveEntry(target: Target, moving: MoveEdit, look: Look, ways: Ways): Plan {
  const { text, document } = target;
  const { holder, index, path, to } = moving;
  const entry = entriesOf(holder)[index];
  const depth = depthOf(document.contents, to);
  const here = to.slice(0, depth + 1);
  requireOwn(target, here);
  const map = depth > 0 ? nodeAt(document.contents, to.slice(0, depth)) : document.contents;
  const [taken] = entriesOf(map).filter((_, each) => each === indexOf(map, to[depth]));
  const isFree = !taken || (depth < to.length - 1 && isEmptyValue(taken.node));
  if (!entry?.key || !isMap<Node, Node | null>(map) || isFlow(map) || !isFree)
    throw refusal(target, path, say('yaml.cannotBeMoved', { to: to.join('.') }), say('yaml.editByHand'));
  const value: unknown = entry.node?.toJS(document) ?? null;
  const intent: Intent = { kind: 'moved', path, to, here, isFilled: taken !== undefined, value };
  const lines = wrapped(linesAt(target, moving, look), to.slice(depth, -1), look);
  if (taken) return { edits: [...ways.fill(taken, lines.slice(1)), ...ways.takeAway()], intent };
  if (map === holder && startsLine(text, entry.start))
    return { edits: [inPlace(text, entry, lines)], intent };
  return { edits: [...ways.addTo(map, { key: to[depth] ?? '', value }, lines), ...ways.takeAway()], intent };
}

/** How many steps of a way lead to maps that hold something. */
function depthOf(root: Node | null, to: readonly string[]): number {
  let depth = 0;
  while (depth < to.length - 1) {
    const map = nodeAt(root, to.slice(0, depth + 1));
    if (!map || isEmptyValue(map)) break;
    depth++;
  }
  return depth;
}

/** The lines of a key with its comments, from the first column on, under its new name. */
function linesAt({ text, document, quoted }: Target, { holder, index, to }: MoveEdit, look: Look): string[] {
  const entry = entriesOf(holder)[index];
  const name = to.at(-1) ?? '';
  if (!entry) return [];
  const { key, node } = entry;
  if (quoted || isFlow(holder) || !key?.range || !startsLine(text, entry.start))
    return fieldLines(name, node?.toJS(document) ?? null, undefined, look);
  const from = firstLine(text, entry.start, true);
  const shown = text.slice(key.range[0], contentEnd(text, key));
  const named = String((key as { value?: unknown }).value) === name ? shown : scalarLike(name, key);
  const end = lineEnd(text, endOf(text, entry));
  const whole = text.slice(from, key.range[0]) + named + text.slice(contentEnd(text, key), end);
  const shift = new RegExp(`^ {0,${columnOf(text, entry.start)}}`);
  return whole
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map(line => line.replace(shift, ''));
}

function wrapped(lines: readonly string[], keys: readonly string[], look: Look): string[] {
  return keys.reduceRight<string[]>(
    (inner, key) => [`${scalarLike(key, undefined)}:`, ...indented(inner, look.step)],
    [...lines],
  );
}

/** Where the new place begins in the map that it comes from, its lines stay where they are. */
function inPlace(text: string, entry: EditEntry, lines: readonly string[]): Edit {
  const start = firstLine(text, entry.start, true);
  const end = lineEnd(text, endOf(text, entry));
  const eol = text.slice(start, end).endsWith('\n') ? lineEnding(text) : '';
  const body = indented(lines, columnOf(text, entry.start)).join(lineEnding(text));
  return { start, end, text: body + eol };
}
