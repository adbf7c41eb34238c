import { applyEdits, type Edit, lineEnding } from '../yaml/text.ts';
import { closeOpenEnd } from '../yaml/open-end.ts';
import type { SyntaxTree } from '../yaml/syntax-tree.ts';
import { noteAt } from './notes.ts';
import type { Action, Plan } from './plan.ts';
import { isBlock } from './node-facts.ts';
import type { Side, MergeNode } from './merge-nodes.ts';
import { anchorEdits, emptyEdits, noteEdits, type Texts, valueEdits } from './value-edits.ts';
import { type CommentHistory, findComments } from './comment-history.ts';
import { type Carried, carryRun } from './insertions.ts';
import { insertionEdits, removalEdits, unindentEdits } from './layout.ts';
import { placesIn } from './places.ts';
import { examplesOfFilled, restOfExamples } from './replaced-comments.ts';
import { runsOf } from './hunks.ts';
import { streamsOf, type Token } from './stream.ts';

export type Splice = {
  readonly text: string;
  /** The entries that comments of the team came to stand at. */
  readonly commented: readonly MergeNode[];
};

/** Starts from the text of theirs and brings in what the plan says, with the team's comments. */
export function splice(
  files: Readonly<Record<Side, SyntaxTree>>,
  documents: readonly MergeNode[],
  plan: Plan,
): Splice {
  const { actions } = plan;
  const theirs = files.theirs.text;
  const eol = lineEnding(theirs);
  const comments = carry(files, documents, { actions, eol });
  const texts = { ours: files.ours.text, theirs, eol };
  const edits = documents.flatMap(document => slotEdits(document, actions, texts));
  const appends = comments.edits.some(edit => edit.start === theirs.length);
  const opened = appends ? closeOpenEnd(files.theirs) : undefined;
  const noted = documents.flatMap(document => notedSlots(document, actions));
  return {
    text: applyEdits(theirs, [...edits, ...comments.edits, ...(opened ? [opened] : [])]),
    commented: [...new Set([...comments.carriedTo, ...noted])],
  };
}

function slotEdits(node: MergeNode, actions: ReadonlyMap<MergeNode, Action>, texts: Texts): Edit[] {
  const action = actions.get(node);
  if (action) return node.theirs ? valueEdits(node, action, texts) : [];
  if (!node.theirs) return [];
  const fills = node.children.some(child => !child.theirs && actions.has(child));
  const own =
    fills && !isBlock(node.theirs.value)
      ? emptyEdits(node, texts)
      : [...anchorEdits(node), ...noteEdits(node, texts)];
  return [...own, ...node.children.flatMap(child => slotEdits(child, actions, texts))];
}

function notedSlots(node: MergeNode, actions: ReadonlyMap<MergeNode, Action>): MergeNode[] {
  if (actions.has(node) || !node.theirs) return [];
  const inside = node.children.flatMap(child => notedSlots(child, actions));
  return noteAt(node) === node.theirs.note?.text ? inside : [node, ...inside];
}

type Carry = {
  readonly edits: readonly Edit[];
  /** The entries that comments of the team were carried to. */
  readonly carriedTo: readonly MergeNode[];
};

type Options = { readonly actions: ReadonlyMap<MergeNode, Action>; readonly eol: string };

/** Brings into theirs the entries that it lacks and the comments of the team. */
function carry(
  files: Readonly<Record<Side, SyntaxTree>>,
  documents: readonly MergeNode[],
  options: Options,
): Carry {
  const { actions, eol } = options;
  const { text } = files.theirs;
  const streams = streamsOf(files, documents, actions);
  const { tokens } = streams.theirs;
  const history = findComments(streams);
  const runs = runsOf(streams, history, actions);
  const keeping = { text: files.ours.text, actions, teams: history.teams, lost: streams.lost };
  const carrying = { places: placesIn(tokens), keeping, actions, history };
  const carried = runs.map(run => carryRun(run, carrying));
  const insertions = carried.flatMap(one => one.insertions);
  const gone = new Set(carried.flatMap(one => one.replaced));
  const replacing = { tokens, actions, history };
  for (const index of restOfExamples(replacedByEntries(carried), replacing)) gone.add(index);
  for (const index of examplesOfFilled(replacing)) gone.add(index);
  for (const index of leadsOfDeleted(tokens, actions, history)) gone.add(index);
  const layout = { text, ours: files.ours.text, eol, tokens, insertions, actions, gone };
  return {
    edits: [...removalEdits(layout), ...insertionEdits(layout), ...unindentEdits(layout)],
    carriedTo: insertions.flatMap(({ commentOn }) => commentOn ?? []),
  };
}

/** The comments that runs with entries in them take the place of. */
function replacedByEntries(carried: readonly Carried[]): ReadonlySet<number> {
  return new Set(
    carried.flatMap(({ insertions, replaced }) => (insertions.some(({ node }) => node) ? replaced : [])),
  );
}

/** The comments above an item that ours deleted together with it, as indexes of tokens. */
function leadsOfDeleted(
  tokens: readonly Token[],
  actions: ReadonlyMap<MergeNode, Action>,
  { notInOurs }: CommentHistory,
): number[] {
  const deleted = tokens.filter(({ node }) => node && actions.get(node)?.do === 'delete');
  const leads = new Set(deleted.flatMap(({ entry }) => entry?.lead.comments ?? []));
  return tokens.flatMap(({ comment }, index) =>
    comment && leads.has(comment) && notInOurs.get(comment) !== undefined ? [index] : [],
  );
}
