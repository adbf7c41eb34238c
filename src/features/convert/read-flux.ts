import { posix } from 'node:path';
import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { mayHoldVariables } from '../../deliveries/flux/substitution/substitute.ts';
import type { LocatedObject } from '../../deliveries/located-object.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { findUnits } from '../../deliveries/siblings/find-units.ts';
import type { Unit, UnitDocument } from '../../deliveries/siblings/unit.ts';
import { say } from '../../locales/say.ts';
import type { Repository } from '../../repository/model.ts';
import { saidFields, refuseField, type Vocabulary } from './fields-beside.ts';
import type { FieldOf, ReadApp, ReadContext, RefusedField, ConvertTarget } from './model.ts';
import { chartToConvert, layerTexts } from './read-layers.ts';

const CHART = 'spec.chart.spec';

const RELEASE: Vocabulary = {
  known: [
    'apiVersion',
    'kind',
    'metadata.name',
    'metadata.namespace',
    `${CHART}.chart`,
    `${CHART}.version`,
    `${CHART}.sourceRef`,
    'spec.chartRef',
    'spec.releaseName',
    'spec.targetNamespace',
    'spec.values',
    'spec.valuesFrom',
  ],
  settings: {
    'spec.install.crds': 'crds',
    'spec.install.skipCRDs': 'crds',
    'spec.upgrade.crds': 'crds',
    'spec.install.disableHooks': 'hooks',
    'spec.upgrade.disableHooks': 'hooks',
    'spec.test.enable': 'tests',
    'spec.install.disableSchemaValidation': 'skipsSchema',
    'spec.upgrade.disableSchemaValidation': 'skipsSchema',
    'spec.install.createNamespace': 'createsNamespace',
  },
  refused: {
    'spec.kubeConfig': { reason: say('convert.otherCluster'), next: say('convert.runThere') },
    'spec.dependsOn': { reason: say('convert.order'), next: say('convert.orderOtherwise') },
    'spec.postRenderers': { reason: say('convert.postRenderers'), next: say('convert.patchByHand') },
    'spec.commonMetadata': { reason: say('convert.commonMetadata'), next: say('convert.patchByHand') },
    [`${CHART}.valuesFiles`]: { reason: say('convert.filesOfChart'), next: say('convert.copyFiles') },
  },
};

const SOURCE: Vocabulary = {
  known: [
    'apiVersion',
    'kind',
    'metadata.name',
    'metadata.namespace',
    'spec.url',
    'spec.ref.tag',
    'spec.type',
    'spec.layerSelector',
  ],
  settings: {},
  refused: {},
};

/** What Flux is told of one app alone: a Kustomization that goes with it. */
const BUILDER: Vocabulary = {
  known: [
    'apiVersion',
    'kind',
    'metadata.name',
    'metadata.namespace',
    'spec.path',
    'spec.sourceRef',
    'spec.prune',
  ],
  settings: {},
  refused: {
    'spec.dependsOn': { reason: say('convert.order'), next: say('convert.orderOtherwise') },
    'spec.postBuild': { reason: say('convert.variables'), next: say('convert.fillIn') },
    'spec.patches': { reason: say('convert.postRenderers'), next: say('convert.patchByHand') },
    'spec.components': { reason: say('convert.postRenderers'), next: say('convert.patchByHand') },
    'spec.images': { reason: say('convert.postRenderers'), next: say('convert.patchByHand') },
    'spec.kubeConfig': { reason: say('convert.otherCluster'), next: say('convert.runThere') },
  },
};

/** A HelmRelease, with its source where that is its own. */
export function readFluxApp(context: ReadContext, use: ChartUse, target: ConvertTarget): ReadApp {
  const { repository } = context;
  const deliveries = readDeliveries(repository);
  const object = deliveries.objects.find(each => each.kind === 'HelmRelease' && isAt(each, use));
  const unit = object && findUnits(repository).find(each => each.delivery === 'flux' && holds(each, object));
  const { chart, refusals } = chartToConvert(use);
  const layers = layerTexts(repository, use);
  const documents = unit ? goingWith(repository, unit, { object, target }) : [];
  const fields = documents.map(document =>
    saidFields(document.data, aboutOf(document), vocabularyOf(document)),
  );
  const { file } = use.at;
  const kustomization = deliveries.kustomizations.around(file);
  const isOwn = kustomization !== undefined && unit?.folder === kustomization.folder;
  const name = unit?.standing.name ?? use.app.name;
  const group = unit?.standing.group ?? posix.dirname(file);
  const folder = isOwn ? kustomization.folder : posix.join(group, name);
  return {
    use,
    app: use.app,
    name,
    group,
    chart,
    release: { name: use.release.name, namespace: use.release.namespace ?? name },
    layers: layers.layers,
    settings: settingsOf(object?.body),
    said: fields.flatMap(({ said }) => said),
    others: fields
      .flatMap(({ others }) => others)
      .filter(({ path }) => path !== 'spec.suspend' || isSuspended(object)),
    refusals: [
      ...refusals,
      ...layers.refusals,
      ...fields.flatMap(each => each.refusals),
      ...standsApart(context, use, { object, unit, documents }),
    ],
    folder,
    kustomization: isOwn ? kustomization : undefined,
    units: [{ kind: 'folder', path: kustomization?.folder ?? posix.dirname(file) }],
    gone: [...new Set(documents.map(document => document.file))],
    object,
  };
}

/** Whether Flux leaves a release alone: one that goes then is not uninstalled. */
export function isSuspended(object: LocatedObject | undefined): boolean {
  return valueAt(object?.body, ['spec', 'suspend']) === true;
}

function isAt({ at }: LocatedObject, use: ChartUse): boolean {
  return at.file === use.at.file && at.document === use.at.document && at.path.join() === use.at.path.join();
}

function holds({ documents }: Unit, { at }: LocatedObject): boolean {
  return documents.some(
    ({ part, file, index }) => part === 'release' && file === at.file && index === at.document,
  );
}

/**
 * The release, and its source where no other release takes it; the Kustomization that builds the app alone where Flux has nothing
 * more to build.
 */
function goingWith(
  repository: Repository,
  { documents }: Unit,
  { object, target }: { object: LocatedObject | undefined; target: ConvertTarget },
): UnitDocument[] {
  const others = readDeliveries(repository).objects.filter(
    each => each.kind === 'HelmRelease' && each !== object,
  );
  const isShared = ({ data }: UnitDocument): boolean =>
    others.some(({ body }) =>
      [
        ['spec', 'chartRef'],
        ['spec', 'chart', 'spec', 'sourceRef'],
      ].some(
        path =>
          valueAt(body, [...path, 'name']) === valueAt(data, ['metadata', 'name']) &&
          valueAt(body, [...path, 'kind']) === data['kind'],
      ),
    );
  return documents.filter(document => {
    const { part } = document;
    return (
      part === 'release' ||
      (part === 'source' && !isShared(document)) ||
      (part === 'flux' && target === 'argo')
    );
  });
}

function aboutOf({ file, data }: UnitDocument): { file: string; object: string } {
  return {
    file,
    object: `${stringOf(data['kind']) ?? ''}/${stringOf(valueAt(data, ['metadata', 'name'])) ?? ''}`,
  };
}

function vocabularyOf({ part }: UnitDocument): Vocabulary {
  return part === 'release' ? RELEASE : part === 'source' ? SOURCE : BUILDER;
}

function settingsOf(body: unknown): ReadApp['settings'] {
  const both = (field: string): boolean =>
    ['install', 'upgrade'].every(step => valueAt(body, ['spec', step, field]) === true);
  const install = stringOf(valueAt(body, ['spec', 'install', 'crds']));
  return {
    crds: install !== 'Skip' && valueAt(body, ['spec', 'install', 'skipCRDs']) !== true,
    hooks: valueAt(body, ['spec', 'install', 'disableHooks']) !== true,
    tests: valueAt(body, ['spec', 'test', 'enable']) === true,
    kubeVersion: undefined,
    apiVersions: [],
    skipsSchema: both('disableSchemaValidation'),
    createsNamespace: valueAt(body, ['spec', 'install', 'createNamespace']) === true,
  };
}

type Found = {
  object: LocatedObject | undefined;
  unit: Unit | undefined;
  documents: readonly UnitDocument[];
};

/** A release that a patch makes another one, or that shares its file, cannot be taken out alone. */
function standsApart(
  { repository }: ReadContext,
  use: ChartUse,
  { object, unit, documents }: Found,
): RefusedField[] {
  const at = (path: string): FieldOf => ({
    file: use.at.file,
    object: `HelmRelease/${object?.name ?? use.name}`,
    path,
  });
  if (!object || !unit)
    return [refuseField(at('metadata.name'), say('convert.patched'), say('convert.onePlace'))];
  const { text } = repository;
  const shared = [...new Set(documents.map(({ file }) => file))].filter(file => {
    const own = documents.filter(document => document.file === file).length;
    return (text.get(file) ?? '').split(/^kind:/m).length - 1 > own;
  });
  const isOpen =
    mayHoldVariables(text.get(use.at.file) ?? '') &&
    readDeliveries(repository)
      .buildersOf(use.at.file)
      .some(builder => isRecord(builder.spec['postBuild']));
  return [
    ...shared.map(file =>
      refuseField({ ...at('kind'), file }, say('convert.sharesFile'), say('convert.fileOfItsOwn')),
    ),
    ...(isOpen ? [refuseField(at('spec'), say('convert.variables'), say('convert.fillIn'))] : []),
  ];
}
