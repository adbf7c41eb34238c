import { KUSTOMIZATION_FILES } from '../../../repository/kustomization.ts';
import type { FolderEntry } from '../../../system/files/files.ts';
import type { GitTree } from '../../../system/git/git-tree.ts';
import type { Snapshot, Unusable } from './snapshot.ts';
import { isLookedInto } from '../../../repository/looked-into.ts';

/** The files of the index or of a commit. */
export function openGitSnapshot(tree: GitTree): Snapshot {
  const has = (path: string): boolean => tree.entries.has(path);
  const files = new Map(
    [...tree.entries].filter(([file]) => isVisible(file, has)).map(([file, { kind }]) => [file, kind]),
  );
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

function isVisible(file: string, has: (path: string) => boolean): boolean {
  const names = file.split('/').slice(0, -1);
  return names.every((name, index) => {
    const around = names
      .slice(0, index)
      .map(each => `${each}/`)
      .join('');
    return isLookedInto(around + name, beside => has(around + beside));
  });
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
