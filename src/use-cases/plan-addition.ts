import { type ChangeSet, joinAll } from '../domain/change-set.ts';
import { addReflection, type Reflection } from '../domain/reflection.ts';
import type { App } from '../domain/repository.ts';
import { addRewrites, type Rewrite } from '../domain/split-horizon.ts';
import type { Text } from '../domain/language.ts';
import { editDraft, openDrafts } from './drafts.ts';
import { type ChartAddition, planChart } from './plan-chart.ts';
import { planResource, type Resource } from './plan-resource.ts';
import type { GitopsRepository } from './read-repository.ts';

/** What an app that exists gets. */
export type AdditionRequest =
  | { kind: 'resource'; resource: Resource }
  | { kind: 'chart'; addition: ChartAddition }
  | { kind: 'reflection'; file: string; reflection: Reflection }
  | { kind: 'rewrite'; file: string; rewrites: readonly Rewrite[] };

export type AdditionContext = { gitops: GitopsRepository; t(text: Text): string };

/** Plans one addition; an app that has it already gets an empty change set. */
export async function planAddition(
  { gitops, t }: AdditionContext,
  app: App,
  request: AdditionRequest,
): Promise<ChangeSet> {
  const drafts = openDrafts(gitops.files);
  const { style } = gitops.conventions;
  const context = { drafts, style, t, repository: gitops.repository };
  switch (request.kind) {
    case 'chart':
      return joinAll([
        ...(await planChart({ ...context, files: gitops.files }, app, request.addition)),
        drafts.changes(),
      ]);
    case 'resource':
      await planResource(context, app, request.resource);
      return drafts.changes();
    case 'reflection': {
      const { file, reflection } = request;
      const change = (text: string): string => addReflection(text, file, reflection);
      await editDraft(drafts, { path: file, why: t(reflectionText(reflection)), change });
      return drafts.changes();
    }
    case 'rewrite': {
      const { file, rewrites } = request;
      const change = (text: string): string => addRewrites(text, file, rewrites);
      await editDraft(drafts, { path: file, why: t(rewriteText(rewrites)), change });
      return drafts.changes();
    }
  }
}

function reflectionText({ name, namespaces }: Reflection): Text {
  const to = namespaces.join(', ');
  return { en: `${name} is reflected to ${to}`, 'zh-CN': `${name} 同步到 ${to}` };
}

function rewriteText(rewrites: readonly Rewrite[]): Text {
  const text = rewrites.map(({ host, target }) => `${host} → ${target}`).join(', ');
  return { en: `inside of the cluster: ${text}`, 'zh-CN': `集群内：${text}` };
}
