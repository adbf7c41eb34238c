import type { SourceLocation } from '../../../repository/source-location.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** What does not build here does not build in the cluster. */
export const renderFailed: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: say('rules.appRenders'),
  check: ({ rendered, root }) => {
    if (!root || rendered === undefined) return [];
    if (rendered.status === 'rendered')
      return rendered.facts.warnings.map(warning => lookup(root.at(), warning));
    if (rendered.status === 'refused') return [];
    const isImpossible = rendered.status === 'impossible';
    return [
      {
        ...(isImpossible && rendered.place ? rendered.place : root.at()),
        ...(isImpossible ? { severity: 'note' as const } : {}),
        message: isImpossible
          ? say('rules.notRendered', { reason: rendered.reason })
          : say('rules.doesNotRender', { reason: rendered.reason }),
        hint: isImpossible ? say('rules.installWhatMissingRunOnce') : say('rules.mendWhatToolSays'),
      },
    ];
  },
};

/** No renderer has a cluster to look into. */
function lookup(place: SourceLocation, warning: string): Remark {
  return {
    ...place,
    severity: 'note',
    message: say('rules.chartLooksUp', { warning }),
    hint: say('rules.setValuesInstead'),
  };
}
