import { append } from '../data/append.ts';
import path from 'node:path';
import type { ChangeSet } from '../change-set.ts';
import type { Enter, FolderEntry, RepositoryFiles } from '../system/files/files.ts';

/** A folder that is to stand elsewhere. */
type MovedFolder = { from: string; to: string };

/**
 * The files of a repository as they are once a change set is written and folders are moved: nothing is written for it. What
 * the change set does not mention is read from where it stands.
 */
export function changedFiles(
  files: RepositoryFiles,
  { changes }: ChangeSet,
  moved: readonly MovedFolder[] = [],
): RepositoryFiles {
  const folders = moved.map(({ from, to }) => ({
    from: path.posix.normalize(from),
    to: path.posix.normalize(to),
  }));
  const written = new Map<string, Uint8Array>();
  const gone = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'folder')
      for (const [file, content] of change.files) written.set(`${change.path}/${file}`, content);
    else if (change.action === 'delete') gone.add(change.path);
    else written.set(change.path, change.content);
  }
  const made = [...new Set([...written.keys(), ...folders.map(({ to }) => `${to}/`)])];
  return overlay(files, {
    written,
    made,
    originOf: file => (gone.has(file) ? undefined : origin(folders, file)),
  });
}

type Layer = {
  written: ReadonlyMap<string, Uint8Array>;
  /** Paths that are there though the folder around them may not be: files, and folders with a slash behind. */
  made: readonly string[];
  /** Where a path is read from; undefined if it is gone. */
  originOf(file: string): string | undefined;
};

function overlay(files: RepositoryFiles, layer: Layer): RepositoryFiles {
  const { written, originOf } = layer;
  const readEach: RepositoryFiles['readEach'] = async wanted => {
    const names = [...wanted];
    const old = names.flatMap(name => (written.has(name) ? [] : [[name, originOf(name)] as const]));
    const read = await files.readEach(old.flatMap(([, from]) => from ?? []));
    const contents = new Map<string, Buffer>();
    for (const name of names) {
      const content = written.get(name) ?? read.contents.get(originOf(name) ?? '');
      if (content) contents.set(name, Buffer.from(content));
    }
    return { contents, problems: read.problems };
  };
  const readMany: RepositoryFiles['readMany'] = async wanted => {
    const { contents, problems } = await readEach(wanted);
    for (const problem of problems.values()) throw problem;
    return contents;
  };
  const list = (folder: string): Promise<FolderEntry[] | undefined> => listOver(files, layer, folder);
  const walk: RepositoryFiles['walk'] = (folder, enter = () => true) => walkOver(list, folder, enter);
  return {
    root: files.root,
    isInGit: files.isInGit,
    readEach,
    readMany,
    read: async file => (await readMany([file])).get(file),
    mode: file => files.mode(originOf(file) ?? file),
    list,
    walk,
    walkEach: async (folder, enter) => ({ entries: await walk(folder, enter), problems: new Map() }),
  };
}

async function listOver(
  files: RepositoryFiles,
  { made, originOf }: Layer,
  folder: string,
): Promise<FolderEntry[] | undefined> {
  const from = originOf(folder);
  const before = from === undefined ? [] : ((await files.list(from)) ?? []);
  const entries = new Map(
    before
      .filter(({ name }) => originOf(path.posix.join(folder, name)) !== undefined)
      .map(entry => [entry.name, entry]),
  );
  for (const file of made.filter(each => folder === '' || each.startsWith(`${folder}/`))) {
    const rest = folder === '' ? file : file.slice(folder.length + 1);
    const [name = ''] = rest.split('/');
    if (name !== '') entries.set(name, { name, kind: rest === name ? 'file' : 'folder' });
  }
  return entries.size === 0
    ? undefined
    : [...entries.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function walkOver(
  list: RepositoryFiles['list'],
  folder: string,
  enter: Enter,
): ReturnType<RepositoryFiles['walk']> {
  const found: Awaited<ReturnType<RepositoryFiles['walk']>> = [];
  const listed = (await list(folder)) ?? [];
  const isBeside = (name: string): boolean => listed.some(entry => entry.name === name);
  for (const { name, kind } of listed) {
    if (name === '.git') continue;
    const child = path.posix.join(folder, name);
    found.push({ path: child, kind });
    if (kind === 'folder' && enter(child, isBeside)) append(found, await walkOver(list, child, enter));
  }
  return found;
}

/** Where a path stands today; undefined for what moves away from there. */
function origin(moved: readonly MovedFolder[], file: string): string | undefined {
  const into = moved.find(({ to }) => file === to || file.startsWith(`${to}/`));
  if (into) return into.from + file.slice(into.to.length);
  return moved.some(({ from }) => file === from || file.startsWith(`${from}/`)) ? undefined : file;
}
