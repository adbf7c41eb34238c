import type { MergeNode, KeyMove } from './merge-nodes.ts';

/** What became of one customisation. */
export type OutcomeKind =
  | 'applied'
  | 'converged'
  | 'moved?'
  | 'removed-kept'
  | 'removed-but-still-read'
  | 'removed-and-dead'
  | 'both-changed'
  | 'type-changed'
  | 'list-both-changed'
  | 'restored'
  | 'key-twice'
  | 'image-changed'
  | 'image-merged'
  | 'document-unread'
  | 'comment-carried'
  /** Said beside the others: the new defaults call it deprecated. */
  | 'deprecated'
  // Of values that override the defaults rather than copy them:
  | 'kept'
  | 'redundant-now'
  | 'default-under-you'
  | 'schema-rejects';

export type Outcome = {
  path: string;
  outcome: OutcomeKind;
  /** moved?: where the new defaults seem to hold it. deprecated: what they name instead. type-changed: where merged puts ours. image-…: the image that results. */
  to?: string;
  /** A decision that is already taken. */
  answer?: AnswerName;
  /** key-twice: the line in ours of the one that counts for nothing. */
  line?: number;
  /** The id of a decision that was taken without being asked for: another answer still counts. */
  id?: string;
};

/** Both sides changed it. */
export type ContestedKind = 'both-changed' | 'type-changed' | 'list-both-changed';

export type DecisionKind =
  | ContestedKind
  /** The new defaults hold it elsewhere: merged puts ours there, ours keeps it, theirs drops it. */
  | 'moved'
  /** No template reads it any more: ours keeps it, theirs drops it. */
  | 'dead'
  /** Both sides changed one image, in parts that go together. */
  | 'image-changed'
  /** Documents of ours that Helm does not read: ours keeps them, theirs drops them, merged puts them into the first. */
  | 'document-unread';

export type AnswerName = 'ours' | 'theirs' | 'merged' | 'value';

/** What a person answers: a side, both lists in one, or a value of their own. */
export type DecisionAnswer = 'ours' | 'theirs' | 'merged' | { value: unknown };

/** What both sides changed. Unless it is taken only a person can settle it, and the text keeps ours until then. */
export type Decision = {
  /** The same as long as path and evidence are. */
  id: string;
  path: string;
  kind: DecisionKind;
  base: unknown;
  ours: unknown;
  theirs: unknown;
  options: ('ours' | 'theirs' | 'merged')[];
  /** What the option `merged` gives. */
  merged?: unknown;
  /** moved, type-changed: where `merged` puts it. */
  to?: string;
  /** Nobody has to answer: the changes are apart, and the text holds both. An answer still counts. */
  taken?: 'merged';
};

/**
 * What happens to the text of theirs at a node.
 * replace: the value becomes ours. insert: our entry comes in, whole. keep: our entry comes in, cut down to what is
 * customised. delete: their entry goes. print: the value becomes this one.
 */
export type Action = { do: 'replace' | 'insert' | 'keep' | 'delete' } | { do: 'print'; value: unknown };

/** What a person moves, and the decision that they answered so. */
type AnsweredMove = KeyMove & { readonly id: string };

export type Plan = {
  readonly actions: ReadonlyMap<MergeNode, Action>;
  readonly outcomes: readonly Outcome[];
  readonly decisions: readonly Decision[];
  /** Every place that both sides changed, and the answer where there is one. */
  readonly contested: readonly {
    node: MergeNode;
    id: string;
    answer: DecisionAnswer | undefined;
    /** A person gave it. */
    isGiven: boolean;
    /** What the answer `merged` gives. */
    merged: unknown;
  }[];
  /** What a person moves to where the new defaults hold it. */
  readonly moves: readonly AnsweredMove[];
  /** The ids of answers about what the new defaults no longer hold. */
  readonly usedAnswers: readonly string[];
};
