import { isKustomization } from '../../../repository/kustomization.ts';
import type { RemovedApp } from '../facts/repository-facts.ts';
import { summarizeFolder } from '../facts/folder-summary.ts';
import { readLocated } from '../../../yaml/read.ts';
import { type Manifest, parseManifests } from '../../../repository/manifest.ts';
import { dataIn } from '../../../repository/data-in.ts';
import type { GitHistory, GitTree } from '../../../system/git/git-tree.ts';
import { kustomizedFolders } from './git-snapshot.ts';
import type { CommitPaths, CheckCache } from './open-check-cache.ts';
import type { Snapshot } from './snapshot.ts';
import { directoryGenerators, excludedBy } from '../../../repository/application-set.ts';
import { appPlacement } from '../../../repository/overlays.ts';
import type { RepositorySummary } from '../facts/repository-summary.ts';

/** The commit that a run compares with: the last one, or where --since began. */
export type Committed = {
  id: string;
  paths: CommitPaths;
  read(files: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** The whole list of its files, which costs a look into git. */
  tree(): Promise<GitTree>;
};

/** Undefined before the first commit. */
export async function openCommitted(
  history: GitHistory,
  revision: string,
  memory: CheckCache,
): Promise<Committed | undefined> {
  const id = await history.resolve(revision);
  if (id === undefined) return undefined;
  let tree: Promise<GitTree> | undefined;
  const wholeTree = (): Promise<GitTree> => (tree ??= history.tree(id));
  const paths = memory.commits.get(id) ?? pathsOf(await wholeTree());
  return { id, paths, tree: wholeTree, read: async files => (await wholeTree()).read(files) };
}

function pathsOf({ entries }: GitTree): CommitPaths {
  const own = [...entries].filter(([file]) => isKustomization(file));
  return {
    folders: [...kustomizedFolders(own.map(([file]) => file))],
    kustomizations: Object.fromEntries(own.map(([file, { id }]) => [file, id])),
  };
}

/** The apps of a commit whose folder is no app any more, with what Argo CD deletes for that. */
export async function findRemovedApps(
  committed: Committed,
  summary: RepositorySummary,
  snapshot: Snapshot,
): Promise<RemovedApp[]> {
  // A folder that is still there was never an app, or somebody changed what deploys it.
  const now = new Set(summary.summaries.keys());
  const environments = new Set(summary.environments);
  const generators = summary.applicationSets.flatMap(directoryGenerators);
  const gone = committed.paths.folders.filter(
    folder =>
      (environments.has(folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) ||
        environments.has(appPlacement(folder).environment)) &&
      !now.has(folder) &&
      excludedBy(generators, folder) === undefined,
  );
  if (gone.length === 0) return [];
  const tree = await committed.tree();
  return Promise.all(gone.map(folder => describeRemoved(folder, { tree, committed, summary, snapshot })));
}

type Comparison = {
  tree: GitTree;
  committed: Committed;
  summary: RepositorySummary;
  snapshot: Snapshot;
};

async function describeRemoved(folder: string, comparison: Comparison): Promise<RemovedApp> {
  return {
    folder,
    name: folder.slice(folder.lastIndexOf('/') + 1),
    renamedTo: await newHome(folder, comparison),
    ...(await dataOfFolder(folder, comparison.tree)),
  };
}

/** The data in the files of a folder of a commit, and the charts that may have made more. */
export async function dataOfFolder(
  folder: string,
  tree: GitTree,
): Promise<Pick<RemovedApp, 'claims' | 'crds' | 'clusters' | 'charts'>> {
  const files = [...tree.entries.keys()].filter(
    file =>
      file.startsWith(`${folder}/`) &&
      /\.ya?ml$/.test(file) &&
      !file.includes('/values/') &&
      !file.includes('/charts/'),
  );
  const contents = await tree.read(files);
  const texts = new Map([...contents].map(([file, content]) => [file, content.toString('utf8')]));
  const objects = [...texts.values()].flatMap(objectsIn);
  return { ...dataIn(objects), charts: summarizeFolder(folder, texts).charts.map(({ name }) => name) };
}

function objectsIn(text: string): Manifest[] {
  const result = readLocated(text);
  return result.status === 'read' ? parseManifests(result.yaml.documents) : [];
}

/** The folder that is new and holds most of what the old one held. */
async function newHome(
  folder: string,
  { tree, committed, summary, snapshot }: Comparison,
): Promise<string | undefined> {
  const before = new Set(committed.paths.folders);
  const own = [...tree.entries].filter(([file]) => file.startsWith(`${folder}/`)).map(([, { id }]) => id);
  for (const candidate of summary.summaries.keys()) {
    if (candidate === '' || before.has(candidate)) continue;
    const files = [...snapshot.files.keys()].filter(file => file.startsWith(`${candidate}/`));
    const ids = new Set((await snapshot.idsOf(files)).values());
    if (own.filter(id => ids.has(id)).length * 2 >= own.length) return candidate;
  }
  return undefined;
}
