import type { Fix, Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** What kustomize still reads, by what takes its place. */
const INSTEAD: Readonly<Record<string, string>> = {
  bases: 'resources',
  commonLabels: 'labels',
  imageTags: 'images',
  patchesStrategicMerge: 'patches',
  patchesJson6902: 'patches',
  vars: 'replacements',
  helmChartInflationGenerator: 'helmCharts',
};

/** Kustomize warns about these fields, and one day it will not know them. */
export const deprecatedField: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.kustomizationUsesNoDeprecatedField'),
  check: ({ kustomizations }) => kustomizations.flatMap(checkOne),
};

function checkOne(kustomization: Kustomization): Diagnostic[] {
  return Object.keys(kustomization.data).flatMap(key => {
    const instead = Object.hasOwn(INSTEAD, key) ? INSTEAD[key] : undefined;
    if (instead === undefined) return [];
    const isRenaming = key === 'bases' && !('resources' in kustomization.data);
    return [
      {
        ...kustomization.at(key),
        message: say('rules.deprecated', { key }),
        hint: say('rules.useInstead', { instead }),
        ...(isRenaming ? { fix: () => rename(kustomization, key, instead), inert: true } : {}),
      },
    ];
  });
}

function rename({ file, text }: Kustomization, key: string, name: string): readonly Fix[] {
  return yamlFix(file, text, { kind: 'rename', path: [key], name });
}
