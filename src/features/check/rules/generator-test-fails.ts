import { say } from '../../../locales/say.ts';
import type { RepositoryRule } from '../rule.ts';

/** A test case says what a generator is to make; one that fails says that it makes something else now. */
export const generatorTestFails: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.generatorTestFails'),
  check: ({ generators }) =>
    generators
      .filter(({ kind }) => kind === 'test')
      .map(({ file, reason }) => ({
        file,
        isOfNoApp: true,
        message: reason,
        hint: say('rules.hintGeneratorTestFails'),
      })),
};
