import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { collisionKey, nameProblem, pathProblem } from '../../text/file-name.ts';
import { ifExists, naming } from './file-error.ts';
import type { Folder } from './folder.ts';
import type { FolderTree } from './folder-tree.ts';
import { symlinkError } from './regular-file.ts';
import { say } from '../../locales/say.ts';

/** Where a path leads. */
export type TargetPath = {
  /** The deepest folder on the way that exists. */
  readonly folder: Folder;
  /** The name in it. */
  readonly entry: string;
  /** What it is; undefined if it does not exist. */
  readonly present: Stats | undefined;
  /** The rest of the path, below an entry that does not exist; else empty. */
  readonly below: string;
};

/**
 * Follows paths, folder by folder.
 * @throws UserError E_OUTSIDE, E_SYMLINK, E_NOT_A_FILE; for what does not exist yet E_NAME, and E_CASE_COLLISION when
 * something of nearly that name does.
 */
export function placeFinder(tree: FolderTree<undefined>): (target: string) => Promise<TargetPath> {
  const listings = new Map<string, Promise<string[]>>();
  const namesIn = (folder: Folder): Promise<string[]> => {
    const known = listings.get(folder.name) ?? naming(folder.name, () => readdir(folder.at('.')));
    listings.set(folder.name, known);
    return known;
  };
  const find = async (parent: Folder, names: readonly string[]): Promise<TargetPath> => {
    const [entry = '', ...below] = names;
    requireSpelling(entry, await namesIn(parent), parent.name);
    const place = path.posix.join(parent.name, entry);
    const present = await ifExists(place, () => lstat(parent.at(entry)));
    if (present?.isSymbolicLink()) throw symlinkError(parent.at(entry), place);
    if (!present || below.length === 0) return { folder: parent, entry, present, below: below.join('/') };
    const next = await tree.get(place);
    if (!next)
      throw new UserError('E_CHANGED', say('system.removedDuringRun', { place: display(place) }), {
        hint: say('system.runAgain'),
      });
    return find(next, below);
  };
  return async target => {
    requireInside(target);
    const place = await find(tree.top, target.split('/'));
    if (!place.present) requireLegalNames(path.posix.join(place.entry, place.below), target);
    return place;
  };
}

/** @throws UserError E_NAME when some operating system could not have one of the names in `names`, a path. */
export function requireLegalNames(names: string, target: string): void {
  for (const name of names.split('/')) {
    const problem = nameProblem(name);
    if (problem === undefined) continue;
    throw new UserError(
      'E_NAME',
      say('system.name', { target: display(target), name: display(name), problem }),
      {
        hint: say('system.chooseNameEveryOperatingSystem'),
        subject: target,
      },
    );
  }
}

/** @throws UserError E_OUTSIDE for anything but a plain path below the folder that it is relative to. */
export function requireInside(target: string): void {
  const predicate = pathProblem(target);
  if (predicate === undefined) return;
  throw new UserError(
    'E_OUTSIDE',
    say('text.subjectWithPredicate', { subject: display(target), predicate }),
    {
      hint: say('system.slipwayWritesOnlyInsideRepository'),
      subject: target,
    },
  );
}

/** On a file system that folds case, lstat finds `Values.yaml` by the name `values.yaml`; the listing tells. */
function requireSpelling(entry: string, names: readonly string[], folder: string): void {
  if (names.includes(entry)) return;
  const key = collisionKey(entry);
  const twin = names.find(name => collisionKey(name) === key);
  if (twin === undefined) return;
  const where = folder === '.' ? '' : ` in ${display(folder)}`;
  throw new UserError(
    'E_CASE_COLLISION',
    say('system.differOnlyCaseForm', { entry: display(entry), twin: display(twin), where }),
    {
      hint: say('system.useNameOneDiffersMore', { twin: display(twin) }),
      subject: path.posix.join(folder, entry),
    },
  );
}
