import path from 'node:path';
import { type Folder, openRootFolder } from './folder.ts';

/** The open folders below one, each opened once. Folders are named by their path relative to that one. */
export type FolderTree<Found> = {
  readonly top: Folder;
  get(folder: string): Promise<Folder | Found>;
  /** All that are open, the top among them. */
  folders(): Folder[];
  close(): Promise<void>;
};

/** The folders of a repository; undefined for those that do not exist. */
export async function openFolderTree(root: string): Promise<FolderTree<undefined>> {
  const top = await openRootFolder(root);
  return grow<undefined>(top, async (parent, entry) => parent?.openChild(entry));
}

/** A new folder in `parent`; the folders in it come into being as they are asked for. */
export async function createFolderTree(parent: Folder, entry: string): Promise<FolderTree<never>> {
  const top = await parent.createChild(entry);
  return grow<never>(top, (above, name) => above.createChild(name));
}

function grow<Found>(
  top: Folder,
  enter: (parent: Folder | Found, entry: string) => Promise<Folder | Found>,
): FolderTree<Found> {
  const known = new Map<string, Folder>([['.', top]]);
  const get = async (folder: string): Promise<Folder | Found> => {
    const found = known.get(folder);
    if (found) return found;
    const next = await enter(await get(path.posix.dirname(folder)), path.posix.basename(folder));
    if (next) known.set(folder, next as Folder);
    return next;
  };
  const folders = (): Folder[] => [...known.values()];
  return {
    top,
    get,
    folders,
    close: async () => {
      await Promise.all(folders().map(folder => folder.close()));
    },
  };
}
