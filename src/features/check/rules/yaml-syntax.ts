import { display } from '../../../text/display.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Every YAML file has to be one that Kustomize, Helm and Kubernetes read the same way. */
export const yamlSyntax: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.fileValidYaml'),
  check: ({ broken }) =>
    broken.map(({ file, problem: { line, column, reason } }) => ({
      file,
      line,
      column,
      message: say('rules.noValidYaml', { reason: display(reason) }),
      hint: say('rules.mendSyntax'),
    })),
};
