import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { RepositoryRule } from '../rule.ts';

/** A set that takes nothing deletes all that it made while it took something. */
export const applicationsetEmpty: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.applicationsetEmpty'),
  check: ({ emptySets }) =>
    emptySets.map(({ set, file, document, keeps }) => ({
      file,
      document,
      isOfNoApp: true,
      message: keeps
        ? say('rules.setMakesNothing', { set: display(set) })
        : say('rules.setMakesNothingDeletes', { set: display(set) }),
      hint: say('rules.setMakesNothingHint'),
    })),
};
