import type { Text } from '../text/language.ts';

/** A chart that is to be rendered: of a repository at a version or range, or in a folder of this repository. */
export type PlannedChart =
  | { name: string; source: string; version: { kind: 'exact' | 'range' | 'floating'; text: string } }
  | { name: string; folder: string };

/** Values from low to high: data, or a file of the chart itself. */
export type ValuesLayer =
  | { kind: 'data'; data: Readonly<Record<string, unknown>> }
  | { kind: 'ofChart'; path: string; isOptional: boolean };

/** One setting in the form of Helm's `--set`. */
export type SetLine = { line: string; asText: boolean };

/** What becomes of the definitions in a chart's `crds/` when the release is upgraded. */
export type CrdPolicy = 'Skip' | 'Create' | 'CreateReplace';

/** What a kustomize stage does to what a chart rendered to: `patches` and `images`. */
export type PostRenderer = Readonly<Record<string, unknown>>;

/** What a controller would have Helm render. */
export type PlannedRelease = {
  /** The object that asks for it. */
  by: { kind: 'HelmRelease' | 'Application' | 'Chart'; name: string };
  release: string;
  namespace: string | undefined;
  chart: PlannedChart;
  /** Files of the chart that are its defaults, in place of `values.yaml`. */
  defaults: readonly string[];
  values: readonly ValuesLayer[];
  lines: readonly SetLine[];
  cluster: { kubeVersion?: string; apiVersions?: readonly string[] };
  crds: { isIncluded: boolean; onUpgrade: CrdPolicy; /** Nobody says so. */ isDefault: boolean };
  hasTests: boolean;
  hasHooks: boolean;
  postRenderers: readonly PostRenderer[];
  metadata: { labels: Readonly<Record<string, string>>; annotations: Readonly<Record<string, string>> };
  /** What of its values nobody knows here. */
  open: readonly Text[];
};

/** A release, or why none can be planned from what stands here. */
export type ReleasePlan =
  { status: 'planned'; release: PlannedRelease } | { status: 'left'; by: PlannedRelease['by']; reason: Text };
