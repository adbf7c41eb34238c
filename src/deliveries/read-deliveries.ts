import { stringOf, valueAt } from '../data/fields.ts';
import { memoized } from '../data/memoized.ts';
import { buildersAmong, type FluxKustomization, fluxKustomizations } from './flux/flux-kustomizations.ts';
import { type Variables, variablesOf } from './flux/variables.ts';
import { type Kustomizations, readKustomizations } from './kustomizations.ts';
import type { LocatedObject } from './located-object.ts';
import { chartObjects, configMapsNamed, type ReadRepository } from './objects.ts';

/** What delivers charts in a repository, and what stands around it. */
export type Deliveries = {
  objects: readonly LocatedObject[];
  kustomizations: Kustomizations;
  flux: readonly FluxKustomization[];
  /** The Kustomizations of Flux that build a file. */
  buildersOf(file: string): readonly FluxKustomization[];
  /** What Flux fills in where a Kustomization builds. */
  variablesOf(kustomization: FluxKustomization): Variables;
};

const read = new WeakMap<ReadRepository['text'], Deliveries>();

/** Reads the deliveries of a repository, once. */
export function readDeliveries(repository: ReadRepository): Deliveries {
  const known = read.get(repository.text) ?? lookThrough(repository);
  read.set(repository.text, known);
  return known;
}

function lookThrough(repository: ReadRepository): Deliveries {
  const objects = chartObjects(repository);
  if (objects.length === 0) return NONE;
  const kustomizations = readKustomizations(repository);
  const { text } = repository;
  const flux = fluxKustomizations({ objects, kustomizations, text });
  const configMaps = memoized(() => configMapsNamed(repository, namedSources(flux)));
  return {
    objects,
    kustomizations,
    flux,
    buildersOf: buildersAmong({ kustomizations, text }, flux),
    variablesOf: memoized((own: FluxKustomization) =>
      variablesOf(own, { configMaps: configMaps(), kustomizations: kustomizations.all, text }),
    ),
  };
}

const NONE: Deliveries = {
  objects: [],
  kustomizations: {
    all: [],
    at: () => undefined,
    around: () => undefined,
    above: () => [],
    listers: () => [],
    isPatch: () => false,
  },
  flux: [],
  buildersOf: () => [],
  variablesOf: () => ({ isOn: false, known: new Map(), unread: [] }),
};

function namedSources(flux: readonly FluxKustomization[]): ReadonlySet<string> {
  return new Set(
    flux.flatMap(({ spec }) => {
      const list = valueAt(spec, ['postBuild', 'substituteFrom']);
      return (Array.isArray(list) ? list : []).flatMap(
        (entry: unknown) => stringOf(valueAt(entry, ['name'])) ?? [],
      );
    }),
  );
}
