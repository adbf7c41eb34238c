import { posix } from 'node:path';
import { asList, isRecord, recordsAt, stringOf } from '../../data/fields.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { Repository } from '../../repository/model.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import { cloneDocument, type Cloning, type Slots } from '../siblings/clone.ts';
import { joinDocuments } from '../siblings/documents.ts';
import type { Emission, EmittedFile, NewChart, NewSibling } from '../siblings/emission.ts';
import { listEntries } from '../siblings/list-entry.ts';
import { abstracted, concrete, isWithin } from '../siblings/names.ts';
import { type Typical, typicalAmong } from '../siblings/typical.ts';
import { type Listing, namesOf, type Unit, type UnitDocument } from '../siblings/unit.ts';
import { without } from '../siblings/edits.ts';
import { valuesFileOf, newValuesText } from '../siblings/values-file.ts';
import { type PlannedSource, planSource, sourceSlots } from './emit-source.ts';
import { sourcesApart } from './sources-apart.ts';
import { releaseSlots } from './emit-release.ts';

export type FluxEmitting = {
  repository: Repository;
  units: readonly Unit[];
  typical: Typical;
  /** Sources as slipway writes them, where no sibling has one of the kind. */
  sources: Readonly<Record<'HelmRepository' | 'OCIRepository', UnitDocument>>;
};

type Job = FluxEmitting & {
  model: Unit;
  request: NewSibling;
  chart: NewChart | undefined;
  source: PlannedSource | undefined;
};

/**
 * An app as a HelmRelease after a sibling: its release, its source, what builds and lists them.
 * @throws UserError E_YAML_* where the sibling's files cannot be edited so
 */
export function emitFlux(emitting: FluxEmitting, model: Unit, request: NewSibling): Omit<Emission, 'notes'> {
  const { repository, units, typical } = emitting;
  const [chart] = request.charts;
  const apart = sourcesApart(repository, units);
  const source = chart && planSource(repository, units, { model, chart, to: request.to, apart });
  const job: Job = { ...emitting, model, request, chart, source };
  const documents = documentsOf(job);
  const kept = new Set(documents.map(({ file }) => file));
  const cloning: Cloning = { unit: model, to: request.to, votes: typical.votes, chart };
  const cloned = documents.map(document => ({
    ...document,
    ...cloneDocument(document, cloning, slotsOf(job, document, kept)),
    path: renamed(job, document.file),
  }));
  const paths = [...new Set(cloned.map(({ path }) => path))];
  const files: EmittedFile[] = paths.map(path => ({
    path,
    text: joinDocuments(cloned.filter(each => each.path === path).toSorted((a, b) => a.index - b.index)),
    what: 'manifest',
  }));
  const values = chart && valuesFileOf(model, chart, request.to);
  const shared = chart && source ? newShared(source, chart) : undefined;
  return {
    listings: shared?.listings ?? [],
    files: [
      ...files,
      ...(shared ? [shared.file] : []),
      ...(values === undefined || !chart
        ? []
        : [{ path: values, text: newValuesText(model, chart), what: 'values' as const }]),
    ],
    folder: model.folder === undefined ? undefined : renamed(job, model.folder),
    home: renamed(job, model.standing.home),
    namespace: renamed(job, model.namespace ?? model.standing.name),
    model,
  };
}

function renamed({ model, request }: Job, text: string): string {
  return concrete(abstracted(text, namesOf(model)), request.to);
}

/** The sibling's documents, less what this app has not, with a source of the kind that its chart needs. */
function documentsOf(job: Job): UnitDocument[] {
  const { model, chart, source, sources } = job;
  const others = model.documents.filter(
    ({ part }) => part !== 'source' && (chart !== undefined || part !== 'release'),
  );
  if (!chart || !source || source.isShared) return others;
  const own = model.documents.find(({ part }) => part === 'source');
  const kind = source.ref.kind === 'OCIRepository' ? 'OCIRepository' : 'HelmRepository';
  if (own?.data['kind'] === kind) return [...others, own];
  const release = model.documents.find(({ part }) => part === 'release');
  const beside = posix.join(posix.dirname(release?.file ?? ''), `${kind.toLowerCase()}.yaml`);
  const file =
    own?.file.replace(/(?:oci|helm)repository/, kind.toLowerCase()) ??
    (job.model.folder === undefined ? (release?.file ?? beside) : beside);
  return [...others, { ...sources[kind], file, index: own?.index ?? -1 }];
}

function slotsOf(job: Job, document: UnitDocument, kept: ReadonlySet<string>): Slots {
  const { model, chart, source, request } = job;
  switch (document.part) {
    case 'release':
      return chart && source ? releaseSlots({ model, chart, source, to: request.to }) : { kept: [] };
    case 'source':
      return chart && source ? sourceSlots(model, chart, source) : { kept: [] };
    case 'kustomization':
      return kustomizationSlots(job, document, kept);
    case 'flux':
      return {
        kept: [
          'spec.path',
          'spec.prune',
          'spec.sourceRef.kind',
          'spec.sourceRef.name',
          'spec.sourceRef.namespace',
          'spec.interval',
        ],
      };
    case 'namespace':
    case 'configuration':
    case 'application':
    case 'wrapper':
    case 'chart':
      return { kept: [] };
  }
}

/** Only what leads to the app's own files stays, and what lies beside is listed. */
function kustomizationSlots(job: Job, document: UnitDocument, kept: ReadonlySet<string>): Slots {
  const { model, request, chart } = job;
  const folder = posix.dirname(document.file);
  const configurations = [...kept].some(file =>
    model.documents.some(each => each.file === file && each.part === 'configuration'),
  );
  return {
    kept: ['resources', 'configMapGenerator', ...(chart && configurations ? ['configurations'] : [])],
    trim: data => [
      ...without(data, ['resources'], entry => leadsTo(entry, folder, kept)),
      ...generatorTrim(data, folder, chart ? model.values.file : undefined),
      ...ownLeftBehind(data, folder, model.standing.home, kept),
    ],
    fill: data => [
      ...valuesEntries(job, data, folder),
      ...(folder === model.folder
        ? listEntries(data, [...newFiles(job, folder, kept, data), ...request.resources], {
            like: document.data,
          })
        : []),
    ],
  };
}

function leadsTo(entry: unknown, folder: string, kept: ReadonlySet<string>): boolean {
  const path = typeof entry === 'string' ? pathFrom(folder, entry) : undefined;
  if (path === undefined) return false;
  return (
    kept.has(path) ||
    [...kept].some(
      file =>
        posix.dirname(file) === path && /^kustomization\.ya?ml$|^Kustomization$/.test(posix.basename(file)),
    )
  );
}

/** Patches and components that lie in the sibling's own folder are not the new app's. */
function ownLeftBehind(
  data: Record<string, unknown>,
  folder: string,
  home: string,
  kept: ReadonlySet<string>,
): YamlEdit[] {
  const isLeft = (path: string | undefined): boolean =>
    path !== undefined && isWithin(home, path) && ![...kept].some(file => isWithin(path, file));
  return [
    'components',
    'patches',
    'patchesStrategicMerge',
    'patchesJson6902',
    'transformers',
    'generators',
    'replacements',
    'crds',
  ].flatMap(key =>
    without(data, [key], item => {
      const written = isRecord(item) ? item['path'] : item;
      return typeof written !== 'string' || !isLeft(pathFrom(folder, written));
    }).map((edit): YamlEdit =>
      edit.kind === 'set' ? { kind: 'remove', path: edit.path, withComments: true } : edit,
    ),
  );
}

/** What makes a ConfigMap of the values stays, with that file alone. */
function generatorTrim(
  data: Record<string, unknown>,
  folder: string,
  values: string | undefined,
): YamlEdit[] {
  const generators = asList(data['configMapGenerator']);
  const isIt = (entry: unknown): boolean =>
    values !== undefined && typeof entry === 'string' && fileIn(folder, entry) === values;
  const makes = (generator: unknown): boolean =>
    isRecord(generator) && asList(generator['files']).some(isIt) && generator['behavior'] === undefined;
  if (generators.length === 0) return [];
  if (!generators.some(makes)) return [{ kind: 'remove', path: ['configMapGenerator'], withComments: true }];
  const inner = generators.flatMap((generator, index) =>
    makes(generator)
      ? without(generator, ['files'], isIt).map(edit => ({
          ...edit,
          path: ['configMapGenerator', index, ...edit.path],
        }))
      : [],
  );
  return [...inner, ...without(data, ['configMapGenerator'], makes)];
}

function fileIn(folder: string, entry: string): string | undefined {
  return pathFrom(folder, entry.slice(entry.indexOf('=') + 1));
}

/** Where the values file is named, it has its new name. */
function valuesEntries(job: Job, data: Record<string, unknown>, folder: string): YamlEdit[] {
  const { model, chart, request } = job;
  const values = chart && valuesFileOf(model, chart, request.to);
  if (values === undefined || model.values.file === undefined) return [];
  const [home, old] = [renamed(job, folder), renamed(job, model.values.file)];
  return recordsAt(data, ['configMapGenerator']).flatMap((generator, index) =>
    asList(generator['files']).flatMap((entry, at): YamlEdit[] => {
      if (typeof entry !== 'string' || fileIn(home, entry) !== old || old === values) return [];
      const prefix = entry.slice(0, entry.indexOf('=') + 1);
      return [
        {
          kind: 'set',
          path: ['configMapGenerator', index, 'files', at],
          value: `${prefix}${posix.relative(home, values)}`,
        },
      ];
    }),
  );
}

/** Files of the app that the sibling has not. */
function newFiles(
  job: Job,
  folder: string,
  kept: ReadonlySet<string>,
  data: Record<string, unknown>,
): string[] {
  const known = new Set(job.model.documents.map(({ file }) => file));
  const home = renamed(job, folder);
  const listed = asList(data['resources']).flatMap(entry => stringOf(entry) ?? []);
  return [...kept]
    .filter(file => !known.has(file))
    .map(file => posix.relative(home, renamed(job, file)))
    .filter(entry => !listed.includes(entry));
}

/**
 * A source that releases share, made beside the others and listed where they are.
 * @throws UserError E_YAML_* where that of a sibling cannot be edited so
 */
function newShared(
  source: PlannedSource,
  chart: NewChart,
): { file: EmittedFile; listings: Listing[] } | undefined {
  const typical = typicalAmong(source.among ?? [], { chart: undefined, all: source.among ?? [] });
  const [model] = typical?.models ?? [];
  const [document] = model?.documents ?? [];
  if (!typical || !model || !document) return undefined;
  const to = { group: model.standing.group, name: source.ref.name };
  const rename = (text: string): string => concrete(abstracted(text, namesOf(model)), to);
  const cloned = cloneDocument(
    document,
    { unit: model, to, votes: typical.votes, chart },
    sourceSlots(model, chart, source),
  );
  return {
    file: { path: rename(document.file), text: joinDocuments([cloned]), what: 'manifest' },
    listings: model.listings.map(({ file, entry }) => ({ file: rename(file), entry: rename(entry) })),
  };
}
