import { inParallel } from '../../../data/in-parallel.ts';
import { parseJson } from '../../../data/json.ts';
import { sha256Of } from '../../../data/digest.ts';
import { isRecord } from '../../../data/fields.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import { type ApiServer, findCluster } from '../../../system/tools/cluster.ts';
import type { KubectlOptions } from '../../../system/tools/kubectl.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { ClusterVerdict } from '../facts/rendered-facts.ts';
import { buildOne, type RenderContext, type Rendered } from '../render/render-apps.ts';
import { type DryRunAsking, judgeApp } from './run-dry-runs.ts';

/** What was asked, for the report. */
export type ClusterAsked = {
  context: string;
  version: string;
  apps: number;
  objects: number;
  notJudged: number;
};

/** Which cluster, and what shows the person how far it is. */
export type ClusterWanted = {
  context: string | undefined;
  watch(): { progress(done: number, of: number): void; end(): void };
};

type ClusterAsking = DryRunAsking & Pick<ClusterWanted, 'watch'>;

/** Finds the cluster before anything is rendered: without one there is nothing to wait for. */
export async function openCluster(
  { context, watch }: ClusterWanted,
  { env, signal }: KubectlOptions,
): Promise<ClusterAsking> {
  return { env, signal, watch, server: await findCluster(context, { env, signal }) };
}

/**
 * Asks the API server about each app that was rendered; what it said of the same objects within the hour is not asked again.
 * @throws UserError E_CLUSTER where the person may ask about none of them
 */
export async function askCluster(
  context: RenderContext,
  asking: ClusterAsking,
  { rendered, apps }: { rendered: Rendered; apps: readonly AppPlace[] },
): Promise<{ rendered: Rendered; asked: ClusterAsked }> {
  const judged = new Map(rendered);
  const all: ClusterVerdict[] = [];
  const shown = asking.watch();
  await inParallel(apps, context.jobs, async app => {
    const found = rendered.get(app.folder);
    if (found?.state.status !== 'rendered') return;
    const cluster = await answerFor(context, asking, { app, key: found.key });
    all.push(cluster);
    shown.progress(all.length, apps.length);
    const key = `${found.key} ${sha256Of(JSON.stringify(cluster))}`;
    judged.set(app.folder, { state: { ...found.state, cluster }, key });
  }).finally(shown.end);
  requireSomeRight(all, asking.server);
  const { context: name, version } = asking.server;
  const sum = (count: (facts: ClusterVerdict) => number): number =>
    all.reduce((total, facts) => total + count(facts), 0);
  const objects = sum(facts => facts.objects);
  const notJudged = sum(facts => facts.notJudged.length);
  return { rendered: judged, asked: { context: name, version, apps: all.length, objects, notJudged } };
}

/** Whoever may ask about nothing is not shown each object: it is one and the same thing. */
function requireSomeRight(all: readonly ClusterVerdict[], { context }: ApiServer): void {
  const lacking = all.flatMap(({ notJudged }) => notJudged.filter(({ lacks }) => lacks === 'right'));
  const known = all.reduce((sum, { objects, unknown }) => sum + objects - unknown.length, 0);
  const [first] = lacking;
  if (first === undefined || known > lacking.length) return;
  const args = { context: display(context), count: lacking.length, reason: first.reason };
  throw new UserError('E_CLUSTER', say('cluster.noRightToAnything', args), {
    hint: say('cluster.giveRightsOfApply'),
    subject: context,
  });
}

type Question = { app: AppPlace; key: string };

async function answerFor(
  context: RenderContext,
  asking: DryRunAsking,
  { app, key }: Question,
): Promise<ClusterVerdict> {
  const name = nameOf(asking.server, { app, key });
  const known = await readAnswer(context.cache, name);
  if (known) return known;
  const built = await buildOne(context, app);
  if (built.status !== 'built') return notAsked(app, say('cluster.noAnswer', { reason: built.status }));
  try {
    const { verdict: facts, isOfSecrets } = await judgeApp(asking, app, built.output);
    if (facts.notJudged.length === 0 && !isOfSecrets) await writeAnswer(context.cache, name, facts);
    return facts;
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return notAsked(app, error.texts.message);
  }
}

function notAsked({ name }: AppPlace, reason: ClusterVerdict['notJudged'][number]['reason']): ClusterVerdict {
  const notJudged = [{ kind: 'app', name, reason }];
  return { objects: 0, refused: [], unknown: [], notJudged, absentNamespaces: [], warnings: [] };
}

/** Counts up with the form of the answers. */
const FORM = 1;
const FRESH_MS = 3_600_000;
const MAX_BYTES = 4 << 20;

function nameOf(server: ApiServer, { app, key }: Question): string {
  const { applying, deployedTo } = app;
  const about = [FORM, server, key, applying ?? '', deployedTo ?? ''];
  return `check/cluster/${sha256Of(JSON.stringify(about))}.json`;
}

async function readAnswer(cache: CacheFiles, name: string): Promise<ClusterVerdict | undefined> {
  const text = (await cache.read(name, MAX_BYTES))?.toString('utf8') ?? '';
  const kept = parseJson(text);
  if (!isRecord(kept) || typeof kept['at'] !== 'number') return undefined;
  const age = Date.now() - kept['at'];
  return age >= 0 && age < FRESH_MS ? (kept['facts'] as ClusterVerdict) : undefined;
}

function writeAnswer(cache: CacheFiles, name: string, facts: ClusterVerdict): Promise<void> {
  return cache.write(name, JSON.stringify({ at: Date.now(), facts }));
}
