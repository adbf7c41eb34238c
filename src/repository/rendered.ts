import type { FieldSpec } from './conventions/images.ts';
import { type Manifest } from './manifest.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../data/fields.ts';

export type ServicePort = { name: string | undefined; port: number; appProtocol: string | undefined };

/** A Service that a chart, an image or a manifest really renders. */
export type RenderedService = { name: string; headless: boolean; ports: ServicePort[] };

/** A Secret that workloads name but nothing renders. */
export type MissingSecret = { name: string; keys: string[] };

/** An image where it stands: the object's kind and the field, `spec/template/spec/containers/image`. */
export type RenderedImage = { image: string; kind: string; path: string };

/** The Services, in the order rendered. */
export function services(manifests: readonly Manifest[]): RenderedService[] {
  return manifests
    .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
    .map(({ name, body }) => ({
      name,
      headless:
        valueAt(body, ['spec', 'clusterIP']) === 'None' || valueAt(body, ['spec', 'type']) === 'ExternalName',
      ports: recordsAt(body, ['spec', 'ports']).flatMap(servicePort),
    }));
}

function servicePort(port: Record<string, unknown>): ServicePort[] {
  if (typeof port['port'] !== 'number') return [];
  const protocol = stringOf(port['protocol']) ?? 'TCP';
  if (protocol !== 'TCP') return [];
  return [{ name: stringOf(port['name']), port: port['port'], appProtocol: stringOf(port['appProtocol']) }];
}

const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** Every image that a workload runs, with the field it stands in (list positions left out). */
export function images(manifests: readonly Manifest[]): RenderedImage[] {
  return manifests
    .filter(({ kind }) => kind !== 'CustomResourceDefinition')
    .flatMap(({ kind, body }) => imagesIn(body, []).map(found => ({ ...found, kind })));
}

function imagesIn(value: unknown, path: string[]): { image: string; path: string }[] {
  if (Array.isArray(value)) return value.flatMap(item => imagesIn(item, path));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const inContainer = CONTAINER_LISTS.has(path.at(-1) ?? '');
    const inSpec = path.length === 1 && path[0] === 'spec';
    if (key === 'image' && typeof inner === 'string' && inner !== '' && (inContainer || inSpec))
      return [{ image: inner, path: [...path, key].join('/') }];
    return imagesIn(inner, [...path, key]);
  });
}

/** True if the prefix transformer rewrites this image (kustomize field specs: exact path, kind if given). */
export function isPrefixed(image: RenderedImage, specs: readonly FieldSpec[]): boolean {
  return specs.some(
    spec =>
      spec.path.replaceAll('[]', '').replace(/^\//, '') === image.path &&
      (spec.kind ?? image.kind) === image.kind,
  );
}

/** True if kustomize's `images:` reaches it: containers and init containers at any depth (its legacy image filter). */
export function isRenamed(image: RenderedImage): boolean {
  return /\/(?:containers|initContainers)\/image$/.test(image.path);
}

/** Secrets that workloads need (not `optional`) and that nothing here renders, with the keys they read. */
export function missingSecrets(manifests: readonly Manifest[]): MissingSecret[] {
  const rendered = new Set(
    manifests.filter(({ kind }) => kind === 'Secret' || kind === 'SealedSecret').map(({ name }) => name),
  );
  const needed = new Map<string, Set<string>>();
  for (const { name, key } of manifests.flatMap(({ body }) => secretsIn(body))) {
    if (rendered.has(name)) continue;
    const keys = needed.get(name) ?? new Set();
    if (key !== undefined) keys.add(key);
    needed.set(name, keys);
  }
  return [...needed].map(([name, keys]) => ({ name, keys: [...keys] }));
}

function secretsIn(value: unknown): { name: string; key: string | undefined }[] {
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (!isRecord(inner) || inner['optional'] === true) return Array.isArray(inner) ? secretsIn(inner) : [];
    const name = stringOf(inner['name']);
    if (key === 'secretKeyRef' && name) return [{ name, key: stringOf(inner['key']) }];
    if (key === 'secretRef' && name) return [{ name, key: undefined }];
    const volume = stringOf(inner['secretName']);
    if (key === 'secret' && volume) return volumeKeys(inner, volume);
    return secretsIn(inner);
  });
}

function volumeKeys(
  volume: Record<string, unknown>,
  name: string,
): { name: string; key: string | undefined }[] {
  const keys = recordsAt(volume, ['items']).flatMap(item => stringOf(item['key']) ?? []);
  return keys.length > 0 ? keys.map(key => ({ name, key })) : [{ name, key: undefined }];
}
