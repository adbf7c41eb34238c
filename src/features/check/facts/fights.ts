import { addTo } from '../../../data/append.ts';
import { stringsAt } from '../../../data/fields.ts';
import { isNamespaced } from '../../../repository/cluster-scoped.ts';
import { KUSTOMIZATION_FILES, readKustomization } from '../../../repository/kustomization.ts';
import { insideFrom } from '../../../repository/kustomization-paths.ts';
import { parseManifests } from '../../../repository/manifest.ts';
import { readLocated } from '../../../yaml/read.ts';
import type { Snapshot } from '../incremental/snapshot.ts';
import { memoized } from '../../../data/memoized.ts';
import { parentOf } from './convention-summary.ts';
import { landsOn } from '../../../repository/cluster-summary.ts';
import { type Contender, fightsAmong, placesOf } from './contenders.ts';
import type { RenderState } from './rendered-facts.ts';
import type { Fight } from './repository-facts.ts';
import type { RepositorySummary } from './repository-summary.ts';

type Ring = {
  summary: RepositorySummary;
  snapshot: Snapshot;
  rendered: (folder: string) => RenderState | undefined;
};

/** What is read together of plain manifests; of larger repositories the rest is not looked at. */
const MOST_READ = 16 << 20;
/** Nobody nests bases deeper. */
const MOST_DEPTH = 5;

/** The fights among Applications that deploy folders as they stand. */
export async function findFights(ring: Ring): Promise<Fight[]> {
  return fightsAmong(await contendersIn(ring));
}

/** Which Applications are looked at, for whoever joins them with those of others. */
type Share = {
  /** Whether an Application that deploys this folder is of this share. */
  isOwn: (folder: string) => boolean;
  /** How many objects one share may name. */
  most: number;
};

/**
 * The Applications that may fight with another one, and what they make: with the namespace of each, and where one of a cluster is
 * rendered, or may be in another share, with all of that cluster.
 */
export async function contendersIn(ring: Ring, share?: Share): Promise<Contender[]> {
  const landed = landedIn(ring);
  const places = placesOf(landed, share !== undefined);
  const counts = new Map<string, number>();
  for (const each of landed) counts.set(places(each), (counts.get(places(each)) ?? 0) + 1);
  const filesIn = memoized(() => byFolders(ring.snapshot.files.keys()));
  const reading = { ...ring, filesIn, left: MOST_READ, known: new Map<string, readonly Plain[]>() };
  const known = new Set<string>();
  const found: Contender[] = [];
  let left = share?.most ?? Infinity;
  for (const each of landed) {
    if ((counts.get(places(each)) ?? 0) < 2 || share?.isOwn(each.folder) === false) continue;
    const id = JSON.stringify([each.cluster, each.folder, each.namespace]);
    // What one folder makes in one namespace is said once.
    const own = known.has(id) ? [] : await objectsOf(reading, each.folder);
    known.add(id);
    const isLeft = own.length > left;
    left -= isLeft ? 0 : own.length;
    found.push({ ...each, isLeft, objects: isLeft ? [] : own.map(object => keyOf(object, each.namespace)) });
  }
  return found;
}

/** Those that deploy a folder as it stands to a cluster that is known. */
function landedIn({ summary, rendered }: Ring): Omit<Contender, 'objects' | 'isLeft'>[] {
  return summary.expanded.applications.flatMap((application, at) => {
    const { name, from, folder, namespace = '' } = application;
    const { cluster } = landsOn(summary, application);
    if (folder === undefined || cluster === undefined) return [];
    const isRendered = rendered(folder)?.status === 'rendered';
    const isThere = summary.summaries.has(folder);
    return [{ at, name, from, folder, namespace, cluster, isThere, isRendered }];
  });
}

type Reading = Ring & {
  filesIn(): ReadonlyMap<string, readonly string[]>;
  left: number;
  known: Map<string, readonly Plain[]>;
};
type Plain = { apiVersion: string; kind: string; name: string; namespace: string | undefined };

function keyOf({ apiVersion, kind, name, namespace }: Plain, around: string): readonly string[] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const isInside = isNamespaced(apiVersion, kind, {}) ?? true;
  return [group, kind, name, isInside ? (namespace ?? around) : ''];
}

async function objectsOf(reading: Reading, folder: string): Promise<readonly Plain[]> {
  const state = reading.rendered(folder);
  if (state?.status === 'rendered') return state.facts.objects;
  return (await plainObjects(reading, folder, 0)) ?? [];
}

/** The objects of files that a folder lists, or of those in it; undefined where something else makes their names. */
async function plainObjects(
  reading: Reading,
  folder: string,
  depth: number,
): Promise<readonly Plain[] | undefined> {
  const { files } = reading.snapshot;
  const file = KUSTOMIZATION_FILES.map(name => `${folder}/${name}`).find(each => files.has(each));
  if (file !== undefined) return listedObjects(reading, { folder, file }, depth);
  if (files.has(`${folder}/Chart.yaml`)) return undefined;
  const own = reading.filesIn().get(folder) ?? [];
  return (await Promise.all(own.map(each => fileObjects(reading, each)))).flat();
}

/** The manifests of each folder, by the folder. */
function byFolders(files: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) if (/\.(?:ya?ml|json)$/.test(file)) addTo(found, parentOf(file), file);
  return found;
}

/** What changes names, or takes objects away. */
const RENAMING = ['namePrefix', 'nameSuffix', 'components', 'replacements'];

async function listedObjects(
  reading: Reading,
  { folder, file }: { folder: string; file: string },
  depth: number,
): Promise<readonly Plain[] | undefined> {
  const text = await textOf(reading, file);
  const read = readLocated(text);
  if (read.status === 'unreadable' || read.yaml.dataProblem || depth > MOST_DEPTH) return undefined;
  const { data, namespace } = readKustomization(file, read.yaml);
  if (RENAMING.some(key => key in data) || /\$patch:[ \t]*delete/.test(text)) return undefined;
  const found: Plain[] = [];
  for (const written of [...stringsAt(data, ['resources']), ...stringsAt(data, ['bases'])]) {
    const target = insideFrom(folder, written);
    if (target === undefined) continue;
    const isFile = reading.snapshot.kindOf(target) === 'file';
    const own = isFile ? await fileObjects(reading, target) : await plainObjects(reading, target, depth + 1);
    if (own === undefined) return undefined;
    for (const each of own) found.push(namespace === undefined ? each : { ...each, namespace });
  }
  return found;
}

async function fileObjects(reading: Reading, file: string): Promise<readonly Plain[]> {
  const known = reading.known.get(file);
  if (known) return known;
  const read = readLocated(await textOf(reading, file));
  const documents = read.status === 'read' && !read.yaml.dataProblem ? read.yaml.documents : [];
  const objects = parseManifests(documents)
    .filter(({ name, apiVersion }) => name !== '' && !apiVersion.startsWith('kustomize.config.k8s.io/'))
    .map(({ apiVersion, kind, name, namespace }) => ({ apiVersion, kind, name, namespace }));
  reading.known.set(file, objects);
  return objects;
}

async function textOf(reading: Reading, file: string): Promise<string> {
  if (reading.left <= 0) return '';
  const content = (await reading.snapshot.read([file])).get(file);
  reading.left -= content?.length ?? 0;
  return content?.toString('utf8') ?? '';
}
