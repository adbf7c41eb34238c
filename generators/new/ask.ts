import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import {
  answerQuestions,
  type GeneratorPlace,
  printAnswer,
  type TeamAnswers,
} from '../../src/repository/generators/answers.ts';
import type { TeamGenerator, TeamQuestion } from '../../src/repository/generators/definition.ts';
import type { GivenFlag } from '../../src/cli/flags.ts';
import { display } from '../../src/text/display.ts';
import { nearest } from '../../src/text/nearest.ts';
import type { Asker } from '../asker.ts';
import { teamQuestion } from './questions.ts';

/**
 * Asks what a team's generator asks, with the same rules as every generator of slipway: a flag, a default with --yes, a prompt.
 * @throws UserError E_MISSING with every flag that is open, E_VALUE
 */
export async function askTeam(
  ask: Asker,
  generator: TeamGenerator,
  place: GeneratorPlace,
): Promise<TeamAnswers> {
  const answers = await answerQuestions(generator, place, async (question, { preset, choices }) => {
    const put = teamQuestion(question, place);
    const isOptional = question.optional || question.type === 'boolean';
    const value = preset ?? (isOptional ? emptyText(question) : undefined);
    const suggestion =
      value === undefined ? undefined : { value, why: say('generators.asDeclared'), sure: isOptional };
    if (!choices) return ask.text(put, suggestion);
    if (choices.length > MOST_SHOWN)
      return ask.search(put, {
        source: async term => ({
          choices: shown(choices.filter(each => each.includes(term.trim()))),
          notes: [],
        }),
        holds: each => choices.includes(each),
      });
    return ask.choose(put, shown(choices), suggestion);
  });
  ask.requireAnswers();
  return answers;
}

const MOST_SHOWN = 30;

function emptyText({ type }: TeamQuestion): string {
  return type === 'boolean' ? 'no' : '';
}

function shown(choices: readonly string[]): { value: string; name: string }[] {
  return choices.map(value => ({ value, name: display(value) }));
}

/**
 * The answers that a command line gives, by the names of questions: their own flags, and `--set name=answer`. A list that is given
 * several times is one.
 * @throws UserError E_USAGE for what is no pair, or answers no question
 */
export function givenAnswers(generator: TeamGenerator, given: readonly GivenFlag[]): GivenFlag[] {
  const found = new Map<string, string[]>();
  for (const { name, value } of given.flatMap(flag => pairOf(generator, flag)))
    found.set(name, [...(found.get(name) ?? []), value]);
  return [...found].map(([name, values]) => {
    const [only = ''] = values;
    const isList = generator.questions.find(question => question.name === name)?.type === 'list';
    if (values.length > 1 && !isList)
      throw new UserError('E_USAGE', say('generators.givenTwice', { name }), { subject: name });
    return { name, value: values.length === 1 ? only : joined(values) };
  });
}

function joined(values: readonly string[]): string {
  return printAnswer(values.filter(value => value !== ''));
}

function pairOf({ name: generator, questions }: TeamGenerator, { name, value }: GivenFlag): GivenFlag[] {
  if (questions.some(question => question.name === name)) return [{ name, value }];
  if (name !== 'set') return [];
  const [, asked, answer] = /^([^=]*)=([^]*)$/.exec(value) ?? [];
  if (asked === undefined || answer === undefined)
    throw new UserError('E_USAGE', say('generators.setMust', { text: display(value) }));
  if (questions.some(question => question.name === asked)) return [{ name: asked, value: answer }];
  const names = questions.map(question => question.name);
  const near = nearest(asked, names);
  throw new UserError('E_USAGE', say('generators.unknownAnswer', { name: display(asked), generator }), {
    hint:
      near === undefined
        ? say('generators.asks', { names: names.join(', ') })
        : say('cli.didYouMeanWord', { near }),
    subject: asked,
  });
}
