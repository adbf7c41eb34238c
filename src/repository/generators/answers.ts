import { parseJson } from '../../data/json.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { Conventions } from '../conventions/conventions.ts';
import { namespaceOf, type Repository } from '../model.ts';
import { selectAppAnywhere } from '../select-apps.ts';
import { renderTemplate } from '../templates.ts';
import type { Condition, TeamGenerator, TeamQuestion } from './definition.ts';

/** An answer: a number, yes or no, a list; any other, also the folder of an app, is a text. What was not asked is empty. */
export type TeamAnswer = string | number | boolean | readonly string[];
export type TeamAnswers = Readonly<Record<string, TeamAnswer>>;

/** What answers are checked against, and conventions are taken from. */
export type GeneratorPlace = { repository: Repository; conventions: Conventions };

/** What is offered with a question: what the generator would answer, and the only answers that there are. */
type Offer = { preset: string | undefined; choices: readonly string[] | undefined };

/** Gets the answer to a question as a text; undefined where there is none. */
export type Resolve = (question: TeamQuestion, offer: Offer) => Promise<string | undefined>;

/**
 * Goes through the questions of a generator, each with what the answers before it offer; one whose condition does not hold is
 * left empty.
 * @throws UserError E_VALUE, E_NO_APP for an answer that breaks a rule of its question
 */
export async function answerQuestions(
  generator: TeamGenerator,
  place: GeneratorPlace,
  resolve: Resolve,
): Promise<TeamAnswers> {
  const answers: Record<string, TeamAnswer> = {};
  // Out of an answer that is still missing nothing can be offered.
  const known: Record<string, TeamAnswer> = {};
  for (const question of generator.questions) {
    const { name } = question;
    const isAsked = holds(question.when, answers);
    const offer = (): Offer => ({
      preset: presetOf(question, answersView(generator, known, place)),
      choices: choicesFor(question, place),
    });
    const text = isAsked ? await resolve(question, offer()) : undefined;
    const answer = text === undefined ? emptyAnswer(question) : parseAnswer(question, text, place);
    answers[name] = answer;
    if (!isAsked || text !== undefined || question.optional) known[name] = answer;
  }
  return answers;
}

/** Those that were asked for: what was not has its default once it is. */
export function askedAnswers({ questions }: TeamGenerator, answers: TeamAnswers): TeamAnswers {
  const asked = questions.filter(({ when }) => holds(when, answers)).map(({ name }) => name);
  return Object.fromEntries(Object.entries(answers).filter(([name]) => asked.includes(name)));
}

/** Whether a condition holds for what was answered. */
export function holds(condition: Condition, answers: TeamAnswers): boolean {
  return Object.entries(condition).every(([name, wanted]) =>
    wanted.some(each => {
      const answer = answers[name] ?? '';
      const isGiven = Array.isArray(answer) ? answer.length > 0 : answer !== '' && answer !== false;
      if (typeof each === 'boolean') return each === isGiven;
      return Array.isArray(answer) ? answer.includes(String(each)) : String(answer) === String(each);
    }),
  );
}

function emptyAnswer({ type }: TeamQuestion): TeamAnswer {
  if (type === 'boolean') return false;
  return type === 'list' ? [] : '';
}

function choicesFor({ type, choices }: TeamQuestion, { repository, conventions }: GeneratorPlace) {
  if (type === 'boolean') return ['yes', 'no'];
  if (type === 'app') return repository.apps.map(({ path }) => path);
  if (typeof choices !== 'string') return choices;
  const found = choices === 'environments' ? repository.environments : (conventions[choices]?.value ?? []);
  // A repository that shows none takes any.
  return found.length > 0 ? found : undefined;
}

/** Undefined also where it goes by a convention that this repository does not show. */
function presetOf(question: TeamQuestion, view: object): string | undefined {
  const { name, preset } = question;
  if (preset === undefined) return undefined;
  try {
    const texts = [preset].flat().map(text => renderTemplate({ name, text }, view));
    if (question.type === 'list')
      return printAnswer(Array.isArray(preset) ? texts : splitList(texts[0] ?? ''));
    if (question.type === 'boolean') return /^(?:true|yes)$/i.test(texts[0] ?? '') ? 'yes' : 'no';
    return texts[0] === '' ? undefined : texts[0];
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_TEMPLATE') return undefined;
    throw error;
  }
}

const MOST_CHARACTERS = 2000;
const MOST_ITEMS = 50;

/**
 * Takes an answer as it is written on a command line: `yes` and `no`, items between commas or as a JSON list.
 * @throws UserError E_VALUE with the rule it breaks, E_NO_APP
 */
export function parseAnswer(question: TeamQuestion, text: string, place: GeneratorPlace): TeamAnswer {
  const { type, optional, name } = question;
  if (text.length > MOST_CHARACTERS || (type !== 'list' && display(text) !== text))
    throw refused(question, text, say('generators.plainLine', { most: MOST_CHARACTERS }));
  if (text === '' && (optional || type === 'list')) {
    if (!optional) throw refused(question, text, say('generators.someAnswer', { name }));
    return emptyAnswer(question);
  }
  switch (type) {
    case 'number':
      return numberIn(question, text);
    case 'boolean':
      if (/^(?:yes|true|no|false)$/i.test(text)) return /^(?:yes|true)$/i.test(text);
      throw refused(question, text, say('generators.yesOrNo'));
    case 'list':
      return listIn(question, text);
    case 'app':
      return selectAppAnywhere(place.repository, text).path;
    case 'text':
    case 'choice':
      return textIn(question, text, choicesFor(question, place));
  }
}

function textIn(question: TeamQuestion, text: string, choices: readonly string[] | undefined): string {
  if (text.trim() === '')
    throw refused(question, text, say('generators.someAnswer', { name: question.name }));
  if (choices && !choices.includes(text))
    throw refused(question, text, say('generators.oneOf', { words: choices.slice(0, 20).join(', ') }));
  requirePattern(question, text);
  return text;
}

function requirePattern(question: TeamQuestion, text: string): void {
  if (question.pattern?.matches(text) === false)
    throw refused(question, text, say('generators.matching', { pattern: display(question.pattern.text) }));
}

function numberIn(question: TeamQuestion, text: string): number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = question;
  const value = /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const range = `${question.min ?? '−∞'} … ${question.max ?? '∞'}`;
  const isBound = question.min !== undefined || question.max !== undefined;
  throw refused(question, text, isBound ? say('generators.numberIn', { range }) : say('generators.aNumber'));
}

function listIn(question: TeamQuestion, text: string): string[] {
  const items = splitList(text);
  if (items.length > MOST_ITEMS)
    throw refused(question, text, say('generators.atMost', { most: MOST_ITEMS }));
  for (const item of items) {
    if (display(item) !== item) throw refused(question, text, say('generators.plainLine', { most: 300 }));
    requirePattern(question, item);
  }
  if (items.length === 0 && !question.optional)
    throw refused(question, text, say('generators.someAnswer', { name: question.name }));
  return items;
}

/** `a, b`, or a JSON list where an item holds a comma. */
function splitList(text: string): string[] {
  const data = text.startsWith('[') ? parseJson(text) : undefined;
  if (Array.isArray(data)) return data.map(String);
  return text
    .split(/[,\n]/)
    .map(item => item.trim())
    .filter(item => item !== '');
}

/** An answer as `parseAnswer` reads it back. */
export function printAnswer(answer: TeamAnswer): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  if (!Array.isArray(answer)) return String(answer);
  const isPlain = answer.every(item => item.trim() === item && item !== '' && !/[,\n]|^\[/.test(item));
  return isPlain ? answer.join(',') : JSON.stringify(answer);
}

function refused({ name }: TeamQuestion, text: string, expected: Text): UserError {
  return new UserError('E_VALUE', say('generators.answerMust', { text: display(text), expected }), {
    subject: name,
    flag: name,
  });
}

/** What templates see: the answers by their names, and how the repository does things; what nobody knows is null. */
export function answersView(
  { questions }: TeamGenerator,
  answers: TeamAnswers,
  place: GeneratorPlace,
): object {
  const shown = questions.flatMap(({ name, type }) => {
    const answer = answers[name];
    if (answer === undefined) return [];
    return [[name, type === 'app' && typeof answer === 'string' ? appView(answer, place) : answer] as const];
  });
  const { gateway, imagePrefix, storageClasses, domains, style, dockerHub } = place.conventions;
  return {
    ...Object.fromEntries(shown),
    conventions: {
      environments: [...place.repository.environments],
      domains: [...(domains?.value ?? [])],
      storageClasses: [...(storageClasses?.value ?? [])],
      gateway: gateway ? pick(gateway.value, ['name', 'namespace', 'sectionName']) : null,
      imagePrefix: imagePrefix ? pick(imagePrefix.value, ['file', 'mirror']) : null,
      dockerHub: dockerHub.value,
      resourcesFolder: style.resourcesFolder.value,
    },
  };
}

function pick(value: object, keys: readonly string[]): object {
  return Object.fromEntries(keys.map(key => [key, Reflect.get(value, key) ?? null]));
}

function appView(folder: string, { repository }: GeneratorPlace): object | string {
  if (folder === '') return '';
  const app = selectAppAnywhere(repository, folder);
  return { path: app.path, name: app.name, environment: app.environment, namespace: namespaceOf(app) };
}
