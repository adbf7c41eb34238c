import path from 'node:path';
import { type FieldSpec, prefixOf } from '../../../repository/conventions/images.ts';
import { type ListedChart, listedCharts } from '../../../repository/conventions/habits.ts';
import {
  KUSTOMIZATION_FILES,
  type Kustomization,
  readKustomization,
} from '../../../repository/kustomization.ts';
import { readLocated } from '../../../yaml/read.ts';
import { type Manifest, parseManifests } from '../../../repository/manifest.ts';
import { type CapiObject, capiObjectOf, mayHoldCapi } from '../../../repository/capi.ts';
import { isRetired } from '../../../repository/retired.ts';
import { isScript } from '../../../repository/unread/chart-lines.ts';
import { findChartPlaces } from '../../../repository/unread/find-chart-places.ts';
import type { ChartPlace } from '../../../repository/unread/unread.ts';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../../data/fields.ts';
import { DEPLOYING_KINDS, isDeploying, mayDeploy } from '../../../repository/deployments.ts';
import { listedBy } from '../../../repository/model.ts';
import { mayDeclareCluster } from '../../../repository/sets/clusters.ts';
import { joinServed, servedIn, type ServedVersions } from '../../../repository/served-versions.ts';
import { isRoute } from './routes.ts';
import type { SecretMechanism } from '../../../repository/secret-mechanism.ts';

/** An object of a file, whole. */
export type ObjectSummary = {
  file: string;
  /** The document in the file, from 0. */
  document: number;
  apiVersion: string;
  kind: string;
  name: string;
  /** As written; kustomize may put it elsewhere. */
  namespace: string | undefined;
  body: Readonly<Record<string, unknown>>;
};

/** What clusters of Cluster API are made of, with the place of it. */
export type PlacedCapi = CapiObject & { file: string; document: number };

/** What others need to know of a folder with a kustomization. Plain data: it is kept from run to run. */
export type FolderSummary = {
  /** `production/grafana`; empty for files that are in no such folder. */
  folder: string;
  namespace: string | undefined;
  /** Whether nothing is written in its kustomization yet, or it has none. */
  isEmpty: boolean;
  charts: readonly ListedChart[];
  /** Where kustomize looks for them, as it is written. */
  chartHome: string;
  transformers: readonly string[];
  images: readonly { name: string; newName: string | undefined }[];
  /** What its kustomization says of itself. */
  listed: ReturnType<typeof listedBy>;
  /** Whether its kustomization gives objects other names. */
  renames: boolean;
  /** Names of files that comments of its kustomization speak of: left out on purpose. */
  commented: readonly string[];
  /** Paths outside of the folder that its kustomization names. */
  outside: readonly string[];
  routes: readonly ObjectSummary[];
  gateways: readonly ObjectSummary[];
  grants: readonly ObjectSummary[];
  /** The parts of clusters of Cluster API, listed or not. */
  capi: readonly PlacedCapi[];
  /** What the CustomResourceDefinitions in its files serve. */
  served: ServedVersions;
  /** Applications, ApplicationSets and Flux Kustomizations. */
  deploying: readonly ObjectSummary[];
  /** Files that clusters of Argo CD may stand in. */
  clusterFiles: readonly string[];
  /** What of each kind its files hold. */
  secrets: readonly SecretMechanism[];
  /** Everything in its files that gives charts to a cluster. */
  chartPlaces: readonly ChartPlace[];
  prefixes: readonly { file: string; mirror: string; fieldSpecs: FieldSpec[] }[];
  /** Files that had no room beside the others of the repository. */
  unread: readonly string[];
};

/** Each pattern within one line: what runs over lines takes a file of blank ones for ever. */
const MECHANISMS: readonly [SecretMechanism, readonly RegExp[]][] = [
  ['sealed', [/^kind:[ "']*SealedSecret["']?[ \t\r]*$/m]],
  ['external', [/^kind:[ "']*(?:Cluster)?ExternalSecret["']?[ \t\r]*$/m]],
  ['sops', [/^sops:[ \t\r]*$/m, /^[ \t]+mac:[ \t]*["']?ENC\[/m]],
];

const WORTH_PARSING =
  /^kind:[ "']*(?:(?:HTTP|GRPC|TLS|TCP|UDP)Route|Gateway|ReferenceGrant|PrefixTransformer|CustomResourceDefinition|List)["']?\s*$/m;

const CAPI =
  /^kind:[ "']*(?:Cluster|ClusterClass|Machine(?:Deployment|Pool|Set)|\w{0,60}ControlPlane)["']?\s*$/m;

const DEPLOYING = new RegExp(`^kind:[ "']*(?:${DEPLOYING_KINDS.source})["']?\\s*$`, 'm');

/** What one file adds to a summary. */
export type SummarizedFile = Pick<
  FolderSummary,
  | 'routes'
  | 'gateways'
  | 'grants'
  | 'capi'
  | 'served'
  | 'deploying'
  | 'clusterFiles'
  | 'secrets'
  | 'chartPlaces'
  | 'prefixes'
>;

/** Reads the files of one folder. What cannot be read is left out: rules say so. */
export function summarizeFolder(folder: string, texts: ReadonlyMap<string, string>): FolderSummary {
  const kustomization = kustomizationIn(folder, texts);
  return joinFiles(
    folder,
    kustomization,
    [...texts].map(([file, text]) => summarizeFile(file, text, kustomization)),
  );
}

/** What a folder's files add, and what its kustomization says. */
export function joinFiles(
  folder: string,
  kustomization: Kustomization | undefined,
  files: readonly SummarizedFile[],
  unread: readonly string[] = [],
): FolderSummary {
  return {
    folder,
    namespace: kustomization?.namespace,
    isEmpty: (kustomization?.keys ?? []).length === 0,
    charts: listedCharts(kustomization),
    chartHome: stringOf(valueAt(kustomization?.data ?? {}, ['helmGlobals', 'chartHome'])) ?? 'charts',
    listed: listedBy(kustomization),
    transformers: stringsAt(kustomization?.data, ['transformers']),
    images: recordsAt(kustomization?.data, ['images']).flatMap(imageEntry),
    renames: ['namePrefix', 'nameSuffix'].some(key => kustomization?.data[key] !== undefined),
    commented: commentedIn(kustomization?.text ?? ''),
    outside: (kustomization?.references ?? []).flatMap(({ path: target }) =>
      target === undefined || target.startsWith(`${folder}/`) ? [] : [target],
    ),
    routes: files.flatMap(({ routes }) => routes),
    gateways: files.flatMap(({ gateways }) => gateways),
    grants: files.flatMap(({ grants }) => grants),
    capi: files.flatMap(({ capi }) => capi),
    served: joinServed(files.map(({ served }) => served)),
    deploying: files.flatMap(({ deploying }) => deploying),
    clusterFiles: files.flatMap(({ clusterFiles }) => clusterFiles),
    secrets: MECHANISMS.map(([kind]) => kind).filter(kind =>
      files.some(({ secrets }) => secrets.includes(kind)),
    ),
    chartPlaces: files.flatMap(({ chartPlaces }) => chartPlaces),
    prefixes: files.flatMap(({ prefixes }) => prefixes),
    unread,
  };
}

function commentedIn(text: string): string[] {
  const comments = text.split('\n').filter(line => /^[ \t]*#/.test(line));
  return comments.flatMap(line => (line.match(/[\w.-]+/g) ?? []).filter(word => /\.ya?ml$/.test(word)));
}

/** Reads one file of a folder, whose kustomization may be that very file. */
export function summarizeFile(
  file: string,
  text: string,
  kustomization: Kustomization | undefined,
): SummarizedFile {
  const objects = objectsOf(file, text);
  const own = file === kustomization?.file ? kustomization.yaml : undefined;
  return {
    routes: objects.filter(isRoute),
    gateways: objects.filter(
      ({ kind, apiVersion }) => kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/'),
    ),
    grants: objects.filter(({ kind }) => kind === 'ReferenceGrant'),
    capi: objects.flatMap(placedCapi),
    served: servedIn(objects),
    deploying: objects.filter(isDeploying),
    clusterFiles: mayDeclareCluster(file, text) ? [file] : [],
    secrets: MECHANISMS.filter(([, patterns]) => patterns.every(pattern => pattern.test(text))).map(
      ([kind]) => kind,
    ),
    chartPlaces: isRetired(file) ? [] : findChartPlaces(file, text, own),
    prefixes: objects
      .filter(({ kind }) => kind === 'PrefixTransformer')
      .flatMap(({ body }) => {
        const prefix = prefixOf(body);
        return prefix ? [{ file, ...prefix }] : [];
      }),
  };
}

/** The kustomization of a folder, among the texts of its files. */
export function kustomizationIn(
  folder: string,
  texts: ReadonlyMap<string, string>,
): Kustomization | undefined {
  const name = KUSTOMIZATION_FILES.find(each => texts.has(path.posix.join(folder, each)));
  if (name === undefined) return undefined;
  const file = path.posix.join(folder, name);
  const result = readLocated(texts.get(file) ?? '');
  return result.status === 'read' ? readKustomization(file, result.yaml) : undefined;
}

function imageEntry(entry: Readonly<Record<string, unknown>>) {
  const name = stringOf(entry['name']);
  return name === undefined ? [] : [{ name, newName: stringOf(entry['newName']) }];
}

/** What parts of clusters one text holds, as of a file that is not there any more. */
export function capiIn(file: string, text: string): PlacedCapi[] {
  return mayHoldCapi(text) && CAPI.test(text) ? objectsOf(file, text).flatMap(placedCapi) : [];
}

function placedCapi({ file, document, ...manifest }: Manifest & ObjectSummary): PlacedCapi[] {
  const found = capiObjectOf(manifest);
  return found ? [{ ...found, file, document }] : [];
}

/** The text is searched first: most files need no parser. */
function objectsOf(file: string, text: string): (Manifest & ObjectSummary)[] {
  const mayMatter =
    WORTH_PARSING.test(text) ||
    (DEPLOYING.test(text) && mayDeploy(text)) ||
    (mayHoldCapi(text) && CAPI.test(text));
  if (isScript(file) || !mayMatter) return [];
  const result = readLocated(text);
  if (result.status === 'unreadable') return [];
  return result.yaml.documents.flatMap((document, index) =>
    parseManifests(isRecord(document) ? [document] : []).map(manifest => ({
      file,
      document: index,
      ...manifest,
    })),
  );
}
