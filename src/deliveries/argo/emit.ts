import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { printYaml } from '../../yaml/print.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import type { Step } from '../../yaml/nodes.ts';
import { cloneDocument, type Slots } from '../siblings/clone.ts';
import { joinDocuments } from '../siblings/documents.ts';
import type { Emission, EmittedFile, NewChart, NewSibling } from '../siblings/emission.ts';
import { abstracted, concrete } from '../siblings/names.ts';
import type { Typical } from '../siblings/typical.ts';
import { namesOf, type Unit, type UnitDocument } from '../siblings/unit.ts';
import { valuesFileOf, newValuesText } from '../siblings/values-file.ts';
import { without } from '../siblings/edits.ts';

type Job = { model: Unit; request: NewSibling; chart: NewChart };

/**
 * An app as an Application after a sibling: with its chart, its values where the sibling has them, and what lists it.
 * @throws UserError E_YAML_* where the sibling's files cannot be edited so
 */
export function emitArgo(
  { votes }: Pick<Typical, 'votes'>,
  model: Unit,
  request: NewSibling,
  chart: NewChart,
): Omit<Emission, 'notes'> {
  const job: Job = { model, request, chart };
  const rename = (text: string): string => concrete(abstracted(text, namesOf(model)), request.to);
  const kept = new Set(model.documents.map(({ file }) => file));
  const cloned = model.documents.map(document => ({
    ...document,
    ...cloneDocument(document, { unit: model, to: request.to, votes, chart }, slotsOf(job, document, kept)),
    path: rename(document.file),
  }));
  const files: EmittedFile[] = [...new Set(cloned.map(({ path }) => path))].map(path => ({
    path,
    text: joinDocuments(cloned.filter(each => each.path === path).toSorted((a, b) => a.index - b.index)),
    what: 'manifest',
  }));
  const values = valuesFileOf(model, chart, request.to);
  return {
    files:
      values === undefined
        ? files
        : [...files, { path: values, text: newValuesText(model, chart), what: 'values' }],
    listings: [],
    folder: undefined,
    home: rename(model.standing.home),
    namespace: namespaceOf(job),
    model,
  };
}

function namespaceOf({ model, request }: Job): string {
  const pattern = abstracted(model.namespace ?? model.standing.name, namesOf(model));
  const own = concrete(pattern, request.to);
  // A namespace that is the sibling's alone is none of the new app's.
  return own === model.namespace && model.namespace !== request.to.name && !pattern.includes('\u0003')
    ? request.to.name
    : own;
}

function slotsOf(job: Job, { part, file }: UnitDocument, kept: ReadonlySet<string>): Slots {
  if (part === 'application') return applicationSlots(job);
  if (part === 'kustomization')
    return {
      kept: ['resources'],
      trim: data =>
        without(data, ['resources'], entry => typeof entry === 'string' && kept.has(pathOf(file, entry))),
    };
  return {
    kept: [
      ...PLACE,
      'spec.source.repoURL',
      'spec.source.path',
      'spec.source.targetRevision',
      'spec.destination.namespace',
    ],
  };
}

function pathOf(file: string, entry: string): string {
  return `${file.slice(0, file.lastIndexOf('/') + 1)}${entry.replace(/^\.\//, '')}`;
}

/** Where an Application belongs is as with any sibling. */
const PLACE = ['spec.project', 'spec.destination.server', 'spec.destination.name'];
const OF_SOURCE = [
  'repoURL',
  'chart',
  'targetRevision',
  'helm.releaseName',
  'helm.values',
  'helm.valuesObject',
  'helm.valueFiles',
];

function applicationSlots(job: Job): Slots {
  return {
    kept: [
      ...PLACE,
      'spec.destination.namespace',
      'spec.sources',
      ...OF_SOURCE.map(key => `spec.source.${key}`),
    ],
    trim: data => sourceTrim(data),
    fill: data => [...identity(job, data), ...sourceFill(job, data)],
  };
}

/** Sources that lead to folders of the sibling go; those that the chart's values come from stay. */
function sourceTrim(data: Record<string, unknown>): YamlEdit[] {
  const stays = (source: unknown): boolean =>
    isRecord(source) &&
    (source['chart'] !== undefined || (source['ref'] !== undefined && source['path'] === undefined));
  const at = chartSource(data);
  const helm = at && sourceAt(data, [...at, 'helm']);
  return [
    ...(at && helm ? helmTrim(helm, [...at, 'helm']) : []),
    ...without(data, ['spec', 'sources'], stays),
  ];
}

/** What the sibling says to its chart: of its files the first that stands in this repository is left. */
function helmTrim(helm: Record<string, unknown>, at: Step[]): YamlEdit[] {
  const files = asList(helm['valueFiles']);
  const first = files.findIndex(isOfRepository);
  const others = files.flatMap((_, index) => (index === first ? [] : [index])).toReversed();
  return [
    ...['parameters', 'fileParameters'].flatMap(key =>
      helm[key] === undefined ? [] : [removal(...at, key)],
    ),
    ...(helm['values'] === undefined ? [] : [set([...at, 'values'], '')]),
    ...(helm['valuesObject'] === undefined ? [] : [set([...at, 'valuesObject'], {})]),
    ...(files.length > 0 && first < 0
      ? [removal(...at, 'valueFiles')]
      : others.map(index => removal(...at, 'valueFiles', index))),
  ];
}

function isOfRepository(file: unknown): boolean {
  return typeof file === 'string' && file.startsWith('$');
}

function removal(...path: Step[]): YamlEdit {
  return { kind: 'remove', path, withComments: true };
}

function chartSource(data: Record<string, unknown>): Step[] | undefined {
  const sources = asList(valueAt(data, ['spec', 'sources']));
  const index = sources.findIndex(source => isRecord(source) && source['chart'] !== undefined);
  if (index >= 0) return ['spec', 'sources', index];
  return isRecord(valueAt(data, ['spec', 'source'])) ? ['spec', 'source'] : undefined;
}

function sourceAt(data: Record<string, unknown>, at: readonly Step[]): Record<string, unknown> | undefined {
  const source = at.reduce<unknown>(
    (inner, step) =>
      Array.isArray(inner) ? inner[Number(step)] : isRecord(inner) ? inner[String(step)] : undefined,
    data,
  );
  return isRecord(source) ? source : undefined;
}

function identity(job: Job, data: Record<string, unknown>): YamlEdit[] {
  const { to } = job.request;
  const name = stringOf(valueAt(data, ['metadata', 'name']));
  const own = stringOf(valueAt(job.model.documents[0]?.data, ['metadata', 'name']));
  return [
    ...(name === own && name !== to.name ? [set(['metadata', 'name'], to.name)] : []),
    ...(valueAt(data, ['spec', 'destination', 'namespace']) === namespaceOf(job)
      ? []
      : [put(['spec', 'destination', 'namespace'], namespaceOf(job))]),
  ];
}

function sourceFill(job: Job, data: Record<string, unknown>): YamlEdit[] {
  const at = chartSource(data);
  const source = at && sourceAt(data, at);
  if (!at || !source) return [];
  const { chart } = job;
  // Argo CD tells a registry by the missing scheme.
  const wanted = {
    repoURL: chart.repo.replace(/^oci:\/\//, ''),
    chart: chart.name,
    targetRevision: chart.version,
  };
  const fields = Object.entries(wanted).flatMap(([key, value]) =>
    source[key] === value ? [] : [put([...at, key], value)],
  );
  return [...fields, ...helmFill(job, data, at, source)];
}

function helmFill(
  { chart, model, request }: Job,
  data: Record<string, unknown>,
  at: readonly Step[],
  source: Record<string, unknown>,
): YamlEdit[] {
  const helm = isRecord(source['helm']) ? source['helm'] : {};
  const said = stringOf(helm['releaseName']);
  const usual = stringOf(valueAt(data, ['metadata', 'name'])) ?? request.to.name;
  const isSaid = (said ?? usual) === chart.release;
  const name = isSaid ? [] : [put([...at, 'helm', 'releaseName'], chart.release)];
  const isAlone = isSaid && Object.keys(helm).every(key => key === 'values');
  return [...name, ...valuesFill({ chart, model, request }, { helm, isAlone }, at)];
}

type Helm = { helm: Record<string, unknown>; /** Whether it says nothing but values. */ isAlone: boolean };

function valuesFill(
  { chart, model, request }: Job,
  { helm, isAlone }: Helm,
  at: readonly Step[],
): YamlEdit[] {
  const { style } = model.values;
  const isEmpty = Object.keys(chart.overrides).length === 0;
  if (style === 'file') {
    const [first] = asList(helm['valueFiles']);
    const prefix = typeof first === 'string' ? first.slice(0, first.indexOf('/') + 1) : '';
    const file = `${prefix}${valuesFileOf(model, chart, request.to) ?? ''}`;
    return first === file || first === undefined ? [] : [set([...at, 'helm', 'valueFiles', 0], file)];
  }
  if (style === 'text')
    return isEmpty
      ? [removal(...at, ...(isAlone ? ['helm'] : ['helm', 'values']))]
      : [set([...at, 'helm', 'values'], `${printYaml(chart.overrides)}\n`)];
  return isEmpty ? [] : [put([...at, 'helm', 'valuesObject'], chart.overrides)];
}

function set(path: Step[], value: unknown): YamlEdit {
  return { kind: 'set', path, value };
}

function put(path: Step[], value: unknown): YamlEdit {
  return { kind: 'put', path, value };
}
