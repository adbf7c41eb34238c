import path from 'node:path';
import { mentionsInComment } from '../facts/comments.ts';
import type { AppRule } from '../rule.ts';

/** What an upgrade should have removed misleads whoever reads the folder next. */
export const valuesUnused: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: { en: 'every values file belongs to a chart', 'zh-CN': '每个 values 文件都有对应的 chart' },
  check: facts => {
    const used = new Set(
      facts.kustomizations.flatMap(({ references }) => references.map(({ path: target }) => target)),
    );
    return facts.files
      .filter(file => file.startsWith(`${facts.folder}/values/`) && !used.has(file))
      .filter(file => !isExplained(facts.kustomizations, file))
      .map(file => ({
        file,
        line: 1,
        column: 1,
        message: { en: 'no chart uses this values file', 'zh-CN': '没有 chart 使用该 values 文件' },
        hint: { en: 'remove it', 'zh-CN': '删除它' },
      }));
  },
};

/** A chart that is commented out keeps its values file. */
function isExplained(kustomizations: readonly { text: string }[], file: string): boolean {
  return kustomizations.some(({ text }) => mentionsInComment(text, path.posix.basename(file)));
}
