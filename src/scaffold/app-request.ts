import type { Text } from '../text/language.ts';
import type { RenderedService, ServicePort } from '../repository/rendered.ts';
import type { EmittedDelivery } from '../deliveries/emit.ts';
import { overlayNamespace } from '../repository/overlays.ts';
import type { PinnedChart } from '../charts/pinned-chart.ts';

export type Backend = { service: RenderedService['name']; port: ServicePort['port'] };

export type VolumeRequest = { class: string; size: string; mount: string };

export type AppSource =
  | { kind: 'charts'; charts: PinnedChart[] }
  | {
      kind: 'image';
      image: string;
      port: number;
      storage: VolumeRequest | undefined;
      probe: string | undefined;
    }
  | {
      kind: 'manifest';
      url: string;
      version: string;
      bytes: Uint8Array;
      digest: string;
      namespaces: string[];
    };

export type AppRoute =
  | { kind: 'own'; hosts: string[]; backend: Backend }
  | { kind: 'tls'; hosts: string[]; backend: Backend }
  /** The chart renders the route itself: its values carry hosts and gateway already. */
  | { kind: 'chart' }
  | { kind: 'none' };

export type SecretStub = { name: string; keys: string[] };

/** A manifest that is ready: `file` is relative to the folder of plain resources. */
export type AppResource = { file: string; listed: boolean; content: string | Uint8Array; why: Text };

/** A patch of what the app renders: a file beside its kustomization, for each object whose name fits. */
export type AppPatch = { file: string; target: string; content: string; why: Text };

/** Everything that decides what a new app's folder holds. */
export type AppRequest = {
  name: string;
  /** The folder around the app; `apps` for one of overlays. */
  environment: string;
  /** The environments that it is made for as overlays of one base; undefined where it is a folder. */
  overlays?: readonly string[] | undefined;
  source: AppSource;
  route: AppRoute;
  secrets: SecretStub[];
  /** Short image names that really run, with their full names. */
  images: { name: string; newName: string }[];
  /** Manifests beside those that the source brings. */
  resources?: readonly AppResource[];
  patches?: readonly AppPatch[];
  /** How it is delivered, where that is not by kustomize alone. */
  landing?: Landing | undefined;
};

/** Where an app that has siblings of another delivery comes to stand. */
export type Landing = {
  delivery: EmittedDelivery;
  /** The folder that is its own, or its one file. */
  home: string;
  /** Where manifests beside it lie, which kustomize builds; undefined where there is no such place. */
  folder: string | undefined;
  namespace: string;
  /** The sibling that it is written after. */
  model: string | undefined;
};

/** The folder that an app's manifests are built from. */
export function folderOf({
  environment,
  name,
  landing,
}: Pick<AppRequest, 'environment' | 'name' | 'landing'>): string {
  return landing ? (landing.folder ?? landing.home) : `${environment}/${name}`;
}

/** What says where an app is built. */
export type Buildable = Pick<AppRequest, 'environment' | 'name' | 'landing' | 'overlays'> & {
  /** Of its objects, where it is not called as the app is. */
  namespace?: string | undefined;
};

/** What an environment of an app of overlays is built from. */
export function overlayFolder(
  app: Pick<Buildable, 'environment' | 'name' | 'landing'>,
  environment: string,
): string {
  return `${folderOf(app)}/overlays/${environment}`;
}

/** Every folder of a new app that is built, and the namespace of its objects. */
export function buildsOf(app: Buildable): { folder: string; namespace: string }[] {
  return app.overlays
    ? app.overlays.map(environment => ({
        folder: overlayFolder(app, environment),
        namespace: overlayNamespace(app, environment),
      }))
    : [{ folder: folderOf(app), namespace: app.landing?.namespace ?? app.namespace ?? app.name }];
}

/** The environment that people mean by an app: production, else the first. */
export function mainOf(environments: readonly string[]): string {
  return environments.find(name => /^(?:prod|live)/.test(name)) ?? environments[0] ?? '';
}
