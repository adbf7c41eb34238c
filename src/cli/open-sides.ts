import { inBatches } from '../data/batches.ts';
import { readRepository } from '../repository/read-repository.ts';
import { isLookedInto } from '../repository/looked-into.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { openRepositoryRoot, type RepositoryRoot } from '../system/files/find-repository.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { contentId } from '../system/git/blob-id.ts';
import { diskChanges } from '../system/git/disk-changes.ts';
import { openGitFiles } from '../system/git/git-files.ts';
import { type GitHistory, type GitTree, openHistory } from '../system/git/git-tree.ts';
import { display } from '../text/display.ts';
import type { CommandContext } from './command-context.ts';
import type { Repository } from '../repository/model.ts';
import { type Revision, WORK_TREE } from './revision.ts';

/** A repository at one moment. */
export type RepositorySide = { files: RepositoryFiles; repository: Repository };

/** What is compared: two moments of the repository, and the files that are not the same in both. */
export type Sides = {
  base: Revision;
  head: Revision;
  before: RepositorySide;
  after: RepositorySide;
  changed: ReadonlySet<string>;
};

/** Files in memory at a time, each of which may be as large as a file can be. */
const AT_ONCE = 8;

/** What a branch most likely started from, the first that exists. */
const USUAL_BASES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

/**
 * Opens both sides. The base is where the two lines of history parted, so that what others merged meanwhile does not count.
 * @throws UserError E_GIT_STATE without git, for a revision that does not exist, and in a clone that is too shallow
 */
export async function openSides(
  { files, gitops, session }: Pick<CommandContext, 'files' | 'gitops' | 'session'>,
  asked: { base: string | undefined; head: string | undefined },
): Promise<Sides> {
  const root = await openRepositoryRoot(files.root);
  const history = openHistory(root, { signal: session.signal, indexFile: undefined });
  if (!history) throw new UserError('E_GIT_STATE', say('preview.noGit'), { hint: say('preview.needsGit') });
  const head = asked.head ?? WORK_TREE;
  const headCommit = head === WORK_TREE ? undefined : await resolve(history, head);
  const { name, commit } = await findBase(history, asked.base, headCommit ?? 'HEAD');
  const [oldTree, newTree] = [await history.tree(commit), headCommit && (await history.tree(headCommit))];
  const before = await sideOf(openGitFiles(files.root, oldTree));
  const after = newTree
    ? await sideOf(openGitFiles(files.root, newTree))
    : { files, repository: gitops.repository };
  return {
    base: { name, commit },
    head: { name: head, commit: headCommit },
    before,
    after,
    changed: newTree
      ? changedBetween(oldTree, newTree)
      : await changedOnDisk({ files, session }, root, { commit, tree: oldTree }),
  };
}

async function sideOf(files: RepositoryFiles): Promise<RepositorySide> {
  return { files, repository: (await readRepository(files)).repository };
}

async function findBase(
  history: GitHistory,
  asked: string | undefined,
  head: string,
): Promise<{ name: string; commit: string }> {
  const name = asked ?? (await firstThere(history));
  if (name === undefined)
    throw new UserError('E_GIT_STATE', say('preview.noCommit'), { hint: say('preview.nameBase') });
  const revision = await resolve(history, name);
  const commit = await history.mergeBase(revision, head);
  const shown = name.replace(/^refs\/(?:remotes|heads)\//, '');
  if (commit !== undefined) return { name: shown, commit };
  throw new UserError('E_GIT_STATE', say('preview.noMergeBase', { base: display(name) }), {
    hint: say('preview.fetchHistory'),
    subject: name,
  });
}

async function firstThere(history: GitHistory): Promise<string | undefined> {
  for (const name of USUAL_BASES) if ((await history.resolve(name)) !== undefined) return name;
  return undefined;
}

async function resolve(history: GitHistory, revision: string): Promise<string> {
  // A tag of the same name hides nothing: anybody who may push one could choose what is compared.
  for (const name of [`refs/heads/${revision}`, `refs/remotes/${revision}`, revision]) {
    const commit = await history.resolve(name);
    if (commit !== undefined) return commit;
  }
  throw new UserError('E_GIT_STATE', say('preview.noRevision', { revision: display(revision) }), {
    hint: say('preview.nameRevision'),
    subject: revision,
  });
}

function changedBetween(before: GitTree, after: GitTree): Set<string> {
  const files = new Set([...before.entries.keys(), ...after.entries.keys()]);
  return new Set([...files].filter(file => before.entries.get(file)?.id !== after.entries.get(file)?.id));
}

/**
 * What git finds changed, and what it cannot know: files that it was told not to look at, and those that it ignores and slipway
 * does not.
 */
async function changedOnDisk(
  { files, session: { signal } }: Pick<CommandContext, 'files' | 'session'>,
  root: RepositoryRoot,
  { commit, tree: { entries } }: { commit: string; tree: GitTree },
): Promise<Set<string>> {
  const { changed, unseen } = await diskChanges(root, commit, signal);
  const { entries: walked } = await files.walkEach('', isLookedInto);
  const there = walked.filter(({ kind }) => kind === 'file').map(entry => entry.path);
  const found = new Set([...changed, ...there.filter(file => !entries.has(file))]);
  const algorithm = commit.length === 64 ? 'sha256' : 'sha1';
  for (const some of inBatches(unseen, () => 1, AT_ONCE)) {
    const { contents } = await files.readEach(some);
    for (const file of some) {
      const content = contents.get(file);
      if (content === undefined || contentId(content, algorithm) !== entries.get(file)?.id) found.add(file);
    }
  }
  return found;
}
