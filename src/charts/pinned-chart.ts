/** A chart that goes into the app, looked up, verified and pinned. */
export type PinnedChart = {
  name: string;
  /** As written under `helmCharts`; undefined for a local chart. */
  repo: string | undefined;
  version: string;
  release: string;
  /** What `values/<name>-<version>.yaml` will hold. */
  values: Uint8Array;
  /** The chart's own, where an answer changed something in them. */
  defaults?: Uint8Array;
  /** What differs in it from the chart's own. */
  overrides: Readonly<Record<string, unknown>>;
  /** Files to unpack into charts/, relative to the chart's own folder; none where they are there already. */
  files: ReadonlyMap<string, Uint8Array>;
  /** sha256 of the archive, hex; undefined for a local chart. */
  digest: string | undefined;
  /** RFC 3339, as the repository or the publisher states it. */
  created: string | undefined;
  appVersion: string | undefined;
};
