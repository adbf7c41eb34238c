import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** `<CLUSTER_NAME>` on a line of its own: another program puts lines there before this is YAML. */
function hasTokens(text: string): boolean {
  return /^[ \t]*<[A-Z][A-Z0-9_]{2,60}>[ \t]*\r?$/m.test(text);
}

/** Every YAML file has to be one that Kustomize, Helm and Kubernetes read the same way. */
export const yamlSyntax: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.fileValidYaml'),
  check: ({ broken, text }) =>
    broken
      .filter(({ file }) => !hasTokens(text(file) ?? ''))
      .map(({ file, problem: { line, column, reason } }) => ({
        file,
        line,
        column,
        message: say('rules.noValidYaml', { reason }),
        hint: say('rules.mendSyntax'),
      })),
};
