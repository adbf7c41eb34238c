import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { askGit, nulFields, openGit } from './git.ts';
import { openBlobs, refuseAbsent, type WantedBlob } from './git-blobs.ts';
import type { GitFolder, RepositoryRoot } from '../files/find-repository.ts';
import { say } from '../../locales/say.ts';
import { slashedPath } from '../../data/slashed-path.ts';

type GitEntry = { id: string; kind: 'file' | 'link' | 'special' };

/** Files of a commit or of the index: paths from the repository's root, with the id of their content. */
export type GitTree = {
  entries: ReadonlyMap<string, GitEntry>;
  /** The contents of some of them, by path; what is larger than people's files are is left out. */
  read(files: readonly string[]): Promise<Map<string, Buffer>>;
};

/** What git knows of a repository, without its work tree. */
export type GitHistory = {
  /** The id of a commit; undefined for one that does not exist, as HEAD before the first commit. */
  resolve(revision: string): Promise<string | undefined>;
  /** Where two lines of history parted; undefined in a clone that is too shallow to tell. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  tree(commit: string): Promise<GitTree>;
  /** The newest commits, of those that lead to HEAD, that touch some of these paths. */
  commits(paths: readonly string[], most: number): Promise<string[]>;
  /** Contents by their ids; those that git does not have are left out. */
  contents(ids: readonly string[]): Promise<Map<string, Buffer>>;
  /** What the next commit would hold. @throws UserError E_GIT_STATE for files in conflict. */
  index(): Promise<GitTree>;
};

/** A tree of trees names a file as often as it likes: no repository of people has so many. */
const MOST_ENTRIES = 300_000;

export type HistoryOptions = {
  signal: AbortSignal;
  /** GIT_INDEX_FILE of a hook: `git commit <file>` prepares an index of its own. */
  indexFile: string | undefined;
};

/** Undefined where there is no git. */
export function openHistory({ root, git }: RepositoryRoot, options: HistoryOptions): GitHistory | undefined {
  if (!git) return undefined;
  const below = slashedPath(git.top, root);
  const run = openGit(git.top, options.signal, ownIndex(git, options.indexFile));
  const read = openBlobs(() => askGit(git.top, ['cat-file', '--batch'], options.signal));
  const text = async (args: readonly string[]): Promise<string> => (await run(args)).toString('utf8');
  const scope = below === '' ? [] : ['--', below];
  const toTree = (listed: [string, GitEntry][]): GitTree => {
    if (listed.length > MOST_ENTRIES)
      throw new UserError('E_LIMIT', say('system.treeTooLarge', { most: MOST_ENTRIES }));
    const entries = new Map(listed.flatMap(([file, entry]) => fromRoot(below, file, entry)));
    const wanted = (file: string): WantedBlob[] => {
      const entry = entries.get(file);
      return entry?.kind === 'file' ? [{ file, id: entry.id }] : [];
    };
    return { entries, read: files => read(files.flatMap(wanted), refuseAbsent) };
  };
  return {
    resolve: async revision => {
      const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
      return unlessEmpty(text(args));
    },
    commits: async (paths, most) => {
      const own = paths.map(file => (below === '' ? file : `${below}/${file}`));
      const listed = await text(['log', '--format=%H', `--max-count=${most}`, 'HEAD', '--', ...own]);
      return listed.split('\n').filter(line => line !== '');
    },
    contents: ids =>
      read(
        ids.map(id => ({ file: id, id })),
        () => undefined,
      ),
    mergeBase: (a, b) => unlessEmpty(text(['merge-base', '--end-of-options', a, b])),
    tree: async commit =>
      toTree(parseTree(await text(['ls-tree', '-r', '-z', '--full-tree', commit, ...scope]))),
    index: async () => toTree(parseIndex(await text(['ls-files', '--stage', '-z', ...scope]))),
  };
}

/** Only one inside of this repository's own folder: the variable may be left over from another one. */
function ownIndex({ top, dir }: GitFolder, indexFile: string | undefined): string | undefined {
  if (indexFile === undefined || indexFile === '') return undefined;
  const file = path.resolve(top, indexFile);
  return file.startsWith(`${dir}${path.sep}`) ? file : undefined;
}

/** These commands fail with nothing to say where there is nothing. */
async function unlessEmpty(output: Promise<string>): Promise<string | undefined> {
  try {
    return (await output).trim() || undefined;
  } catch (error) {
    if (error instanceof UserError && exitCode(error.cause) === 1) return undefined;
    throw error;
  }
}

function exitCode(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

function fromRoot(below: string, file: string, entry: GitEntry): [string, GitEntry][] {
  if (below === '') return [[file, entry]];
  return file.startsWith(`${below}/`) ? [[file.slice(below.length + 1), entry]] : [];
}

/** `<mode> <type> <id>\t<path>` */
function parseTree(output: string): [string, GitEntry][] {
  return nulFields(output).flatMap(line => {
    const [, mode = '', , id = '', file = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
    return file === '' ? [] : [[file, { id, kind: kindOf(mode) }]];
  });
}

/** `<mode> <id> <stage>\t<path>`; a stage above 0 is a conflict. */
function parseIndex(output: string): [string, GitEntry][] {
  return nulFields(output).flatMap(line => {
    const [, mode = '', id = '', stage = '', file = ''] = /^(\d+) ([0-9a-f]+) (\d)\t([^]*)$/.exec(line) ?? [];
    if (stage !== '0' && file !== '')
      throw new UserError('E_GIT_STATE', say('system.conflict', { file: display(file) }), {
        hint: say('system.resolveGitAddThenRun'),
        subject: file,
      });
    return file === '' ? [] : [[file, { id, kind: kindOf(mode) }]];
  });
}

/** https://git-scm.com/docs/git-fast-import: 100644 and 100755 files, 120000 links, 160000 submodules. */
function kindOf(mode: string): GitEntry['kind'] {
  if (mode.startsWith('100')) return 'file';
  return mode === '120000' ? 'link' : 'special';
}
