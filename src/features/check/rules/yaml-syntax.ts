import type { AppFacts } from '../facts/app-facts.ts';
import { isKustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** `<CLUSTER_NAME>` on a line of its own: another program puts lines there before this is YAML. */
function hasTokens(text: string): boolean {
  return /^[ \t]*<[A-Z][A-Z0-9_]{2,60}>[ \t]*\r?$/m.test(text);
}

const GO_TEMPLATE = /^[ \t]*\{\{-?[ \t]*(?:if|range|with|end|else|include|define|template|block)\b/m;

/** A template of Helm outside of `templates/`: nothing builds it as it stands, or a kustomization would list it. */
function isTemplate({ kustomizations, text }: AppFacts, file: string): boolean {
  const isListed = kustomizations.some(({ references }) => references.some(({ path }) => path === file));
  return !isListed && !isKustomization(file) && GO_TEMPLATE.test(text(file) ?? '');
}

/** Every YAML file has to be one that Kustomize, Helm and Kubernetes read the same way. */
export const yamlSyntax: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.fileValidYaml'),
  check: facts =>
    facts.broken
      .filter(({ file }) => !hasTokens(facts.text(file) ?? '') && !isTemplate(facts, file))
      .map(({ file, problem: { line, column, reason } }) => ({
        file,
        line,
        column,
        message: say('rules.noValidYaml', { reason }),
        hint: say('rules.mendSyntax'),
      })),
};
