import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import type { Repository } from '../../repository/model.ts';
import type { YamlEdit } from '../../yaml/edit.ts';
import { type LocatedObject, textIn } from '../located-object.ts';
import { readDeliveries } from '../read-deliveries.ts';
import type { Slots } from '../siblings/clone.ts';
import { put, setUnless } from '../siblings/edits.ts';
import { isInRegistry, type NewChart } from '../siblings/emission.ts';
import { abstracted, concrete, isWithin, type Names, namesApp } from '../siblings/names.ts';
import { namesOf, type Unit } from '../siblings/unit.ts';
import type { SourceRef } from './sources.ts';

/** The source that a new release refers to: one that several use already, or one of its own. */
export type PlannedSource = {
  ref: SourceRef;
  isShared: boolean;
  /** Sources that stand apart from the apps: where it is not there yet, it is made beside these. */
  among?: readonly Unit[];
};

type ToPlan = {
  model: Unit;
  chart: NewChart;
  to: Names;
  /** The sources that stand apart from the apps. */
  apart: readonly Unit[];
};

/**
 * Finds the HelmRepository of a chart that releases share; else names one that the app will have for itself, of the kind that
 * its sibling has where the chart's address allows that.
 */
export function planSource(
  repository: Repository,
  units: readonly Unit[],
  { model, chart, to, apart }: ToPlan,
): PlannedSource {
  const shared = sharedSource(repository, units, chart);
  if (shared) return { ref: shared, isShared: true };
  const isAmong = !isInRegistry(chart) && !model.source.isOwn && apart.length > 1;
  if (isAmong) return { ref: newRef(repository, chart, model), isShared: true, among: apart };
  const own = model.documents.find(({ part }) => part === 'source');
  const known = stringOf(valueAt(own?.data, ['metadata', 'name']));
  const pattern = known === undefined ? undefined : abstracted(known, namesOf(model));
  const isAfterApp = pattern !== undefined && namesApp(pattern);
  const kind =
    isInRegistry(chart) && model.source.kind !== 'HelmRepository' ? 'OCIRepository' : 'HelmRepository';
  const other = kind === 'OCIRepository' ? to.name : sourceNameOf(chart.repo, chart.name);
  const name = isAfterApp ? concrete(pattern, to) : other;
  return { ref: { kind, name, namespace: undefined }, isShared: false };
}

/** The HelmRepository of a chart that stands apart from the apps, as they refer to it. */
export function sharedSource(
  repository: Repository,
  units: readonly Unit[],
  { repo }: NewChart,
): SourceRef | undefined {
  const homes = units.flatMap(({ standing, source }) => (source.isOwn ? [standing.home] : []));
  const objects = readDeliveries(repository).objects;
  const found = objects.find(
    object =>
      object.kind === 'HelmRepository' &&
      sameUrl(textIn(object, 'spec', 'url'), repo) &&
      !homes.some(home => isWithin(home, object.at.file)),
  );
  if (!found) return undefined;
  const namespace = usualNamespace(objects, found.name) ?? found.namespace;
  return { kind: found.kind, name: found.name, namespace };
}

/** A name that no other source has, in the namespace that the sibling's has. */
function newRef(repository: Repository, chart: NewChart, model: Unit): SourceRef {
  const name = sourceNameOf(chart.repo, chart.name);
  const isTaken = readDeliveries(repository).objects.some(
    object => object.kind === 'HelmRepository' && object.name === name,
  );
  const release = model.documents.find(({ part }) => part === 'release');
  const namespace = stringOf(valueAt(release?.data, ['spec', 'chart', 'spec', 'sourceRef', 'namespace']));
  return { kind: 'HelmRepository', name: isTaken ? `${name}-${chart.name}` : name, namespace };
}

/** As the releases that use it say. */
function usualNamespace(objects: readonly LocatedObject[], name: string): string | undefined {
  const refs = objects
    .filter(({ kind }) => kind === 'HelmRelease')
    .flatMap(({ body }) => {
      const ref = valueAt(body, ['spec', 'chart', 'spec', 'sourceRef']);
      return isRecord(ref) && ref['name'] === name ? [stringOf(ref['namespace'])] : [];
    });
  return refs.find(namespace => namespace !== undefined);
}

function sameUrl(one: string | undefined, other: string): boolean {
  return one !== undefined && one.replace(/(?<!\/)\/+$/, '') === other.replace(/(?<!\/)\/+$/, '');
}

/** Fields that hold for the host of a source rather than for every one. */
const OF_HOST = [
  'secretRef',
  'certSecretRef',
  'proxySecretRef',
  'insecure',
  'passCredentials',
  'provider',
  'verify',
  'serviceAccountName',
];

/** What a source says of its chart. */
export function sourceSlots(model: Unit, chart: NewChart, { ref }: PlannedSource): Slots {
  const isSameHost = hostOf(model.chart.source) === hostOf(chart.repo);
  return {
    kept: [
      'metadata.name',
      'spec.url',
      'spec.ref',
      'spec.interval',
      'spec.type',
      ...(isSameHost ? OF_HOST.map(key => `spec.${key}`) : []),
    ],
    trim: data => [
      ...(isSameHost
        ? []
        : OF_HOST.flatMap(key => (valueAt(data, ['spec', key]) === undefined ? [] : [removal('spec', key)]))),
      ...(ref.kind === 'OCIRepository' ? refTrim(data) : []),
      ...(valueAt(data, ['spec', 'type']) !== undefined && !isInRegistry(chart)
        ? [removal('spec', 'type')]
        : []),
    ],
    fill: data => [
      ...setUnless(data, ['metadata', 'name'], ref.name),
      ...setUnless(
        data,
        ['spec', 'url'],
        ref.kind === 'OCIRepository' ? `${chart.repo}/${chart.name}` : chart.repo,
      ),
      ...(ref.kind === 'OCIRepository'
        ? put(data, ['spec', 'ref', 'tag'], chart.version.replaceAll('+', '_'))
        : []),
      ...(ref.kind === 'HelmRepository' && isInRegistry(chart) ? put(data, ['spec', 'type'], 'oci') : []),
    ],
  };
}

/** A tag alone is left of what chooses a version. */
function refTrim(data: Record<string, unknown>): YamlEdit[] {
  const ref = valueAt(data, ['spec', 'ref']);
  if (!isRecord(ref)) return [];
  if (ref['tag'] === undefined) return [{ kind: 'set', path: ['spec', 'ref'], value: { tag: '0' } }];
  return Object.keys(ref).flatMap(key => (key === 'tag' ? [] : [removal('spec', 'ref', key)]));
}

function removal(...path: string[]): YamlEdit {
  return { kind: 'remove', path, withComments: true };
}

function hostOf(url: string | undefined): string {
  return /^[a-z]+:\/\/([^/]+)/.exec(url ?? '')?.[1] ?? '';
}

const GENERIC =
  /^(?:charts?|helm|helm-charts?|stable|public|repository|repo|index|www|io|com|org|net|dev|github|ghcr|registry|docker)$/i;

/** The name of a source after its address: the last part that says whose it is. */
function sourceNameOf(url: string, chart: string): string {
  const [host = '', ...path] = url
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d+/, '')
    .split('/');
  const parts = [...host.split('.'), ...path];
  const word = [...path.toReversed(), ...host.split('.')].find(part => part !== '' && !GENERIC.test(part));
  const name = (parts.length > 0 ? word : undefined)
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|(?<!-)-+$/g, '');
  return name === undefined || name === '' || /^\d+$/.test(name) ? chart : name.slice(0, 63);
}
