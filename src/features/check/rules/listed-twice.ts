import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

const LISTS = new Set(['resources', 'components', 'transformers', 'generators', 'crds']);

/** Kustomize refuses the same object a second time, and puts a prefix that is listed twice on twice. */
export const listedTwice: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.nothingListedTwice'),
  check: ({ kustomizations }) => kustomizations.flatMap(checkOne),
};

function checkOne(kustomization: Kustomization): Diagnostic[] {
  const { file, text, references, at } = kustomization;
  const first = new Map<string, number>();
  return references.flatMap(({ steps, value, path }) => {
    const [list] = steps;
    if (typeof list !== 'string' || !LISTS.has(list) || steps.length !== 2) return [];
    const key = `${list} ${path ?? value}`;
    const line = first.get(key);
    if (line === undefined) {
      first.set(key, at(...steps).line);
      return [];
    }
    return [
      {
        ...at(...steps),
        message: say('rules.listedLineAlready', { value, line }),
        hint: say('rules.removeEntry'),
        fix: () => yamlFix(file, text, { kind: 'remove', path: steps }),
        // Kustomize refuses a resource that comes twice, so that no build has it; a transformer works twice.
        inert: list === 'resources' || list === 'crds',
      },
    ];
  });
}
