import type { Text } from '../../text/language.ts';

/** Where a team keeps generators of its own, a folder each. */
export const GENERATORS_FOLDER = '.slipway/generators';

/** What a generator is declared in. */
export const DEFINITION = 'generator.yaml';

export const QUESTION_TYPES = ['text', 'number', 'boolean', 'choice', 'list', 'app'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** What a choice may be taken from. */
export const CHOICE_SOURCES = ['environments', 'domains', 'storageClasses'] as const;
type ChoiceSource = (typeof CHOICE_SOURCES)[number];

/** Every question named here has one of these answers; `true` is any answer at all. */
export type Condition = Readonly<Record<string, readonly (string | number | boolean)[]>>;

/** One question of a team's generator. */
export type TeamQuestion = {
  /** The name of its flag, and of its answer in templates. */
  name: string;
  type: QuestionType;
  ask: Text;
  help: Text;
  /** A template, filled with the answers before it; of a list, one for each item. */
  preset: string | readonly string[] | undefined;
  choices: readonly string[] | ChoiceSource | undefined;
  /** What the whole answer, or each item of a list, has to look like. */
  pattern: { text: string; matches(answer: string): boolean } | undefined;
  min: number | undefined;
  max: number | undefined;
  /** It may be left empty. */
  optional: boolean;
  when: Condition;
};

/** The lists of a kustomization that a generator may add to. */
export const CHANGED_SECTIONS = ['resources', 'components', 'transformers', 'images', 'patches'] as const;
export type ChangedSection = (typeof CHANGED_SECTIONS)[number];

/** What a generator adds to a kustomization that is there; every text in it is a template. */
export type DeclaredChange = {
  kustomization: string;
  when: Condition;
  add: Partial<Record<ChangedSection, readonly unknown[]>>;
};

/** A generator of the repository's own: what it asks, and what it changes beside the files that it makes. */
export type TeamGenerator = {
  name: string;
  description: Text;
  /** A template of the folder that a run is about; undefined for the folder of all that it makes. */
  app: string | undefined;
  questions: readonly TeamQuestion[];
  /** Files and folders of `files/` that are made under a condition only. */
  files: readonly { path: string; when: Condition }[];
  changes: readonly DeclaredChange[];
};

const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Whether this can be the name of a generator, or of a question. */
export function isGeneratorName(name: string): boolean {
  return NAME.test(name) && !name.includes('--');
}
