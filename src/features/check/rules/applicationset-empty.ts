import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { RepositoryRule } from '../rule.ts';

/** A set that takes nothing deletes all that it made while it took something. */
export const applicationsetEmpty: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.applicationsetEmpty'),
  // Where what runs is kept, it is an environment that has no app yet.
  check: ({ emptySets }) =>
    emptySets
      .filter(({ keeps }) => !keeps)
      .map(({ set, file, document }) => ({
        file,
        document,
        isOfNoApp: true,
        message: say('rules.setMakesNothingDeletes', { set: display(set) }),
        hint: say('rules.setMakesNothingHint'),
      })),
};
