import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import type { Slots } from '../siblings/clone.ts';
import type { NewChart } from '../siblings/emission.ts';
import type { Names } from '../siblings/names.ts';
import type { Unit } from '../siblings/unit.ts';
import { put, setUnless } from '../siblings/edits.ts';
import type { PlannedSource } from './emit-source.ts';

type Release = { model: Unit; chart: NewChart; source: PlannedSource; to: Names };

const CHART = ['spec', 'chart', 'spec'];

/** The usual order of a release whose keys are not sorted. */
const ORDER = [
  'interval',
  'timeout',
  'releaseName',
  'targetNamespace',
  'chart',
  'chartRef',
  'install',
  'upgrade',
  'valuesFrom',
  'values',
];

/** What a release says of its chart, its source and its values. */
export function releaseSlots(release: Release): Slots {
  const { model, source } = release;
  const inRegistry = source.ref.kind === 'OCIRepository';
  const chart = inRegistry
    ? ['spec.chartRef.kind', 'spec.chartRef.name']
    : ['chart', 'version', 'sourceRef.kind', 'sourceRef.name', 'interval'].map(
        key => `spec.chart.spec.${key}`,
      );
  return {
    kept: [
      ...chart,
      'metadata.name',
      'spec.interval',
      'spec.values',
      'spec.valuesFrom',
      ...(inRegistry ? [] : ['spec.chart.spec.sourceRef.namespace']),
    ],
    trim: data => [...chartTrim(release, data), ...valuesTrim(model, data)],
    fill: data => [
      ...setUnless(data, ['metadata', 'name'], release.to.name),
      ...(inRegistry ? chartRefFill(release, data) : chartFill(release, data)),
      ...releaseName(release, data),
      ...valuesFill(release, data),
    ],
  };
}

/** What refers to the chart in the other way goes, and what chooses among its versions. */
function chartTrim({ source, model }: Release, data: Record<string, unknown>): YamlEdit[] {
  const other = source.ref.kind === 'OCIRepository' ? 'chart' : 'chartRef';
  const own = valueAt(data, ['spec', other]) === undefined ? [] : [removal('spec', other)];
  const namespace = ['spec', 'chartRef', 'namespace'];
  const foreign = [[...CHART, 'sourceRef', 'namespace'], namespace].filter(
    path =>
      (source.isShared || !model.source.isOwn) &&
      source.ref.namespace === undefined &&
      valueAt(data, path) !== undefined &&
      path[1] !== other,
  );
  return [...own, ...foreign.map(path => removal(...path))];
}

function removal(...path: string[]): YamlEdit {
  return { kind: 'remove', path, withComments: true };
}

/** Values of the sibling go; what names the file that a ConfigMap is made of stays. */
function valuesTrim(model: Unit, data: Record<string, unknown>): YamlEdit[] {
  const generators = model.documents.flatMap(({ part, data: own }) =>
    part === 'kustomization'
      ? recordsAt(own, ['configMapGenerator']).flatMap(({ name }) => stringOf(name) ?? [])
      : [],
  );
  const from = recordsAt(data, ['spec', 'valuesFrom']);
  const stays = from.map(
    ({ kind, name }) =>
      kind === 'ConfigMap' && model.values.style === 'file' && generators.includes(String(name)),
  );
  const gone = stays.flatMap((each, index) => (each ? [] : [index])).toReversed();
  return [
    ...(from.length > 0 && gone.length === from.length
      ? [removal('spec', 'valuesFrom')]
      : gone.map((index): YamlEdit => ({
          kind: 'remove',
          path: ['spec', 'valuesFrom', index],
          withComments: true,
        }))),
    ...(model.values.style === 'map' ? [{ kind: 'set' as const, path: ['spec', 'values'], value: {} }] : []),
    ...(model.values.style !== 'map' && isRecord(valueAt(data, ['spec', 'values']))
      ? [removal('spec', 'values')]
      : []),
  ];
}

function chartRefFill({ source: { ref } }: Release, data: Record<string, unknown>): YamlEdit[] {
  if (!isRecord(valueAt(data, ['spec', 'chartRef'])))
    return put(data, ['spec', 'chartRef'], { kind: ref.kind, name: ref.name }, orderOf(data));
  return [
    ...setUnless(data, ['spec', 'chartRef', 'kind'], ref.kind),
    ...setUnless(data, ['spec', 'chartRef', 'name'], ref.name),
  ];
}

function chartFill({ source: { ref, isShared }, chart }: Release, data: Record<string, unknown>): YamlEdit[] {
  const sourceRef = {
    kind: ref.kind,
    name: ref.name,
    ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }),
  };
  if (!isRecord(valueAt(data, CHART)))
    return put(
      data,
      ['spec', 'chart'],
      { spec: { chart: chart.name, version: chart.version, sourceRef } },
      orderOf(data),
    );
  const namespace = [...CHART, 'sourceRef', 'namespace'];
  return [
    ...setUnless(data, [...CHART, 'chart'], chart.name),
    ...put(data, [...CHART, 'version'], chart.version, ['chart', 'version']),
    ...setUnless(data, [...CHART, 'sourceRef', 'kind'], ref.kind),
    ...setUnless(data, [...CHART, 'sourceRef', 'name'], ref.name),
    ...(isShared && ref.namespace !== undefined ? put(data, namespace, ref.namespace) : []),
  ];
}

/** Helm takes the name of the release, unless it says another. */
function releaseName({ chart, to }: Release, data: Record<string, unknown>): YamlEdit[] {
  const said = stringOf(valueAt(data, ['spec', 'releaseName']));
  if ((said ?? to.name) === chart.release) return [];
  return put(data, ['spec', 'releaseName'], chart.release, orderOf(data));
}

function valuesFill({ model, chart }: Release, data: Record<string, unknown>): YamlEdit[] {
  if (model.values.style === 'file' || Object.keys(chart.overrides).length === 0) return [];
  return put(data, ['spec', 'values'], chart.overrides, orderOf(data));
}

/** Sorted keys take a new one where it belongs; others in the usual order. */
function orderOf(data: Record<string, unknown>): readonly string[] | undefined {
  const spec = valueAt(data, ['spec']);
  const keys = isRecord(spec) ? Object.keys(spec) : [];
  return keys.join() === keys.toSorted().join() ? undefined : ORDER;
}
