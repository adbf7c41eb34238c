import path from 'node:path';
import type { FileCreation, FolderCreation } from '../../change-set.ts';
import { digestOf } from './digest.ts';
import type { Step } from '../transaction/journal.ts';
import type { Operation } from '../transaction/operation.ts';
import type { Place } from './place.ts';
import type { NewFile } from '../transaction/staging.ts';

/** A file in a folder that does not exist yet: the place of that folder, and the file's path below it. */
export type FreshFile = { readonly place: Place; readonly below: string; readonly file: NewFile };

/** The files of a change whose path leads to, or below, something that does not exist. */
export function freshFiles(change: FileCreation | FolderCreation, place: Place): FreshFile[] {
  if (change.kind === 'file')
    return [{ place, below: place.below, file: { content: change.content, mode: change.mode } }];
  return [...change.files].map(([name, content]) => ({
    place,
    below: path.posix.join(place.below, name),
    file: { content, mode: undefined },
  }));
}

/** All files below one folder that does not exist become one operation, so that they appear at once. */
export function createFreshFolders(fresh: readonly FreshFile[]): Operation[] {
  const byFolder = new Map<string, FreshFile[]>();
  for (const file of fresh) {
    const name = path.posix.join(file.place.folder.name, file.place.entry);
    const group = byFolder.get(name);
    if (group) group.push(file);
    else byFolder.set(name, [file]);
  }
  return [...byFolder].flatMap(([name, group]) => {
    const [first] = group;
    return first ? [createFreshFolder(name, first.place, group)] : [];
  });
}

function createFreshFolder(name: string, { folder, entry }: Place, group: readonly FreshFile[]): Operation {
  const files = new Map(group.map(({ below, file }) => [below, file]));
  const digests = group.map(({ below, file }) => [below, digestOf(file.content)]);
  const step: Step = { kind: 'folder', path: name, files: Object.fromEntries(digests) };
  return { step, folder, entry, content: { kind: 'folder', files } };
}
