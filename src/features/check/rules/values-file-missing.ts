import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Kustomize stops at a values file that is not there. */
export const valuesFileMissing: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.valuesFilesChartsExist'),
  check: facts =>
    facts.kustomizations.flatMap(kustomization =>
      kustomization.references
        .filter(({ steps }) => steps[0] === 'helmCharts')
        .filter(({ path }) => path !== undefined && facts.kindOf(path) !== 'file')
        .map(({ steps, value }) => ({
          ...kustomization.at(...steps),
          message: say('rules.thereNo', { value }),
          hint: say('rules.copyChartsDefaultValuesThere'),
        })),
    ),
};
