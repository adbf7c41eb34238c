import { posix } from 'node:path';
import { KUSTOMIZATION_FILES } from '../../../repository/kustomization.ts';
import type { FolderEntry } from '../../../system/files/files.ts';
import type { GitTree } from '../../../system/git/git-tree.ts';
import type { Snapshot, Unusable } from './snapshot.ts';
import { parentOf } from '../facts/convention-summary.ts';
import { isLookedInto } from '../../../repository/looked-into.ts';

/** The files of the index or of a commit. */
export function openGitSnapshot(tree: GitTree): Snapshot {
  // Of each folder that something lies in.
  const folders = new Map([['', true]]);
  const isVisible = openVisible(folders, path => tree.entries.has(path));
  const files = new Map<string, FolderEntry['kind']>();
  for (const [file, { kind }] of tree.entries) if (isVisible(parentOf(file))) files.set(file, kind);
  const tooBig = new Map<string, Unusable>();
  return {
    files,
    kindOf: path => {
      if (folders.has(path)) return 'folder';
      return tree.entries.get(path)?.kind === 'file' ? 'file' : undefined;
    },
    idsOf: async wanted =>
      new Map(
        wanted.flatMap((file): [string, string][] => {
          const entry = tree.entries.get(file);
          return entry?.kind === 'file' ? [[file, entry.id]] : [];
        }),
      ),
    read: async wanted => {
      const contents = await tree.read(wanted);
      for (const file of wanted)
        if (tree.entries.get(file)?.kind === 'file' && !contents.has(file))
          tooBig.set(file, { kind: 'too-big', detail: '' });
      return contents;
    },
    release: () => undefined,
    unusable: file => tooBig.get(file) ?? oddKind(tree.entries.get(file)?.kind),
  };
}

function oddKind(kind: FolderEntry['kind'] | undefined): Unusable | undefined {
  return kind === 'link' || kind === 'special' ? { kind, detail: '' } : undefined;
}

/** Whether a folder and all around it are looked into; each of them becomes known. */
function openVisible(
  known: Map<string, boolean>,
  has: (path: string) => boolean,
): (folder: string) => boolean {
  return function isVisible(folder: string): boolean {
    const answer =
      known.get(folder) ??
      (isVisible(parentOf(folder)) &&
        isLookedInto(folder, beside => has(posix.join(parentOf(folder), beside))));
    known.set(folder, answer);
    return answer;
  };
}

/** The folders with a kustomization among these paths. */
export function kustomizedFolders(files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    const end = file.lastIndexOf('/');
    if (KUSTOMIZATION_FILES.some(name => name === file.slice(end + 1)))
      folders.add(file.slice(0, Math.max(end, 0)));
  }
  return folders;
}
