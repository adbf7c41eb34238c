import { addTo } from '../../../data/append.ts';
import { stringsAt } from '../../../data/fields.ts';
import type { ListedApplication } from '../../../repository/applications.ts';
import { isNamespaced } from '../../../repository/cluster-scoped.ts';
import { KUSTOMIZATION_FILES, readKustomization } from '../../../repository/kustomization.ts';
import { insideFrom } from '../../../repository/kustomization-paths.ts';
import { parseManifests } from '../../../repository/manifest.ts';
import { readLocated } from '../../../yaml/read.ts';
import type { Snapshot } from '../incremental/snapshot.ts';
import { memoized } from '../../../data/memoized.ts';
import { parentOf } from './convention-summary.ts';
import { landsOn } from '../../../repository/cluster-summary.ts';
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

/** The fights among Applications that deploy folders as they stand: to one namespace, and where both are rendered to one cluster. */
export async function findFights(ring: Ring): Promise<Fight[]> {
  const byPlace = new Map<string, ListedApplication[]>();
  for (const application of ring.summary.expanded.applications) {
    const { folder, namespace } = application;
    const { cluster } = landsOn(ring.summary, application);
    if (folder === undefined || cluster === undefined) continue;
    const isRendered = ring.rendered(folder)?.status === 'rendered';
    addTo(byPlace, JSON.stringify(isRendered ? [cluster] : [cluster, namespace ?? '']), application);
  }
  const filesIn = memoized(() => byFolders(ring.snapshot.files.keys()));
  const reading = { ...ring, filesIn, left: MOST_READ, known: new Map<string, readonly Plain[]>() };
  const fights: Fight[] = [];
  for (const some of byPlace.values())
    for (const fight of some.length > 1 ? await fightsAmong(reading, some) : []) fights.push(fight);
  return fights;
}

type Reading = Ring & {
  filesIn(): ReadonlyMap<string, readonly string[]>;
  left: number;
  known: Map<string, readonly Plain[]>;
};
type Plain = { apiVersion: string; kind: string; name: string; namespace: string | undefined };

async function fightsAmong(reading: Reading, some: readonly ListedApplication[]): Promise<Fight[]> {
  const makers = new Map<string, ListedApplication>();
  const byFolder = new Map<string, ListedApplication>();
  const pairs = new Map<string, Fight & { objects: string[] }>();
  for (const other of some) {
    const { folder = '', namespace = '' } = other;
    const place = JSON.stringify([folder, namespace]);
    const twin = byFolder.get(place);
    byFolder.set(place, twin ?? other);
    // Of one name they are what application-name-taken speaks of.
    if (twin && twin.name !== other.name && reading.summary.summaries.has(folder))
      pairs.set(JSON.stringify([twin.name, other.name]), { one: twin, other, objects: [] });
    for (const object of twin ? [] : await objectsOf(reading, folder)) {
      const key = keyOf(object, namespace);
      const one = makers.get(key);
      makers.set(key, one ?? other);
      if (!one || one.name === other.name) continue;
      const id = JSON.stringify([one.name, other.name]);
      const fight = pairs.get(id) ?? { one, other, objects: [] };
      fight.objects.push(`${object.kind} ${object.name}`);
      pairs.set(id, fight);
    }
  }
  return [...pairs.values()];
}

function keyOf({ apiVersion, kind, name, namespace }: Plain, around: string): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const isInside = isNamespaced(apiVersion, kind, {}) ?? true;
  return JSON.stringify([group, kind, name, isInside ? (namespace ?? around) : '']);
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
