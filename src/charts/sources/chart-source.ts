import type { Chart } from '../chart.ts';
import type { ChartAddress } from '../address.ts';
import type { HelmChart } from '../../system/tools/helm.ts';
import type { ChartVersion } from '../chart-version.ts';
import type { Version } from '../versions/versions.ts';
import type { Text } from '../../text/language.ts';

/** A chart's archive or folder, verified and read. */
export type PulledChart = {
  address: ChartAddress;
  version: ChartVersion;
  chart: Chart;
  /** The chart's regular files, by path from its own folder. */
  files: ReadonlyMap<string, Buffer>;
  /** The archive as published; undefined for a folder of this machine. */
  archive: Buffer | undefined;
  /** What helm is given to render. */
  place: HelmChart;
  /** sha256 of the archive, hex. */
  digest: string | undefined;
};

/** https://artifacthub.io/docs/topics/annotations/helm/ */
export const CHANGES_ANNOTATION = 'artifacthub.io/changes';

/** What a person should know of a pull: no digest to check against, a claimed date. */
export type Warn = (message: Text) => void;

/** The flags of the command line that name a chart again, each with its value. */
export type RepeatFlag = { flag: 'chart' | 'repo' | 'version'; value: string };

/** A kind of place that charts come from, and all that is particular to it. */
export type ChartSource<Address extends ChartAddress = ChartAddress> = {
  /** The chart lies on this machine, in one version: there is none to choose. */
  isLocal: boolean;
  /** What tells two places apart that have a chart of one name. */
  label(address: Address): string;
  /** The flags that mean this very chart. */
  repeatFlags(address: Address, version: string): RepeatFlag[];
  /** The versions that exist, newest first; of those `after` another one no more than `versionsAfter` needs. */
  versions(address: Address, after?: Version): Promise<ChartVersion[]>;
  /** The same versions, with dates for the newest of those given; where dates cost nothing, all have them already. */
  date(address: Address, versions: ChartVersion[]): Promise<ChartVersion[]>;
  pull(address: Address, version: ChartVersion): Promise<PulledChart>;
  /** What publishers announce with each version (`artifacthub.io/changes`), as far as it can be had. */
  announced(address: Address, versions: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/** What sources of repositories have in common. */
export const IN_REPOSITORY = {
  isLocal: false,
  label: ({ repo }: { repo: string }) => repo,
  repeatFlags: ({ name, repo }: { name: string; repo: string }, version: string): RepeatFlag[] => [
    { flag: 'chart', value: name },
    { flag: 'repo', value: repo },
    { flag: 'version', value: version },
  ],
};

export type FoundChart = { name: string; repo: string; version?: string; description?: string };
