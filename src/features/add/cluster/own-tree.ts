import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { directoryGenerators } from '../../../repository/application-set.ts';
import type { ChartEntry } from '../../../repository/kustomization.ts';
import { editKustomization, listResource } from '../../../repository/kustomization-edit.ts';
import { lockPath } from '../../../repository/lock-entry.ts';
import { type App, manifestsIn, type Repository } from '../../../repository/model.ts';
import { renderTemplate } from '../../../repository/templates.ts';
import {
  appsFolderOf,
  type ArgoPlace,
  childApplication,
  repositoryKeys,
  rootApplication,
  rootProject,
} from '../../../scaffold/cluster-files.ts';
import { display } from '../../../text/display.ts';
import { addEnvironment, type ClusterWriting, putFile } from './cluster-writing.ts';

const PROJECT = 'gitops';

/**
 * An Argo CD of the cluster's own, after the one that is here, and a root that brings its Applications.
 * @throws UserError E_VALUE where there is no chart of Argo CD to take over
 */
export async function writeOwnTree(writing: ClusterWriting, argo: App, place: ArgoPlace): Promise<void> {
  const { request, context } = writing;
  const { name } = request;
  const { clusterTemplates: templates } = context;
  const home = `clusters/${name}/argo-cd`;
  const list = `${appsFolderOf(name)}/kustomization.yaml`;
  await writeArgoCd(writing, { argo, home, place });
  await putFile(writing, {
    path: `clusters/${name}/root.yaml`,
    text: rootApplication(templates, { name: `root-${name}`, cluster: name }, place),
    why: say('init.rootOfApps', { folder: appsFolderOf(name) }),
  });
  const child = {
    name: `argo-cd-${name}`,
    project: PROJECT,
    folder: home,
    namespace: place.argoNamespace,
    wave: 0,
    deletes: false,
  };
  const applications = new Map([['argo-cd.yaml', childApplication(templates, child, place)]]);
  if (request.tenants !== undefined) applications.set('tenants.yaml', tenantsSet(writing, place));
  const { drafts } = writing;
  const isNew = (await drafts.read(list)) === undefined;
  if (isNew)
    await putFile(writing, {
      path: list,
      text: renderTemplate(templates['kustomization.yaml'], {}),
      why: say('init.listsApplications'),
    });
  const listing = { drafts, style: { ...context.gitops.conventions.style }, t: context.t };
  for (const [file, text] of applications) {
    const path = posix.join(appsFolderOf(name), file);
    await putFile(writing, { path, text, why: say('init.appOfRoot') });
    await listResource(listing, list, path);
  }
  await addEnvironment(writing, `clusters/${name}`);
  if (request.tenants !== undefined) await addEnvironment(writing, request.tenants);
  writing.steps.push(startOf(name, home));
}

/** Folders that `add cluster` fills itself. */
const OWN_FOLDERS = ['platform', 'clusters'];

/**
 * Of a folder that something else deploys too, every app would have two Applications.
 * @throws UserError E_VALUE where the tenants' folder is one of an environment, of the platform or of the clusters, or lies in or
 * around one
 */
export function requireTenantsApart({ request, context }: ClusterWriting): void {
  const { name, tenants } = request;
  if (tenants === undefined) return;
  const { configuration, repository } = context.gitops;
  const environments = configuration.environments ?? repository.environments;
  const others = isOfTenants(repository, tenants)
    ? environments.filter(each => each !== tenants)
    : environments;
  const taken = [...OWN_FOLDERS, ...others].find(
    each => `${tenants}/`.startsWith(`${each}/`) || `${each}/`.startsWith(`${tenants}/`),
  );
  if (taken === undefined) return;
  const words = { folder: display(tenants), taken: display(taken) };
  throw new UserError('E_VALUE', say('add.clusterTenantsTaken', words), {
    hint: say('add.clusterTenantsHint', { name }),
    subject: tenants,
  });
}

/** Whether a cluster's own Argo CD deploys its tenants from a folder already: the same again changes nothing. */
function isOfTenants({ text }: Repository, folder: string): boolean {
  return [...text.keys()]
    .filter(file => /^clusters\/[^/]+\/apps\/tenants\.yaml$/.test(file))
    .flatMap(file => manifestsIn(text, file, /ApplicationSet/))
    .some(({ body }) => directoryGenerators(body).some(({ include }) => include.includes(`${folder}/*`)));
}

function startOf(name: string, home: string): ClusterWriting['steps'][number] {
  const apply = ['kubectl', '--context', name, 'apply', '--server-side'];
  return {
    text: say('add.clusterStart', { name, home }),
    lines: [[...apply, '-f', `clusters/${name}/root.yaml`]],
  };
}

function tenantsSet({ context, request }: ClusterWriting, place: ArgoPlace): string {
  const { name, tenants = '' } = request;
  return renderTemplate(context.clusterTemplates['tenants.yaml'], {
    ...place,
    name: `tenants-${name}`,
    cluster: name,
    folder: tenants,
    project: 'tenants',
  });
}

type OwnArgo = { argo: App; home: string; place: ArgoPlace };

/** Its chart, its values and what stands beside them; what is sealed, or brings the hub's Applications, is the hub's. */
async function writeArgoCd(writing: ClusterWriting, own: OwnArgo): Promise<void> {
  const { context, request } = writing;
  const { argo, home, place } = own;
  const { clusterTemplates: templates, shared, templates: appTemplates } = context;
  const chart = argo.kustomization.charts.find(each => each.name === 'argo-cd');
  if (!chart)
    throw new UserError('E_VALUE', say('add.clusterNoChart', { path: display(argo.path) }), {
      hint: say('add.clusterNoArgoHint'),
      subject: argo.path,
    });
  const resources = new Map([
    [
      'namespace.yaml',
      renderTemplate(appTemplates['resources/namespace.yaml'], { name: place.argoNamespace }),
    ],
    ['appproject.yaml', renderTemplate(shared['argo-cd/appproject.yaml'], { ...place, project: PROJECT })],
    ['appproject-root.yaml', rootProject(templates, place)],
    ...copied(own, context.gitops.repository.text),
  ]);
  if (request.tenants !== undefined)
    resources.set(
      'appproject-tenants.yaml',
      renderTemplate(templates['appproject-tenants.yaml'], { ...place, project: 'tenants' }),
    );
  for (const [file, text] of resources)
    await putFile(writing, { path: `${home}/resources/${file}`, text, why: say('add.clusterOwnArgo') });
  const files = [...resources.keys()].map(file => `resources/${file}`);
  const base = renderTemplate(templates['argo-cd.yaml'], { ...place, resources: files });
  await putFile(writing, {
    path: `${home}/kustomization.yaml`,
    text: withChart(writing, own, { base, chart }),
    why: say('scaffold.whatKustomizeBuilds'),
  });
  await copyFiles(writing, own, chart);
  const stub = `${home}/resources/repository-sealedsecret.yaml`;
  const view = { keys: repositoryKeys(place.repoUrl) };
  const text = renderTemplate(shared['argo-cd/repository-sealedsecret.yaml'], view);
  await putFile(writing, { path: stub, text, why: say('init.stubAccessPrivateRepository') });
}

const OF_THE_HUB = /^(?:ApplicationSet|Application|AppProject|SealedSecret|ExternalSecret|Secret|Namespace)$/;

/** What its values refer to, such as the configuration of a plugin. */
function copied({ argo }: OwnArgo, text: ReadonlyMap<string, string>): [string, string][] {
  return argo.kustomization.resources.flatMap((entry): [string, string][] => {
    const file = posix.join(argo.path, entry);
    const content = text.get(file);
    const kinds = manifestsIn(text, file, /\w+/).map(({ kind }) => kind);
    const isOwn = content !== undefined && kinds.length > 0 && !kinds.some(kind => OF_THE_HUB.test(kind));
    return isOwn && file.startsWith(`${argo.path}/`) ? [[posix.basename(file), content]] : [];
  });
}

/** The entry of the chart as the hub has it, and what goes over its images. */
function withChart(
  { context }: ClusterWriting,
  { argo, home }: OwnArgo,
  { base, chart }: { base: string; chart: ChartEntry },
): string {
  const { data } = argo.kustomization;
  const entries = Array.isArray(data['helmCharts']) ? (data['helmCharts'] as unknown[]) : [];
  const entry = entries.find(
    each => typeof each === 'object' && each !== null && 'name' in each && each.name === chart.name,
  ) as Record<string, unknown> | undefined;
  const relocated = (path: string): string => posix.relative(home, posix.join(argo.path, path));
  const valuesFile = isInside(chart.valuesFile) ? {} : { valuesFile: relocated(chart.valuesFile ?? '') };
  return editKustomization({
    text: base,
    path: `${home}/kustomization.yaml`,
    style: { ...context.gitops.conventions.style },
    changes: [
      { kind: 'add', section: 'helmCharts', item: { ...entry, ...valuesFile } },
      ...argo.kustomization.images.map(({ name, newName }) => ({
        kind: 'add' as const,
        section: 'images' as const,
        item: { name, ...(newName === undefined ? {} : { newName }) },
      })),
      ...argo.kustomization.transformers.map(each => ({
        kind: 'add' as const,
        section: 'transformers' as const,
        item: relocated(each),
      })),
    ],
  });
}

/** Whether values lie in the app's own folder, and so are copied; what several share stays where it is. */
function isInside(valuesFile: string | undefined): boolean {
  return valuesFile === undefined || !posix.normalize(valuesFile).startsWith('../');
}

/** The values, what git ignores, and what was pinned. */
async function copyFiles(writing: ClusterWriting, { argo, home }: OwnArgo, chart: ChartEntry): Promise<void> {
  const { files } = writing.context;
  const { valuesFile } = chart;
  const paths = [...(valuesFile !== undefined && isInside(valuesFile) ? [valuesFile] : []), '.gitignore'];
  const pairs = [
    ...paths.map(each => [posix.join(argo.path, each), posix.join(home, each)] as const),
    [lockPath(argo.path), lockPath(home)] as const,
  ];
  for (const [from, to] of pairs) {
    const content = await files.read(from);
    if (content && from !== to)
      await putFile(writing, { path: to, text: content.toString('utf8'), why: say('add.clusterOwnArgo') });
  }
}
