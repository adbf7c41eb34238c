import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { buildFacts } from '../../domain/check/build-facts.ts';
import type { RenderedFacts, RenderState } from '../../domain/check/rendered-facts.ts';
import { UserError } from '../../errors.ts';
import { sha256Of } from '../../io/blob-store.ts';
import type { CacheFiles } from '../../io/cache-files.ts';
import { withHelmStandIn } from '../../io/helm-stand-in.ts';
import { inParallel } from '../../io/in-parallel.ts';
import { parseJson } from '../../json.ts';
import { inScratchFolder } from '../../io/scratch-folder.ts';
import { type BuildInputs, buildInputs } from './build-inputs.ts';
import { chartKey, type ChartFilesContext, readChart } from './chart-files.ts';
import type { AppPlace } from './gather-app.ts';
import type { RenderTools } from './render-tools.ts';

export type RenderContext = ChartFilesContext & {
  tools: RenderTools;
  cache: CacheFiles;
  /** Changes with slipway itself: what is kept of a build may be other facts then. */
  version: string;
  offline: boolean;
  /** Apps rendered at once. */
  jobs: number | undefined;
};

/** By the app's folder: how rendering ended, with a key of all that this rests on. */
export type Rendered = ReadonlyMap<string, { state: RenderState; key: string }>;

/** Renders each app, one more at a time than there are processors, since each waits for the disk too. What rests on the same contents is not rendered again. */
export async function renderApps(context: RenderContext, apps: readonly AppPlace[]): Promise<Rendered> {
  const rendered = new Map<string, { state: RenderState; key: string }>();
  const missing: Job[] = [];
  for (const app of apps) {
    const inputs = await buildInputs(context.sources.snapshot, app);
    const key = await keyOf(context, app, inputs);
    const facts = await readFacts(context.cache, key);
    if (facts) rendered.set(app.folder, { state: { status: 'rendered', facts }, key });
    else missing.push({ app, inputs, key });
  }
  if (missing.length === 0) return rendered;
  const { tools } = context;
  const version = (await tools.versions())?.helm;
  await withHelmStandIn({ helm: tools.helm, version }, helm =>
    inParallel(missing, context.jobs ?? availableParallelism() + 1, async job => {
      const state = await renderOne(context, job, helm);
      const key = state.status === 'rendered' ? job.key : `${job.key} ${state.reason}`;
      rendered.set(job.app.folder, { state, key });
    }),
  );
  return rendered;
}

type Job = { app: AppPlace; inputs: BuildInputs; key: string };

async function keyOf(context: RenderContext, { folder }: AppPlace, inputs: BuildInputs): Promise<string> {
  const ids = await context.sources.snapshot.idsOf(inputs.files);
  const hash = createHash('sha256').update(JSON.stringify([context.version, context.tools.id, folder]));
  for (const file of inputs.files) hash.update(`${file} ${ids.get(file) ?? ''}\n`);
  for (const chart of inputs.charts) hash.update(`${chart.home}\n${await chartKey(context, chart)}\n`);
  return hash.digest('hex');
}

async function renderOne(
  context: RenderContext,
  { app, inputs, key }: Job,
  helm: string | undefined,
): Promise<RenderState> {
  const kustomize = await context.tools.kustomize();
  if (!kustomize) return { status: 'impossible', reason: 'kustomize is not installed' };
  const [remote] = inputs.remote;
  if (remote !== undefined && context.offline)
    return { status: 'impossible', reason: `${remote} has to be fetched` };
  const tree = await readTree(context, inputs);
  if (tree instanceof UserError) return { status: 'impossible', reason: tree.message };
  try {
    const output = await inScratchFolder(tree, folder => kustomize.build(`${folder}/${app.folder}`, helm));
    const facts = buildFacts(output, await context.tools.validate(output));
    if (facts.unchecked === undefined)
      await context.cache.write(nameOf(key), withDigest(JSON.stringify(facts)));
    return { status: 'rendered', facts };
  } catch (error) {
    return { status: 'failed', reason: expected(error).message };
  }
}

/** Everything that kustomize reads, so that it fetches no chart; or why that cannot be had. */
async function readTree(
  context: RenderContext,
  { files, charts }: BuildInputs,
): Promise<Map<string, Buffer> | UserError> {
  const tree = new Map(await context.sources.snapshot.read(files));
  try {
    for (const chart of charts)
      for (const [file, content] of await readChart(context, chart)) tree.set(file, content);
    return tree;
  } catch (error) {
    return expected(error);
  }
}

function expected(error: unknown): UserError {
  if (error instanceof UserError && error.code !== 'E_CANCELLED') return error;
  throw error;
}

const MAX_BYTES = 64 << 20;

function nameOf(key: string): string {
  return `check/rendered/${key}.json`;
}

/** The digest in front tells a torn or altered file. */
function withDigest(body: string): string {
  return `${sha256Of(body)}\n${body}`;
}

async function readFacts(cache: CacheFiles, key: string): Promise<RenderedFacts | undefined> {
  const text = (await cache.read(nameOf(key), MAX_BYTES))?.toString('utf8') ?? '';
  const body = text.slice(text.indexOf('\n') + 1);
  return text === withDigest(body) ? (parseJson(body) as RenderedFacts) : undefined;
}
