import { posix } from 'node:path';
import { asMap, stringsAt, stringOf } from '../../data/fields.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { say } from '../../locales/say.ts';
import { saidFields, refuseField, type Vocabulary } from './fields-beside.ts';
import type { ReadApp, ReadContext, RefusedField } from './model.ts';
import { chartToConvert, layerTexts } from './read-layers.ts';

const ENTRY: Vocabulary = {
  known: [
    'name',
    'repo',
    'version',
    'releaseName',
    'namespace',
    'valuesFile',
    'additionalValuesFiles',
    'valuesInline',
    'valuesMerge',
  ],
  settings: {
    includeCRDs: 'crds',
    skipHooks: 'hooks',
    skipTests: 'tests',
    kubeVersion: 'kubeVersion',
    apiVersions: 'apiVersions',
  },
  refused: { nameTemplate: { reason: say('convert.namesItself'), next: say('convert.nameRelease') } },
};

/** An entry of `helmCharts`, which an app has in its kustomization. */
export function readKustomizeApp(context: ReadContext, use: ChartUse): ReadApp {
  const { repository } = context;
  const folder = posix.dirname(use.at.file);
  const name = posix.basename(folder);
  const kustomization = readKustomizations(repository).at(folder);
  const [list, index] = use.at.path;
  const data = kustomization?.charts.find(entry => entry.index === index)?.data ?? {};
  const { chart, refusals } = chartToConvert(use);
  const layers = layerTexts(repository, use);
  const about = { file: use.at.file, object: `helmCharts ${use.name}` };
  const fields = saidFields(data, about, ENTRY);
  const globals = Object.keys(asMap(kustomization?.data['helmGlobals'])).filter(key => key !== 'chartHome');
  return {
    use,
    app: { name, environment: posix.dirname(folder), path: folder },
    name,
    group: posix.dirname(folder),
    chart,
    release: { name: use.release.name, namespace: use.release.namespace ?? name },
    layers: layers.layers,
    settings: {
      crds: data['includeCRDs'] === true,
      hooks: data['skipHooks'] !== true,
      tests: data['skipTests'] !== true,
      kubeVersion: stringOf(data['kubeVersion']),
      apiVersions: stringsAt(data, ['apiVersions']),
      skipsSchema: false,
      createsNamespace: false,
    },
    said: fields.said,
    others: [
      ...fields.others,
      ...globals.map(key => ({ ...about, object: 'Kustomization', path: `helmGlobals.${key}` })),
    ],
    refusals: [
      ...refusals,
      ...layers.refusals,
      ...fields.refusals,
      ...(list === 'helmCharts' && kustomization ? alone(context, use) : [generated(use)]),
    ],
    folder,
    kustomization,
    units: [{ kind: 'folder', path: folder }],
    gone: [],
    object: undefined,
  };
}

/** Two charts are two releases elsewhere. */
function alone({ repository }: ReadContext, use: ChartUse): RefusedField[] {
  const all = findUses(repository).filter(({ at }) => at.file === use.at.file);
  if (all.length < 2) return [];
  const at = { file: use.at.file, object: 'Kustomization', path: 'helmCharts' };
  const charts = all.map(({ name }) => name).join(', ');
  return [refuseField(at, say('convert.severalCharts', { charts }), say('convert.splitFirst'))];
}

function generated({ at }: ChartUse): RefusedField {
  const about = { file: at.file, object: 'HelmChartInflationGenerator', path: 'generators' };
  return refuseField(about, say('convert.generator'), say('convert.asHelmCharts'));
}

/** What a kustomization does to whatever it builds, the objects of its chart included: no other delivery does that with it. */
export const REACHING = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'images',
  'replicas',
  'transformers',
  'components',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'namePrefix',
  'nameSuffix',
  'replacements',
  'vars',
] as const;
