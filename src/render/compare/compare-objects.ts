import {
  type App,
  type Repository,
  appliesServerSide,
  appManifests,
  namespaceOf,
} from '../../repository/model.ts';
import { isSamePath } from '../../repository/kustomization-paths.ts';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type CrdChange, crdChanges } from './crd-changes.ts';
import { type ImageChange, imageChanges } from './image-changes.ts';
import { type RenderedChanges, renderedChanges } from '../rendered-changes.ts';
import { judgeRisks } from '../risks/judge.ts';
import { say } from '../../locales/say.ts';
import { type EndingApi, endingApis } from '../risks/served-apis.ts';
import type { Risk, Surroundings } from '../risks/risk.ts';
import { fullNames, type ImageNames } from '../../repository/image-names.ts';
import { images, type RenderedImage, services } from '../../repository/rendered.ts';
import { recordsAt, stringOf } from '../../data/fields.ts';

export type Both = { before: readonly Manifest[]; after: readonly Manifest[] };

/** What was rendered: an app of the repository, or what else delivers charts. */
export type Subject = { path: string; namespace: string; app: App | undefined };

export type CompareContext = {
  /** As it is after the change. */
  repository: Repository;
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub' | 'kubernetes'>;
};

/** What two builds of an app show. */
export type BuildComparison = {
  /** What the step may do to the cluster, the gravest first. */
  risks: Risk[];
  changes: RenderedChanges;
  images: ImageChange[];
  crds: CrdChange[];
  /** What the new build holds of API versions that are removed or deprecated. */
  apis: EndingApi[];
  /** Backends of the app's own routes that were rendered before and no longer are: `wiki-guestbook:80`, with the file. */
  lostBackends: { file: string; backend: string }[];
  /** Entries for `images:` that new short image names need. */
  completed: { name: string; newName: string }[];
};

/** What the cluster gets otherwise than before, and what that may do. */
export function compareObjects(
  { repository, conventions }: CompareContext,
  subject: Subject,
  both: Both,
): BuildComparison {
  const { before, after } = both;
  const { namespace, app } = subject;
  return {
    risks: judgeRisks(before, after, {
      ...surroundingsOf(repository, subject, after),
      kubernetes: clusterOf(conventions),
    }),
    changes: renderedChanges(before, after, namespace),
    images: imageChanges(before, after),
    crds: crdChanges(before, after),
    apis: endingApis(after, conventions.kubernetes.value.kubeVersion),
    lostBackends: app ? lostBackends(repository, app, both) : [],
    completed: app ? newFullNames(app, conventions, both) : [],
  };
}

function clusterOf({ kubernetes }: Pick<Conventions, 'kubernetes'>): Surroundings['kubernetes'] {
  const { value, evidence } = kubernetes;
  return { version: value.kubeVersion, isKnown: evidence.en !== say('repository.default').en };
}

function surroundingsOf(
  repository: Repository,
  { path, namespace }: Subject,
  after: readonly Manifest[],
): Omit<Surroundings, 'kubernetes'> {
  const rendered = new Set(after.map(({ apiVersion }) => apiVersion));
  return {
    serverSide: appliesServerSide(repository),
    isUsed: version => rendered.has(version) || mentions(repository, version),
    namespace,
    routesElsewhere: () => routesBeside(repository, path),
  };
}

/** Those of the same environment: what runs in another cluster neither leads here nor takes a name away. */
function routesBeside(repository: Repository, path: string): Manifest[] {
  const own = repository.apps.find(app => app.path === path)?.environment;
  return repository.apps
    .filter(other => other.path !== path && (own === undefined || other.environment === own))
    .flatMap(other =>
      appManifests(repository, other, /Route|Ingress/).map(({ manifest }) => ({
        ...manifest,
        namespace: manifest.namespace ?? namespaceOf(other),
      })),
    );
}

function mentions({ text }: Repository, apiVersion: string): boolean {
  const line = `apiVersion: ${apiVersion}`;
  return [...text.values()].some(content => content.split('\n').some(own => own.trim() === line));
}

/**
 * The `images:` entries that an app needs for short image names which the old version did not render. Only where its images
 * go through the mirror; what was missing before is not the upgrade's to add.
 */
function newFullNames(
  app: App,
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>,
  { before, after }: Both,
): ImageNames['renamed'] {
  const mirror = conventions.imagePrefix;
  const { transformers, images: listed } = app.kustomization;
  if (!mirror || !transformers.some(entry => isSamePath(entry, mirror.value.file))) return [];
  const asWritten = (manifests: readonly Manifest[]): RenderedImage[] =>
    images([...manifests]).map(image => ({
      ...image,
      image: withoutMirror(image.image, mirror.value.mirror),
    }));
  const known = new Set([
    ...listed.map(({ name }) => name),
    ...fullNames(asWritten(before), conventions).renamed.map(({ name }) => name),
  ]);
  return fullNames(asWritten(after), conventions, after).renamed.filter(({ name }) => !known.has(name));
}

/** What the transformer put its prefix before. */
function withoutMirror(image: string, mirror: string): string {
  return image.startsWith(mirror) ? image.slice(mirror.length).replace(/^\//, '') : image;
}

type LostBackend = { file: string; backend: string };

/** Service ports that an app's own routes lead to, that were rendered before and are not any more. */
function lostBackends(repository: Repository, app: App, rendered: Both): LostBackend[] {
  const before = portsOf(rendered.before);
  const after = portsOf(rendered.after);
  return appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute/).flatMap(({ file, manifest }) =>
    backendsOf(manifest)
      .filter(backend => before.has(backend) && !after.has(backend))
      .map(backend => ({ file, backend })),
  );
}

function portsOf(manifests: readonly Manifest[]): Set<string> {
  return new Set(
    services(manifests).flatMap(({ name, ports }) => ports.map(({ port }) => `${name}:${port}`)),
  );
}

function backendsOf({ body }: Manifest): string[] {
  return recordsAt(body, ['spec', 'rules']).flatMap(rule =>
    recordsAt(rule, ['backendRefs']).flatMap(({ name, port }) => {
      const service = stringOf(name);
      return service !== undefined && typeof port === 'number' ? [`${service}:${port}`] : [];
    }),
  );
}
