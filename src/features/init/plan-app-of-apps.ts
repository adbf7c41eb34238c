import { posix } from 'node:path';
import { type ChangeSet, joinAll, replacesWork } from '../../change-set.ts';
import { say } from '../../locales/say.ts';
import { createDrafts, type Drafts } from '../../repository/drafts.ts';
import { listResource } from '../../repository/kustomization-edit.ts';
import { namespaceOf, type Repository } from '../../repository/model.ts';
import { syncedBy } from '../../repository/synced-by.ts';
import { renderTemplate } from '../../repository/templates.ts';
import { appsFolderOf, childApplication, rootApplication } from '../../scaffold/cluster-files.ts';
import { ARGO_NAMESPACE } from './bootstrap-apps.ts';
import type { InitContext } from './init-plan.ts';
import { type InitRequest, MAIN_CLUSTER } from './init-request.ts';
import { PROJECT } from './init-view.ts';

/** A folder that Argo CD is to sync. */
export type RootedApp = { name: string; folder: string };

type Planned = { additions: ChangeSet; overwrites: ChangeSet[] };

/** A root, its list, and an Application for each folder that nothing syncs yet. */
export async function planAppOfApps(
  context: InitContext,
  request: InitRequest,
  bootstrap: readonly RootedApp[],
): Promise<Planned> {
  const { gitops, templates, files, t } = context;
  const { repository } = gitops;
  const drafts = createDrafts(files);
  const folder = appsFolderOf(MAIN_CLUSTER);
  const argo = bootstrap.find(({ name }) => name === ARGO_NAMESPACE)?.folder;
  const place = {
    repoUrl: request.repoUrl,
    argoNamespace: namespaceIn(repository, argo ?? '') ?? ARGO_NAMESPACE,
  };
  const list = `${folder}/kustomization.yaml`;
  await drafts.write({
    path: `${posix.dirname(folder)}/root.yaml`,
    text: rootApplication(templates, { name: 'root', cluster: MAIN_CLUSTER }, place),
    why: t(say('init.rootOfApps', { folder })),
  });
  await startList(drafts, {
    list,
    text: renderTemplate(templates['kustomization.yaml'], {}),
    why: t(say('init.listsApplications')),
  });
  const deletes = request.onRemoval === 'delete';
  for (const { file, ...child } of childrenOf(repository, request, bootstrap)) {
    const path = `${folder}/${file}`;
    const view = { ...child, project: PROJECT, deletes };
    await drafts.write({
      path,
      text: childApplication(templates, view, place),
      why: t(say('init.appOfRoot')),
    });
    await listResource({ drafts, style: { ...gitops.conventions.style }, t }, list, path);
  }
  const groups = drafts.changes().changes.map((change): ChangeSet => ({ changes: [change] }));
  const isWork = ({ changes }: ChangeSet): boolean =>
    changes.some(change => replacesWork(change) && change.path !== list);
  return { additions: joinAll(groups.filter(group => !isWork(group))), overwrites: groups.filter(isWork) };
}

/** A list that is there gets entries only. */
async function startList(
  drafts: Drafts,
  { list, text, why }: { list: string; text: string; why: string },
): Promise<void> {
  if ((await drafts.read(list)) === undefined) await drafts.write({ path: list, text, why });
}

/** What the cluster itself needs starts first, and Argo CD, which runs already, with the rest. */
const WAVES: readonly string[] = ['sealed-secrets', 'cert-manager'];

type NamedChild = { file: string; name: string; folder: string; namespace: string; wave: number };

function childrenOf(
  repository: Repository,
  request: InitRequest,
  bootstrap: readonly RootedApp[],
): NamedChild[] {
  const known = new Set(bootstrap.map(each => each.folder));
  const others = repository.apps
    .filter(({ path, environment }) => request.environments.includes(environment) && !known.has(path))
    .map(({ name, path }) => ({ name, folder: path }));
  const taken = new Set<string>();
  return [...bootstrap, ...others]
    .filter(({ folder }) => syncedBy(repository, folder).syncers.length === 0)
    .map(({ name: app, folder }) => {
      const name = taken.has(app) ? `${app}-${posix.basename(posix.dirname(folder))}` : app;
      taken.add(name);
      const namespace = namespaceIn(repository, folder) ?? app;
      return { file: `${name}.yaml`, name, folder, namespace, wave: waveOf(app, request) };
    });
}

function waveOf(app: string, { gateway }: Pick<InitRequest, 'gateway'>): number {
  const order = [...WAVES, gateway.namespace];
  const at = order.indexOf(app);
  return at < 0 ? 0 : at - order.length;
}

function namespaceIn({ apps }: Repository, folder: string): string | undefined {
  const app = apps.find(({ path }) => path === folder);
  return app && namespaceOf(app);
}
