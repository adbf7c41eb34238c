import { posix } from 'node:path';
import { isRecord, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { isOwnRepository, ownRepositories } from '../../repository/own-repositories.ts';
import { sourcesOf } from '../../deliveries/argo/source.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { findUnits } from '../../deliveries/siblings/find-units.ts';
import { say } from '../../locales/say.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import type { Repository } from '../../repository/model.ts';
import { saidFields, refuseField, type Vocabulary } from './fields-beside.ts';
import type { FieldOf, ReadApp, ReadContext, RefusedField } from './model.ts';
import { chartToConvert, layerTexts } from './read-layers.ts';

const APPLICATION: Vocabulary = {
  known: [
    'apiVersion',
    'kind',
    'metadata.name',
    'metadata.namespace',
    'spec.source',
    'spec.sources',
    'spec.destination',
    'spec.project',
  ],
  settings: {},
  refused: {},
};

const SOURCE: Vocabulary = {
  known: [
    'repoURL',
    'chart',
    'targetRevision',
    'name',
    'helm.releaseName',
    'helm.namespace',
    'helm.valueFiles',
    'helm.values',
    'helm.valuesObject',
  ],
  settings: {
    'helm.skipCrds': 'crds',
    'helm.skipTests': 'tests',
    'helm.kubeVersion': 'kubeVersion',
    'helm.apiVersions': 'apiVersions',
    'helm.skipSchemaValidation': 'skipsSchema',
  },
  refused: {
    'helm.parameters': { reason: say('convert.parameters'), next: say('convert.writeAsValues') },
    'helm.fileParameters': { reason: say('convert.parameters'), next: say('convert.writeAsValues') },
    plugin: { reason: say('convert.plugin'), next: say('convert.withoutPlugin') },
    kustomize: { reason: say('convert.plugin'), next: say('convert.withoutPlugin') },
    directory: { reason: say('convert.plugin'), next: say('convert.withoutPlugin') },
  },
};

/** An Application with one chart, and with what else of this repository it takes. */
export function readArgoApp(context: ReadContext, use: ChartUse): ReadApp {
  const { repository } = context;
  const { objects } = readDeliveries(repository);
  const kustomizations = readKustomizations(repository);
  const { file, document } = use.at;
  const object = objects.find(each => each.at.file === file && each.at.document === document);
  const body = object?.body ?? {};
  const sources = sourcesOf(body['spec']).filter(isRecord);
  const source = sources.find(each => each['chart'] !== undefined) ?? {};
  const about = { file, object: `${object?.kind ?? 'Application'}/${object?.name ?? ''}` };
  const [outer, inner] = [saidFields(body, about, APPLICATION), saidFields(source, about, SOURCE)];
  const { chart, refusals } = chartToConvert(use);
  const layers = layerTexts(repository, use);
  const unit = findUnits(repository).find(
    each =>
      each.delivery === 'argo' && each.documents[0]?.file === file && each.documents[0].index === document,
  );
  const group = unit?.standing.group ?? posix.dirname(file);
  const name = unit?.standing.name ?? object?.name ?? use.name;
  const beside = pathOf(repository, sources);
  const folder = beside ?? posix.join(group, name);
  return {
    use,
    app: use.app,
    name,
    group,
    chart,
    release: { name: use.release.name, namespace: use.release.namespace ?? name },
    layers: layers.layers,
    settings: settingsOf(body, source),
    said: [...outer.said, ...inner.said, ...createNamespace(body, about)],
    others: [
      ...outer.others.flatMap(each => withoutCreate(body, each)),
      ...inner.others,
      ...project(body, about),
    ],
    refusals: [
      ...refusals,
      ...layers.refusals,
      ...inner.refusals,
      ...elsewhere(context, body, sources, about),
      ...alone(context, use, object?.kind),
    ],
    folder,
    kustomization: kustomizations.at(folder),
    units: [{ kind: 'file', path: file }, ...(beside ? [{ kind: 'folder' as const, path: beside }] : [])],
    gone: [file],
    object,
  };
}

/** The folder of this repository that the Application takes beside the chart. */
function pathOf(repository: Repository, sources: readonly Record<string, unknown>[]): string | undefined {
  const own = ownRepositories(readDeliveries(repository).objects, repository.text);
  const found = sources.find(
    each =>
      each['chart'] === undefined &&
      stringOf(each['path']) &&
      isOwnRepository(own, stringOf(each['repoURL']) ?? ''),
  );
  return insideFrom('.', stringOf(found?.['path']) ?? '..');
}

const CREATE = 'CreateNamespace=true';

function settingsOf(body: unknown, source: unknown): ReadApp['settings'] {
  return {
    crds: valueAt(source, ['helm', 'skipCrds']) !== true,
    hooks: true,
    tests: false,
    kubeVersion: stringOf(valueAt(source, ['helm', 'kubeVersion'])),
    apiVersions: stringsAt(source, ['helm', 'apiVersions']),
    skipsSchema: valueAt(source, ['helm', 'skipSchemaValidation']) === true,
    createsNamespace: optionsOf(body).includes(CREATE),
  };
}

function optionsOf(body: unknown): string[] {
  return stringsAt(body, ['spec', 'syncPolicy', 'syncOptions']);
}

type About = { file: string; object: string };

function createNamespace(body: unknown, about: About): ReadApp['said'] {
  const path = 'spec.syncPolicy.syncOptions.CreateNamespace';
  return optionsOf(body).includes(CREATE) ? [{ ...about, path, setting: 'createsNamespace' }] : [];
}

/** Each option of a sync stands for itself, and the policy without those says how the Application is synced. */
function withoutCreate(body: unknown, field: FieldOf): FieldOf[] {
  if (field.path !== 'spec.syncPolicy') return [field];
  const policy = valueAt(body, ['spec', 'syncPolicy']);
  const keys = isRecord(policy) ? Object.keys(policy).filter(key => key !== 'syncOptions') : [];
  const options = optionsOf(body).filter(option => !option.startsWith('CreateNamespace='));
  return [...keys, ...options.map(option => `syncOptions.${option}`)].map(key => ({
    ...field,
    path: `${field.path}.${key}`,
  }));
}

function project(body: unknown, about: About): FieldOf[] {
  const name = valueAt(body, ['spec', 'project']);
  return name === undefined || name === 'default' ? [] : [{ ...about, path: 'spec.project' }];
}

/** Another cluster, and what comes from another repository. */
function elsewhere(
  { repository }: ReadContext,
  body: unknown,
  sources: readonly Record<string, unknown>[],
  about: About,
): RefusedField[] {
  const own = ownRepositories(readDeliveries(repository).objects, repository.text);
  const { server, name } = (valueAt(body, ['spec', 'destination']) ?? {}) as Record<string, unknown>;
  const isHere = (server ?? 'https://kubernetes.default.svc') === 'https://kubernetes.default.svc';
  const cluster = isHere && (name ?? 'in-cluster') === 'in-cluster';
  const foreign = sources.filter(
    each => each['chart'] === undefined && !isOwnRepository(own, stringOf(each['repoURL']) ?? ''),
  );
  const paths = sources.filter(each => each['chart'] === undefined && each['path'] !== undefined);
  return [
    ...(cluster
      ? []
      : [
          refuseField(
            { ...about, path: 'spec.destination' },
            say('convert.otherCluster'),
            say('convert.runThere'),
          ),
        ]),
    ...foreign.map(() =>
      refuseField(
        { ...about, path: 'spec.sources' },
        say('convert.otherRepository'),
        say('convert.bringFiles'),
      ),
    ),
    ...(paths.length > 1
      ? [
          refuseField(
            { ...about, path: 'spec.sources' },
            say('convert.severalFolders'),
            say('convert.oneFolder'),
          ),
        ]
      : []),
  ];
}

/** An ApplicationSet makes several of what is converted as one; and a file may hold more than this. */
function alone({ repository }: ReadContext, { at }: ChartUse, kind: string | undefined): RefusedField[] {
  const about = { file: at.file, object: kind ?? 'Application', path: 'spec' };
  if (kind !== 'Application')
    return [refuseField(about, say('convert.generated'), say('convert.asApplication'))];
  const same = findUses(repository).filter(use => use.at.file === at.file && use.at.document === at.document);
  if (same.length > 1) {
    const charts = same.map(({ name }) => name).join(', ');
    return [refuseField(about, say('convert.severalCharts', { charts }), say('convert.splitFirst'))];
  }
  const objects = (repository.text.get(at.file) ?? '').split(/^kind:/m).length - 1;
  return objects > 1 ? [refuseField(about, say('convert.sharesFile'), say('convert.fileOfItsOwn'))] : [];
}
