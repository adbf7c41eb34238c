import type { YamlNode } from '../yaml/syntax-tree.ts';
import type { MergeNode } from './merge-nodes.ts';
import type { Token } from './stream.ts';

/** The gaps between the tokens of theirs: gap n is in front of token n. */
export type Places = {
  readonly tokens: readonly Token[];
  /** The entry whose lines end above a gap, and the one that starts below it. */
  readonly above: readonly (YamlNode | undefined)[];
  readonly below: readonly (YamlNode | undefined)[];
  readonly inside: ReadonlyMap<YamlNode, Gaps>;
};

/** The first and the last gap inside an entry, and the one right behind its last line of content. */
type Gaps = { readonly first: number; readonly last: number; readonly end: number };

/** For each gap between tokens, the entries above, below and around it. */
export function placesIn(tokens: readonly Token[]): Places {
  const starts = tokens.map(({ kind, entry }) => (kind === 'body' ? entry?.value.entries[0] : entry));
  const above: (YamlNode | undefined)[] = [];
  const below: (YamlNode | undefined)[] = [];
  for (let gap = 1; gap < tokens.length; gap++) above[gap] = tokens[gap - 1]?.entry ?? above[gap - 1];
  for (let gap = tokens.length - 1; gap >= 0; gap--) below[gap] = starts[gap] ?? below[gap + 1];
  return { tokens, above, below, inside: insides(tokens) };
}

function insides(tokens: readonly Token[]): Map<YamlNode, Gaps> {
  const inside = new Map<YamlNode, Gaps>();
  const open: { entry: YamlNode; first: number }[] = [];
  let end = 0;
  const closeTo = (depth: number, last: number): void => {
    for (const { entry, first } of open.splice(depth)) inside.set(entry, { first, last, end });
  };
  for (let index = 0; index < tokens.length; index++) {
    const { kind, entry } = tokens[index] ?? {};
    if (kind === 'entry' && entry) {
      closeTo(open.findLastIndex(above => above.entry === entry.parent) + 1, index);
      open.push({ entry, first: index + 1 });
    }
    if (entry) end = index + 1;
  }
  closeTo(0, tokens.length - 1);
  return inside;
}

/** The gap nearest to `wanted` where our entry can come in: inside its parent, between whole siblings. */
export function gapFor(places: Places, node: MergeNode, wanted: number): number {
  const { first, last, start } = rangeFor(places, node, wanted);
  for (let gap = start; gap <= last; gap++) if (fits(places, node, gap)) return gap;
  for (let gap = start - 1; gap >= first; gap--) if (fits(places, node, gap)) return gap;
  throw new Error(`no gap for the entry ${node.key}`);
}

/** A comment can stand anywhere but between a dash and the field on its line. */
export function gapForComment({ tokens }: Places, wanted: number): number {
  let gap = wanted;
  while (tokens[gap]?.entry?.ownLine === false) gap++;
  return Math.min(gap, tokens.length - 1);
}

/** Items keep their order; among the keys of a map any gap will do, and outside of it the one behind its neighbour. */
function rangeFor(
  { inside }: Places,
  node: MergeNode,
  wanted: number,
): { first: number; last: number; start: number } {
  const parent = node.parent?.theirs;
  const { first, last } = (parent && inside.get(parent)) ?? { first: 0, last: -1 };
  const ordered = node.parent?.ours?.value.kind === 'list';
  if (!ordered && wanted >= first && wanted <= last) return { first, last, start: wanted };
  const { before, after } = neighbours(node);
  const behind = (before && inside.get(before)?.end) ?? first;
  if (!ordered) return { first, last, start: behind };
  const limit = after ? (inside.get(after)?.first ?? last + 1) - 1 : last;
  return { first: behind, last: limit, start: Math.min(Math.max(wanted, behind), limit) };
}

/** The nearest siblings in ours that theirs holds too. */
function neighbours(node: MergeNode): { before: YamlNode | undefined; after: YamlNode | undefined } {
  const at = node.ours?.start ?? 0;
  let before: MergeNode | undefined;
  let after: MergeNode | undefined;
  for (const sibling of node.parent?.children ?? []) {
    const start = sibling.theirs && sibling.ours?.start;
    if (start === undefined) continue;
    if (start < at && start > (before?.ours?.start ?? -1)) before = sibling;
    if (start > at && start < (after?.ours?.start ?? Infinity)) after = sibling;
  }
  return { before: before?.theirs, after: after?.theirs };
}

function fits({ above, below }: Places, node: MergeNode, gap: number): boolean {
  const parent = node.parent?.theirs;
  const [upper, lower] = [above[gap], below[gap]];
  if (!parent || !upper || !isInside(upper, parent)) return false;
  return !lower || !isInside(lower, parent) || (lower.parent === parent && lower.ownLine);
}

/** Is, or is somewhere below. */
function isInside(entry: YamlNode, ancestor: YamlNode): boolean {
  for (let at: YamlNode | undefined = entry; at; at = at.parent) if (at === ancestor) return true;
  return false;
}
