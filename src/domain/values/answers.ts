import { UserError } from '../../errors.ts';
import { parseSource, toData } from '../yaml/source.ts';
import type { Answers } from './decisions.ts';
import type { Answer } from './plan.ts';

/**
 * Reads the answers to decisions: a map, in YAML or JSON, from a decision's id to `ours`, `theirs`, `merged` or
 * `{ value: … }`.
 * @throws UserError E_VALUE for anything else, E_YAML_SYNTAX and E_YAML_SHAPE for a file that cannot be read.
 */
export function parseAnswers(text: string, name: string): Answers {
  const data = toData(parseSource(text, name)) ?? {};
  if (!isRecord(data)) throw new UserError('E_VALUE', `${name}: answers are a map of decision id to answer`);
  return Object.fromEntries(
    Object.entries(data).map(([id, answer]) => [id, requireAnswer(answer, id, name)]),
  );
}

function requireAnswer(answer: unknown, id: string, name: string): Answer {
  if (answer === 'ours' || answer === 'theirs' || answer === 'merged') return answer;
  if (isRecord(answer) && 'value' in answer && Object.keys(answer).length === 1)
    return { value: answer['value'] };
  throw new UserError('E_VALUE', `${name}: the answer to ${id} is neither a side nor a value`, {
    hint: 'Write ours, theirs, merged, or {value: …}.',
  });
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
