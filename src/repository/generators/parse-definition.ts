import { isDataMap, type DataMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { goPattern } from '../../text/go-pattern.ts';
import { LANGUAGES, type Text, untranslated } from '../../text/language.ts';
import { display } from '../../text/display.ts';
import { nearest } from '../../text/nearest.ts';
import { requireYaml } from '../../yaml/read.ts';
import {
  CHANGED_SECTIONS,
  CHOICE_SOURCES,
  type Condition,
  type DeclaredChange,
  DEFINITION,
  GENERATORS_FOLDER,
  isGeneratorName,
  QUESTION_TYPES,
  type QuestionType,
  type TeamGenerator,
  type TeamQuestion,
} from './definition.ts';

/**
 * Reads a `generator.yaml`.
 * @throws UserError E_GENERATOR with the key's path; E_YAML_* for broken YAML
 */
export function parseDefinition(text: string, name: string): TeamGenerator {
  const reader = new DefinitionReader(`${GENERATORS_FOLDER}/${name}/${DEFINITION}`);
  return reader.generator(name, requireYaml(text, reader.file).documents[0]);
}

/** What templates, the command line or JavaScript read as something else. */
const TAKEN = new Set(
  'conventions if unless each with lookup log yaml eq else this as set cwd json yes dry-run no-input deadline jobs offline lang helm-command kustomize-command no-color verbose help version demo constructor'.split(
    ' ',
  ),
);
const MOST_QUESTIONS = 60;
const MOST_ITEMS = 200;

class DefinitionReader {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  generator(name: string, data: unknown): TeamGenerator {
    const map = this.map(data, '', ['description', 'app', 'questions', 'files', 'changes']);
    const questions = this.list(map['questions'], 'questions').map((each, index) =>
      this.question(each, `questions[${index}]`),
    );
    if (questions.length > MOST_QUESTIONS)
      this.fail('questions', say('generators.atMost', { most: MOST_QUESTIONS }));
    this.requireOrder(questions);
    return {
      name,
      description: this.text(map['description'], 'description'),
      app: this.optionalString(map['app'], 'app'),
      questions,
      files: this.list(map['files'], 'files').map((each, index) =>
        this.fileRule(each, { where: `files[${index}]`, questions }),
      ),
      changes: this.list(map['changes'], 'changes').map((each, index) =>
        this.change(each, { where: `changes[${index}]`, questions }),
      ),
    };
  }

  fail(where: string, expected: Text, hint?: Text): never {
    throw new UserError(
      'E_GENERATOR',
      say('generators.must', { file: this.file, where: display(where), expected }),
      { subject: this.file, ...(hint ? { hint } : { hint: say('generators.seePage') }) },
    );
  }

  map(value: unknown, where: string, keys: readonly string[]): DataMap {
    if (!isDataMap(value)) this.fail(where || '.', say('generators.aMap'));
    const foreign = Object.keys(value).find(key => !keys.includes(key));
    if (foreign === undefined) return value;
    const near = nearest(foreign, keys);
    return this.fail(
      where === '' ? foreign : `${where}.${foreign}`,
      say('generators.aKnownKey', { known: keys.join(', ') }),
      near === undefined ? undefined : say('cli.didYouMeanWord', { near }),
    );
  }

  list(value: unknown, where: string): readonly unknown[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) this.fail(where, say('generators.aList'));
    if (value.length > MOST_ITEMS) this.fail(where, say('generators.atMost', { most: MOST_ITEMS }));
    return value;
  }

  string(value: unknown, where: string): string {
    if (typeof value !== 'string' || value.trim() === '') this.fail(where, say('generators.aText'));
    return value;
  }

  optionalString(value: unknown, where: string): string | undefined {
    return value === undefined ? undefined : this.string(value, where);
  }

  /** One text for all languages, or one for each. */
  text(value: unknown, where: string): Text {
    if (!isDataMap(value)) return untranslated(display(this.string(value, where)));
    const map = this.map(value, where, LANGUAGES);
    const en = display(this.string(map['en'], `${where}.en`));
    const zh = this.optionalString(map['zh-CN'], `${where}.zh-CN`);
    return { en, 'zh-CN': zh === undefined ? en : display(zh) };
  }

  question(value: unknown, where: string): TeamQuestion {
    const map = this.map(value, where, [
      'name',
      'type',
      'ask',
      'help',
      'default',
      'choices',
      'pattern',
      'min',
      'max',
      'optional',
      'when',
    ]);
    const name = this.string(map['name'], `${where}.name`);
    if (!isGeneratorName(name) || TAKEN.has(name)) this.fail(`${where}.name`, say('generators.aName'));
    const type = this.oneOf(map['type'] ?? 'text', QUESTION_TYPES, `${where}.type`);
    const ask = this.text(map['ask'] ?? name, `${where}.ask`);
    return {
      name,
      type,
      ask,
      help: map['help'] === undefined ? ask : this.text(map['help'], `${where}.help`),
      preset: this.preset(map['default'], `${where}.default`),
      choices: this.choices(map['choices'], type, `${where}.choices`),
      pattern: this.pattern(map['pattern'], `${where}.pattern`),
      min: this.number(map['min'], type, `${where}.min`),
      max: this.number(map['max'], type, `${where}.max`),
      optional: this.boolean(map['optional'], `${where}.optional`),
      when: this.condition(map['when'], `${where}.when`),
    };
  }

  oneOf<Word extends string>(value: unknown, words: readonly Word[], where: string): Word {
    const known = words.find(word => word === value);
    return known ?? this.fail(where, say('generators.oneOf', { words: words.join(', ') }));
  }

  preset(value: unknown, where: string): TeamQuestion['preset'] {
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return this.list(value, where).map(item => this.scalar(item, where));
    return this.scalar(value, where);
  }

  scalar(value: unknown, where: string): string {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' ? value : this.fail(where, say('generators.aText'));
  }

  choices(value: unknown, type: QuestionType, where: string): TeamQuestion['choices'] {
    const isChoice = type === 'choice';
    if (value === undefined && !isChoice) return undefined;
    if (!isChoice) this.fail(where, say('generators.onlyFor', { type: 'choice' }));
    if (typeof value === 'string') return this.oneOf(value, CHOICE_SOURCES, where);
    const choices = this.list(value, where).map(item => this.scalar(item, where));
    return choices.length > 0
      ? choices
      : this.fail(where, say('generators.someChoices', { sources: CHOICE_SOURCES.join(', ') }));
  }

  /** A pattern is walked all ways at once: none takes longer than its length times that of the answer. */
  pattern(value: unknown, where: string): TeamQuestion['pattern'] {
    const text = this.optionalString(value, where);
    if (text === undefined) return undefined;
    const matches = goPattern(`^(?:${text})$`);
    return matches ? { text, matches } : this.fail(where, say('generators.aPattern'));
  }

  number(value: unknown, type: QuestionType, where: string): number | undefined {
    if (value === undefined) return undefined;
    if (type !== 'number') this.fail(where, say('generators.onlyFor', { type: 'number' }));
    return typeof value === 'number' ? value : this.fail(where, say('generators.aNumber'));
  }

  boolean(value: unknown, where: string): boolean {
    if (value === undefined) return false;
    return typeof value === 'boolean' ? value : this.fail(where, say('generators.trueOrFalse'));
  }

  condition(value: unknown, where: string): Condition {
    if (value === undefined) return {};
    if (!isDataMap(value)) this.fail(where, say('generators.aMap'));
    return Object.fromEntries(
      Object.entries(value).map(([name, wanted]) => [
        name,
        (Array.isArray(wanted) ? wanted : [wanted]).map(each =>
          ['string', 'number', 'boolean'].includes(typeof each)
            ? (each as string | number | boolean)
            : this.fail(`${where}.${name}`, say('generators.aText')),
        ),
      ]),
    );
  }

  fileRule(value: unknown, { where, questions }: Within): TeamGenerator['files'][number] {
    const map = this.map(value, where, ['path', 'when']);
    return {
      path: this.string(map['path'], `${where}.path`).replace(/(?<!\/)\/+$/, ''),
      when: this.known(this.condition(map['when'], `${where}.when`), questions, `${where}.when`),
    };
  }

  change(value: unknown, { where, questions }: Within): DeclaredChange {
    const map = this.map(value, where, ['kustomization', 'when', ...CHANGED_SECTIONS]);
    const sections = CHANGED_SECTIONS.flatMap(section => {
      const items = this.list(map[section], `${where}.${section}`);
      const isText = section === 'resources' || section === 'components' || section === 'transformers';
      for (const [index, item] of items.entries())
        if (isText ? typeof item !== 'string' : !isDataMap(item))
          this.fail(
            `${where}.${section}[${index}]`,
            isText ? say('generators.aText') : say('generators.aMap'),
          );
      return items.length > 0 ? [[section, items] as const] : [];
    });
    return {
      kustomization: this.string(map['kustomization'], `${where}.kustomization`),
      when: this.known(this.condition(map['when'], `${where}.when`), questions, `${where}.when`),
      add: Object.fromEntries(sections),
    };
  }

  known(condition: Condition, questions: readonly TeamQuestion[], where: string): Condition {
    for (const name of Object.keys(condition))
      if (!questions.some(question => question.name === name))
        this.fail(
          `${where}.${name}`,
          say('generators.aQuestion', { names: questions.map(each => each.name).join(', ') }),
        );
    return condition;
  }

  /** Names are there once, and conditions look at what was asked before. */
  requireOrder(questions: readonly TeamQuestion[]): void {
    for (const [index, { name, when }] of questions.entries()) {
      const before = questions.slice(0, index);
      const where = `questions[${index}]`;
      if (before.some(each => each.name === name)) this.fail(`${where}.name`, say('generators.onlyOnce'));
      this.known(when, before, `${where}.when`);
    }
  }
}

type Within = { where: string; questions: readonly TeamQuestion[] };
