import { lineEnd, lineStart } from '../yaml/text.ts';
import { type Comment, saidBy } from '../yaml/leading-trivia.ts';
import type { YamlNode, SyntaxTree } from '../yaml/syntax-tree.ts';
import type { Action } from './plan.ts';
import { isBlock } from './node-facts.ts';
import type { Side, MergeNode } from './merge-nodes.ts';

/** A comment, the line of an entry, or the lines below it that are edited as one. */
export type Token = {
  readonly kind: 'comment' | 'entry' | 'body' | 'end';
  readonly comment: Comment | undefined;
  readonly entry: YamlNode | undefined;
  readonly node: MergeNode | undefined;
  /** The start of its first line, and of the first line behind it. */
  readonly start: number;
  readonly end: number;
  /** Blank lines above it. */
  readonly blanks: number;
  /** The same object in two files where they mean the same place. */
  readonly anchor: object | undefined;
};

/** A file as tokens in the order of its text. */
export type Stream = { readonly tokens: readonly Token[]; readonly indexOf: ReadonlyMap<object, number> };

export type Streams = Readonly<Record<Side, Stream>> & {
  /** Ours once more, with the entries open that come in cut down. */
  readonly oursOpen: Stream;
  /** Comments on the lines of entries of ours that go away. */
  readonly lost: ReadonlyMap<YamlNode, Comment>;
};

type Walk = {
  readonly side: Side;
  readonly text: string;
  readonly nodes: ReadonlyMap<YamlNode, MergeNode>;
  readonly actions: ReadonlyMap<MergeNode, Action>;
  /** Looks also into entries that come in cut down. */
  readonly opensKept: boolean;
  readonly lost: ReadonlyMap<YamlNode, Comment>;
  readonly tokens: Token[];
};

const END = {};

/** What the plan replaces, inserts or deletes as a whole stays closed: its comments go with it. */
export function streamsOf(
  files: Readonly<Record<Side, SyntaxTree>>,
  documents: readonly MergeNode[],
  actions: ReadonlyMap<MergeNode, Action>,
): Streams {
  const nodes = nodesByEntry(documents);
  const lost = lostNotes(documents, actions);
  const stream = (side: Side, opensKept: boolean): Stream =>
    streamOf(files[side], { side, text: files[side].text, nodes, actions, opensKept, lost, tokens: [] });
  const keeps = [...actions.values()].some(action => action.do === 'keep');
  const ours = stream('ours', false);
  return {
    base: stream('base', true),
    ours,
    oursOpen: keeps ? stream('ours', true) : ours,
    theirs: stream('theirs', false),
    lost,
  };
}

function nodesByEntry(documents: readonly MergeNode[]): Map<YamlNode, MergeNode> {
  const nodes = new Map<YamlNode, MergeNode>();
  const visit = (node: MergeNode): void => {
    for (const entry of [node.base, node.ours, node.theirs]) if (entry) nodes.set(entry, node);
    node.children.forEach(visit);
  };
  documents.forEach(visit);
  return nodes;
}

function streamOf({ text, documents, tail }: SyntaxTree, walk: Walk): Stream {
  for (const document of documents) pushEntry(walk, document);
  pushComments(walk, tail.comments);
  const { length } = text;
  const nothing = { comment: undefined, entry: undefined, node: undefined };
  walk.tokens.push({
    kind: 'end',
    ...nothing,
    start: length,
    end: length,
    blanks: tail.blanks,
    anchor: END,
  });
  const indexOf = new Map<object, number>();
  walk.tokens.forEach(({ anchor }, index) => anchor && indexOf.set(anchor, index));
  return { tokens: walk.tokens, indexOf };
}

function pushEntry(walk: Walk, entry: YamlNode): void {
  const node = walk.nodes.get(entry);
  const action = node && walk.actions.get(node)?.do;
  const closed = action !== undefined && !(action === 'keep' && walk.opensKept && cutsDown(walk, node));
  const block = isBlock(entry.value);
  const body = node && block && action === 'replace' && hasBody(node) ? node : undefined;
  const note = walk.lost.get(entry);
  pushComments(walk, entry.lead.comments);
  if (note) pushComments(walk, [note]);
  pushLine(walk, entry, (closed && !body) || !block ? entry.value.end : entry.colon);
  if (body) pushBody(walk, entry, body);
  if (!closed)
    for (const child of entry.value.entries) if (block || comesIn(walk, child)) pushEntry(walk, child);
}

/** Only some of the entry's children come in. */
function cutsDown({ actions }: Walk, node: MergeNode | undefined): boolean {
  return node?.children.some(child => actions.has(child)) ?? false;
}

/** What stands in braces in ours can come in as an entry with a line of its own. */
function comesIn({ nodes, actions, side }: Walk, entry: YamlNode): boolean {
  const node = nodes.get(entry);
  return side === 'ours' && node !== undefined && node.theirs === undefined && actions.has(node);
}

/** The lines below the key are replaced by lines below the key. */
function hasBody({ ours, theirs }: MergeNode): boolean {
  return [ours, theirs].every(entry => entry?.value.layout === 'block' && entry.value.entries.length > 0);
}

function pushLine({ text, nodes, tokens }: Walk, entry: YamlNode, contentEnd: number): void {
  const node = nodes.get(entry);
  const virtual = !entry.parent && !entry.ownLine && contentEnd === entry.colon;
  const end = virtual ? contentEnd : lineEnd(text, contentEnd);
  const start = lineStart(text, entry.start);
  const { blanks } = entry.lead;
  tokens.push({ kind: 'entry', comment: undefined, entry, node, start, end, blanks, anchor: node });
}

function pushBody(walk: Walk, entry: YamlNode, node: MergeNode): void {
  const [first] = entry.value.entries;
  if (!first) return;
  pushComments(walk, first.lead.comments);
  const start = lineStart(walk.text, first.start);
  const end = lineEnd(walk.text, entry.value.end);
  const { blanks } = first.lead;
  walk.tokens.push({
    kind: 'body',
    comment: undefined,
    entry,
    node,
    start,
    end,
    blanks,
    anchor: node.children,
  });
}

function pushComments({ text, tokens }: Walk, comments: readonly Comment[]): void {
  for (const comment of comments) {
    const { start, end, blanks } = comment;
    const lineBehind = lineEnd(text, end);
    tokens.push({
      kind: 'comment',
      comment,
      entry: undefined,
      node: undefined,
      start,
      end: lineBehind,
      blanks,
      anchor: undefined,
    });
  }
}

/** Comments of the team on the lines of entries that go away: they stay, on lines of their own. */
function lostNotes(
  documents: readonly MergeNode[],
  actions: ReadonlyMap<MergeNode, Action>,
): ReadonlyMap<YamlNode, Comment> {
  const lost = new Map<YamlNode, Comment>();
  const visit = (node: MergeNode): void => {
    const action = actions.get(node)?.do;
    if (action === 'insert' || action === 'replace') return;
    const comment = action === undefined ? lostNote(node) : undefined;
    if (node.ours && comment) lost.set(node.ours, comment);
    node.children.forEach(visit);
  };
  documents.forEach(visit);
  return lost;
}

function lostNote({ base, ours, theirs }: MergeNode): Comment | undefined {
  if (!base || !ours?.note || !ours.ownLine || theirs) return undefined;
  const { start, end, text } = ours.note;
  const says = saidBy(text);
  if (base.note && saidBy(base.note.text) === says) return undefined;
  return { start, end, column: ours.column, text, blanks: 0, says };
}
