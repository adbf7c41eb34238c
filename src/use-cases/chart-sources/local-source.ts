import { type Chart, parseChart } from '../../domain/chart.ts';
import type { ChartAddress } from '../../domain/chart-address.ts';
import type { ChartVersion } from '../../domain/chart-version.ts';
import { readChartFolder } from '../../io/chart-folder.ts';
import type { ChartSource } from './chart-source.ts';

/** A chart's folder on this machine: one version, which is whatever its Chart.yaml says. */
export function openLocalSource(cwd: string): ChartSource {
  const read = async (address: ChartAddress): Promise<{ files: Map<string, Buffer>; chart: Chart }> => {
    if (address.kind !== 'local') throw new Error('not a folder');
    const files = await readChartFolder(cwd, address.folder);
    return { files, chart: parseChart(files) };
  };
  return {
    versions: async address => [versionOf((await read(address)).chart)],
    date: async (_, versions) => versions,
    announced: async () => new Map(),
    pull: async (address, version) => ({
      address,
      version,
      ...(await read(address)),
      archive: undefined,
      digest: undefined,
    }),
  };
}

function versionOf(chart: Chart): ChartVersion {
  return {
    version: chart.version,
    deprecated: chart.deprecated,
    removed: false,
    urls: [],
    ...(chart.appVersion === undefined ? {} : { appVersion: chart.appVersion }),
  };
}
