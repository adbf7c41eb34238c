import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { RepositoryRule } from '../rule.ts';

/** A set that takes nothing deletes all that it made while it took something. */
export const applicationsetEmpty: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.applicationsetEmpty'),
  check: ({ emptySets }) =>
    emptySets.flatMap(({ set, file, document, keeps, refused }) => {
      const about = { file, document, isOfNoApp: true as const };
      if (refused !== undefined)
        return [
          {
            ...about,
            severity: 'error',
            message: say('rules.setRefused', { set: display(set), why: display(refused) }),
            hint: say('rules.setRefusedHint'),
          },
        ];
      // Where what runs is kept, it is an environment that has no app yet.
      if (keeps) return [];
      return [
        {
          ...about,
          message: say('rules.setMakesNothingDeletes', { set: display(set) }),
          hint: say('rules.setMakesNothingHint'),
        },
      ];
    }),
};
