import { type ChangeSet, createFile, joinAll } from '../../change-set.ts';
import { addReflection, type Reflection } from './reflection.ts';
import type { App } from '../../repository/model.ts';
import { addRewrites, type Rewrite } from './split-horizon.ts';
import type { Text } from '../../text/language.ts';
import { editDraft, createDrafts } from '../../repository/drafts.ts';
import { type ChartAddition, planChart } from '../../scaffold/plan-chart.ts';
import { planResource, type Resource } from '../../scaffold/plan-resource.ts';
import type { ClusterFile } from '../../scaffold/capi/cluster-app.ts';
import { syncChanges } from '../../scaffold/sync-changes.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { say } from '../../locales/say.ts';

/** What an app that exists gets. */
export type AdditionRequest =
  | { kind: 'resource'; resource: Resource }
  | { kind: 'chart'; addition: ChartAddition }
  | { kind: 'reflection'; file: string; reflection: Reflection }
  | { kind: 'rewrite'; file: string; rewrites: readonly Rewrite[] }
  /** An app of its own, whose folder is free or holds the very same. */
  | { kind: 'cluster'; files: readonly ClusterFile[] };

export type AdditionContext = { gitops: GitopsRepository; t(text: Text): string };

/** Plans one addition; an app that has it already gets an empty change set. */
export async function planAddition(
  { gitops, t }: AdditionContext,
  app: App,
  request: AdditionRequest,
): Promise<ChangeSet> {
  const drafts = createDrafts(gitops.files);
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
    case 'cluster': {
      const { text: there } = gitops.repository;
      const missing = request.files.filter(({ path }) => !there.has(path));
      const made = missing.map(({ path, text, why }) => createFile({ path, content: text, why: t(why) }));
      const { name, environment, kustomization } = app;
      const synced = await syncChanges(
        { gitops, t },
        { name, environment, namespace: kustomization.namespace },
      );
      return joinAll([...made, synced]);
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
  return say('add.reflected', { name, to });
}

function rewriteText(rewrites: readonly Rewrite[]): Text {
  const text = rewrites.map(({ host, target }) => `${host} → ${target}`).join(', ');
  return say('add.insideCluster', { text });
}
