import { say } from '../../../locales/say.ts';
import { placeOfObject } from '../facts/charts-objects.ts';
import type { AppRule } from '../rule.ts';

/** Flux installs what a chart has under `crds/` once, and leaves it as it is ever after. */
export const releaseCrdsSkipped: AppRule = {
  scope: 'app',
  severity: 'note',
  needs: 'rendering',
  title: say('rules.titleReleaseCrdsSkipped'),
  check: facts => {
    if (facts.rendered?.status !== 'rendered') return [];
    return facts.rendered.facts.releases
      .filter(({ skippedDefinitions }) => skippedDefinitions.length > 0)
      .map(release => ({
        ...placeOfObject(facts, release, ['spec']),
        message: say('rules.sayReleaseCrdsSkipped', {
          name: release.name,
          count: release.skippedDefinitions.length,
        }),
        hint: say('rules.hintReleaseCrdsSkipped'),
      }));
  },
};
