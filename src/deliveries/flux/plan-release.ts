import { asMap, recordsAt, stringOf, stringsAt, textMap, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { LocatedObject } from '../located-object.ts';
import type { CrdPolicy, PlannedChart, PlannedRelease, ReleasePlan } from '../planned-release.ts';
import { composeValues, type FindConfigMap } from './compose-values.ts';
import { resolvedVersions } from './filled-version.ts';
import { chartOf, type ChartLookup, type ReleaseChart, versionOf } from './release-chart.ts';
import { mayHoldVariables } from './substitution/substitute.ts';

export type ReleasePlanContext = ChartLookup & {
  findConfigMap(namespace: string | undefined): FindConfigMap;
};

/** What helm-controller would have Helm render for a HelmRelease as it comes out of a build. */
export function planRelease(context: ReleasePlanContext, object: LocatedObject): ReleasePlan {
  const by = { kind: 'HelmRelease' as const, name: object.name };
  const chart = chartOf(context, object);
  if (!chart) return { status: 'left', by, reason: say('deliveries.sourceNotHere') };
  const found = plannedChart(context, chart);
  if ('reason' in found) return { status: 'left', by, reason: found.reason };
  return { status: 'planned', release: releaseFrom(context, object, found.chart) };
}

function releaseFrom(
  context: ReleasePlanContext,
  object: LocatedObject,
  chart: PlannedChart,
): PlannedRelease {
  const { body, namespace } = object;
  const spec = asMap(body['spec']);
  const target = stringOf(spec['targetNamespace']);
  const { values, open } = composeValues(spec, context.findConfigMap(namespace));
  return {
    by: { kind: 'HelmRelease', name: object.name },
    release:
      stringOf(spec['releaseName']) ?? (target === undefined ? object.name : `${target}-${object.name}`),
    namespace: target ?? namespace,
    chart,
    defaults: stringsAt(spec, ['chart', 'spec', 'valuesFiles']),
    values: [{ kind: 'data', data: values }],
    lines: [],
    cluster: {},
    crds: crdsOf(spec),
    hasTests: valueAt(spec, ['test', 'enable']) === true,
    hasHooks: valueAt(spec, ['install', 'disableHooks']) !== true,
    postRenderers: recordsAt(spec, ['postRenderers']).map(each => asMap(each['kustomize'])),
    metadata: {
      labels: textMap(valueAt(spec, ['commonMetadata', 'labels'])),
      annotations: textMap(valueAt(spec, ['commonMetadata', 'annotations'])),
    },
    open,
  };
}

/** Flux installs them unless it is told otherwise, and leaves them as they are when it upgrades. */
function crdsOf(spec: unknown): PlannedRelease['crds'] {
  const [install, upgrade] = ['install', 'upgrade'].map(field => stringOf(valueAt(spec, [field, 'crds'])));
  const isSkipped = install === 'Skip' || valueAt(spec, ['install', 'skipCRDs']) === true;
  const isPolicy = upgrade === 'Create' || upgrade === 'CreateReplace';
  const onUpgrade: CrdPolicy = isPolicy ? upgrade : 'Skip';
  return { isIncluded: !isSkipped, onUpgrade, isDefault: upgrade === undefined };
}

function plannedChart(
  { buildersOf, variablesOf }: ReleasePlanContext,
  chart: ReleaseChart,
): { chart: PlannedChart } | { reason: Text } {
  const { name, source, folder } = chart;
  if (source === undefined) return { chart: { name, folder: folder ?? '' } };
  const written = versionOf(chart);
  const builders = buildersOf(chart.at.at.file).map(variablesOf);
  const [first] = mayHoldVariables(written.text)
    ? resolvedVersions(written, builders)
    : [{ version: written }];
  const { kind, text } = first?.version ?? written;
  if (mayHoldVariables(text)) return { reason: say('deliveries.versionOpen', { version: text }) };
  if (kind === 'none') return { reason: say('deliveries.sourceNotHere') };
  if (chart.held === 'ref.digest' && text === '') return { reason: say('deliveries.digestOnly') };
  return { chart: { name, source, version: { kind, text } } };
}
