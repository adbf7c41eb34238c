import type { Text } from '../text/language.ts';
import type { RenderedService, ServicePort } from '../repository/rendered.ts';

/** A chart that goes into the app, looked up, verified and pinned. */
export type PinnedChart = {
  name: string;
  /** As written under `helmCharts`; undefined for a local chart. */
  repo: string | undefined;
  version: string;
  release: string;
  /** What `values/<name>-<version>.yaml` will hold. */
  values: Uint8Array;
  /** Files to unpack into charts/, relative to the chart's own folder; none where they are there already. */
  files: ReadonlyMap<string, Uint8Array>;
  /** sha256 of the archive, hex; undefined for a local chart. */
  digest: string | undefined;
  /** RFC 3339, as the repository or the publisher states it. */
  created: string | undefined;
  appVersion: string | undefined;
};

export type Backend = { service: RenderedService['name']; port: ServicePort['port'] };

export type Storage = { class: string; size: string; mount: string };

export type AppSource =
  | { kind: 'charts'; charts: PinnedChart[] }
  | { kind: 'image'; image: string; port: number; storage: Storage | undefined; probe: string | undefined }
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

/** Everything that decides what a new app's folder holds. */
export type AppRequest = {
  name: string;
  environment: string;
  source: AppSource;
  route: AppRoute;
  secrets: SecretStub[];
  /** Short image names that really run, with their full names. */
  images: { name: string; newName: string }[];
  /** Manifests beside those that the source brings. */
  resources?: readonly AppResource[];
};
