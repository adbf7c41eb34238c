import { posix } from 'node:path';
import { UserError } from '../errors.ts';
import { pathFrom } from '../repository/kustomization-paths.ts';
import type { Repository } from '../repository/model.ts';
import type { AppDelivery } from './chart-use.ts';
import { emitArgo } from './argo/emit.ts';
import { sharedSource } from './flux/emit-source.ts';
import { emitFlux, type FluxEmitting } from './flux/emit.ts';
import type { Emission, NewSibling } from './siblings/emission.ts';
import { findUnits } from './siblings/find-units.ts';
import { abstracted, concrete, isWithin } from './siblings/names.ts';
import { typicalAmong, type Typical } from './siblings/typical.ts';
import { KEEP_ALL } from './siblings/votes.ts';
import { namesOf, type Listing, type Unit } from './siblings/unit.ts';
import { emitUmbrella } from './umbrella/emit.ts';

/** The deliveries that have a form of their own; kustomize's `helmCharts` stand in the app's kustomization. */
export type EmittedDelivery = Exclude<AppDelivery, 'kustomize'>;

export type Emitting = {
  repository: Repository;
  delivery: EmittedDelivery;
  /** An app as slipway writes it by itself, for a repository that shows none. */
  own: Unit;
  sources: FluxEmitting['sources'];
};

/** How many siblings are tried: what cannot be edited in one is rarely there in the next. */
const MOST_MODELS = 12;

/**
 * Writes an app as its siblings are written: after the most typical one in its folder, else in the repository, else as slipway
 * does by itself.
 */
export function emitApp(emitting: Emitting, request: NewSibling): Omit<Emission, 'notes'> {
  const candidates = siblingsOf(emitting, request);
  const [chart] = request.charts;
  const all = findUnits(emitting.repository).filter(({ delivery }) => delivery === emitting.delivery);
  const typical = typicalAmong(candidates, { chart: chart?.name, all });
  for (const model of typical?.models.slice(0, MOST_MODELS) ?? []) {
    const emitted = typical && attempt(emitting, typical, model, request);
    if (emitted)
      return {
        ...emitted,
        listings: [...listingsFor(emitting, candidates, { model, emitted }, request), ...emitted.listings],
        model,
      };
  }
  const alone: Typical = { models: [emitting.own], votes: KEEP_ALL };
  const { listings, ...emitted } = emit(emitting, alone, emitting.own, request);
  return { ...emitted, listings: [...emitting.own.listings, ...listings], model: undefined };
}

/**
 * Those of the same folder count before others, whose lists and files are other ones; in a folder, those whose chart comes from the
 * same kind of place.
 */
function siblingsOf({ repository, delivery }: Emitting, { to, charts }: NewSibling): Unit[] {
  const isItself = ({ standing }: Unit): boolean => standing.group === to.group && standing.name === to.name;
  const units = findUnits(repository).filter(unit => unit.delivery === delivery && !isItself(unit));
  const inGroup = units.filter(({ standing }) => standing.group === to.group);
  const [chart] = charts;
  const isLike = (unit: Unit): boolean =>
    (chart === undefined ? unit.folder !== undefined : fits(unit, chart.repo)) && unit.documents.length > 0;
  const isShared =
    delivery === 'flux' && chart !== undefined && sharedSource(repository, units, chart) !== undefined;
  const isVery = (unit: Unit): boolean =>
    isLike(unit) && (chart === undefined || unit.source.isOwn !== isShared);
  const choices = [
    inGroup.filter(isVery),
    inGroup.filter(isLike),
    chart ? inGroup : [],
    units.filter(isVery),
    units.filter(isLike),
    chart ? units : [],
  ];
  return choices.find(each => each.length > 0) ?? [];
}

function fits({ delivery, source, chart }: Unit, repo: string): boolean {
  if (delivery !== 'flux') return true;
  const inRegistry = source.kind === 'OCIRepository' || chart.source?.startsWith('oci://') === true;
  return inRegistry === repo.startsWith('oci://');
}

type Emitted = Omit<Emission, 'notes'>;

/** Undefined where a sibling's files cannot be edited so. */
function attempt(
  emitting: Emitting,
  typical: Typical,
  model: Unit,
  request: NewSibling,
): Emitted | undefined {
  try {
    return emit(emitting, typical, model, request);
  } catch (error) {
    if (error instanceof UserError && error.code.startsWith('E_YAML')) return undefined;
    throw error;
  }
}

function emit(
  { repository, delivery, sources }: Emitting,
  typical: Typical,
  model: Unit,
  request: NewSibling,
): Emitted {
  const [chart] = request.charts;
  switch (delivery) {
    case 'flux':
      return emitFlux({ repository, units: findUnits(repository), typical, sources }, model, request);
    case 'argo':
      if (!chart) throw new Error('an Application without a chart');
      return emitArgo(typical, model, request, chart);
    case 'umbrella':
      return emitUmbrella(typical, model, request);
  }
}

/** Where most siblings are listed, the new one is too; nowhere else. */
function listingsFor(
  { repository }: Emitting,
  siblings: readonly Unit[],
  { model, emitted }: { model: Unit; emitted: Pick<Emission, 'files'> },
  { to }: NewSibling,
): Listing[] {
  const patternOf = (unit: Unit, { file, entry }: Listing): string =>
    `${abstracted(file, namesOf(unit))}\n${abstracted(entry, namesOf(unit))}`;
  const patterns = siblings.map(unit => new Set(unit.listings.map(listing => patternOf(unit, listing))));
  const isUsual = (pattern: string): boolean =>
    patterns.filter(own => own.has(pattern)).length * 2 > siblings.length;
  return model.listings
    .filter(listing => isUsual(patternOf(model, listing)))
    .map(({ file, entry }) => ({
      file: posix.normalize(concrete(abstracted(file, namesOf(model)), to)),
      entry: concrete(abstracted(entry, namesOf(model)), to),
    }))
    .filter(({ file, entry }) => repository.text.has(file) && leadsTo(emitted, file, entry));
}

/** A list beside another folder, which a name in the entry only happens to resemble, does not lead to the new app. */
function leadsTo({ files }: Pick<Emission, 'files'>, file: string, entry: string): boolean {
  const target = pathFrom(posix.dirname(file), entry);
  return target !== undefined && files.some(({ path }) => isWithin(target, path));
}
