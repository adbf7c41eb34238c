import type { RepositoryRoot } from '../files/find-repository.ts';
import { nulFields, openGit, readFilterFlags } from './git.ts';
import { slashedPath } from '../../data/slashed-path.ts';

/** What git says of a work tree. */
export type DiskChanges = {
  /** Files that are other than in the commit, new ones that nobody ignores included: paths from the repository's root. */
  changed: ReadonlySet<string>;
  /** Files that git was told not to look at. */
  unseen: readonly string[];
};

const DIFF = [
  'diff',
  '--name-only',
  '-z',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
];

/**
 * What differs on disk from a commit, by what git remembers of each file: none is read that was not touched since.
 * @throws UserError E_GIT_STATE
 */
export async function diskChanges(
  { root, git }: RepositoryRoot,
  commit: string,
  signal: AbortSignal,
): Promise<DiskChanges> {
  if (!git) return { changed: new Set(), unseen: [] };
  const run = openGit(git.top, signal);
  const text = async (args: readonly string[]): Promise<string> => (await run(args)).toString('utf8');
  const below = slashedPath(git.top, root);
  const scope = below === '' ? [] : ['--', below];
  const own = (file: string): string[] =>
    below === '' ? [file] : file.startsWith(`${below}/`) ? [file.slice(below.length + 1)] : [];
  const flags = await readFilterFlags(text);
  const [differing, untracked, listed] = await Promise.all([
    text([...flags, ...DIFF, commit, ...scope]),
    text(['ls-files', '--others', '--exclude-standard', '-z', ...scope]),
    text(['ls-files', '-v', '-z', ...scope]),
  ]);
  const changed = new Set([...nulFields(differing), ...nulFields(untracked)].flatMap(own));
  // `H` is what git looks at; small letters are assumed to be unchanged, `S` is left out of the checkout.
  const unseen = nulFields(listed).filter(line => !/^[HM] /.test(line));
  return { changed, unseen: unseen.flatMap(line => own(line.slice(2))) };
}

/**
 * A file that is other on disk than in a commit, of those that git tracks and looks at; undefined where there is none.
 * @throws UserError E_GIT_STATE
 */
export async function someTrackedChange(
  { root, git }: RepositoryRoot,
  commit: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!git) return undefined;
  const run = openGit(git.top, signal);
  const text = async (args: readonly string[]): Promise<string> => (await run(args)).toString('utf8');
  const below = slashedPath(git.top, root);
  const flags = await readFilterFlags(text);
  return nulFields(await text([...flags, ...DIFF, commit, ...(below === '' ? [] : ['--', below])]))[0];
}
