import type { ChartUse, Delivery, UsingApp } from '../../deliveries/chart-use.ts';
import type { LocatedObject } from '../../deliveries/located-object.ts';
import type { DeliveredUnit } from '../../render/render-delivered.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import type { Text } from '../../text/language.ts';

/** What an app can become. */
export const TARGETS = ['kustomize', 'flux', 'argo'] as const satisfies readonly Delivery[];
export type ConvertTarget = (typeof TARGETS)[number];

/** What a delivery says of a release beside chart, version and values, in no delivery's words. */
export type Settings = {
  /** Definitions in `crds/` are installed. */
  crds: boolean;
  hooks: boolean;
  tests: boolean;
  kubeVersion: string | undefined;
  apiVersions: readonly string[];
  skipsSchema: boolean;
  createsNamespace: boolean;
};

/** A field of an object, or of a kustomization, by its path. */
export type FieldOf = { file: string; object: string; path: string };

/** A field that says one of the settings. */
export type SaidField = FieldOf & { setting: keyof Settings };

/** What the new delivery has no word for and is not given up: why, and what to do first. */
export type RefusedField = FieldOf & { reason: Text; next: Text };

/** Values from low to high: the text, and the file of the repository that holds it where one does. */
export type LayerText = { text: string; file: string | undefined };

/** An app that one chart is used in, in no delivery's words. */
export type ReadApp = {
  use: ChartUse;
  app: UsingApp;
  name: string;
  /** The folder around the app's own. */
  group: string;
  chart: { name: string; repo: string; version: string; pin: string | undefined };
  release: { name: string; namespace: string };
  layers: readonly LayerText[];
  settings: Settings;
  said: readonly SaidField[];
  /** What no delivery but this one says. */
  others: readonly FieldOf[];
  refusals: readonly RefusedField[];
  /** What else belongs to the app: the folder that a kustomization builds, or will. */
  folder: string;
  kustomization: Kustomization | undefined;
  /** What is rendered of it by itself. */
  units: readonly DeliveredUnit[];
  /** Files that go with the old delivery. */
  gone: readonly string[];
  /** The object that delivers it; undefined for kustomize. */
  object: LocatedObject | undefined;
};

/** Where an app stands once it is written. */
export type WrittenApp = {
  /** Its folder, or its one file. */
  home: string;
  /** The folder that kustomize builds of it; undefined where none is left. */
  folder: string | undefined;
  units: readonly DeliveredUnit[];
  /** The file that names the chart. */
  at: string;
  /** The manifests that deliver it, of which none may be left out of a kustomization. */
  emitted: readonly string[];
};

/** The files of a repository while they are changed: all that is text, and of the app's folder everything. */
export type DraftFiles = Map<string, string | Buffer>;

export type ReadContext = {
  repository: Repository;
  /** An address under which Argo CD is to find this very repository. */
  ownUrl: string | undefined;
};
