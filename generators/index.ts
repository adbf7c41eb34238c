import { ALL_ADDITIONS } from './add/generator.ts';
import { appGenerator } from './new-app/generator.ts';
import type { Generator } from './generator.ts';
import { repositoryGenerator } from './init/generator.ts';

/** What a list of generators shows of each. */
export type ListedGenerator = Pick<Generator<never, never>, 'name' | 'description' | 'questions'>;

/** Every generator, in the order in which plop lists them. */
export const GENERATORS: readonly ListedGenerator[] = [
  appGenerator,
  ...Object.values(ALL_ADDITIONS),
  repositoryGenerator,
];
