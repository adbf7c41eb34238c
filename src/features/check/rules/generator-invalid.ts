import { say } from '../../../locales/say.ts';
import type { RepositoryRule } from '../rule.ts';

/** What is not well formed fails the next person who wants to make something of it. */
export const generatorInvalid: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.generatorInvalid'),
  check: ({ generators }) =>
    generators
      .filter(({ kind }) => kind === 'invalid')
      .map(({ file, reason }) => ({
        file,
        isOfNoApp: true,
        message: reason,
        hint: say('rules.hintGeneratorInvalid'),
      })),
};
