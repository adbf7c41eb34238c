import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, Lexer, type Node } from 'yaml';
import { nodeAt, type Step } from '../nodes.ts';
import type { YamlSource } from '../source.ts';
import type { Edit } from '../text.ts';
import { lastScalar, indexOf } from './place.ts';

/**
 * A block scalar at the end of a file without a final newline holds none either, says the specification and reads what
 * clusters use; `yaml` adds one.
 */
export function closeAtEnd({ text, documents }: YamlSource): void {
  const document = documents.at(-1);
  const scalar = document?.contents && lastScalar(document.contents);
  if (text.endsWith('\n') || !isScalar(scalar) || scalar.range?.[1] !== text.length) return;
  if (typeof scalar.value === 'string') scalar.value = scalar.value.replace(/\n$/, '');
}

/** A change of a file as byte ranges, and what they have to do. */
export type EditPlan = { edits: Edit[]; intent: Intent };

/** What an edit of a document has to have done, and nothing else. */
export type Intent =
  | { kind: 'set'; path: readonly Step[]; value: unknown }
  | { kind: 'added'; path: readonly Step[]; key: string; value: unknown }
  | { kind: 'inserted'; path: readonly Step[]; at: number; items: readonly unknown[] }
  | { kind: 'removed'; path: readonly Step[] }
  | { kind: 'renamed'; path: readonly Step[]; name: string }
  /** `here` is the first new key on the way, or the one without a value that is filled. */
  | ({ kind: 'moved'; path: readonly Step[]; to: readonly Step[]; here: readonly Step[] } & {
      isFilled: boolean;
      value: unknown;
    });

type Pruning = { path: number[]; with: 'hole' | 'nothing' };

/**
 * Whether the data of a file after an edit is that of before with exactly that change: in every document, with its types,
 * its order, its anchors and tags. No comment outside of the touched ranges may be gone, and none may be new.
 */
export function isAsIntended(
  [before, after]: readonly [YamlSource, YamlSource],
  index: number,
  intent: Intent,
  edits: readonly Edit[],
): boolean {
  const same = before.documents.length === after.documents.length || before.documents.length === 0;
  if (!same || !keepsComments(before.text, after.text, { edits, isMove: intent.kind === 'moved' }))
    return false;
  return after.documents.every((document, each) => {
    const [old, now] = [before.documents[each]?.contents ?? null, document.contents];
    if (each !== index) return isDeepStrictEqual(treeOf(old), treeOf(now));
    return isValueThere(after, index, intent) && isDeepStrictEqual(...pruned(old, now, intent));
  });
}

/** Both trees without what the change is about. */
function pruned(before: Node | null, after: Node | null, intent: Intent): [Tree, Tree] {
  const [old, now] = [treeOf(before), treeOf(after)];
  const at = (root: Node | null, path: readonly Step[]): number[] => indexesOf(root, path);
  switch (intent.kind) {
    case 'set': {
      const hole = (root: Node | null): Pruning => ({ path: at(root, intent.path), with: 'hole' });
      return [prune(old, hole(before)), prune(now, hole(after))];
    }
    case 'added':
      return [old, prune(now, { path: at(after, [...intent.path, intent.key]), with: 'nothing' })];
    case 'inserted': {
      const path = at(after, intent.path);
      return [
        old,
        intent.items.reduce<Tree>(tree => prune(tree, { path: [...path, intent.at], with: 'nothing' }), now),
      ];
    }
    case 'removed':
      return [prune(old, { path: at(before, intent.path), with: 'nothing' }), now];
    case 'renamed': {
      const path = at(before, intent.path);
      return [renamed(old, path, intent.name), now];
    }
    case 'moved': {
      const { path, here, isFilled } = intent;
      const hole = (tree: Tree, root: Node | null): Tree =>
        isFilled ? prune(tree, { path: at(root, here), with: 'hole' }) : tree;
      const left = prune(hole(old, before), { path: at(before, path), with: 'nothing' });
      if (isFilled) return [left, hole(now, after)];
      return [left, prune(now, { path: at(after, here), with: 'nothing' })];
    }
  }
}

function isValueThere({ documents }: YamlSource, index: number, intent: Intent): boolean {
  const document = documents[index];
  return expected(intent).every(({ path, value }) => {
    const node = path.length > 0 ? nodeAt(document?.contents, path) : document?.contents;
    return document && node ? isDeepStrictEqual(node.toJS(document), value) : false;
  });
}

function expected(intent: Intent): { path: readonly Step[]; value: unknown }[] {
  if (intent.kind === 'set') return [intent];
  if (intent.kind === 'moved') return [{ path: intent.to, value: intent.value }];
  if (intent.kind === 'added') return [{ path: [...intent.path, intent.key], value: intent.value }];
  if (intent.kind !== 'inserted') return [];
  return intent.items.map((value, each) => ({ path: [...intent.path, intent.at + each], value }));
}

/** The shape of a node: keys and types in order, with anchors and tags. An alias counts the definitions of its anchor so far. */
type Tree = { kind: string; props: string; entries: { key: Tree | undefined; value: Tree }[] };

function treeOf(node: Node | null | undefined, anchors = new Map<string, number>()): Tree {
  if (!node) return { kind: 'object null', props: ' ', entries: [] };
  if (isAlias(node))
    return { kind: `*${node.source} ${anchors.get(node.source) ?? 'nowhere'}`, props: '', entries: [] };
  if (node.anchor !== undefined) anchors.set(node.anchor, (anchors.get(node.anchor) ?? 0) + 1);
  const props = `${node.anchor ?? ''} ${isScalar(node) || isMap(node) || isSeq(node) ? (node.tag ?? '') : ''}`;
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map(({ key, value }) => ({
      key: treeOf(key, anchors),
      value: treeOf(value, anchors),
    }));
    return { kind: 'map', props, entries };
  }
  if (isSeq<Node>(node))
    return {
      kind: 'list',
      props,
      entries: node.items.map(item => ({ key: undefined, value: treeOf(item, anchors) })),
    };
  const { value } = node as { value?: unknown };
  return { kind: `${typeof value} ${String(value)}`, props, entries: [] };
}

/** Where the steps of a path lead, by number. Empty where they lead nowhere. */
function indexesOf(root: Node | null, path: readonly Step[]): number[] {
  return path.map((step, depth) => indexOf(depth === 0 ? root : nodeAt(root, path.slice(0, depth)), step));
}

function prune(tree: Tree, pruning: Pruning): Tree {
  const [index, ...path] = pruning.path;
  if (index === undefined) return { kind: 'hole', props: tree.props, entries: [] };
  if (path.length === 0 && pruning.with === 'nothing')
    return { ...tree, entries: tree.entries.filter((_, each) => each !== index) };
  const entries = tree.entries.map((entry, each) =>
    each === index ? { ...entry, value: prune(entry.value, { ...pruning, path }) } : entry,
  );
  return { ...tree, entries };
}

function renamed(tree: Tree, [index, ...path]: readonly number[], name: string): Tree {
  const entries = tree.entries.map((entry, each) => {
    if (each !== index) return entry;
    if (path.length > 0) return { ...entry, value: renamed(entry.value, path, name) };
    return { ...entry, key: entry.key && { ...entry.key, kind: `string ${name}` } };
  });
  return { ...tree, entries };
}

type Comment = { offset: number; text: string };

function textOf({ text }: Comment): string {
  return text;
}

/** What moves takes its comments along, or leaves them behind where it is written anew. */
function keepsComments(
  before: string,
  after: string,
  { edits, isMove }: { edits: readonly Edit[]; isMove: boolean },
): boolean {
  const now = commentsIn(after).map(textOf);
  if (isDeepStrictEqual(keptComments(before, edits), now)) return true;
  return isMove && isDeepStrictEqual(commentsIn(before).map(textOf).toSorted(), now.toSorted());
}

function keptComments(text: string, edits: readonly Edit[]): string[] {
  return commentsIn(text)
    .filter(({ offset }) => !edits.some(({ start, end }) => start <= offset && offset < end))
    .map(textOf);
}

const SCALAR_MARK = '\u001f';

function commentsIn(text: string): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let isScalarText = false;
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('#') && !isScalarText) comments.push({ offset, text: token.trimEnd() });
    isScalarText = token === SCALAR_MARK;
    if (!isScalarText && token !== '\u0002' && token !== '\u0018') offset += token.length;
  }
  return comments;
}
