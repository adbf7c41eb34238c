import type { Chart } from '../../domain/chart.ts';
import type { ChartAddress } from '../../domain/chart-address.ts';
import type { ChartVersion } from '../../domain/chart-version.ts';

/** A chart's archive or folder, verified and read. */
export type PulledChart = {
  address: ChartAddress;
  version: ChartVersion;
  chart: Chart;
  /** The chart's regular files, by path from its own folder. */
  files: ReadonlyMap<string, Buffer>;
  /** The archive as published; undefined for a folder of this machine. */
  archive: Buffer | undefined;
  /** sha256 of the archive, hex. */
  digest: string | undefined;
};

/** https://artifacthub.io/docs/topics/annotations/helm/ */
export const CHANGES_ANNOTATION = 'artifacthub.io/changes';

/** What a person should know of a pull: no digest to check against, a claimed date. */
export type Warn = (message: string) => void;

/** A kind of place that charts come from. */
export type ChartSource = {
  /** The versions that exist, newest first. */
  versions(address: ChartAddress): Promise<ChartVersion[]>;
  /** The same versions, with dates for the newest of those given; where dates cost nothing, all have them already. */
  date(address: ChartAddress, versions: ChartVersion[]): Promise<ChartVersion[]>;
  pull(address: ChartAddress, version: ChartVersion): Promise<PulledChart>;
  /** What publishers announce with each version (`artifacthub.io/changes`), as far as it can be had. */
  announced(address: ChartAddress, versions: readonly string[]): Promise<ReadonlyMap<string, string>>;
};
