import { posix } from 'node:path';
import { KUSTOMIZATION_FILES } from '../../../repository/kustomization.ts';
import type { FolderEntry } from '../../../system/files/files.ts';
import type { GitTree } from '../../../system/git/git-tree.ts';
import type { Snapshot, Unusable } from './snapshot.ts';
import { parentOf } from '../facts/convention-summary.ts';
import { isLookedInto } from '../../../repository/looked-into.ts';

/** The files of the index or of a commit. */
export function openGitSnapshot(tree: GitTree): Snapshot {
  const isVisible = openVisible(path => tree.entries.has(path));
  const files = new Map<string, FolderEntry['kind']>();
  for (const [file, { kind }] of tree.entries) if (isVisible(parentOf(file))) files.set(file, kind);
  const folders = foldersOf(tree.entries.keys());
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

/** Whether a folder and all around it are looked into. */
function openVisible(has: (path: string) => boolean): (folder: string) => boolean {
  const known = new Map([['', true]]);
  return function isVisible(folder: string): boolean {
    const answer =
      known.get(folder) ??
      (isVisible(parentOf(folder)) &&
        isLookedInto(folder, beside => has(posix.join(parentOf(folder), beside))));
    known.set(folder, answer);
    return answer;
  };
}

function foldersOf(files: Iterable<string>): ReadonlySet<string> {
  const folders = new Set(['']);
  for (const file of files)
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
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
