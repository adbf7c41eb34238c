import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { type Element, madeUp, mapOf, normalizedName, openElement, type Parameter } from './element.ts';
import type { Filling } from './fill.ts';
import { takes } from './selector.ts';

/** A cluster that Argo CD deploys to, as far as the repository says it; never a credential of it. */
export type KnownCluster = {
  file: string;
  /** Undefined where it is sealed. */
  name: string | undefined;
  server: string | undefined;
  project: string | undefined;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Whether a Secret for it stands in the repository that is limited neither to namespaces nor to an agent. */
  isHeldWhole: boolean;
};

/** Those that the repository declares; of none it may have others say, and nobody can tell. */
export type KnownClusters = readonly KnownCluster[];

/** The address of the cluster that Argo CD runs in itself. */
const OWN_SERVER = 'https://kubernetes.default.svc';

/** Whether an address is that of whatever cluster it is asked in. @param server an address that can be parsed */
export function isOwnServer(server: string): boolean {
  const { hostname } = new URL(server);
  return /^kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?\.?$/.test(hostname);
}

/** What a generator of clusters makes: no Secret stands for Argo CD's own cluster, so that no label finds it. */
export function clusterElements(
  body: Readonly<Record<string, unknown>>,
  { repository, filling }: { repository: { clusters: KnownClusters }; filling: Filling },
): Element[] {
  const { clusters } = repository;
  if (clusters.length === 0) return [openElement('clusters')];
  const { selector } = body;
  const isChoosing = ['matchLabels', 'matchExpressions'].some(
    key => Object.keys(Object(valueAt(selector, [key]))).length > 0,
  );
  const chosen = clusters.filter(({ labels }) => takes(selector, key => labels[key]));
  const hasOwn = clusters.some(({ server, name }) => server === OWN_SERVER || name === 'in-cluster');
  const own: Element[] = isChoosing || hasOwn ? [] : [ownCluster()];
  return [...chosen.map(cluster => elementOf(cluster, filling)), ...own];
}

function ownCluster(): Element {
  const texts = { name: 'in-cluster', nameNormalized: 'in-cluster', server: OWN_SERVER, project: '' };
  return { parameters: new Map(Object.entries(texts).map(([key, text]) => [key, madeUp(text)])), open: [] };
}

function elementOf(cluster: KnownCluster, { isGo }: Filling): Element {
  const { file, name, server, project, labels, annotations } = cluster;
  const sealed = (text: string | undefined): Parameter =>
    text === undefined ? { value: undefined, at: undefined, open: file } : madeUp(text);
  const known: [string, Parameter][] = [
    ['name', sealed(name)],
    ['nameNormalized', sealed(name === undefined ? undefined : normalizedName(name))],
    ['server', sealed(server)],
    ['project', sealed(project)],
  ];
  const texts = Object.entries({ annotations, labels }).filter(([, own]) => Object.keys(own).length > 0);
  const metadata: [string, Parameter][] = isGo
    ? [['metadata', mapOf(texts.map(([key, own]) => [key, { ...madeUp(own), isOfTexts: true }]))]]
    : texts.flatMap(([kind, own]) =>
        Object.entries(own).map(([key, text]): [string, Parameter] => [
          `metadata.${kind}.${key}`,
          madeUp(text),
        ]),
      );
  return { parameters: new Map([...known, ...metadata]), open: [] };
}

/** An object, or a document, of a file. */
export type ClusterSource = { file: string; body: Readonly<Record<string, unknown>> };

/** The label by which Argo CD knows the Secrets of clusters. */
export const CLUSTER_TYPE_LABEL = 'argocd.argoproj.io/secret-type';

/** Whether a text may declare a cluster: a Secret of Argo CD, sealed or not, or a file under `clusters/`. */
export function mayDeclareCluster(file: string, text: string): boolean {
  return isClusterFile(file) || (text.includes(CLUSTER_TYPE_LABEL) && /:[ \t]*["']?cluster\b/.test(text));
}

/** Whether a file stands where clusters are declared. */
export function isClusterFile(file: string): boolean {
  return /^clusters\/[^/]+\.ya?ml$/.test(file);
}

/** The clusters that objects declare: what a Secret says, and what a file says that is called like it or like its cluster. */
export function knownClusters(sources: readonly ClusterSource[]): KnownCluster[] {
  const files = new Map(sources.flatMap(source => clusterFile(source)));
  const secrets = sources.flatMap(source => clusterSecret(source, files));
  const named = new Set(secrets.map(({ name }) => name));
  return [...secrets, ...[...files.values()].filter(({ name }) => !named.has(name))];
}

/** What `clusters/<name>.yaml` says; a cluster that masters itself is no other's to deploy to. */
function clusterFile({ file, body }: ClusterSource): [string, KnownCluster][] {
  const name = stringOf(body['name']);
  const master = stringOf(body['controlledBy']) ?? 'hub';
  const isFacts = ['labels', 'destination', 'controlledBy'].some(key => key in body);
  if (!isClusterFile(file) || body['kind'] !== undefined || name === undefined || !isFacts) return [];
  if (master === 'self' || master === 'flux') return [];
  const server = stringOf(valueAt(body, ['destination', 'server']));
  const known = stringOf(valueAt(body, ['destination', 'name'])) ?? name;
  const labels = { ...textsIn(body['labels']), [CLUSTER_TYPE_LABEL]: 'cluster' };
  const facts = { file, name: known, server, project: '', labels, annotations: {}, isHeldWhole: false };
  return [[name, facts]];
}

/** A Secret, or the template of one: only labels, the name and the address are looked at. */
function clusterSecret(
  { file, body }: ClusterSource,
  files: ReadonlyMap<string, KnownCluster>,
): KnownCluster[] {
  const kind = stringOf(body['kind']);
  const secret =
    kind === 'Secret'
      ? body
      : valueAt(body, kind === 'SealedSecret' ? ['spec', 'template'] : ['spec', 'target', 'template']);
  const labels = textsIn(valueAt(secret, ['metadata', 'labels']));
  if (!isRecord(secret) || labels[CLUSTER_TYPE_LABEL] !== 'cluster') return [];
  const own = stringOf(valueAt(body, ['metadata', 'name'])) ?? '';
  const facts = files.get(own) ?? files.get(own.replace(/^cluster-/, ''));
  const name = dataOf(secret, 'name') ?? facts?.name;
  const server = dataOf(secret, 'server') ?? facts?.server;
  return [
    {
      file,
      name,
      server,
      // A project is optional, and hidden only where everything is.
      project: dataOf(secret, 'project') ?? (name === undefined && kind !== 'Secret' ? undefined : ''),
      labels,
      annotations: textsIn(valueAt(secret, ['metadata', 'annotations'])),
      isHeldWhole: !isLimited(body, secret) && !isNear(name, server),
    },
  ];
}

/** Whether Argo CD is to touch some namespaces only. */
function isLimited(body: unknown, secret: unknown): boolean {
  const texts = [
    valueAt(secret, ['stringData']),
    valueAt(secret, ['data']),
    valueAt(body, ['spec', 'encryptedData']),
  ];
  return texts.some(each => valueAt(each, ['namespaces']) !== undefined);
}

/** Argo CD's own cluster, and one whose agent asks: no credential of another cluster lies in such a Secret. */
function isNear(name: string | undefined, server = ''): boolean {
  return name === 'in-cluster' || server === OWN_SERVER || server.includes('agentName=');
}

/** What is filled in later says nothing here. */
function dataOf(secret: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const plain = stringOf(valueAt(secret, ['stringData', key]));
  const encoded = stringOf(valueAt(secret, ['data', key]));
  const isPlain = secret['kind'] !== 'Secret';
  const text =
    plain ?? (encoded === undefined || isPlain ? encoded : Buffer.from(encoded, 'base64').toString());
  return text === undefined || /[{}$<>]/.test(text) ? undefined : text;
}

function textsIn(value: unknown): Record<string, string> {
  const pairs = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(pairs.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}
