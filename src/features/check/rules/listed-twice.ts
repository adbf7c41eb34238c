import type { Remark } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { KustomizationFacts } from '../../../repository/kustomization-facts.ts';
import type { AppRule } from '../rule.ts';

const LISTS = new Set(['resources', 'components', 'transformers', 'generators', 'crds']);

/** Kustomize refuses the same object a second time, and puts a prefix that is listed twice on twice. */
export const listedTwice: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'nothing is listed twice', 'zh-CN': '没有重复列出的内容' },
  check: ({ kustomizations }) => kustomizations.flatMap(checkOne),
};

function checkOne(kustomization: KustomizationFacts): Remark[] {
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
        message: {
          en: `${value} is listed on line ${line} already`,
          'zh-CN': `${value} 已在第 ${line} 行列出`,
        },
        hint: { en: 'remove this entry', 'zh-CN': '删除该条目' },
        fix: () => yamlFix(file, text, { kind: 'remove', path: steps }),
      },
    ];
  });
}
