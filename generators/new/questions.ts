import type { TeamQuestion } from '../../src/repository/generators/definition.ts';
import { type GeneratorPlace, parseAnswer } from '../../src/repository/generators/answers.ts';
import type { Question } from '../question.ts';

/** A question of a team's generator as the command line and prompts put it; answers are checked where a repository was read. */
export function teamQuestion(question: TeamQuestion, place?: GeneratorPlace): Question {
  const { name, type, ask, help } = question;
  return {
    flag: name,
    value: placeholderOf(question),
    ...(type === 'list' ? { repeatable: true } : {}),
    help,
    message: ask,
    ...(place ? { parse: text => (parseAnswer(question, text, place), text) } : {}),
  };
}

function placeholderOf({ type, choices }: TeamQuestion): string {
  if (type === 'boolean') return '<yes|no>';
  if (type === 'choice' && choices === 'environments') return '<environment>';
  const isShort =
    Array.isArray(choices) && choices.every(each => /^[\w-]+$/.test(each)) && choices.length < 9;
  return isShort && choices.length > 1 ? `<${choices.join('|')}>` : `<${type}>`;
}
