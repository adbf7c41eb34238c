import { display } from '../../../text/display.ts';
import type { AppRule } from '../rule.ts';

/** Every YAML file has to be one that Kustomize, Helm and Kubernetes read the same way. */
export const yamlSyntax: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'the file is valid YAML', 'zh-CN': '文件是有效的 YAML' },
  check: ({ broken }) =>
    broken.map(({ file, problem: { line, column, reason } }) => ({
      file,
      line,
      column,
      message: { en: `no valid YAML: ${display(reason)}`, 'zh-CN': `不是有效的 YAML：${display(reason)}` },
      hint: { en: 'mend the syntax', 'zh-CN': '修正语法' },
    })),
};
