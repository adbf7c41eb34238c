import { posix } from 'node:path';
import { isWithin } from '../../deliveries/siblings/names.ts';
import type { FluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { findUnits } from '../../deliveries/siblings/find-units.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { App, Repository } from '../../repository/model.ts';
import { display } from '../../text/display.ts';
import { stringOf, valueAt } from '../../data/fields.ts';

/** A Kustomization of Flux that builds an app. */
export type Builder = {
  name: string;
  file: string;
  /** Whether it deletes what it no longer builds. */
  prunes: boolean;
  suspended: boolean;
};

/** What Flux makes of an app that moves: who builds it from then on, and who no longer does. */
export type FluxEffects = { stays: Builder[]; leaves: Builder[] };

/** Undefined where Flux does not build the app. The app's own folder is compared: before the move, and after it. */
export function fluxEffects(
  [before, from]: readonly [Repository, string],
  [after, to]: readonly [Repository, string],
): FluxEffects | undefined {
  const old = buildersOf(before, from);
  if (old.length === 0) return undefined;
  const still = new Set(buildersOf(after, to).map(nameOf));
  const [stays, leaves] = [
    old.filter(own => still.has(nameOf(own))),
    old.filter(own => !still.has(nameOf(own))),
  ];
  return { stays: stays.map(builder), leaves: leaves.map(builder) };
}

function buildersOf(repository: Repository, folder: string): FluxKustomization[] {
  const deliveries = readDeliveries(repository);
  const inside = [...repository.text.keys()].filter(file => file.startsWith(`${folder}/`));
  const found = new Map(
    inside.flatMap(file => deliveries.buildersOf(file).map(own => [nameOf(own), own] as const)),
  );
  return [...found.values()];
}

function nameOf({ object }: FluxKustomization): string {
  return `${object.namespace ?? ''}/${object.name}`;
}

function builder({ object, spec }: FluxKustomization): Builder {
  return {
    name: object.name,
    file: object.at.file,
    prunes: spec['prune'] === true,
    suspended: spec['suspend'] === true,
  };
}

/**
 * Holds a move to what can be carried out: a folder with all that delivers it.
 * @throws UserError E_VALUE for a folder whose Kustomization of Flux stands around it, with what to do
 */
export function requireMovable({ apps }: Pick<Repository, 'apps'>, { path, deployed }: App): void {
  if (deployed?.by.kind !== 'Kustomization') return;
  const home = posix.dirname(deployed.by.file);
  const inside = apps.filter(app => isWithin(home, app.path));
  // Beside several apps it is a list of what is deployed, and follows.
  if (!isWithin(home, path) || home === path || inside.length > 1) return;
  const shown = { path: display(path), name: display(deployed.by.name), file: display(deployed.by.file) };
  throw new UserError('E_VALUE', say('move.deployedFromAround', shown), {
    hint: say('move.moveFluxByHand', { ...shown, home: display(home) }),
    subject: path,
  });
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
