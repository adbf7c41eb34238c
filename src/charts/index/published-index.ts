import type { Chart } from '../chart.ts';
import { printYaml } from '../../yaml/print.ts';

export type PublishedChart = {
  chart: Chart;
  /** File name of the archive, beside the index. */
  file: string;
  /** sha256 of the archive, hex. */
  digest: string;
  /** ISO 8601 */
  created: string;
};

/** The index.yaml of a repository with these charts, in the form that `helm repo index` writes. */
export function renderIndex(published: readonly PublishedChart[]): string {
  const names = [...new Set(published.map(({ chart }) => chart.name))].toSorted();
  const entries = names.map(name => [
    name,
    published.filter(({ chart }) => chart.name === name).map(entryOf),
  ]);
  return `${printYaml({ apiVersion: 'v1', entries: Object.fromEntries(entries) }, { indentLists: false })}\n`;
}

function entryOf({ chart, file, digest, created }: PublishedChart) {
  return {
    ...(Object.keys(chart.annotations).length > 0 ? { annotations: { ...chart.annotations } } : {}),
    apiVersion: 'v2',
    ...(chart.appVersion === undefined ? {} : { appVersion: chart.appVersion }),
    created,
    ...(chart.description === undefined ? {} : { description: chart.description }),
    digest,
    name: chart.name,
    urls: [file],
    version: chart.version,
  };
}
