import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** A build that would run a program of the repository, or read a file outside of it, is not started. */
export const renderRefused: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: say('rules.buildRunsNoProgramStays'),
  check: ({ rendered }) =>
    rendered?.status !== 'refused'
      ? []
      : rendered.refusals.map(({ reason, ...place }) => ({
          ...place,
          message: say('rules.notRendered', { reason }),
          hint: say('rules.removeWhatBuildTakesHas'),
        })),
};
