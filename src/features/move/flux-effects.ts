import type { FluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import { type Deliveries, readDeliveries } from '../../deliveries/read-deliveries.ts';
import { findUnits } from '../../deliveries/siblings/find-units.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { Repository } from '../../repository/model.ts';
import { display } from '../../text/display.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import { identityOf } from './follow-identities.ts';

/** A Kustomization of Flux that builds an app. */
export type Builder = {
  name: string;
  file: string;
  /** Whether it deletes what it no longer builds. */
  prunes: boolean;
  suspended: boolean;
};

/** What Flux makes of an app that moves: who builds it from then on, and who no longer does. */
export type FluxEffects = {
  stays: Builder[];
  leaves: Builder[];
  /** Who builds it in place of one that goes with its name or its namespace. */
  arrives: Builder[];
};

/** Undefined where Flux does not build the app. The folder that moves is compared: before the move, and after it. */
export function fluxEffects(
  [before, from]: readonly [Repository, string],
  [after, to]: readonly [Repository, string],
): FluxEffects | undefined {
  const [old, next] = [buildersOf(before, from), buildersOf(after, to)];
  if (old.size === 0) return undefined;
  const applied = new Set([...next].filter(([, { isApplied }]) => isApplied).map(([id]) => id));
  const remains = (id: string): boolean =>
    applied.has(id) || (next.has(id) && old.get(id)?.isApplied === false);
  const shown = (entries: readonly [string, Built][]): Builder[] => entries.map(([, own]) => builder(own));
  const [stays, leaves] = [true, false].map(is => [...old].filter(([id]) => remains(id) === is));
  return {
    stays: shown(stays ?? []),
    leaves: (leaves ?? []).map(([id, own]) => ({
      ...builder(own),
      prunes: !next.has(id) && isThere(after, id) ? prunes(own) : takesAlong(before, own),
    })),
    arrives: shown([...next].filter(([id]) => !old.has(id) && applied.has(id))),
  };
}

/** A Kustomization that builds something, and whether anything in the repository applies it. */
type Built = FluxKustomization & { isApplied: boolean };

/** By what they are called in the cluster. */
function buildersOf(repository: Repository, folder: string): Map<string, Built> {
  const deliveries = readDeliveries(repository);
  const inside = [...repository.text.keys()].filter(file => file.startsWith(`${folder}/`));
  return new Map(
    inside.flatMap(file =>
      deliveries.buildersOf(file).map(own => {
        const isApplied = deliveries.buildersOf(own.object.at.file).length > 0;
        return [idOf(deliveries, own), { ...own, isApplied }] as const;
      }),
    ),
  );
}

function idOf(deliveries: Deliveries, { object }: Pick<FluxKustomization, 'object'>): string {
  const { name, namespace = '' } = identityOf(deliveries, object);
  return `${namespace}/${name}`;
}

function isThere(repository: Repository, id: string): boolean {
  const deliveries = readDeliveries(repository);
  return deliveries.flux.some(own => idOf(deliveries, own) === id);
}

function prunes({ spec }: FluxKustomization): boolean {
  return spec['prune'] === true;
}

/** Whether one that goes is deleted itself, and deletes what it made. */
function takesAlong(repository: Repository, own: Built): boolean {
  const above = readDeliveries(repository).buildersOf(own.object.at.file);
  const isDeleted = above.length === 0 || above.some(prunes);
  const policy = stringOf(own.spec['deletionPolicy']) ?? 'MirrorPrune';
  return isDeleted && (policy === 'MirrorPrune' ? prunes(own) : policy !== 'Orphan');
}

function builder(own: FluxKustomization): Builder {
  const { object, spec } = own;
  return {
    name: object.name,
    file: object.at.file,
    prunes: prunes(own),
    suspended: spec['suspend'] === true,
  };
}

/** @throws UserError E_VALUE for a word that names what is no folder of its own: an Application in a file, a release in a file */
export function requireFolder(repository: Repository, word: string): void {
  if (repository.apps.some(({ name, path }) => name === word || path === word)) return;
  const unit = findUnits(repository).find(
    ({ standing: { name, home } }) => (name === word || home === word) && /\.ya?ml$/.test(home),
  );
  if (!unit) return;
  const { home } = unit.standing;
  const lists = unit.listings.map(({ file }) => display(file)).join(', ');
  const kind = stringOf(valueAt(unit.documents[0]?.data, ['kind'])) ?? '';
  throw new UserError('E_VALUE', say('move.isOneFile', { word: display(word), home: display(home), kind }), {
    hint:
      lists === ''
        ? say('move.moveFileByHand', { home: display(home) })
        : say('move.moveListedFileByHand', { home: display(home), lists }),
    subject: home,
  });
}
