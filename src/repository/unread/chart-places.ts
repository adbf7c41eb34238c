import { posix } from 'node:path';
import { isRecord } from '../../data/fields.ts';

/** Ways to give a chart to a cluster, as the field calls them. */
export type ChartPlaceKind =
  | 'helmCharts'
  | 'HelmChartInflationGenerator'
  | 'HelmRelease'
  | 'Application'
  | 'ApplicationSet'
  | 'Chart.yaml'
  | 'ResourceSet'
  | 'HelmChart'
  | 'HelmChartProxy'
  | 'Release'
  | 'ClusterProfile'
  | 'Profile'
  | 'ClusterConfig'
  | 'App'
  | 'fleet.yaml'
  | 'helmfile'
  | 'helm_release'
  | 'script'
  /** A kustomization, or a folder, that cannot be read at all. */
  | 'unreadable';

/** Keys to a chart; `*` is each item of a list. Of several ways the first that leads to one counts. */
type Way = readonly string[];
type Places = { kind: ChartPlaceKind; ways: readonly Way[]; isChart: (value: unknown) => boolean };

const SVELTOS = /^config\.projectsveltos\.io$/;

/** Kinds of objects that give charts, by API group. */
const OBJECTS: readonly (Places & { group: RegExp })[] = [
  object('HelmRelease', /^helm\.(?:toolkit\.)?fluxcd\.io$/, 'spec.chart', 'spec.chartRef'),
  argo('Application', 'spec'),
  argo('ApplicationSet', 'spec.template.spec'),
  {
    kind: 'ResourceSet',
    group: /^fluxcd\.controlplane\.io$/,
    ways: [
      ['spec', 'resources', '*'],
      ['spec', 'resourcesTemplate'],
    ],
    isChart: isTemplated,
  },
  object('HelmChartInflationGenerator', /^builtin$/, 'name', 'chartName'),
  object('HelmChart', /^helm\.cattle\.io$/, 'spec.chart', 'spec.chartContent'),
  object('HelmChartProxy', /^addons\.cluster\.x-k8s\.io$/, 'spec.chartName'),
  object('Release', /^helm\.(?:m\.)?crossplane\.io$/, 'spec.forProvider.chart'),
  object('ClusterProfile', SVELTOS, 'spec.helmCharts.*.chartName'),
  object('Profile', SVELTOS, 'spec.helmCharts.*.chartName'),
  object('ClusterConfig', /^k0s\.k0sproject\.io$/, 'spec.extensions.helm.charts.*.chartname'),
  object('App', /^kappctrl\.k14s\.io$/, 'spec.fetch.*.helmChart'),
];

/** Files that give charts by their name. */
const FILES: readonly (Places & { name: RegExp })[] = [
  {
    name: /^(?:Chart|requirements)\.ya?ml$/,
    kind: 'Chart.yaml',
    ways: [['dependencies', '*']],
    isChart: isFetched,
  },
  { name: /^fleet\.ya?ml$/, kind: 'fleet.yaml', ways: [['helm', 'chart']], isChart: isGiven },
];

function object(kind: ChartPlaceKind, group: RegExp, ...ways: string[]): Places & { group: RegExp } {
  return { kind, group, ways: ways.map(way => way.split('.')), isChart: isGiven };
}

/** Argo CD takes `sources` before `source`. */
function argo(kind: ChartPlaceKind, spec: string): Places & { group: RegExp } {
  const ways = [`${spec}.sources.*`, `${spec}.source`].map(way => way.split('.'));
  return { kind, group: /^argoproj\.io$/, ways, isChart: isChartSource };
}

/** What a file must mention before anybody parses it. */
export const MAY_GIVE_CHARTS = new RegExp(
  `\\bkind["']?[ \\t]*:[ \\t]*["']?(?<kind>${OBJECTS.map(({ kind }) => kind).join('|')})["']?[ \\t\\r]*(?:[,}#]|$)`,
  'm',
);

/** Whether a file's name alone says that it gives charts. */
export function isNamedForCharts(file: string): boolean {
  const name = posix.basename(file);
  return FILES.some(each => each.name.test(name));
}

/** Charts of a kind, and the source of a release's. */
export type GivenCharts = { kind: ChartPlaceKind; charts: number; source?: string };

/** The charts that an object gives, or a file of a certain name; undefined where there are none. */
export function chartsOf(file: string, document: unknown): GivenCharts | undefined {
  if (!isRecord(document)) return undefined;
  const places = FILES.find(({ name }) => name.test(posix.basename(file))) ?? placesOf(document);
  const charts = places ? countAt(document, places) : 0;
  return places && charts > 0 ? { kind: places.kind, charts, ...sourceOf(document) } : undefined;
}

/** What an archive in a bucket, another git repository, or what another program makes of one holds, no file says. */
const ELSEWHERE = new Set(['Bucket', 'ExternalArtifact', 'GitRepository']);

function sourceOf(document: Record<string, unknown>): { source?: string } {
  if (document['kind'] !== 'HelmRelease') return {};
  const named = [...valuesAt(document, CHART_REF), ...valuesAt(document, SOURCE_REF)];
  const source = named.find(kind => typeof kind === 'string' && ELSEWHERE.has(kind));
  return typeof source === 'string' ? { source } : {};
}

const CHART_REF: Way = ['spec', 'chartRef', 'kind'];
const SOURCE_REF: Way = ['spec', 'chart', 'spec', 'sourceRef', 'kind'];

function placesOf({ apiVersion, kind: own }: Record<string, unknown>): Places | undefined {
  const group = typeof apiVersion === 'string' ? (apiVersion.split('/')[0] ?? '') : '';
  return OBJECTS.find(each => each.kind === own && each.group.test(group));
}

function countAt(document: unknown, { ways, isChart }: Places): number {
  const counts = ways.map(way => valuesAt(document, way).filter(isChart).length);
  return counts.find(count => count > 0) ?? 0;
}

function valuesAt(value: unknown, [key, ...rest]: Way): unknown[] {
  if (key === undefined) return [value];
  if (key === '*') return Array.isArray(value) ? value.flatMap(item => valuesAt(item, rest)) : [];
  return isRecord(value) ? valuesAt(value[key], rest) : [];
}

/** A name, or a map such as Flux's `chart` and `chartRef`. */
function isGiven(value: unknown): boolean {
  return isRecord(value) ? Object.keys(value).length > 0 : isFilled(value);
}

/** What an operator fills in: a release among its objects, or in the text that these are made of. */
function isTemplated(value: unknown): boolean {
  return isRecord(value)
    ? value['kind'] === 'HelmRelease'
    : typeof value === 'string' && /^[ \t-]*kind:[ \t]*HelmRelease\b/m.test(value);
}

/** An `oci://` address is a chart without its key. */
function isChartSource(value: unknown): boolean {
  return isRecord(value) && (isFilled(value['chart']) || isOci(value['repoURL']));
}

function isOci(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('oci://');
}

/** A dependency that is not the chart's own folder. */
function isFetched(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { repository } = value;
  return isFilled(repository) && !String(repository).startsWith('file://');
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
