import type { Edit } from '../yaml/text.ts';
import type { Outline } from '../yaml/outline.ts';
import { type CommentHistory, findComments } from './comment-history.ts';
import { carryRun } from './insertions.ts';
import { insertionEdits, removalEdits, unindentEdits } from './layout.ts';
import { placesIn } from './places.ts';
import type { Action } from './plan.ts';
import { runsOf } from './runs.ts';
import type { Side, Slot } from './slots.ts';
import { streamsOf, type Token } from './stream.ts';

export type Carry = {
  readonly edits: readonly Edit[];
  /** The entries that comments of the team were carried to. */
  readonly carriedTo: readonly Slot[];
};

type Options = { readonly actions: ReadonlyMap<Slot, Action>; readonly eol: string };

/** Brings into theirs the entries that it lacks and the comments of the team. */
export function carry(
  files: Readonly<Record<Side, Outline>>,
  documents: readonly Slot[],
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
  for (const index of leadsOfDeleted(tokens, actions, history)) gone.add(index);
  const layout = { text, ours: files.ours.text, eol, tokens, insertions, actions, gone };
  return {
    edits: [...removalEdits(layout), ...insertionEdits(layout), ...unindentEdits(layout)],
    carriedTo: insertions.flatMap(({ commentOn }) => commentOn ?? []),
  };
}

/** The comments above an item that ours deleted together with it, as indexes of tokens. */
function leadsOfDeleted(
  tokens: readonly Token[],
  actions: ReadonlyMap<Slot, Action>,
  { notInOurs }: CommentHistory,
): number[] {
  const deleted = tokens.filter(({ slot }) => slot && actions.get(slot)?.do === 'delete');
  const leads = new Set(deleted.flatMap(({ entry }) => entry?.lead.comments ?? []));
  return tokens.flatMap(({ comment }, index) =>
    comment && leads.has(comment) && notInOurs.get(comment) !== undefined ? [index] : [],
  );
}
