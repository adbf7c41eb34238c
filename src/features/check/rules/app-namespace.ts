import { type AppFacts, usualNamespace } from '../facts/app-facts.ts';
import { commentsOf } from '../facts/comments.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import { type Kustomization, readKustomization } from '../../../repository/kustomization.ts';
import { isRemote } from '../../../repository/kustomization-paths.ts';
import type { AppRule } from '../rule.ts';
import { isNamespaced } from '../../../repository/cluster-scoped.ts';
import { readLocated } from '../../../yaml/read.ts';
import { say } from '../../../locales/say.ts';

/** Argo CD makes the folder's name the namespace; with another one in it, objects land beside the app. */
export const appNamespace: AppRule = {
  scope: 'app',
  habit: 'namespaceIsFolder',
  severity: 'error',
  title: say('rules.kustomizationsNamespaceFoldersName'),
  check: facts => {
    const { root } = facts;
    // What apps are built from gets its namespace from them.
    if (!root || facts.isPart || Object.keys(root.data).length === 0) return [];
    if (root.namespace === facts.name || root.namespace === usualNamespace(facts)) return [];
    if (root.namespace !== undefined) return [different(facts, root, root.namespace)];
    return root.data['namespace'] === undefined || root.data['namespace'] === null
      ? missing(facts, root)
      : [];
  },
};

function different(facts: AppFacts, root: Kustomization, namespace: string): Diagnostic {
  const name = usualNamespace(facts);
  const isOverlay = name !== facts.name;
  const safe = committedNamespace(facts, root) === name;
  const moves = isOverlay
    ? say('rules.setNamespaceMovesWhatCommitted', { expected: name })
    : say('rules.setNamespaceRenameFolderBoth', { name });
  return {
    ...root.at('namespace'),
    message: isOverlay
      ? say('rules.namespaceOfOverlay', { namespace, name })
      : say('rules.namespaceFolder', { namespace, name }),
    hint: safe ? say('rules.setNamespaceOfApp', { name }) : moves,
    ...(safe
      ? {
          fix: () => yamlFix(root.file, root.text, { kind: 'set', path: ['namespace'], value: name }),
        }
      : {}),
  };
}

function committedNamespace(facts: AppFacts, { file }: Kustomization): string | undefined {
  const before = facts.committed(file);
  const result = before === undefined ? undefined : readLocated(before);
  return result?.status === 'read' ? readKustomization(file, result.yaml).namespace : undefined;
}

/** What every Kubernetes object begins with. */
const HEAD = ['apiVersion', 'kind', 'metadata'];

/** Apps whose manifests bring their own namespaces leave it out, and say so in a comment. */
function missing(facts: AppFacts, root: Kustomization): Diagnostic[] {
  const name = usualNamespace(facts);
  if (commentsOf(root.text).some(comment => /namespace|命名空间/i.test(comment))) return [];
  return [
    {
      ...root.at(),
      message: say('rules.kustomizationHasNoNamespace'),
      hint: say('rules.addNamespaceSayCommentWhy', { name }),
      ...(bringsOwn(facts, root)
        ? {}
        : {
            fix: style =>
              yamlFix(root.file, root.text, {
                kind: 'put',
                path: ['namespace'],
                value: name,
                place: Object.keys(root.data).some(key => HEAD.includes(key))
                  ? { order: [...HEAD, ...style.sectionOrder.value] }
                  : 'first',
              }),
          }),
    },
  ];
}

/** Kustomize gives a namespace to every kind that it does not know, also to those that belong to none. */
function isPlaced(apiVersion: string, kind: string): boolean {
  return apiVersion === 'builtin' || isNamespaced(apiVersion, kind, {}) !== undefined;
}

/** Something in it is placed elsewhere, or nobody can tell: then a namespace for all would move it. */
function bringsOwn(facts: AppFacts, { references }: Kustomization): boolean {
  const name = usualNamespace(facts);
  return (
    references.some(({ value }) => isRemote(value)) ||
    facts.charts.some(({ chart }) => chart.namespace !== name) ||
    facts.objects.some(({ listed, apiVersion, kind }) => listed && !isPlaced(apiVersion, kind)) ||
    facts.objects.some(({ listed, namespace }) => listed && namespace !== undefined && namespace !== name)
  );
}
