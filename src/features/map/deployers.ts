import { addTo } from '../../data/append.ts';
import { recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { foldersOf, isOwnRepository, ownRepositories } from '../../repository/own-repositories.ts';
import { argoClusters } from '../../deliveries/argo/sets/clusters.ts';
import {
  builtFiles,
  type FluxKustomization,
  isFluxInstance,
  isFluxKustomization,
  listedInFolder,
} from '../../deliveries/flux/flux-kustomizations.ts';
import type { LocatedObject } from '../../deliveries/located-object.ts';
import { type Deliveries, readDeliveries } from '../../deliveries/read-deliveries.ts';
import { findDeployments } from '../../repository/deployments.ts';
import { asWritten, deployedSources } from '../../repository/sets/made.ts';
import { CLUSTER_FOLDER, clusterOfKubeconfig, landingsOf } from '../../repository/landings.ts';
import type { Repository } from '../../repository/model.ts';
import type { DeployerType, Drawing, MapUnread, NodeOf } from './graph.ts';

/** What deploys, with all that the repository says of it. */
export type Deployer = {
  node: NodeOf<'deployer'>;
  object: LocatedObject;
  /** The folders of this repository that it deploys. */
  folders: readonly string[];
  /** Files that a deployment of these takes in: other deployers may stand there. */
  files: ReadonlySet<string>;
  /** Names or addresses; undefined where only a parent knows. */
  clusters: readonly Cluster[] | undefined;
  /** Names of others of its kind, each with its namespace. */
  dependsOn: readonly string[];
  /** What of it nobody could tell here. */
  unread: readonly MapUnread['what'][];
};

type Cluster = { name: string; server?: string };

/** Where Argo CD, or Flux, runs itself. */
const OWN: Cluster = { name: 'in-cluster' };
const OWN_SERVER = 'https://kubernetes.default.svc';

/** The Applications, ApplicationSets and Flux Kustomizations of a repository, in the order of their files. */
export function findDeployers(repository: Repository): Deployer[] {
  const deliveries = readDeliveries(repository);
  const objects = deliveries.objects.filter(({ at }) => !deliveries.kustomizations.isPatch(at.file));
  const folders = foldersOf(repository.text);
  const flux = new Map(deliveries.flux.map(each => [each.object, each]));
  const context: Context = {
    repository,
    deliveries,
    folders,
    own: ownRepositories(objects, repository.text),
    flux,
    landing: landingsOf(repository),
  };
  return objects.flatMap(object => {
    if (isFluxKustomization(object) || isFluxInstance(object)) return [fluxDeployer(context, object)];
    return object.group === 'argoproj.io' && /^Application(?:Set)?$/.test(object.kind)
      ? [argoDeployer(context, object)]
      : [];
  });
}

type Context = {
  repository: Repository;
  deliveries: Deliveries;
  folders: ReadonlySet<string>;
  own: ReturnType<typeof ownRepositories>;
  flux: ReadonlyMap<LocatedObject, FluxKustomization>;
  landing: ReturnType<typeof landingsOf>;
};

function nodeOf(object: LocatedObject, spec: unknown): NodeOf<'deployer'> {
  const { kind, name, namespace, at } = object;
  const place = [
    at.document > 0 ? [`#${at.document}`] : [],
    at.path.length > 0 ? [`:${at.path.join('.')}`] : [],
  ];
  const wave = Number(
    stringOf(valueAt(spec, ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'])) ?? 'none',
  );
  return {
    id: `deployer:${at.file}${place.flat().join('')}`,
    kind: 'deployer',
    type: kind as DeployerType,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    file: at.file,
    ...(Number.isInteger(wave) ? { wave } : {}),
  };
}

function fluxDeployer(context: Context, object: LocatedObject): Deployer {
  const { deliveries, repository } = context;
  const known = context.flux.get(object);
  const spec = known?.spec ?? object.body['spec'];
  const files = known
    ? builtFiles({ ...deliveries, text: repository.text }, known.folder)
    : new Set<string>();
  const remote = stringOf(valueAt(spec, ['kubeConfig', 'secretRef', 'name']));
  const named = /(?:^|\/)clusters?\/([^/]+)(?:\/|$)/.exec(known?.folder ?? '')?.[1];
  const cluster = remote === undefined ? named : clusterOfKubeconfig(repository, remote);
  return {
    node: nodeOf(object, undefined),
    object,
    folders: known ? [known.folder] : [],
    files,
    clusters: cluster === undefined ? undefined : [{ name: cluster }],
    dependsOn: recordsAt(spec, ['dependsOn']).flatMap(each => {
      const name = stringOf(each['name']);
      return name === undefined ? [] : [`${stringOf(each['namespace']) ?? object.namespace ?? ''}/${name}`];
    }),
    unread: known ? [] : ['folder'],
  };
}

function argoDeployer(context: Context, object: LocatedObject): Deployer {
  const isSet = object.kind === 'ApplicationSet';
  const template = isSet ? valueAt(object.body, ['spec', 'template']) : object.body;
  const folders = isSet ? foldersOfSet(context, object) : foldersOfApplication(context, template);
  const applications = isSet
    ? context.repository.sets.expand(object.body).applications
    : [asWritten(object.body)];
  const { clusters, isWhole } = argoClusters(applications);
  const isRecursive = valueAt(template, ['spec', 'source', 'directory', 'recurse']) === true;
  return {
    node: nodeOf(object, template),
    object,
    folders,
    files: new Set(isSet ? [] : folders.flatMap(folder => filesOf(context, folder, isRecursive))),
    clusters: clusters.map(each => nameOfCluster(context, object.at.file, each)),
    dependsOn: [],
    unread: isWhole ? [] : ['cluster'],
  };
}

function nameOfCluster(
  { landing }: Context,
  from: string,
  { name, server }: { name?: string; server?: string },
): Cluster {
  const isOwn = server?.replace(/\/$/, '') === OWN_SERVER || name === OWN.name;
  const cluster = isOwn ? OWN.name : (name ?? server);
  const known = landing({ cluster, from }) ?? '';
  return { name: known, ...(server === undefined || isOwn ? {} : { server }) };
}

function foldersOfSet(
  { folders, repository: { sets } }: Context,
  { at, body, kind, name }: LocatedObject,
): string[] {
  const manifest = { apiVersion: stringOf(body['apiVersion']) ?? '', kind, name, body };
  return findDeployments([{ file: at.file, manifest }], [...folders], sets).map(({ folder }) => folder);
}

function foldersOfApplication({ folders, own }: Context, application: unknown): string[] {
  return deployedSources(application).flatMap(({ source }) => {
    const written = stringOf(valueAt(source, ['path']));
    const url = stringOf(valueAt(source, ['repoURL'])) ?? '';
    const folder = written?.replace(/^\.?\//, '').replace(/(?<!\/)\/+$/, '') || undefined;
    return folder !== undefined && folders.has(folder) && isOwnRepository(own, url) ? [folder] : [];
  });
}

/** Argo CD takes the files of a plain folder itself, those below only where it is told to. */
function filesOf({ deliveries, repository }: Context, folder: string, isRecursive: boolean): string[] {
  const { text } = repository;
  if (deliveries.kustomizations.at(folder)) return [...builtFiles({ ...deliveries, text }, folder)];
  if (text.has(`${folder}/Chart.yaml`)) return [];
  return listedInFolder({ ...deliveries, text }, folder).filter(
    file => text.has(file) && (isRecursive || !file.includes('/', folder.length + 1)),
  );
}

/** Draws what deploys and the clusters it deploys to; resolves what they say of each other. */
export function drawDeployers(drawing: Drawing, deployers: readonly Deployer[]): void {
  const byFile = new Map<string, Deployer[]>();
  const byName = new Map<string, Deployer>();
  for (const each of deployers) {
    drawing.put(each.node);
    addTo(byFile, each.node.file, each);
    byName.set(`${each.object.namespace ?? ''}/${each.object.name}`, each);
  }
  const isBelow = new Set<Deployer>();
  for (const each of deployers)
    for (const below of [...each.files].flatMap(file => byFile.get(file) ?? [])) {
      drawing.link(each.node.id, below.node.id, 'deploys');
      if (below !== each) isBelow.add(below);
    }
  for (const each of deployers) {
    for (const cluster of each.clusters ?? (isBelow.has(each) ? [] : [homeOf(each)]))
      drawCluster(drawing, cluster, each);
    for (const name of each.dependsOn) {
      const other = byName.get(name);
      if (other) drawing.link(each.node.id, other.node.id, 'dependsOn');
    }
  }
}

/** What nothing here deploys starts in the cluster whose folder it stands in. */
function homeOf({ node }: Deployer): Cluster {
  const name = CLUSTER_FOLDER.exec(node.file)?.[1];
  return name === undefined ? OWN : { name };
}

function drawCluster(drawing: Drawing, { name, server }: Cluster, { node }: Deployer): void {
  const id = `cluster:${name}`;
  drawing.put({ id, kind: 'cluster', name, ...(server === undefined ? {} : { server }) });
  drawing.link(id, node.id, 'hosts');
}
