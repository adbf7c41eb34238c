import path from 'node:path';
import { mentionsInComment } from '../facts/comments.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** What an upgrade should have removed misleads whoever reads the folder next. */
export const valuesUnused: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.everyValuesFileBelongsChart'),
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
        message: say('rules.noChartUsesValuesFile'),
        hint: say('rules.removeFile'),
      }));
  },
};

/** A chart that is commented out keeps its values file. */
function isExplained(kustomizations: readonly { text: string }[], file: string): boolean {
  return kustomizations.some(({ text }) => mentionsInComment(text, path.posix.basename(file)));
}
