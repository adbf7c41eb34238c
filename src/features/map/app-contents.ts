import { posix } from 'node:path';
import { kustomizedImages } from '../../charts/pins.ts';
import { readValues } from '../../charts/chart-values.ts';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { addTo } from '../../data/append.ts';
import { imageEntries } from '../../deliveries/argo/source-images.ts';
import type { ChartUse, Place } from '../../deliveries/chart-use.ts';
import { parsedFile } from '../../deliveries/parsed-files.ts';
import { listenersIn } from '../../repository/gateways.ts';
import { hostsInManifest, hostsInValues, HOST_KINDS } from '../../repository/hosts-in.ts';
import { namedBases } from '../../repository/bases.ts';
import { isKustomization, type Kustomization } from '../../repository/kustomization.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type App, manifestsIn, namespaceOf, type Repository } from '../../repository/model.ts';
import { images } from '../../repository/rendered.ts';
import { isSopsEncrypted } from '../../repository/sops.ts';
import { guessImages, taggedImages } from '../../repository/values-hints.ts';
import type { Drawing, NodeOf } from './graph.ts';

/** An app of the map: a folder with or without a kustomization, or a file of an Application. */
export type MappedApp = { node: NodeOf<'app'>; app: App | undefined; uses: readonly ChartUse[] };

/** Whatever a manifest is. */
export const ANY_KIND = /[A-Z]\w*/;
const HOSTED = new RegExp(`^(?:${HOST_KINDS.source})$`);
const SECRETS = /^(?:Secret|SealedSecret|ExternalSecret)$/;

/** The files of each app, by its path: those of its folder that no app further inside has. */
export function filesByApp(
  { text, isTemplate }: Pick<Repository, 'text' | 'isTemplate'>,
  apps: readonly { path: string }[],
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(apps.map(({ path }) => path));
  const files = new Map<string, string[]>();
  for (const file of text.keys()) {
    if (isTemplate(file)) continue;
    let folder = known.has(file) ? file : posix.dirname(file);
    while (folder !== '.' && !known.has(folder)) folder = posix.dirname(folder);
    if (known.has(folder)) addTo(files, folder, file);
  }
  return files;
}

/** Draws what an app is made of: images, routes, secrets and gateways of its files and of the values that its charts get. */
export function drawContents(
  drawing: Drawing,
  repository: Repository,
  { node, app, uses }: MappedApp,
  { files, mirror }: { files: readonly string[]; mirror: string | undefined },
): void {
  const objects = files
    .filter(file => !isKustomization(file))
    .flatMap(file => manifestsIn(repository.text, file, ANY_KIND).map(manifest => ({ file, manifest })));
  const namespace = app ? namespaceOf(app) : node.namespace;
  for (const { file, manifest } of objects)
    drawObject(drawing, { owner: node.id, file, manifest, namespace }, repository);
  for (const name of app ? generatedSecrets(app) : [])
    drawSecret(drawing, node.id, {
      name,
      type: 'secretGenerator',
      file: app?.kustomization.file ?? node.file,
    });
  const values = uses.map(use => ({ use, given: valuesOf(repository, use) }));
  const entries = app ? imageEntries(app.kustomization, repository.text) : [];
  const own = [...imagesOf(objects), ...(app ? imagesOfBases(repository, app.kustomization) : [])];
  drawImages(drawing, { node, app }, { own, entries, values, mirror });
  for (const { use, given } of values) {
    const hosts = [...new Set(given.flatMap(hostsInValues))].filter(isHost);
    const route = { name: use.release.name, type: 'values', hosts, file: use.at.file };
    if (hosts.length > 0) drawRoute(drawing, idOfChart(use), `route:${use.id}`, route);
  }
}

/** The id of a chart's node. */
export function idOfChart({ id }: Pick<ChartUse, 'id'>): string {
  return `chart:${id}`;
}

type Owned = { owner: string; file: string; manifest: Manifest; namespace: string | undefined };

function drawObject(drawing: Drawing, owned: Owned, { text }: Repository): void {
  const { owner, file, manifest } = owned;
  const { kind, name, body } = manifest;
  if (kind === 'Gateway') drawGateway(drawing, owned);
  if (SECRETS.test(kind)) {
    const isEncrypted = kind === 'Secret' && isSopsEncrypted(text.get(file) ?? '');
    drawSecret(drawing, owner, { name, type: isEncrypted ? 'SOPS' : kind, file });
  }
  const isClusters =
    kind === 'Secret' &&
    valueAt(body, ['metadata', 'labels', 'argocd.argoproj.io/secret-type']) === 'cluster';
  if (HOSTED.test(kind) && !isClusters) {
    const id = `route:${file}#${kind}/${name}`;
    drawRoute(drawing, owner, id, { name, type: kind, hosts: hostsInManifest(manifest), file });
    drawParents(drawing, id, owned);
  }
}

type RouteFacts = Pick<NodeOf<'route'>, 'name' | 'type' | 'hosts' | 'file'>;

function drawRoute(drawing: Drawing, owner: string, id: string, facts: RouteFacts): void {
  drawing.put({ id, kind: 'route', ...facts });
  drawing.link(owner, id, 'serves');
}

function drawSecret(
  drawing: Drawing,
  owner: string,
  facts: Pick<NodeOf<'secret'>, 'name' | 'type' | 'file'>,
): void {
  const id = `secret:${facts.file}#${facts.type}/${facts.name}`;
  drawing.put({ id, kind: 'secret', ...facts });
  drawing.link(owner, id, 'holds');
}

function gatewayId(namespace: string | undefined, name: string): string {
  return `gateway:${namespace ?? ''}/${name}`;
}

function drawGateway(drawing: Drawing, { owner, file, manifest, namespace }: Owned): void {
  const { name, body } = manifest;
  const id = gatewayId(manifest.namespace ?? namespace, name);
  const istio = recordsAt(body, ['spec', 'servers']).flatMap(server => stringsAt(server, ['hosts']));
  const hosts = [...listenersIn(body).flatMap(({ hostname }) => hostname ?? []), ...istio];
  drawing.put({ id, kind: 'gateway', name, hosts: [...new Set(hosts)], file });
  drawing.link(owner, id, 'holds');
}

/** The Gateways that a route names; those that no file holds are drawn too, behind those that one does. */
function drawParents(drawing: Drawing, id: string, { manifest, namespace }: Owned): void {
  const { body } = manifest;
  const own = manifest.namespace ?? namespace;
  const parents = recordsAt(body, ['spec', 'parentRefs'])
    .filter(parent => (stringOf(parent['kind']) ?? 'Gateway') === 'Gateway')
    .map(parent => ({ name: stringOf(parent['name']), namespace: stringOf(parent['namespace']) ?? own }));
  const istio = manifest.kind === 'VirtualService' ? stringsAt(body, ['spec', 'gateways']) : [];
  const named = istio.map(text => {
    const [first = '', second] = text.split('/');
    return second === undefined ? { name: first, namespace: own } : { name: second, namespace: first };
  });
  for (const { name, namespace: around } of [...parents, ...named])
    if (name !== undefined && name !== 'mesh') drawing.attach(id, gatewayId(around, name), name);
}

function generatedSecrets({ kustomization }: App): string[] {
  return recordsAt(kustomization.data, ['secretGenerator']).flatMap(entry => stringOf(entry['name']) ?? []);
}

type FoundImage = { image: string; file: string };

function imagesOf(objects: readonly { file: string; manifest: Manifest }[]): FoundImage[] {
  return objects.flatMap(({ file, manifest }) => images([manifest]).map(({ image }) => ({ image, file })));
}

const MOST_BASES = 64;

/** The images of what a kustomization is built on, as `images:` of each base leaves them. */
function imagesOfBases(
  repository: Repository,
  kustomization: Kustomization,
  seen = new Set<string>(),
): FoundImage[] {
  const { text, isTemplate } = repository;
  return namedBases(kustomization, file => text.get(file)).flatMap(({ base }) => {
    if (seen.has(base.folder) || seen.size >= MOST_BASES) return [];
    seen.add(base.folder);
    const files = base.references.flatMap(({ path }) =>
      path !== undefined && text.has(path) && !isTemplate(path) ? [path] : [],
    );
    const objects = files.flatMap(file =>
      manifestsIn(text, file, ANY_KIND).map(manifest => ({ file, manifest })),
    );
    const found = [...imagesOf(objects), ...imagesOfBases(repository, base, seen)];
    const final = kustomizedImages(
      found.map(({ image }) => image),
      base.images,
    );
    return final.map((image, index) => ({ image, file: found[index]?.file ?? base.file }));
  });
}

type Sources = {
  own: readonly FoundImage[];
  entries: Kustomization['images'];
  values: readonly { use: ChartUse; given: readonly unknown[] }[];
  mirror: string | undefined;
};

/** Where the images stand, with the names that `images:` gives them, and without the mirror. */
function drawImages(
  drawing: Drawing,
  { node, app }: Pick<MappedApp, 'node' | 'app'>,
  sources: Sources,
): void {
  const { own, entries, values, mirror } = sources;
  const named = [
    ...own.map(each => ({ ...each, owner: node.id })),
    ...values.flatMap(({ use, given }) =>
      imagesInValues(given).map(image => ({ image, file: valuesFileOf(use), owner: idOfChart(use) })),
    ),
  ];
  const final = kustomizedImages(
    named.map(({ image }) => image),
    entries,
  );
  for (const [index, written] of final.entries()) {
    const { owner, file } = named[index] ?? { owner: node.id, file: app?.kustomization.file ?? node.file };
    const name = mirror && written.startsWith(mirror) ? written.slice(mirror.length) : written;
    const id = `image:${node.path}:${name}`;
    drawing.put({ id, kind: 'image', name, file });
    drawing.link(owner, id, 'runs');
  }
}

/** Those without a tag run what the chart itself says. */
function imagesInValues(given: readonly unknown[]): string[] {
  const tagged = given.flatMap(taggedImages);
  const untagged = given
    .flatMap(guessImages)
    .filter(name => !tagged.some(image => image.startsWith(`${name}:`)));
  return [...new Set([...tagged, ...untagged])];
}

function valuesFileOf({ values, at }: ChartUse): string {
  const place = values.find(each => each.kind === 'file');
  return place?.path ?? at.file;
}

function valuesOf(repository: Repository, { values, name }: ChartUse): unknown[] {
  return values.flatMap(place => {
    if (place.kind === 'file') {
      const text = repository.text.get(place.path);
      return text === undefined ? [] : [readValues(text, name)];
    }
    if (place.kind === 'map') return [dataAt(repository, place.at)];
    if (place.kind !== 'text') return [];
    const text = dataAt(repository, place.at);
    return typeof text === 'string' ? [readValues(text, name)] : [];
  });
}

function dataAt(repository: Repository, { file, document, path }: Place): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isRecord(inner) ? inner[String(step)] : undefined;
  }, parsedFile(repository, file)?.documents[document]);
}

/** Templates of hosts, and what charts write in the place of one. */
function isHost(host: string): boolean {
  return host !== '' && !/[{}\s]/.test(host) && !/^(?:chart-example\.local|localhost)$/.test(host);
}
