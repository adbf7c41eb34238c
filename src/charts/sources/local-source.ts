import path from 'node:path';
import { type Chart, parseChart } from '../chart.ts';
import type { AddressOf } from '../address.ts';
import type { ChartVersion } from '../chart-version.ts';
import { readChartFolder } from '../../system/files/chart-folder.ts';
import type { ChartSource } from './chart-source.ts';

/** A chart's folder on this machine: one version, which is whatever its Chart.yaml says. */
export function openLocalSource(cwd: string): ChartSource<AddressOf<'local'>> {
  const read = async (address: AddressOf<'local'>): Promise<{ files: Map<string, Buffer>; chart: Chart }> => {
    const files = await readChartFolder(cwd, address.folder);
    return { files, chart: parseChart(files) };
  };
  return {
    isLocal: true,
    label: ({ folder }) => folder,
    repeatFlags: ({ folder }) => [{ flag: 'chart', value: folder }],
    versions: async address => [versionOf((await read(address)).chart)],
    date: async (_, versions) => versions,
    announced: async () => new Map(),
    pull: async (address, version) => ({
      address,
      version,
      ...(await read(address)),
      archive: undefined,
      place: { folder: path.resolve(cwd, address.folder) },
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
