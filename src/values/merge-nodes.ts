import type { YamlNode, SyntaxTree, Value } from '../yaml/syntax-tree.ts';
import { align } from './longest-common.ts';
import { identitiesIn, matchItems } from './list-items.ts';

/** One place of the values: what stands there in each of the three files. */
export type MergeNode = {
  readonly parent: MergeNode | undefined;
  readonly key: string | number;
  readonly base: YamlNode | undefined;
  readonly ours: YamlNode | undefined;
  readonly theirs: YamlNode | undefined;
  /** Pairs what is inside, wherever at least two files have the place. */
  readonly children: readonly MergeNode[];
};

export type Side = 'base' | 'ours' | 'theirs';
type Trio = Pick<MergeNode, Side>;
type Lists = Record<Side, readonly YamlNode[]>;

/** A place of base and ours, and the entry of theirs that it is paired with instead. */
export type KeyMove = Pick<MergeNode, 'base' | 'ours'> & { readonly theirs: YamlNode };

/** Pairs three files, document by document: map keys by name, list items by what names them, what moved with its new place. */
export function pairFiles(files: Record<Side, SyntaxTree>, moves: readonly KeyMove[] = []): MergeNode[] {
  const documents = {
    base: files.base.documents,
    ours: files.ours.documents,
    theirs: files.theirs.documents,
  };
  return pairByKey(documents).map(trio => slotOf(undefined, trio, moves));
}

/** An entry and all that is in it. */
export function entriesIn(entry: YamlNode): YamlNode[] {
  return [entry, ...entry.value.entries.flatMap(entriesIn)];
}

/** Pairs one place of base and ours with an entry of theirs, outside of their files. */
export function pairMove(move: KeyMove): MergeNode {
  return slotOf(undefined, move, []);
}

function slotOf(parent: MergeNode | undefined, found: Trio, moves: readonly KeyMove[]): MergeNode {
  const trio = moves.find(({ theirs }) => theirs === found.theirs) ?? withRoom(found, moves);
  const key = (trio.theirs ?? trio.ours ?? trio.base)?.key ?? '';
  const { base, ours, theirs } = trio;
  const node = { parent, key, base, ours, theirs, children: [] as MergeNode[] };
  const paired = pairInside(trio, holdsMoved(trio, moves));
  const inside = moves.length > 0 ? paired.flatMap(child => withoutMoved(child, moves)) : paired;
  node.children = inside.map(child => slotOf(node, child, moves));
  return node;
}

/** Where something moved into what is a map now, the single value of before has no say any more. */
function withRoom(found: Trio, moves: readonly KeyMove[]): Trio {
  const { ours, theirs } = found;
  const isMade = theirs?.value.kind === 'map' && ours?.value.kind === 'scalar';
  return isMade && holdsMoved(found, moves) ? { base: undefined, ours: undefined, theirs } : found;
}

/** What stands at a place that the team's value moved away from is theirs alone; mostly nothing does. */
function withoutMoved(child: Trio, moves: readonly KeyMove[]): Trio[] {
  if (!moves.some(({ base, theirs }) => base && base === child.base && theirs !== child.theirs))
    return [child];
  return child.theirs ? [{ base: undefined, ours: undefined, theirs: child.theirs }] : [];
}

/** What moved went to somewhere in an entry that theirs alone has. */
function holdsMoved({ theirs }: Trio, moves: readonly KeyMove[]): boolean {
  const isInside = (entry: YamlNode | undefined): boolean =>
    entry !== undefined && (entry === theirs || isInside(entry.parent));
  return theirs !== undefined && moves.some(move => isInside(move.theirs.parent));
}

/** A file whose value is of another kind than ours has nothing to pair. */
function pairInside(trio: Trio, always: boolean): Trio[] {
  const present = [trio.base, trio.ours, trio.theirs].filter(entry => entry !== undefined);
  const kind = (trio.ours ?? trio.theirs)?.value.kind;
  if ((present.length < 2 && !always) || (kind !== 'map' && kind !== 'list')) return [];
  const inside = (value: Value | undefined): readonly YamlNode[] =>
    value?.kind === kind ? value.entries : [];
  const lists = {
    base: inside(trio.base?.value),
    ours: inside(trio.ours?.value),
    theirs: inside(trio.theirs?.value),
  };
  return kind === 'map' ? pairByKey(lists) : pairItems(lists);
}

function pairByKey(lists: Lists): Trio[] {
  const base = byKey(lists.base);
  const ours = byKey(lists.ours);
  const theirs = byKey(lists.theirs);
  const keys = new Set([...theirs.keys(), ...ours.keys(), ...base.keys()]);
  return Array.from(keys, key => ({ base: base.get(key), ours: ours.get(key), theirs: theirs.get(key) }));
}

function byKey(entries: readonly YamlNode[]): Map<string | number, YamlNode> {
  return new Map(entries.map(entry => [entry.key, entry]));
}

function pairItems({ base, ours, theirs }: Lists): Trio[] {
  const inOurs = new Map(matchItems(base, ours));
  const inTheirs = new Map(matchItems(base, theirs));
  const kept = base.map((item, index) => ({
    base: item,
    ours: ours[inOurs.get(index) ?? -1],
    theirs: theirs[inTheirs.get(index) ?? -1],
  }));
  const both = kept.filter(trio => trio.ours && trio.theirs);
  const ourNews = newItems(ours, new Set(kept.map(trio => trio.ours)), new Set(both.map(trio => trio.ours)));
  const theirNews = newItems(
    theirs,
    new Set(kept.map(trio => trio.theirs)),
    new Set(both.map(trio => trio.theirs)),
  );
  return [...kept, ...pairNews(ourNews, theirNews)];
}

/** An item that base does not hold, and how many items that all hold stand in front of it. */
type NewItem = { item: YamlNode; rank: number };

function newItems(
  items: readonly YamlNode[],
  inBase: ReadonlySet<YamlNode | undefined>,
  inAll: ReadonlySet<YamlNode | undefined>,
): NewItem[] {
  let rank = 0;
  return items.flatMap(item => {
    if (inAll.has(item)) rank++;
    return inBase.has(item) ? [] : [{ item, rank }];
  });
}

function pairNews(ours: readonly NewItem[], theirs: readonly NewItem[]): Trio[] {
  const lists = [ours, theirs].map(list => list.map(({ item }) => item));
  const identity = identitiesIn(lists) ?? (item => String(item.value.meaning));
  const tokens = [ours, theirs].map(list => list.map(({ item, rank }) => `${rank} ${identity(item)}`));
  const pairs = align(tokens[0] ?? [], tokens[1] ?? []);
  const [pairedOurs, pairedTheirs] = [new Map(pairs), new Set(pairs.map(([, index]) => index))];
  const fromOurs = ours.map(({ item }, index) => ({
    base: undefined,
    ours: item,
    theirs: theirs[pairedOurs.get(index) ?? -1]?.item,
  }));
  const fromTheirs = theirs.filter((_, index) => !pairedTheirs.has(index));
  return [...fromOurs, ...fromTheirs.map(({ item }) => ({ base: undefined, ours: undefined, theirs: item }))];
}
