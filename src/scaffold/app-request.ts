import type { Text } from '../text/language.ts';
import type { RenderedService, ServicePort } from '../repository/rendered.ts';
import { type PinnedChart } from '../charts/pinned-chart.ts';

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
