import { isDeepStrictEqual } from 'node:util';
import { takesValue } from './decisions.ts';
import type { DecisionAnswer, Decision, DecisionKind } from './plan.ts';

/**
 * A key of a file of answers: scopes (an app, a chart or a release), then the id of one decision, or a pattern for many, by kind,
 * by path or by both: `production/blog: redis: **.image.tag`, `kind: list-both-changed`.
 */
export type AnswerKey = { key: string; scopes: readonly string[] } & (
  | { id: string }
  /** `path` is undefined where it holds for all, `kind` likewise. */
  | { id?: never; kind: string | undefined; path: string | undefined }
);

const SCOPE = /^([^:"[\]#]{1,400}): (.*)$/s;

/** Takes a key apart. A key that ends in `#` and eight digits is the id of one decision. */
export function parseAnswerKey(key: string): AnswerKey {
  const scopes: string[] = [];
  let rest = key;
  for (let found = SCOPE.exec(rest); found && found[1] !== KIND; found = SCOPE.exec(rest)) {
    scopes.push(found[1] ?? '');
    rest = found[2] ?? '';
  }
  if (/#[0-9a-f]{8}$/.test(rest)) return { key, scopes, id: rest };
  const [, ofKind] = /^kind: (.*)$/s.exec(rest) ?? [];
  if (ofKind === undefined) return { key, scopes, kind: undefined, path: rest };
  const [, kind = ofKind, path] = SCOPE.exec(ofKind) ?? [];
  return { key, scopes, kind, path };
}

const KIND = 'kind';

const ALL_KINDS: Readonly<Record<DecisionKind, true>> = {
  'both-changed': true,
  'type-changed': true,
  'list-both-changed': true,
  moved: true,
  dead: true,
  'image-changed': true,
  'document-unread': true,
};

/** The kinds of decisions, as patterns name them. */
export const DECISION_KINDS = Object.keys(ALL_KINDS);

const STEP = /(?:^|\.)([^.[\]]+)|\["((?:[^"\\]|\\.)*)"\]|\[([^"\]]+)\]/y;

/** `a.b[0]["c.d"]`, step by step; undefined for a text that is no path. */
function stepsOf(path: string): string[] | undefined {
  const steps: string[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    const [, word, quoted, index] = STEP.exec(path) ?? [];
    if (word === undefined && quoted === undefined && index === undefined) return undefined;
    steps.push(word ?? index ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? '');
  }
  return steps.length > 0 ? steps : undefined;
}

/** Whether the path of a pattern can match anything. */
export function isPathPattern(path: string): boolean {
  return path.length <= 1000 && stepsOf(path) !== undefined;
}

/** Whether a pattern is about a decision; scopes are for whoever knows them. */
export function matchesDecision(
  pattern: AnswerKey,
  { kind, path }: Pick<Decision, 'kind' | 'path'>,
): boolean {
  if (pattern.id !== undefined) return false;
  if (pattern.kind !== undefined && pattern.kind !== kind) return false;
  return pattern.path === undefined || matchSteps(stepsOf(pattern.path) ?? [], stepsOf(path) ?? [path]);
}

/** Whether a pattern such as `**.image.tag` stands for a way through data. */
export function matchesPathPattern(pattern: string, steps: readonly string[]): boolean {
  return matchSteps(stepsOf(pattern) ?? [], steps);
}

/** `**` stands for any steps, `*` for one or a part of one. */
function matchSteps(pattern: readonly string[], path: readonly string[]): boolean {
  // For each number of steps of the path whether the pattern so far can end there.
  let ends = [true, ...path.map(() => false)];
  for (const step of pattern) {
    const before = ends;
    ends =
      step === '**'
        ? before.map((_, at) => before.slice(0, at + 1).includes(true))
        : before.map((_, at) => at > 0 && before[at - 1] === true && matchesText(step, path[at - 1] ?? ''));
  }
  return ends.at(-1) === true;
}

/** Whether a text is one of those that a text with `*` stands for. */
export function matchesText(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** A decision can be answered so: what nobody offers is no answer. */
export function isOffered(decision: Decision, answer: DecisionAnswer): boolean {
  return typeof answer === 'string' ? decision.options.includes(answer) : takesValue(decision);
}

/** The more of it, the more specific: scopes first, then steps of the path that are no wildcards, then the kind. */
function weightOf(key: AnswerKey, scopeWeight: number): number[] {
  if (key.id !== undefined) return [scopeWeight, 0, 0, 0];
  const steps = key.path === undefined ? ['**'] : (stepsOf(key.path) ?? []);
  const literal = steps.filter(step => !step.includes('*')).length;
  const any = steps.filter(step => step === '**').length;
  return [scopeWeight, literal, key.kind === undefined ? 0 : 1, -any];
}

export type AnswerCandidate = { key: AnswerKey; answer: DecisionAnswer; scopeWeight: number };

/**
 * The most specific of the answers that are about one decision. Of equally specific ones that differ none answers: nobody
 * could tell which is meant.
 */
export function mostSpecific(candidates: readonly AnswerCandidate[]): AnswerCandidate | undefined {
  const weighed = candidates.map(candidate => ({
    candidate,
    weight: weightOf(candidate.key, candidate.scopeWeight),
  }));
  const [best, ...others] = weighed.toSorted((a, b) => compareWeights(b.weight, a.weight));
  if (!best) return undefined;
  const equal = others.filter(({ weight }) => compareWeights(weight, best.weight) === 0);
  const isOne = equal.every(({ candidate }) => isDeepStrictEqual(candidate.answer, best.candidate.answer));
  return isOne ? best.candidate : undefined;
}

function compareWeights(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((part, index) => part !== other[index]);
  return differing < 0 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
