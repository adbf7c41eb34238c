import type { FolderEntry } from '../../../system/files/files.ts';

/** Why a file's content cannot be had. */
export type Unusable = { kind: 'link' | 'special' | 'too-big' | 'unreadable'; detail: string };

/** The files of the repository at one moment: in the work tree, or in the index. */
export type Snapshot = {
  /** Every path but what is below `charts/`, hidden folders and node_modules. */
  files: ReadonlyMap<string, FolderEntry['kind']>;
  /** Also for paths below `charts/`. Links count as nothing. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** The id of each content; what cannot be read has none. */
  idsOf(files: readonly string[]): Promise<ReadonlyMap<string, string>>;
  read(files: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Lets go of contents that nobody will ask for again. */
  release(files: readonly string[]): void;
  /** Why a file has no content, once somebody asked for it. */
  unusable(file: string): Unusable | undefined;
};

/** Whether a run looks into a folder. Pulled charts are asked for one by one. */
export function isLookedInto(folder: string): boolean {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  return name !== 'charts' && name !== 'node_modules' && (!name.startsWith('.') || folder === '.slipway');
}

/** A path and all folders that it lies in, the outermost first. */
export function wayTo(path: string): string[] {
  return path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));
}

/** The first link on the way to a path, which nobody follows. */
export function linkOnTheWay(snapshot: Snapshot, path: string): string | undefined {
  return wayTo(path).find(part => snapshot.unusable(part)?.kind === 'link');
}
