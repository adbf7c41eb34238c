import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import type { Migration } from './merge-values.ts';
import { openDecisions, showsMerged } from './decisions.ts';
import type { Decision, DecisionKind, Outcome, OutcomeKind } from './plan.ts';
import { say } from '../locales/say.ts';

type Translate = (text: Text) => string;

const COUNTED = {
  applied: say('values.applied'),
  converged: say('values.nowDefault'),
  restored: say('values.restoredHelmIgnoresDeletedKeys'),
  'comment-carried': say('values.commentsCarried'),
} satisfies Partial<Record<OutcomeKind, Text>>;

const REMOVED = {
  'moved?': say('values.goneFromDefaultsMayNow'),
  'removed-kept': say('values.goneFromDefaultsKept'),
  'removed-but-still-read': say('values.goneFromDefaultsStillRead'),
  'removed-and-dead': say('values.goneFromChartKeptDelete'),
} satisfies Partial<Record<OutcomeKind, Text>>;

const KINDS: Record<DecisionKind, Text> = {
  'both-changed': say('values.bothSidesChanged'),
  'type-changed': say('values.typeChangedUpstream'),
  'list-both-changed': say('values.bothSidesChangedList'),
  moved: say('values.goneFromDefaultsMayNow'),
  dead: say('values.readNoLonger'),
  'image-changed': say('values.imageChanged'),
  'document-unread': say('values.documentUnread'),
};

const PROVED: Text = say('values.linesDifferFromNewDefaults');

const IMAGE: Text = say('values.imageMerged');

const TAKEN: Text = say('values.bothChangesTaken');

const ANSWERING: Text = say('values.untilThenOursStandsAnswer');

/** A migration for people: counts first, then what deserves a look, then what they have to decide. */
export function renderSummary({ outcomes, decisions, proof }: Migration, t: Translate): string {
  const counts = Object.entries(COUNTED).flatMap(([kind, text]) => {
    const count = outcomes.filter(({ outcome }) => outcome === kind).length;
    return count > 0 ? [`${count} ${t(text)}`] : [];
  });
  const open = openDecisions(decisions);
  return [
    ...(counts.length > 0 ? [counts.join(', ')] : []),
    ...outcomes.flatMap(outcome => removedLine(outcome, t)),
    ...outcomes.flatMap(({ path, outcome, to }) =>
      outcome === 'image-merged' ? [display(`${path}: ${t(IMAGE)} ${to}`)] : [],
    ),
    ...outcomes.flatMap(({ path, outcome, line = 0 }) =>
      outcome === 'key-twice' ? [t(say('values.keyTwice', { path: display(path), line }))] : [],
    ),
    ...outcomes.flatMap(({ path, outcome, to }) =>
      outcome === 'deprecated' ? [deprecatedLine(path, to, t)] : [],
    ),
    `${proof.lines} ${t(PROVED)}`,
    ...decisions.filter(({ taken }) => taken).map(({ id }) => `${display(id)}: ${t(TAKEN)}`),
    ...open.flatMap(decision => decisionLines(decision, t)),
    ...(open[0] ? [`${t(ANSWERING)} ${display(open[0].id)}: ours`] : []),
  ].join('\n');
}

function removedLine({ path, outcome, to }: Outcome, t: Translate): string[] {
  if (!(outcome in REMOVED)) return [];
  const text = t(REMOVED[outcome as keyof typeof REMOVED]);
  return [display(`${path}: ${text}${to === undefined ? '' : ` ${to}`}`)];
}

function deprecatedLine(path: string, to: string | undefined, t: Translate): string {
  const sentence =
    to === undefined
      ? say('values.deprecated', { path: display(path) })
      : say('values.deprecatedUse', { path: display(path), to: display(to) });
  return t(sentence);
}

function decisionLines(decision: Decision, t: Translate): string[] {
  const { id, kind, to, base, ours, theirs, options } = decision;
  const sides = {
    base,
    ours,
    theirs,
    ...(showsMerged(decision) ? { merged: decision.merged } : {}),
  };
  return [
    `? ${display(id)}: ${t(KINDS[kind])}${to === undefined ? '' : ` ${display(to)}`} (${options.map(option => optionText(decision, option, t)).join(', ')})`,
    ...Object.entries(sides).map(([side, value]) =>
      display(`    ${side.padEnd(6)} ${JSON.stringify(value)}`),
    ),
  ];
}

/** What an answer does with what is gone is not in its name. */
function optionText({ kind }: Decision, option: Decision['options'][number], t: Translate): string {
  if (kind !== 'moved' && kind !== 'dead') return option;
  const does = { ours: say('values.keepsIt'), theirs: say('values.dropsIt'), merged: say('values.movesIt') };
  return `${option}: ${t(does[option])}`;
}
