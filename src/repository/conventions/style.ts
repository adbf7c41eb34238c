import type { App, Repository } from '../model.ts';
import { listIndent } from '../../yaml/layout.ts';
import { byDefault, type Learned, mostCommon } from './learned.ts';

/** The sections of a kustomization that slipway writes. */
const SECTIONS = ['namespace', 'resources', 'helmCharts', 'images', 'transformers'] as const;
export type KustomizationSection = (typeof SECTIONS)[number];

/** The fields of a helmCharts entry that slipway writes. */
export const CHART_KEYS = [
  'name',
  'repo',
  'version',
  'releaseName',
  'namespace',
  'includeCRDs',
  'valuesFile',
] as const;
export type ChartKey = (typeof CHART_KEYS)[number];

/** How the repository's own kustomizations look. */
export type KustomizationStyle = {
  sectionOrder: Learned<KustomizationSection[]>;
  chartKeys: Learned<ChartKey[]>;
  /** Spaces before the dash of each list. */
  listIndent: Record<Exclude<KustomizationSection, 'namespace'>, Learned<number>>;
  /** Where plain resources live: `resources/`, or the app's root for an empty string. */
  resourcesFolder: Learned<string>;
  /** What a values file of overrides is called, `<chart>` for the chart's name; empty where apps keep copies named after the version. */
  valuesFile: Learned<string>;
  /** The line that keeps pulled charts out of git: `charts/*` or `charts/`. */
  ignoreLine: Learned<string>;
};

/** How apps look in a repository that has none yet. */
export const DEFAULT_STYLE: KustomizationStyle = learnStyle({ apps: [], text: new Map() });

/** How a team writes its kustomizations, from those that it has. */
export function learnStyle(repository: Pick<Repository, 'apps' | 'text'>): KustomizationStyle {
  const { apps } = repository;
  return {
    sectionOrder: learnOrder(
      apps.map(app => ({ app: app.path, keys: app.kustomization.keys })),
      SECTIONS,
    ),
    chartKeys: learnOrder(
      apps.flatMap(app => app.kustomization.charts.map(chart => ({ app: app.path, keys: chart.keys }))),
      CHART_KEYS,
    ),
    listIndent: {
      resources: learnIndent(apps, 'resources'),
      helmCharts: learnIndent(apps, 'helmCharts'),
      images: learnIndent(apps, 'images'),
      transformers: learnIndent(apps, 'transformers'),
    },
    resourcesFolder: learnResourcesFolder(apps),
    valuesFile: learnValuesFile(apps),
    ignoreLine: learnIgnoreLine(repository),
  };
}

/** The order that most apps write, among those that write every key; keys nobody orders come last. */
function learnOrder<Key extends string>(
  seen: { app: string; keys: readonly string[] }[],
  known: readonly Key[],
): Learned<Key[]> {
  const orders = seen.map(({ app, keys }) => ({
    app,
    keys: keys.flatMap(key => known.find(name => name === key) ?? []),
  }));
  const fullest = Math.max(0, ...orders.map(({ keys }) => keys.length));
  const full = orders.filter(({ keys }) => keys.length === fullest && fullest > 1);
  const of = new Set(full.map(({ app }) => app)).size;
  const chosen = mostCommon(
    full.map(({ app, keys }) => ({ app, value: keys.join(' ') })),
    of,
  );
  if (!chosen) return byDefault([...known]);
  const order = chosen.value.split(' ').flatMap(key => known.find(name => name === key) ?? []);
  return { value: [...order, ...known.filter(key => !order.includes(key))], evidence: chosen.evidence };
}

function learnIndent(apps: App[], section: string): Learned<number> {
  const sightings = apps.flatMap(app => {
    const indent = listIndent(app.kustomization.yaml, section);
    return indent === undefined ? [] : [{ app: app.path, value: String(indent) }];
  });
  const chosen = mostCommon(sightings, sightings.length);
  return chosen ? { value: Number(chosen.value), evidence: chosen.evidence } : byDefault(0);
}

function learnResourcesFolder(apps: App[]): Learned<string> {
  const sightings = apps.flatMap(app => {
    const local = app.kustomization.resources.filter(
      entry => /\.ya?ml$/.test(entry) && !entry.includes('://'),
    );
    const folders = local.map(entry => entry.slice(0, entry.lastIndexOf('/') + 1));
    const [first] = folders.toSorted(
      (a, b) => folders.filter(f => f === b).length - folders.filter(f => f === a).length,
    );
    return first === undefined ? [] : [{ app: app.path, value: first.replace(/\/$/, '') }];
  });
  return mostCommon(sightings, sightings.length) ?? byDefault('resources');
}

/** Who names a file after the version keeps a copy. */
function learnValuesFile(apps: App[]): Learned<string> {
  const sightings = apps.flatMap(app =>
    app.kustomization.charts.flatMap(({ name = '', version, valuesFile }) => {
      const file = valuesFile?.replace(/^\.\//, '');
      if (!file || /^\.\.\/|^\/|:\/\//.test(file)) return [];
      const isCopy = version !== undefined && file.includes(`-${version}`);
      return [{ app: app.path, value: isCopy || name === '' ? '' : file.replace(name, '<chart>') }];
    }),
  );
  return mostCommon(sightings, sightings.length) ?? byDefault('');
}

function learnIgnoreLine(repository: Pick<Repository, 'apps' | 'text'>): Learned<string> {
  const sightings = repository.apps.flatMap(app => {
    const lines = repository.text.get(`${app.path}/.gitignore`)?.split(/\r?\n/) ?? [];
    const line = lines.find(text => text === 'charts/*' || text === 'charts/');
    return line === undefined ? [] : [{ app: app.path, value: line }];
  });
  return mostCommon(sightings, sightings.length) ?? byDefault('charts/*');
}
