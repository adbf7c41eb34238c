import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { isKustomization } from '../../../repository/kustomization.ts';
import { openBlobStore } from '../../../system/cache/blob-store.ts';
import { someTrackedChange } from '../../../system/git/disk-changes.ts';
import { type GitHistory, openHistory } from '../../../system/git/git-tree.ts';
import { display } from '../../../text/display.ts';
import { chooseApps } from '../choose-apps.ts';
import { summarizeSome } from '../facts/repository-summary.ts';
import type { Committed } from '../incremental/committed.ts';
import { openCheckCache } from '../incremental/open-check-cache.ts';
import { openWorkTree } from '../incremental/open-work-tree.ts';
import { type Snapshot, withoutTemplates } from '../incremental/snapshot.ts';
import { type CheckPlace, chosenBy, NO_CHARTS, type OpenedCheck, readConfiguration } from '../open-check.ts';
import { isInShard, saysOfAll, type Shard } from '../../../cli/shard.ts';
import type { CheckPlan } from './check-plan.ts';

/**
 * Opens the share of one shard: of all other apps it reads nothing, however many there are.
 * @throws UserError E_CHANGED where the work tree is not what the plan was made of
 */
export async function openPlanned(
  place: CheckPlace,
  { shard, plan }: { shard: Shard; plan: CheckPlan },
): Promise<OpenedCheck> {
  const { repository, files, signal, now } = place;
  const history = openHistory(repository, { signal, indexFile: undefined });
  const head = await requireSameCommit(place, plan, history);
  const store = openCheckCache(place.cache, `${repository.root} ${shard.index}/${shard.of}`);
  const memory = await store.load();
  const algorithm = head.length === 64 ? 'sha256' : 'sha1';
  const lists = aroundFolders(plan.apps.flatMap(({ folder }) => (isInShard(shard, folder) ? [folder] : [])));
  const disk = await openWorkTree({ files, memory, algorithm, now, signal, lists });
  const { snapshot } = await withoutTemplates(disk);
  const configuration = await readConfiguration(snapshot);
  const known = { facts: { ...plan.overview, apps: plan.apps }, unread: plan.unread };
  const summarized = await summarizeSome(snapshot, memory, known);
  const all = chooseApps(snapshot, summarized.summary, { kind: 'all' });
  const committed = await committedAsIs(snapshot, head, history);
  const saysAll = saysOfAll(shard);
  return {
    sources: { snapshot, disk, blobs: openBlobStore(place.cache), committed },
    summarized,
    configuration,
    memory,
    store,
    disk,
    head,
    shard,
    chosen: chosenBy(shard, all),
    charts: saysAll ? plan.charts : NO_CHARTS,
    allCharts: undefined,
    templates: saysAll ? plan.templates : [],
    isWhole: true,
    scope: all.apps.map(({ folder }) => folder),
    across: plan.across,
    generators: [],
    delivered: async () => undefined,
    deliveries: undefined,
  };
}

async function requireSameCommit(
  { repository, signal }: CheckPlace,
  { inputs: { HEAD: planned } }: CheckPlan,
  history: GitHistory | undefined,
): Promise<string> {
  const head = await history?.resolve('HEAD');
  const changed = head === planned ? await someTrackedChange(repository, planned, signal) : 'HEAD';
  if (head === planned && changed === undefined) return head;
  throw new UserError('E_CHANGED', say('shard.planChanged', { changed: display(changed ?? 'HEAD') }), {
    hint: say('shard.planAgain'),
  });
}

/** The folders of a shard, what lies in them, and what lies around them: that holds files which the shard's apps share. */
function aroundFolders(own: readonly string[]): (folder: string) => boolean {
  const inside = new Set(own);
  const around = new Set(['.slipway']);
  for (const folder of own)
    for (let end = folder.lastIndexOf('/'); end > 0; end = folder.lastIndexOf('/', end - 1))
      around.add(folder.slice(0, end));
  const isInside = (folder: string): boolean => {
    if (inside.has(folder)) return true;
    const end = folder.lastIndexOf('/');
    return end > 0 && isInside(folder.slice(0, end));
  };
  return folder => around.has(folder) || isInside(folder);
}

/** What a plan holds for is as it was committed. */
async function committedAsIs(
  snapshot: Snapshot,
  id: string,
  history: GitHistory | undefined,
): Promise<Committed | undefined> {
  if (!history) return undefined;
  const kustomizations = await snapshot.idsOf([...snapshot.files.keys()].filter(isKustomization));
  const paths = { folders: [], kustomizations: Object.fromEntries(kustomizations) };
  const tree = (): ReturnType<GitHistory['tree']> => history.tree(id);
  return { id, paths, tree, read: async files => (await tree()).read(files) };
}
