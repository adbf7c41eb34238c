import type { Text } from '../../text/language.ts';
import type { Names } from './names.ts';
import type { Listing, Unit } from './unit.ts';

/** A chart of a new app, as it will be written down. */
export type NewChart = {
  name: string;
  /** `https://…` or `oci://…`, without the chart's name. */
  repo: string;
  version: string;
  release: string;
  /** What is to differ from the chart's defaults. */
  overrides: Record<string, unknown>;
  /** The defaults with that, byte for byte: for those who keep whole copies. */
  copy: string;
};

/** What a new app shall be. */
export type NewSibling = {
  to: Names;
  /** None for an app that is made of manifests. */
  charts: readonly NewChart[];
  /** Manifests that lie beside, by their path from the app's folder. */
  resources: readonly string[];
};

export type EmittedFile = { path: string; text: string; what: 'manifest' | 'values' };

/** An app as its siblings are written. */
export type Emission = {
  files: readonly EmittedFile[];
  /** Where it is to be listed: what its siblings say there, with its own names. */
  listings: readonly Listing[];
  /** Where manifests beside it go; undefined where there is no place for any. */
  folder: string | undefined;
  home: string;
  namespace: string;
  /** The sibling that it is written after; undefined for slipway's own. */
  model: Unit | undefined;
  notes: readonly Text[];
};

/** Whether a chart comes from a registry. */
export function isInRegistry({ repo }: Pick<NewChart, 'repo'>): boolean {
  return repo.startsWith('oci://');
}
