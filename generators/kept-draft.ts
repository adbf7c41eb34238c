import { asList, asMap, field, stringOf } from '../src/data/fields.ts';
import { parseJson } from '../src/data/json.ts';
import { display } from '../src/text/display.ts';

/** What a person answered: the question's flag, or its words where none answers it. */
export type PersonAnswer = {
  key: string;
  value: string;
  /** It is not what was suggested. */
  own: boolean;
};

/** An answer that the command line gave, in its order. */
export type GivenAnswer = { readonly name: string; readonly value: string };

/** What a run that did not come to its end was answered, and which line it began with. */
export type KeptDraft = { answers: readonly PersonAnswer[]; given: readonly GivenAnswer[] };

/** Takes a draft, gives the text that is kept of it. */
export function renderDraft({ answers, given }: KeptDraft): string {
  return JSON.stringify({ version: KEPT_VERSION, given, answers });
}

const KEPT_VERSION = 2;
const MOST_ANSWERS = 100;
const LONGEST_ANSWER = 4096;

/** Takes a text that is judged as a stranger's, gives its draft: an empty one where a part is not what slipway writes. */
export function parseDraft(text: string): KeptDraft {
  const kept = asMap(parseJson(text));
  const answers = readAll(field(kept, 'answers'), readAnswer);
  const given = readAll(field(kept, 'given'), readGiven);
  return answers && given && field(kept, 'version') === KEPT_VERSION
    ? { answers, given }
    : { answers: [], given: [] };
}

function readAll<Item>(list: unknown, read: (item: unknown) => Item[]): Item[] | undefined {
  const items = asList(list);
  const whole = items.flatMap(read);
  return whole.length === items.length && whole.length <= MOST_ANSWERS ? whole : undefined;
}

function readAnswer(item: unknown): PersonAnswer[] {
  const answer = asMap(item);
  const [key, value] = [stringOf(field(answer, 'key')), stringOf(field(answer, 'value'))];
  if (key === undefined || value === undefined || value.length > LONGEST_ANSWER) return [];
  return [{ key, value, own: field(answer, 'own') === true }];
}

function readGiven(item: unknown): GivenAnswer[] {
  const answer = asMap(item);
  const [name, value] = [stringOf(field(answer, 'name')), stringOf(field(answer, 'value'))];
  if (name === undefined || value === undefined || value.length > LONGEST_ANSWER) return [];
  return [{ name, value }];
}

/**
 * Takes a draft and what this command line gives, tells whether they are about the same thing: answers build on each other,
 * and what was suggested for one app is no answer for another.
 */
export function isAboutTheSame(draft: KeptDraft, given: readonly GivenAnswer[]): boolean {
  const now = valuesByName(given);
  const before = valuesByName(draft.given);
  const isSaidAgain = [...before].every(([name, values]) => now.get(name) === values);
  return isSaidAgain && draft.answers.every(({ key, value }) => !now.has(key) || isSaid(now, key, value));
}

function isSaid(now: ReadonlyMap<string, string>, key: string, value: string): boolean {
  return now.get(key) === value || now.get(key) === firstLine(value);
}

/** Of a flag that comes several times, all its values. */
function valuesByName(given: readonly GivenAnswer[]): Map<string, string> {
  const byName = new Map<string, string>();
  for (const { name, value } of given) {
    const before = byName.get(name);
    byName.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return byName;
}

/** What tells one draft from another, the first that is known first. */
const TELLING = ['app', 'name', 'chart', 'image', 'manifest', 'host'];
const MOST_SHOWN = 3;

/** Takes a draft, gives the few words that a person knows it by: the name, and what it is made of. */
export function nameOfDraft({ answers, given }: KeptDraft): string {
  const all = [...given.map(({ name, value }) => ({ key: name, value })), ...answers].filter(
    ({ value }) => value !== '',
  );
  const telling = TELLING.flatMap(key => all.filter(answer => answer.key === key));
  const shown = telling.length > 0 ? telling : all;
  const words = shown.map(({ value }) => display(firstLine(value)));
  return [...new Set(words)].slice(0, MOST_SHOWN).join(', ');
}

/** A chart that was found is kept with its repository, a line below. */
function firstLine(value: string): string {
  return value.split('\n')[0] ?? '';
}
