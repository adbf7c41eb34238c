import { childrenIn } from '../../../deliveries/argo/app-of-apps.ts';
import { readDeliveries } from '../../../deliveries/read-deliveries.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { controlledByOf, type DeclaredCluster, requireClusters } from '../../../repository/clusters.ts';
import { listResource } from '../../../repository/kustomization-edit.ts';
import { type App, appManifests, namespaceOf, type Repository } from '../../../repository/model.ts';
import { ownAddress, ownRepositories } from '../../../repository/own-repositories.ts';
import { renderTemplate } from '../../../repository/templates.ts';
import { appsFolderOf, type ArgoPlace } from '../../../scaffold/cluster-files.ts';
import { display } from '../../../text/display.ts';
import { requireTenantsApart, writeOwnTree } from './own-tree.ts';
import { addEnvironment, type ClusterWriting, putFile, shareFile } from './cluster-writing.ts';

/** The Argo CD that masters others: its app, and where what it deploys is listed. */
type Master = { home: string; kustomization: string; place: ArgoPlace; applications: string; name: string };

/**
 * A cluster of Argo CD: of its own, of the hub, of the control cluster of its group, or of an agent.
 * @throws UserError E_VALUE where what masters it, or a copy of its Argo CD, is not in the repository
 */
export async function planArgoCluster(writing: ClusterWriting): Promise<void> {
  const { request, context } = writing;
  const { repository } = context.gitops;
  const master = controlledByOf(request.controlledBy) ?? { kind: 'self' };
  const argo = argoHome(repository);
  const place = { repoUrl: ownUrl(repository), argoNamespace: namespaceOf(argo) };
  const isAgent = master.kind === 'agent';
  requireTenantsApart(writing);
  if (master.kind === 'self' || request.tenants !== undefined) await writeOwnTree(writing, argo, place);
  if (master.kind === 'self') return;
  const isOfHub =
    master.kind === 'hub' || (isAgent && master.cluster === 'hub' && !isDeclared(repository, 'hub'));
  const by = isOfHub ? hubOf(repository, argo, place) : controlOf(repository, master, place);
  if (isAgent) await writeAgent(writing, by);
  else await writeStub(writing, by);
  await writePlatform(writing, by);
}

/** The app that is Argo CD itself: that of its chart, else one that holds its projects and sets. */
function argoHome(repository: Repository): App {
  const own = repository.apps.filter(({ path }) => !path.startsWith('clusters/'));
  const found =
    own.find(({ kustomization }) => kustomization.charts.some(({ name }) => name === 'argo-cd')) ??
    own.find(app => appManifests(repository, app, /ApplicationSet|AppProject/).length > 0);
  if (found) return found;
  throw new UserError('E_VALUE', say('add.clusterNoArgo'), { hint: say('add.clusterNoArgoHint') });
}

function ownUrl(repository: Repository): string {
  const { objects } = readDeliveries(repository);
  const url = ownAddress(ownRepositories(objects, repository.text), objects);
  if (url !== undefined) return url;
  throw new UserError('E_VALUE', say('add.clusterNoUrl'), { hint: say('add.clusterNoArgoHint') });
}

function isDeclared(repository: Repository, name: string): boolean {
  return requireClusters(repository.text).some(each => each.name === name);
}

function hubOf(repository: Repository, { path, kustomization }: App, place: ArgoPlace): Master {
  const root = childrenIn(repository).find(({ folder }) => !ownTreeOf(repository, folder));
  return {
    home: path,
    kustomization: kustomization.file,
    place,
    applications: root?.list?.file ?? kustomization.file,
    name: 'fleet',
  };
}

/** Whether a folder belongs to a cluster that has an Argo CD of its own. */
function ownTreeOf(repository: Repository, folder: string): boolean {
  return requireClusters(repository.text).some(({ name }) => folder === appsFolderOf(name));
}

/** @throws UserError E_VALUE for a control cluster without a tree of its own */
function controlOf({ text }: Repository, master: DeclaredCluster['controlledBy'], place: ArgoPlace): Master {
  const cluster = 'cluster' in master ? master.cluster : '';
  const home = `clusters/${cluster}/argo-cd`;
  const kustomization = `${home}/kustomization.yaml`;
  const applications = `${appsFolderOf(cluster)}/kustomization.yaml`;
  if (text.has(kustomization) && text.has(applications))
    return { home, kustomization, place, applications, name: `fleet-${cluster}` };
  throw new UserError('E_VALUE', say('add.clusterNoControl', { cluster: display(cluster) }), {
    hint: say('add.clusterNoControlHint', { cluster: display(cluster) }),
  });
}

/** What a person seals: nothing of it is known here but what the cluster is called. */
async function writeStub(writing: ClusterWriting, { home, place }: Master): Promise<void> {
  const { request, context, stubs } = writing;
  const { name: cluster, labels } = request;
  const path = `${home}/resources/cluster-${cluster}-sealedsecret.yaml`;
  const view = { cluster, labels, name: `cluster-${cluster}`, argoNamespace: place.argoNamespace };
  const text = renderTemplate(context.clusterTemplates['secret.yaml'], view);
  await putFile(writing, { path, text, why: say('add.clusterStub') });
  stubs.push(path);
}

const PLATFORM = 'platform';

/** What runs on every cluster of a master: a set over `platform/` and the clusters' files, made with the first of them. */
async function writePlatform(
  writing: ClusterWriting,
  { home, kustomization, applications, place, name }: Master,
): Promise<void> {
  const { context, drafts } = writing;
  const { clusterTemplates: templates, gitops, t } = context;
  const listing = { drafts, style: { ...gitops.conventions.style }, t };
  const view = { ...place, project: PLATFORM };
  const project = `${home}/resources/appproject-platform.yaml`;
  const text = renderTemplate(templates['appproject-platform.yaml'], view);
  if (await shareFile(writing, { path: project, text, why: say('add.clusterPlatformProject') }))
    await listResource(listing, kustomization, project);
  const folder = applications.slice(0, applications.lastIndexOf('/'));
  const set =
    applications === kustomization
      ? `${folder}/resources/applicationset-${name}.yaml`
      : `${folder}/${name}.yaml`;
  const masters =
    name === 'fleet' ? ['hub', 'agent:hub'] : ['group', 'agent'].map(kind => `${kind}:${name.slice(6)}`);
  const made = renderTemplate(templates['platform.yaml'], { ...view, name, masters });
  if (await shareFile(writing, { path: set, text: made, why: say('add.clusterPlatform') }))
    await listResource(listing, applications, set);
  await addEnvironment(writing, PLATFORM);
}

const AGENT_CHARTS = 'oci://ghcr.io/argoproj-labs/argocd-agent';

/** An agent fetches what its hub holds for it: certificates are made by its own program, and nowhere else. */
async function writeAgent(writing: ClusterWriting, { place, home }: Master): Promise<void> {
  const { request, steps } = writing;
  const { name } = request;
  await addEnvironment(writing, `clusters/${name}`);
  const principal = ['--principal-context', 'hub', '--principal-namespace', place.argoNamespace];
  const agent = ['--agent-context', name, '--agent-namespace', place.argoNamespace];
  const ctl = (...words: string[]): string[] => ['argocd-agentctl', ...words];
  const chart = (app: string, from: string, environment: string): string[] => [
    'slipway',
    'new-app',
    app,
    '--chart',
    from,
    '--repo',
    AGENT_CHARTS,
    '--env',
    environment,
    '--route',
    'none',
  ];
  steps.push(
    {
      text: say('add.clusterPrincipal'),
      lines: [
        ctl('pki', 'init', ...principal),
        ctl('jwt', 'create-key', ...principal),
        chart('argocd-agent-principal', 'argocd-agent-principal', home.slice(0, home.lastIndexOf('/'))),
      ],
    },
    {
      text: say('add.clusterAgent', { name }),
      lines: [
        ctl('agent', 'create', name, ...principal),
        ctl('pki', 'issue', 'agent', name, ...principal, ...agent),
        ctl('pki', 'propagate', ...principal, ...agent),
        chart('argocd-agent', 'argocd-agent-agent-helm', `clusters/${name}`),
      ],
    },
    { text: say('add.clusterMapping'), lines: [] },
  );
}
