import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { type DataMap, isDataMap, isPrototypeKey } from '../data/fields.ts';
import type { Answers } from './decisions.ts';
import { DECISION_KINDS, isPathPattern, parseAnswerKey } from './answer-patterns.ts';
import type { DecisionAnswer } from './plan.ts';
import { parseSource, toData } from '../yaml/source.ts';
import { say } from '../locales/say.ts';

/**
 * Reads answers to decisions: a YAML or JSON map of decision id, or pattern, to `ours`, `theirs`, `merged` or `{ value: … }`.
 * @throws UserError E_VALUE naming the id
 */
export function readAnswers(text: string, file: string): Answers {
  return answersIn(readAnswerMap(text, file), file);
}

/**
 * A file of answers as it stands: a map of ids.
 * @throws UserError E_VALUE, E_YAML
 */
export function readAnswerMap(text: string, file: string): DataMap {
  const data = toData(parseSource(text, file)) ?? {};
  if (isDataMap(data)) return data;
  throw new UserError('E_VALUE', say('values.noMapDecisionIdsAnswers', { file }));
}

/**
 * The answers to decisions in a map of ids.
 * @throws UserError E_VALUE naming the id
 */
export function answersIn(data: DataMap, file: string): Answers {
  for (const id of Object.keys(data))
    if (isPrototypeKey(id))
      throw new UserError('E_VALUE', say('values.noDecision', { file, id }), { subject: id });
  for (const key of Object.keys(data)) requireKey(key, file);
  return Object.fromEntries(Object.entries(data).map(([id, answer]) => [id, readAnswer(answer, id, file)]));
}

function requireKey(key: string, file: string): void {
  const parsed = parseAnswerKey(key);
  if (parsed.id !== undefined) return;
  const { kind, path } = parsed;
  if (kind !== undefined && !DECISION_KINDS.includes(kind))
    throw new UserError('E_VALUE', say('values.noDecisionKind', { file, kind: display(kind) }), {
      hint: say('values.decisionKinds', { kinds: DECISION_KINDS.join(', ') }),
      subject: key,
    });
  if (path !== undefined && !isPathPattern(path))
    throw new UserError('E_VALUE', say('values.noPathPattern', { file, path: display(path) }), {
      hint: say('values.pathPatterns'),
      subject: key,
    });
}

function readAnswer(answer: unknown, id: string, file: string): DecisionAnswer {
  if (answer === 'ours' || answer === 'theirs' || answer === 'merged') return answer;
  if (isDataMap(answer) && Object.keys(answer).join() === 'value') return { value: answer['value'] };
  throw new UserError('E_VALUE', say('values.answerNoneOursTheirsMerged', { file, id: display(id) }), {
    subject: id,
  });
}
