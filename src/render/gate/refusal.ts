import type { SourceLocation } from '../../repository/source-location.ts';
import type { Text } from '../../text/language.ts';
import type { RepositoryPath } from '../../repository/repository-path.ts';
import type { Step } from '../../yaml/nodes.ts';

/** Why something is not given to a renderer, and where that stands. */
export type Refusal = SourceLocation & { reason: Text };

/** Something that a renderer would fetch. */
export type RemoteReference = SourceLocation & {
  address: string;
  /** Where the address stands in its kustomization. */
  steps: readonly Step[];
  /** Whether it is an entry of a kustomization's `resources`. */
  isResource: boolean;
};

/** A chart that a build takes, and where kustomize looks for it: `production/grafana/charts/grafana-8.5.1/grafana`. */
export type ChartInput = {
  home: RepositoryPath;
  name: string;
  repo: string | undefined;
  version: string | undefined;
  /** Where it is asked for. */
  place: SourceLocation;
};

/** What to say of one part of a file: `at` gives the place of a key or an item. */
export type At = (...steps: Step[]) => SourceLocation;

/** A chart in a repository, with its exact version. */
export type ExactChart = { name: string; repo: string; version: string };

/** Whether a chart comes from a repository, at a version that is named. */
export function isPublished(chart: ChartInput): chart is ChartInput & ExactChart {
  return chart.repo !== undefined && chart.version !== undefined;
}
