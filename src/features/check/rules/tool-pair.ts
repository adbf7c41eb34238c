import { badPair } from '../../../render/tool-pairs.ts';
import type { RepositoryRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Pairs of kustomize and helm that cannot work together, or render something else than the cluster does. */
export const toolPair: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  needs: 'rendering',
  title: say('rules.kustomizeHelmWorkTogether'),
  check: ({ tools }) => {
    const problem = tools?.kind === 'tools' ? badPair(tools) : undefined;
    if (!problem) return [];
    return [{ file: '.', ...problem }];
  },
};
