import { posix } from 'node:path';
import { isRecord, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { appPlacement, isBaseName } from '../../repository/overlays.ts';
import { pinReason } from '../../repository/pin.ts';
import { type ChartEntry, isKustomization, type Kustomization } from '../../repository/kustomization.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { Repository } from '../../repository/model.ts';
import { isRetired } from '../../repository/retired.ts';
import type { ReadPlace } from '../../repository/unread/unread.ts';
import { commentAt } from '../../yaml/comments.ts';
import {
  type ChartUse,
  inside,
  type Place,
  placeId,
  type UsingApp,
  type ValuesPlace,
  versionKind,
} from '../chart-use.ts';
import { parsedFile } from '../parsed-files.ts';
import { kustomizationOfFolder, takenIn } from './bases.ts';

/**
 * The charts that the apps' kustomizations inflate, in their order; then those of the kustomizations that they take in, at any
 * depth: each once, whoever takes it in. Where nobody chose the environments, also of those that a person builds by hand.
 */
export function kustomizeUses(repository: Repository): ChartUse[] {
  const seen = new Set(repository.apps.map(({ kustomization }) => kustomization.folder));
  const ofApps = repository.apps.flatMap(app => [
    ...usesOf(repository, app, app.kustomization),
    ...takenIn(repository, app.kustomization, seen).flatMap(each =>
      usesOf(repository, ownerOf(app, each), each),
    ),
  ]);
  return repository.environmentsAreChosen ? ofApps : [...ofApps, ...usesByHand(repository, seen)];
}

/** Of kustomizations that no app takes in: those to start a cluster with, or of another one. */
function usesByHand(repository: Repository, seen: ReadonlySet<string>): ChartUse[] {
  return [...repository.text].flatMap(([file, content]) => {
    const folder = posix.dirname(file);
    if (!isKustomization(file) || !content.includes('helmCharts') || seen.has(folder)) return [];
    if (isRetired(file) || repository.isTemplate(file)) return [];
    const kustomization = kustomizationOfFolder(repository, folder);
    return kustomization ? usesOf(repository, folderUser(folder), kustomization) : [];
  });
}

function folderUser(folder: string): UsingApp {
  const parent = posix.dirname(folder);
  const isBase = isBaseName(posix.basename(folder)) && parent !== '.';
  return isBase
    ? { name: posix.basename(parent), environment: parent, path: folder }
    : { ...appPlacement(folder), path: folder };
}

/** What stands inside of an app is its own; a base beside is nobody's. */
function ownerOf(app: UsingApp, { folder }: Kustomization): UsingApp {
  return folder.startsWith(`${app.path}/`) ? app : folderUser(folder);
}

function usesOf(repository: Repository, app: UsingApp, kustomization: Kustomization): ChartUse[] {
  const { file, folder, data } = kustomization;
  const home = posix.join(folder, stringOf(valueAt(data, ['helmGlobals', 'chartHome'])) ?? 'charts');
  const own = kustomization.charts.map(chart => {
    const at: Place = { file, document: 0, path: ['helmCharts', chart.index] };
    return chartUse({ app, at, home, kustomization, chart, kind: 'helmCharts' });
  });
  const generated = kustomization.references.flatMap(({ steps, path }) =>
    steps[0] === 'generators' && path !== undefined ? generatorsIn(repository, path) : [],
  );
  const kind = 'HelmChartInflationGenerator' as const;
  return [...own, ...generated.map(each => chartUse({ app, home, kustomization, kind, ...each }))];
}

type Generator = { at: Place; chart: Entry };

/** Generators of the form that `helmCharts` has, in a file of their own. */
function generatorsIn(repository: Repository, file: string): Generator[] {
  const yaml = parsedFile(repository, file);
  return (yaml?.documents ?? []).flatMap((data, document) => {
    if (!yaml || !isRecord(data) || data['kind'] !== 'HelmChartInflationGenerator') return [];
    const text = (field: string): string | undefined =>
      yaml.scalarAt(document, [field])?.text ?? stringOf(data[field]);
    const [name, repo, version, valuesFile] = ['name', 'repo', 'version', 'valuesFile'].map(text);
    const [releaseName, namespace] = ['releaseName', 'namespace'].map(text);
    const versionComment = commentAt(yaml, ['version'], document);
    const at = { file, document, path: [] };
    return [{ at, chart: { name, repo, version, valuesFile, releaseName, namespace, data, versionComment } }];
  });
}

type Entry = Pick<
  ChartEntry,
  'name' | 'repo' | 'version' | 'valuesFile' | 'releaseName' | 'namespace' | 'data' | 'versionComment'
>;

type Inflated = {
  app: UsingApp;
  at: Place;
  /** The folder in which kustomize looks for charts. */
  home: string;
  kustomization: Kustomization;
  chart: Entry;
  kind: ReadPlace['kind'];
};

function chartUse({ app, at, home, kustomization, chart, kind }: Inflated): ChartUse {
  const { name = '', repo, version } = chart;
  return {
    delivery: 'kustomize',
    id: placeId(at),
    app,
    at,
    name,
    source: repo,
    chartHome: home,
    version: {
      kind: version === undefined && repo === undefined ? 'none' : versionKind(version),
      text: version ?? '',
      at: version === undefined ? undefined : inside(at, 'version'),
    },
    get held() {
      return pinReason(chart.versionComment);
    },
    release: { name: chart.releaseName ?? name, namespace: chart.namespace ?? kustomization.namespace },
    skipsCrds: chart.data['includeCRDs'] !== true,
    ...clusterOf(chart),
    reads: name === '' ? [] : [{ kind, file: at.file, document: at.document, charts: 1 }],
    values: kustomizeValues(kustomization.folder, chart, at),
  };
}

function clusterOf({ data }: Entry): Pick<ChartUse, 'cluster'> {
  const kubeVersion = stringOf(data['kubeVersion']);
  const apiVersions = stringsAt(data, ['apiVersions']);
  if (kubeVersion === undefined && apiVersions.length === 0) return {};
  return {
    cluster: {
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
      ...(apiVersions.length > 0 ? { apiVersions } : {}),
    },
  };
}

/**
 * Where kustomize finds the values of a chart, from low to high: `valuesInline` lies over the values file, unless `valuesMerge` says that it lies below it or in its
 * place; the additional files come last.
 */
export function kustomizeValues(
  folder: string,
  { valuesFile, data }: Pick<Entry, 'valuesFile' | 'data'>,
  at: Place,
): ValuesPlace[] {
  const file: ValuesPlace[] =
    valuesFile === undefined ? [] : [filePlace(folder, valuesFile, inside(at, 'valuesFile'), 'valuesFile')];
  const inline: ValuesPlace[] = isRecord(data['valuesInline'])
    ? [{ kind: 'map', at: inside(at, 'valuesInline') }]
    : [];
  const additional = stringsAt(data, ['additionalValuesFiles']).map((written, index) =>
    filePlace(folder, written, inside(at, 'additionalValuesFiles', index), 'additional'),
  );
  const merge = inline.length > 0 ? data['valuesMerge'] : undefined;
  const [low, high] = merge === 'merge' ? [inline, file] : [merge === 'replace' ? [] : file, inline];
  return [...low, ...high, ...additional];
}

function filePlace(
  folder: string,
  written: string,
  at: Place,
  via: 'valuesFile' | 'additional',
): Extract<ValuesPlace, { kind: 'file' }> {
  const reference = { at, prefix: '', folder, written };
  return { kind: 'file', path: pathFrom(folder, written) ?? written, reference, via };
}
