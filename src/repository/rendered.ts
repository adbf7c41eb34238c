import type { FieldSpec } from './conventions/images.ts';
import { isBuiltInGroup } from './cluster-scoped.ts';
import type { Manifest } from './manifest.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../data/fields.ts';

export type ServicePort = {
  name: string | undefined;
  port: number;
  appProtocol: string | undefined;
  /** The path in a chart's values that suggests it, where nothing was rendered. */
  from?: string;
};

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

/** Whether a port expects TLS: its protocol says so, or, where it has none, its name or its number. */
export function speaksTls({ name = '', port, appProtocol }: ServicePort): boolean {
  if (appProtocol !== undefined) return /^(?:https|kubernetes\.io\/wss)$/.test(appProtocol);
  return /^https(?:-|$)/.test(name) || port === 443;
}

const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers']);
/** Kinds that carry the values of a chart: what those name is not what stands in the object. */
const CARRIERS = new Set([
  'CustomResourceDefinition',
  'HelmRelease',
  'HelmChart',
  'Application',
  'ApplicationSet',
]);

/** Every image that a workload or a custom resource runs or mounts, with the field it stands in (list positions left out). */
export function images(manifests: readonly Manifest[]): RenderedImage[] {
  return manifests
    .filter(({ kind }) => !CARRIERS.has(kind))
    .flatMap(({ apiVersion, kind, body }) => {
      const isCustom = !isBuiltInGroup(apiVersion) && apiVersion !== 'builtin';
      return imagesIn(body, [], isCustom).map(found => ({ ...found, kind }));
    });
}

type FoundImage = { image: string; path: string };

function imagesIn(value: unknown, path: string[], isCustom: boolean): FoundImage[] {
  if (Array.isArray(value)) return value.flatMap(item => imagesIn(item, path, isCustom));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const image = imageAt([...path, key], inner, isCustom);
    return image ? [image] : imagesIn(inner, [...path, key], isCustom);
  });
}

/** An image in a field of containers, of `spec` itself, of a volume, or of whatever an operator calls so. */
function imageAt(path: readonly string[], value: unknown, isCustom: boolean): FoundImage | undefined {
  const [key = '', parent = '', above = ''] = path.toReversed();
  if (typeof value === 'string' && value !== '') {
    const isOfPod =
      key === 'image' && (CONTAINER_LISTS.has(parent) || (path.length === 2 && parent === 'spec'));
    const isOfVolume = key === 'reference' && parent === 'image' && above === 'volumes';
    const isOfOperator = isCustom && /^image(?:Name)?$/.test(key) && isReference(value);
    return isOfPod || isOfVolume || isOfOperator ? { image: value, path: path.join('/') } : undefined;
  }
  return isCustom && key === 'image' && isRecord(value) ? splitImage(path, value) : undefined;
}

/** `image: {repository: mariadb, tag: "10"}` */
function splitImage(path: readonly string[], value: Record<string, unknown>): FoundImage | undefined {
  const repository = stringOf(value['repository']);
  const { tag } = value;
  if (repository === undefined || (typeof tag !== 'string' && typeof tag !== 'number')) return undefined;
  return { image: `${repository}:${tag}`, path: [...path, 'repository'].join('/') };
}

function isReference(text: string): boolean {
  return (
    /^[\w][\w.-]*(?::\d+)?(?:\/[\w.-]+)*(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(text) &&
    /[/:]/.test(text)
  );
}

/**
 * Whether an `images:` entry breaks the build of an object: kustomize's image filter takes whatever stands in a list of
 * containers, at any depth, for a container, and fails where its image is no text.
 */
export function breaksImages({ kind, body }: Pick<Manifest, 'kind' | 'body'>): boolean {
  return kind !== 'CustomResourceDefinition' && hasOddContainers(body);
}

function hasOddContainers(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasOddContainers);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(([key, inner]) => {
    const isList = (key === 'containers' || key === 'initContainers') && Array.isArray(inner);
    const isOdd = isList && inner.some(item => isRecord(item) && typeof (item['image'] ?? '') === 'object');
    return isOdd || hasOddContainers(inner);
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
  const rendered = new Set(manifests.flatMap(secretNames));
  const needed = new Map<string, Set<string>>();
  for (const { name, key } of manifests.flatMap(({ body }) => secretsIn(body))) {
    if (rendered.has(name)) continue;
    const keys = needed.get(name) ?? new Set();
    if (key !== undefined) keys.add(key);
    needed.set(name, keys);
  }
  return [...needed].map(([name, keys]) => ({ name, keys: [...keys] }));
}

/** The Secrets that an object is, or that a controller makes of it. */
function secretNames({ kind, name, body }: Manifest): string[] {
  if (kind === 'Secret') return [name];
  const steps = MAKERS.get(kind);
  return steps ? [stringOf(valueAt(body, steps)) ?? name] : [];
}

const MAKERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['SealedSecret', ['spec', 'template', 'metadata', 'name']],
  ['ExternalSecret', ['spec', 'target', 'name']],
  ['Certificate', ['spec', 'secretName']],
]);

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
