import type { App } from '../repository/model.ts';
import type { ReadPlace } from '../repository/unread/unread.ts';
import type { Place } from '../yaml/place.ts';

export { inside, type Place, placeId } from '../yaml/place.ts';

/** What makes Helm install a chart: kustomize's `helmCharts`, Flux, Argo CD, a chart of the repository that depends on it, or Cluster API. */
export type Delivery = AppDelivery | 'capi';

/** Those that apps are installed with in the cluster that holds them; Cluster API installs into others. */
export type AppDelivery = 'kustomize' | 'flux' | 'argo' | 'umbrella';

/** The folder that a chart is used in; without a kustomization where none stands there. */
export type UsingApp = Pick<App, 'name' | 'environment' | 'path'> & { kustomization?: App['kustomization'] };

/** One way in which an app uses a chart. */
export type ChartUse = {
  delivery: Delivery;
  /** Where the use stands, `path/file.yaml#0:spec.chart.spec`: the same as long as the file keeps its shape. */
  id: string;
  app: UsingApp;
  at: Place;
  /** The chart's name; empty where none is written. */
  name: string;
  /** `https://…` or `oci://…`, without the chart's name; undefined for a folder of the repository. */
  source: string | undefined;
  /** That folder, from the root, where it is not `charts/<name>` of the app. */
  folder?: string;
  /** Where kustomize looks for pulled charts. */
  chartHome?: string;
  version: UsedVersion;
  /** Why it is not to be moved: a comment that pins, or an automation that owns the line. */
  held: string | undefined;
  release: { name: string; namespace: string | undefined };
  /** What the use itself says of the cluster that the chart is rendered for. */
  cluster?: { kubeVersion?: string; apiVersions?: readonly string[] };
  /** What of the list of all places that give charts is read with it. */
  reads: readonly ReadPlace[];
  /** From low to high precedence. */
  values: readonly ValuesPlace[];
  /** The chart's `crds/` are never upgraded: Flux installs them once, others leave them out unless they are told. */
  skipsCrds?: boolean;
  /** Its values are not held to the chart's schema. */
  skipsSchema?: boolean;
  /** Values that something else than the chart reads, such as `enabled`; `''` for all of them. */
  alsoRead?: readonly string[];
};

/**
 * exact: one version. range: whatever fits when it is deployed. floating: the newest of that moment. none: a chart in the
 * repository itself. `at` is where it is written.
 */
export type UsedVersion = {
  kind: 'exact' | 'range' | 'floating' | 'none';
  text: string;
  at: Place | undefined;
  /** Where it would be written, where it is not. */
  put?: Place;
  /** A tag of a registry, where a `+` is written as `_`. */
  isTag?: boolean;
  /** What stands around it in the text at `at`: `NAME=` of a literal, `${NAME:=` and `}` of a default. */
  around?: { before: string; after: string };
};

/** Where values of a chart stand. */
export type ValuesPlace =
  | {
      kind: 'file';
      /** From the repository's root; what leads out of it, or is fetched, as it is written. */
      path: string;
      reference: FileReference;
      via: 'valuesFile' | 'additional' | 'configMap' | 'ref' | 'chart';
    }
  /** A map in a manifest. */
  | { kind: 'map'; at: Place }
  /** YAML inside a text of a manifest. */
  | { kind: 'text'; at: Place }
  /** A list of settings as Helm's `--set` takes them; with `ofFiles` each gives the text of a file. */
  | { kind: 'parameters'; at: Place; ofFiles: boolean }
  /** What only the cluster, or another repository, knows; `isUnread` where it stands here, and cannot be read as a map. */
  | { kind: 'opaque'; what: string; isUnread?: true };

/** What names a values file: `prefix` stands before its path in the text at `at`. */
export type FileReference = { at: Place | undefined; prefix: string; folder: string; written: string };

/** Whether something else than the chart reads a value of it. */
export function isReadElsewhere({ alsoRead = [] }: Pick<ChartUse, 'alsoRead'>, path: string): boolean {
  return alsoRead.some(own => own === '' || path === own || path.startsWith(`${own}.`));
}

/** Whether a version is one, a range, or whatever is newest. */
export function versionKind(text: string | undefined): 'exact' | 'range' | 'floating' {
  if (text === undefined || /^(?:\*|[xX]|latest)?$/.test(text.trim())) return 'floating';
  return /^[vV]?\d+\.\d+\.\d+(?:[-+_][\w.+-]*)?$/.test(text.trim()) ? 'exact' : 'range';
}
