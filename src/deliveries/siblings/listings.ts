import { posix } from 'node:path';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { Kustomizations } from '../kustomizations.ts';
import { isWithin, type Standing } from './names.ts';
import type { UnitDocument } from './unit.ts';

/** A kustomization outside of an app that lists it. */
export type ListedBy = { by: Kustomization; entry: string };

/** Who lists an app's files or folders, and how. */
export function listingsOf(
  kustomizations: Kustomizations,
  { home }: Standing,
  documents: readonly UnitDocument[],
): ListedBy[] {
  const files = documents.map(({ file }) => file);
  const targets = new Set(
    [...files, ...files.map(file => posix.dirname(file)), home].filter(each => each !== '.'),
  );
  const found = [...targets]
    .filter(target => files.includes(target) || isWithin(home, target))
    .flatMap(target => kustomizations.listers(target).flatMap(by => entriesTo(by, target)));
  return found.filter(({ by }) => !files.includes(by.file));
}

function entriesTo(by: Kustomization, target: string): ListedBy[] {
  return by.references.flatMap(({ steps, path, value }) =>
    steps[0] === 'resources' && path === target ? [{ by, entry: value }] : [],
  );
}
