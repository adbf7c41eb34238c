import type { Refusal } from '../../../render/gate/refusal.ts';
import type { RenderedImage, RenderedService } from '../../../repository/rendered.ts';
import type { Text } from '../../../text/language.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { ServedVersions } from '../../../repository/served-versions.ts';
import type { UnhashedReference } from './unhashed.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';

/** One object of a build, as far as rules look at it. */
export type RenderedObject = {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string | undefined;
  /** `helm.sh/chart` of its labels: `grafana-8.5.1`. */
  chart: string | undefined;
  /** What asked helm for it, where that is an object. */
  from?: InstalledRelease;
};

/** The object that asks for a release of a chart. */
export type InstalledRelease = { kind: string; name: string };

/** How rendering a release of an app ended, and what of its values nobody knows here. */
export type ReleaseState = InstalledRelease & {
  status: 'rendered' | 'left' | 'failed';
  reason?: Text;
  open: readonly Text[];
  /** Definitions that come with the chart and are not upgraded with it. */
  skippedDefinitions: readonly string[];
};

/** A variable of Flux that nobody here gives a value, and the object that it stands in. */
type OpenVariable = {
  kind: string;
  name: string;
  path: readonly Step[];
  variable: string | undefined;
};

/** What an app really renders to, without any value of a Secret. */
export type RenderedFacts = {
  objects: readonly RenderedObject[];
  releases: readonly ReleaseState[];
  open: readonly OpenVariable[];
  services: readonly RenderedService[];
  /** After `images:` and the prefix transformer. */
  images: readonly (RenderedImage & { chart: string | undefined })[];
  /** `<group>/<Kind>` of the custom resources that are cluster-scoped, and of those that are not. */
  scopes: Readonly<Record<string, 'Cluster' | 'Namespaced'>>;
  /** What is asked for without the hash that kustomize gave it; absent in what an older run remembers. */
  unhashed?: readonly UnhashedReference[];
  /** What its CustomResourceDefinitions serve. */
  served: ServedVersions;
  /** What kubeconform refuses, with the way to it: `/spec/replicas`. */
  invalid: readonly { kind: string; name: string; path: string; reason: string }[];
  /** What an API server refuses by itself. */
  refused: readonly { kind: string; name: string; path: readonly Step[]; fact: Text }[];
  /** Why kubeconform could not look at some objects. */
  unchecked: string | undefined;
  /** Schemas of charts that were not used whole, each with what it refers to outside of itself. */
  cutSchemas: readonly string[];
  /** What was not rendered as a cluster would: what charts look up there. */
  warnings: readonly string[];
};

/** What the API server of a cluster says of what an app renders to. */
export type ClusterVerdict = {
  /** How many objects it was asked about. */
  objects: number;
  refused: readonly {
    kind: string;
    name: string;
    path: readonly Step[];
    by: RefusedBy;
    reason: string | Text;
  }[];
  /** Objects of a kind that it does not know. */
  unknown: readonly { apiVersion: string; kind: string; name: string; reason: string }[];
  /** Objects that nobody judged; those that the person may not ask about are told apart. */
  notJudged: readonly { kind: string; name: string; reason: Text; lacks?: 'right' }[];
  /** Namespaces that are not there yet: their objects were judged as if they were in another one. */
  absentNamespaces: readonly string[];
  warnings: readonly string[];
};

/** Whose word it is that an object is refused: the API server's own, or that of somebody whom it asks. */
export type RefusedBy = { kind: 'server' } | { kind: 'webhook' | 'policy'; name: string };

/** How rendering an app ended. */
export type RenderState =
  /** With what a cluster says of it, where one was asked. */
  | { status: 'rendered'; facts: RenderedFacts; cluster?: ClusterVerdict }
  | { status: 'failed'; reason: string }
  /** What it takes to render is not at hand; `place` is what asks for it. */
  | { status: 'impossible'; reason: string | Text; place?: SourceLocation }
  /** No renderer was started. */
  | { status: 'refused'; refusals: readonly Refusal[] };
