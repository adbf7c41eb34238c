import type { AppFacts } from '../facts/app-facts.ts';
import { commentsOf } from '../facts/comments.ts';
import type { Remark } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import {
  isRemote,
  type KustomizationFacts,
  kustomizationFacts,
} from '../../../repository/kustomization-facts.ts';
import type { AppRule } from '../rule.ts';
import { readLocated } from '../../../yaml/located-yaml.ts';

/** Argo CD makes the folder's name the namespace; with another one in it, objects land beside the app. */
export const appNamespace: AppRule = {
  scope: 'app',
  severity: 'error',
  title: {
    en: "the kustomization's namespace is the folder's name",
    'zh-CN': 'kustomization 的 namespace 与目录名一致',
  },
  check: facts => {
    const { root } = facts;
    if (!root || Object.keys(root.data).length === 0 || root.namespace === facts.name) return [];
    if (root.namespace !== undefined) return [different(facts, root, root.namespace)];
    return root.data['namespace'] === undefined || root.data['namespace'] === null
      ? missing(facts, root)
      : [];
  },
};

function different(facts: AppFacts, root: KustomizationFacts, namespace: string): Remark {
  const safe = committedNamespace(facts, root) === facts.name;
  return {
    ...root.at('namespace'),
    message: {
      en: `the namespace is ${namespace}, the folder ${facts.name}`,
      'zh-CN': `namespace 是 ${namespace}，目录名是 ${facts.name}`,
    },
    hint: safe
      ? { en: `set namespace: ${facts.name}`, 'zh-CN': `改为 namespace: ${facts.name}` }
      : {
          en: `set namespace: ${facts.name}, or rename the folder; both move what runs, so plan the move`,
          'zh-CN': `改为 namespace: ${facts.name} 或重命名目录；两者都会迁移正在运行的资源，请先规划`,
        },
    ...(safe
      ? {
          fix: () => yamlFix(root.file, root.text, { kind: 'set', path: ['namespace'], value: facts.name }),
        }
      : {}),
  };
}

function committedNamespace(facts: AppFacts, { file }: KustomizationFacts): string | undefined {
  const before = facts.committed(file);
  const result = before === undefined ? undefined : readLocated(before);
  return result?.status === 'read' ? kustomizationFacts(file, result.yaml).namespace : undefined;
}

/** What every Kubernetes object begins with. */
const HEAD = ['apiVersion', 'kind', 'metadata'];

/** Apps whose manifests bring their own namespaces leave it out, and say so in a comment. */
function missing(facts: AppFacts, root: KustomizationFacts): Remark[] {
  if (commentsOf(root.text).some(comment => /namespace|命名空间/i.test(comment))) return [];
  return [
    {
      ...root.at(),
      message: { en: 'the kustomization has no namespace', 'zh-CN': 'kustomization 没有 namespace' },
      hint: {
        en: `add namespace: ${facts.name}, or say in a comment why not`,
        'zh-CN': `添加 namespace: ${facts.name}，或用注释说明原因`,
      },
      ...(bringsOwn(facts, root)
        ? {}
        : {
            fix: style =>
              yamlFix(root.file, root.text, {
                kind: 'put',
                path: ['namespace'],
                value: facts.name,
                place: Object.keys(root.data).some(key => HEAD.includes(key))
                  ? { order: [...HEAD, ...style.sectionOrder.value] }
                  : 'first',
              }),
          }),
    },
  ];
}

/** Something in it is placed elsewhere, or nobody can tell: then a namespace for all would move it. */
function bringsOwn(facts: AppFacts, { references }: KustomizationFacts): boolean {
  return (
    references.some(({ value }) => isRemote(value)) ||
    facts.objects.some(
      ({ listed, namespace }) => listed && namespace !== undefined && namespace !== facts.name,
    )
  );
}
