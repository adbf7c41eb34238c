import {
  type AnswerKey,
  isOffered,
  matchesDecision,
  mostSpecific,
  parseAnswerKey,
} from './answer-patterns.ts';
import type { Answers } from './decisions.ts';
import type { DecisionAnswer, Decision } from './plan.ts';

/** Where answers come from: the file of a run, or the repository's configuration. */
type AnswerSource = 'decisions' | 'configuration';

/** Answers of one source, as they are written. */
export type GivenAnswers = { source: AnswerSource; answers: Answers };

/** An answer that was found for one decision, and what it was found by. */
export type StandingAnswer = {
  id: string;
  path: string;
  /** As it is written. */
  key: string;
  answer: DecisionAnswer;
  source: AnswerSource;
};

/** How much the scopes of a key say of whatever is merged; undefined where they are about something else. */
export type WeighScopes = (scopes: readonly string[]) => number | undefined;

/** Keys without scopes are about everything, others about nothing. */
export const WITHOUT_SCOPES: WeighScopes = scopes => (scopes.length === 0 ? 0 : undefined);

type Merged = { decisions: readonly Decision[]; usedAnswers: readonly string[] };

const MOST_ROUNDS = 10;

/**
 * Merges with what stands in files of answers: those to single decisions, and then, as long as they answer something more, by
 * patterns. What comes first in `given` wins; the id of a decision wins over patterns wherever it stands.
 */
export function mergeAnswered<Result extends Merged>(
  given: readonly GivenAnswers[],
  weigh: WeighScopes,
  merge: (answers: Answers) => Result,
): { merged: Result; used: StandingAnswer[] } {
  const keys = given.map(({ source, answers }) => ({ source, entries: entriesOf(answers, weigh) }));
  const found = new Map<string, StandingAnswer>();
  let merged = merge(exactAnswers(keys, found));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fresh = merged.decisions.flatMap(decision =>
      found.has(decision.id) ? [] : answerTo(keys, decision),
    );
    if (fresh.length === 0) break;
    for (const answer of fresh) found.set(answer.id, answer);
    merged = merge(Object.fromEntries([...found].map(([id, { answer }]) => [id, answer])));
  }
  return { merged, used: merged.usedAnswers.flatMap(id => found.get(id) ?? []) };
}

type Entry = { key: AnswerKey; answer: DecisionAnswer; scopeWeight: number };
type Keys = readonly { source: AnswerSource; entries: readonly Entry[] }[];

function entriesOf(answers: Answers, weigh: WeighScopes): Entry[] {
  return Object.entries(answers).flatMap(([written, answer]) => {
    const key = parseAnswerKey(written);
    const scopeWeight = weigh(key.scopes);
    return scopeWeight === undefined ? [] : [{ key, answer, scopeWeight }];
  });
}

function exactAnswers(keys: Keys, found: Map<string, StandingAnswer>): Answers {
  const ids = keys.flatMap(({ entries }) => entries.flatMap(({ key }) => key.id ?? []));
  for (const id of new Set(ids))
    for (const { source, entries } of keys) {
      const best = mostSpecific(entries.filter(({ key }) => key.id === id));
      if (!best || found.has(id)) continue;
      const path = id.slice(0, id.lastIndexOf('#'));
      found.set(id, { id, path, key: best.key.key, answer: best.answer, source });
    }
  return Object.fromEntries([...found].map(([id, { answer }]) => [id, answer]));
}

function answerTo(keys: Keys, decision: Decision): StandingAnswer[] {
  for (const { source, entries } of keys) {
    const matching = entries.filter(
      ({ key, answer }) => matchesDecision(key, decision) && isOffered(decision, answer),
    );
    const best = mostSpecific(matching);
    const { id, path } = decision;
    if (best) return [{ id, path, key: best.key.key, answer: best.answer, source }];
    // Two that differ are no answer, and one from further away would not be what was meant.
    if (matching.length > 0) return [];
  }
  return [];
}
