import type { Applications } from '../../../repository/applications.ts';
import { compareApplications, type GoneApplication } from '../../../repository/application-changes.ts';
import { mayDeploy } from '../../../repository/deployments.ts';
import { mayDeclareCluster } from '../../../repository/sets/clusters.ts';
import { readLocated } from '../../../yaml/read.ts';
import { type FolderSummary, summarizeFile } from '../facts/folder-summary.ts';
import type { LostApplication } from '../facts/repository-facts.ts';
import type { RepositorySummary } from '../facts/repository-summary.ts';
import { applicationsIn, sightOfSets } from '../facts/set-sight.ts';
import { type Committed, dataOfFolder } from './committed.ts';
import { openGitSnapshot } from './git-snapshot.ts';
import { type Snapshot, textsOf, withoutTemplates } from './snapshot.ts';

/** Folders whose data is looked for; a set that makes more says enough. */
const MOST_LOOKED_AT = 100;

type Comparison = { committed: Committed; summary: RepositorySummary; snapshot: Snapshot };

/** The Applications that a commit has and the work tree has not; of those that sets made, with the data that goes with each. */
export async function findGoneApplications(comparison: Comparison): Promise<LostApplication[]> {
  const before = await applicationsOf(comparison);
  const { gone } = compareApplications(before, comparison.summary.expanded);
  const broken = await brokenAmong(
    gone.map(({ application: { from } }) => from),
    comparison.snapshot,
  );
  const own = gone.filter(({ application: { from } }) => !broken.has(from));
  const looked = new Set(
    own.filter(({ application: { set } }) => set !== undefined).slice(0, MOST_LOOKED_AT),
  );
  return Promise.all(
    own.map(async each => (looked.has(each) ? lostWith(each, comparison) : { ...each, ...NOTHING_LOST })),
  );
}

/** Files that are there and cannot be read now: what they say is not gone. */
async function brokenAmong(files: readonly string[], snapshot: Snapshot): Promise<ReadonlySet<string>> {
  const broken = new Set<string>();
  for await (const [file, text] of textsOf(snapshot, [...new Set(files)])) {
    const read = readLocated(text);
    if (read.status === 'unreadable' || read.yaml.dataProblem) broken.add(file);
  }
  return broken;
}

const NOTHING_LOST = { claims: [], crds: [], clusters: [], charts: [] };

async function lostWith(gone: GoneApplication, { committed }: Comparison): Promise<LostApplication> {
  const { path } = gone.application;
  const tree = path === undefined || !gone.deletes ? undefined : await committed.tree();
  const lost = tree && path !== undefined ? await dataOfFolder(path, tree) : NOTHING_LOST;
  return { ...gone, ...lost };
}

/** Those of the commit, which never change: most runs know them from the last one. */
async function applicationsOf({ committed, summary, snapshot }: Comparison): Promise<Applications> {
  const { paths } = committed;
  paths.applications ??= await expandCommit(await committed.tree(), summary, snapshot);
  return paths.applications;
}

/** What stands in files that are as they were was read already; of the others only those are read that may say something. */
async function expandCommit(
  tree: Awaited<ReturnType<Committed['tree']>>,
  { summaries, expanded }: RepositorySummary,
  snapshot: Snapshot,
): Promise<Applications> {
  const { snapshot: before } = await withoutTemplates(openGitSnapshot(tree));
  const files = [...before.files.keys()];
  const ids = await snapshot.idsOf(files.filter(file => snapshot.files.has(file)));
  const changed = new Set(files.filter(file => ids.get(file) !== tree.entries.get(file)?.id));
  if (changed.size === 0 && before.files.size === snapshot.files.size) return expanded;
  const isSame = (file: string): boolean => before.files.has(file) && !changed.has(file);
  const known: Pick<FolderSummary, 'deploying' | 'clusterFiles'>[] = [...summaries.values()].map(
    ({ deploying, clusterFiles }) => ({
      deploying: deploying.filter(({ file }) => isSame(file)),
      clusterFiles: clusterFiles.filter(isSame),
    }),
  );
  for await (const [file, text] of textsOf(before, [...changed].filter(isYamlFile)))
    if (mayDeploy(text) || mayDeclareCluster(file, text)) known.push(summarizeFile(file, text, undefined));
  const deploying = known.flatMap(each => each.deploying);
  return applicationsIn(deploying, await sightOfSets(before, known));
}

function isYamlFile(file: string): boolean {
  return /\.ya?ml$/.test(file);
}
