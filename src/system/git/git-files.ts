import path from 'node:path';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { pathProblem } from '../../text/file-name.ts';
import type { Enter, FolderEntry, RepositoryFiles } from '../files/files.ts';
import { notAFile } from '../files/regular-file.ts';
import type { GitTree } from './git-tree.ts';

const FILE_BITS = 0o644;
/** What is read again and again in a run is asked of git once, as far as that fits. */
const KEPT_BYTES = 64 << 20;

/**
 * The files of a commit in the place of those on disk, for reading: links and submodules count as what they are, and nobody
 * follows them.
 * @throws UserError from every method but readEach and walkEach: E_OUTSIDE, E_SYMLINK, E_NOT_A_FILE, E_LIMIT, E_GIT_STATE
 */
export function openGitFiles(root: string, tree: GitTree): RepositoryFiles {
  const folders = foldersOf(tree);
  const readEach = readerOf(tree);
  const readMany: RepositoryFiles['readMany'] = async files => {
    const { contents, problems } = await readEach(files);
    for (const problem of problems.values()) throw problem;
    return contents;
  };
  const walk: RepositoryFiles['walk'] = async (folder, enter = () => true) => walkIn(folders, folder, enter);
  return {
    root,
    isInGit: true,
    readEach,
    readMany,
    read: async file => (await readMany([file])).get(file),
    mode: async () => FILE_BITS,
    list: async folder => folders.get(folder),
    walk,
    walkEach: async (folder, enter) => ({ entries: await walk(folder, enter), problems: new Map() }),
  };
}

function readerOf(tree: GitTree): RepositoryFiles['readEach'] {
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  return async files => {
    const contents = new Map<string, Buffer>();
    const problems = new Map<string, UserError>();
    const wanted: string[] = [];
    for (const file of files) {
      const problem = problemWith(tree, file);
      const known = kept.get(file);
      if (problem) problems.set(file, problem);
      else if (known) contents.set(file, known);
      else if (tree.entries.has(file)) wanted.push(file);
    }
    const read = wanted.length > 0 ? await tree.read(wanted) : new Map<string, Buffer>();
    for (const file of wanted) {
      const content = read.get(file);
      if (!content) problems.set(file, tooBig(file));
      else {
        contents.set(file, content);
        bytes += content.length;
        if (bytes <= KEPT_BYTES) kept.set(file, content);
      }
    }
    return { contents, problems };
  };
}

/** Why a path gives no content, though it is not simply absent. */
function problemWith({ entries }: GitTree, file: string): UserError | undefined {
  const predicate = pathProblem(file);
  if (predicate)
    return new UserError(
      'E_OUTSIDE',
      say('text.subjectWithPredicate', { subject: display(file), predicate }),
      {
        hint: say('system.nameFileInsideRepository'),
        subject: file,
      },
    );
  const kind = entries.get(file)?.kind;
  if (kind === 'link')
    return new UserError('E_SYMLINK', say('system.symbolicLink', { name: display(file), address: '' }), {
      hint: say('system.slipwayNeitherReadsNorWrites'),
      subject: file,
    });
  return kind === 'special' ? notAFile(file, say('system.notRegularFile')) : undefined;
}

function tooBig(file: string): UserError {
  return new UserError('E_LIMIT', say('system.largerThanMib', { name: display(file), maxBytes: 10 }), {
    hint: say('system.slipwayDoesNotEditFiles'),
    subject: file,
  });
}

/** What each folder of a tree holds, by name; `''` is the root. */
function foldersOf({ entries }: GitTree): ReadonlyMap<string, FolderEntry[]> {
  const folders = new Map<string, Map<string, FolderEntry>>([['', new Map()]]);
  const put = (entry: string, kind: FolderEntry['kind']): void => {
    const parent = path.posix.dirname(entry) === '.' ? '' : path.posix.dirname(entry);
    const name = path.posix.basename(entry);
    const around = folders.get(parent);
    if (around) around.set(name, { name, kind });
    else {
      folders.set(parent, new Map([[name, { name, kind }]]));
      put(parent, 'folder');
    }
  };
  for (const [file, { kind }] of entries) put(file, kind);
  return new Map(
    [...folders].map(([folder, held]) => [
      folder,
      [...held.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}

function walkIn(
  folders: ReadonlyMap<string, FolderEntry[]>,
  folder: string,
  enter: Enter,
): Awaited<ReturnType<RepositoryFiles['walk']>> {
  const found: Awaited<ReturnType<RepositoryFiles['walk']>> = [];
  const waiting = [folder];
  for (let around = waiting.pop(); around !== undefined; around = waiting.pop()) {
    const listed = folders.get(around) ?? [];
    const names = new Set(listed.map(({ name }) => name));
    const inside: string[] = [];
    for (const { name, kind } of listed) {
      const child = around === '' ? name : `${around}/${name}`;
      found.push({ path: child, kind });
      if (kind === 'folder' && enter(child, beside => names.has(beside))) inside.push(child);
    }
    for (const child of inside.toReversed()) waiting.push(child);
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
