import { lineEnding, lineStart } from '../yaml/text.ts';
import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';
import { dataOf } from '../yaml/data.ts';
import { UserError } from '../errors.ts';
import { answerName, type Answers, documentDecision } from './decisions.ts';
import type { Decision, Outcome } from './plan.ts';
import { say } from '../locales/say.ts';
import type { Side } from './merge-nodes.ts';

/** Documents of ours that the defaults have not: Helm reads the first one alone. */
export type UnreadDocuments = {
  /** Ours without them, or with what they hold in its first document. */
  readonly ours: string;
  /** What goes behind the result. */
  readonly text: string;
  readonly outcomes: readonly Outcome[];
  readonly decisions: readonly Decision[];
  readonly usedAnswers: readonly string[];
};

/**
 * Parts ours from the documents that the defaults have not. What stands in them has no effect, so a person is asked once:
 * ours keeps them, theirs drops them, merged puts their keys into the first document, where it lacks these.
 * @throws UserError E_VALUE for another answer
 */
export function partUnread(files: Record<Side, SyntaxTree>, answers: Answers): UnreadDocuments {
  const { base, ours, theirs } = files;
  const known = Math.max(base.documents.length, theirs.documents.length);
  const [first, ...others] = ours.documents.slice(known);
  if (!first) return { ours: ours.text, text: '', outcomes: [], decisions: [], usedAnswers: [] };
  const cut = lineStart(ours.text, first.lead.comments[0]?.start ?? first.start);
  const [head, text] = [ours.text.slice(0, cut), ours.text.slice(cut)];
  const parted = { ours: head, text, outcomes: [], decisions: [], usedAnswers: [] };
  if ([first, ...others].every(({ value }) => value.type === 'null')) return parted;
  const merged = others.length === 0 ? inFirst(files, first, head) : undefined;
  const decision = documentDecision(known + 1, {
    ours: [first, ...others].map(({ value }) => dataOf(value)),
    merged: merged === undefined ? undefined : dataOf(first.value),
  });
  const answer = answers[decision.id];
  if (answer === undefined) return { ...parted, outcomes: [outcomeOf(decision)], decisions: [decision] };
  if (!decision.options.some(option => option === answer))
    throw new UserError('E_VALUE', say('values.noSuchAnswer', { path: decision.path }), {
      hint: say('values.answerOursTheirsMerged'),
    });
  const outcomes = [{ ...outcomeOf(decision), answer: answerName(answer) }];
  const answered = { ...parted, outcomes, usedAnswers: [decision.id] };
  if (answer === 'ours') return answered;
  return { ...answered, ours: answer === 'merged' ? (merged ?? head) : head, text: '' };
}

function outcomeOf({ path }: Decision): Outcome {
  return { path, outcome: 'document-unread' };
}

/** Ours with the keys of another document at the end of the first; undefined where that cannot be said by lines. */
function inFirst(
  { ours, theirs }: Record<Side, SyntaxTree>,
  document: YamlNode,
  head: string,
): string | undefined {
  const roots = [ours, theirs].map(({ documents }) => documents[0]?.value);
  const isWritable = [document.value, ...roots].every(
    value => value?.type === 'null' || (value?.layout === 'block' && !value.opaque),
  );
  const taken = new Set(roots.flatMap(root => root?.entries.map(({ key }) => key) ?? []));
  const entries = document.value.entries;
  if (!isWritable || roots[0]?.anchor !== undefined || entries.some(({ key }) => taken.has(key)))
    return undefined;
  if (entries.some(({ column }) => column > 0) || ours.documents.length > 2) return undefined;
  const newline = ours.text.indexOf('\n', document.start);
  const body = newline < 0 ? '' : ours.text.slice(newline + 1);
  return withEnd(head) + body;
}

/** A text that another one can follow. */
function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : text + lineEnding(text);
}

type Said = Pick<UnreadDocuments, 'text' | 'outcomes' | 'decisions' | 'usedAnswers'>;

/** A migration with the documents behind its text, and with what is said of them. */
export function withUnread<T extends Said>(migration: T, unread: UnreadDocuments): T {
  return {
    ...migration,
    text: unread.text === '' ? migration.text : withEnd(migration.text) + unread.text,
    outcomes: [...migration.outcomes, ...unread.outcomes],
    decisions: [...migration.decisions, ...unread.decisions],
    usedAnswers: [...migration.usedAnswers, ...unread.usedAnswers],
  };
}
