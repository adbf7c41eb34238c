import { append } from '../../../data/append.ts';
import { createHash } from 'node:crypto';
import { buildFacts } from '../facts/build-facts.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { RenderedFacts, RenderState } from '../facts/rendered-facts.ts';
import { UserError } from '../../../errors.ts';
import { sha256Of } from '../../../data/digest.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import type { HelmProgram } from '../../../system/tools/helm-shim.ts';
import { inParallel } from '../../../data/in-parallel.ts';
import { parseJson } from '../../../data/json.ts';
import { type Inspection, inspectBuild } from '../../../render/gate/inspect-build.ts';
import type { Refusal, RemoteReference } from '../../../render/gate/refusal.ts';
import { buildTree, type Tree } from '../../../render/build-app.ts';
import { type FetchResource, unfetchable, withResources } from '../../../render/fetch-resources.ts';
import { chartKey, type ChartFilesContext, readChart } from './open-chart-files.ts';
import { linkOnTheWay, type Snapshot } from '../incremental/snapshot.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { RenderTools } from './open-render-tools.ts';
import { say } from '../../../locales/say.ts';

export type RenderContext = ChartFilesContext & {
  tools: RenderTools;
  cache: CacheFiles;
  /** Changes with slipway itself: what is kept of a build may be other facts then. */
  version: string;
  offline: boolean;
  fetch: FetchResource;
  /** Apps rendered at once. */
  jobs: number;
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
    if (facts && inputs.refusals.length === 0)
      rendered.set(app.folder, { state: { status: 'rendered', facts }, key });
    else missing.push({ app, inputs, key });
  }
  if (missing.length === 0) return rendered;
  const { tools } = context;
  const version = (await tools.versions())?.helm;
  const helm = { command: tools.helm, version };
  await inParallel(missing, context.jobs, async job => {
    const state = await renderOne(context, job, helm);
    rendered.set(job.app.folder, { state, key: `${job.key}${reasonOf(state)}` });
  });
  return rendered;
}

/** What a result rests on beyond the files, where there is none. */
function reasonOf(state: RenderState): string {
  if (state.status === 'rendered') return '';
  return ` ${state.status === 'refused' ? JSON.stringify(state.refusals) : state.reason}`;
}

type Job = { app: AppPlace; inputs: BuildInputs; key: string };

async function keyOf(context: RenderContext, { folder }: AppPlace, inputs: BuildInputs): Promise<string> {
  const ids = await context.sources.snapshot.idsOf(inputs.files);
  const hash = createHash('sha256').update(
    JSON.stringify([context.version, FACTS_FORM, context.tools.id, folder]),
  );
  for (const file of inputs.files) hash.update(`${file} ${ids.get(file) ?? ''}\n`);
  for (const chart of inputs.charts) hash.update(`${chart.home}\n${await chartKey(context, chart)}\n`);
  return hash.digest('hex');
}

async function renderOne(
  context: RenderContext,
  { app, inputs, key }: Job,
  helm: HelmProgram,
): Promise<RenderState> {
  const kustomize = await context.tools.kustomize();
  if (!kustomize) return { status: 'impossible', reason: 'kustomize is not installed' };
  const refusals = [...inputs.refusals, ...linksIn(context, inputs)];
  if (refusals.length > 0) return { status: 'refused', refusals };
  const remote = context.offline ? inputs.remote[0] : unfetchable(inputs.remote);
  if (remote !== undefined) return wouldFetch(remote);
  const tree = await readTree(context, inputs);
  if (!(tree instanceof Map)) return tree;
  try {
    const built = await buildTree(tree, { kustomize, folder: app.folder, helm });
    if (built.status === 'refused') return refusedBy(built.inspection);
    const { output, cut } = built;
    const facts = buildFacts(output, { ...(await context.tools.validate(output)), cutSchemas: cut });
    if (facts.unchecked === undefined)
      await context.cache.write(nameOf(key), withDigest(JSON.stringify(facts)));
    return { status: 'rendered', facts };
  } catch (error) {
    return { status: 'failed', reason: expected(error).message };
  }
}

function refusedBy({ refusals, remote: [remote] }: Inspection): RenderState {
  return refusals.length === 0 && remote ? wouldFetch(remote) : { status: 'refused', refusals };
}

function wouldFetch({ address, file, line, column }: RemoteReference): RenderState {
  return { status: 'impossible', reason: `${address} has to be fetched`, place: { file, line, column } };
}

/** Everything that kustomize reads, so that it fetches no chart; or why that cannot be had. */
async function readTree(
  context: RenderContext,
  { files, charts, remote }: BuildInputs,
): Promise<Map<string, Uint8Array> | RenderState> {
  const own: Tree = await context.sources.snapshot.read(files);
  const refusals: Refusal[] = [];
  try {
    const tree = await withResources(own, remote, context.fetch);
    for (const chart of charts) {
      const read = await readChart(context, chart);
      for (const [file, content] of read.files) tree.set(file, content);
      append(refusals, read.refusals);
    }
    return refusals.length > 0 ? { status: 'refused', refusals } : tree;
  } catch (error) {
    return { status: 'impossible', reason: expected(error).message };
  }
}

/** Nothing is read through a link, so that a build would miss what the cluster's has. */
function linksIn({ sources }: RenderContext, { named, charts }: BuildInputs): Refusal[] {
  const find = (snapshot: Snapshot, target: string, place: SourceLocation): Refusal[] => {
    const link = linkOnTheWay(snapshot, target);
    return link === undefined ? [] : [{ ...place, reason: say('check.link', { link }) }];
  };
  return [
    ...[...named].flatMap(([target, place]) => find(sources.snapshot, target, place)),
    ...charts.flatMap(({ home, place }) => find(sources.disk, home, place)),
  ];
}

function expected(error: unknown): UserError {
  if (error instanceof UserError && error.code !== 'E_CANCELLED') return error;
  throw error;
}

/** Counts up with the form of the facts. */
const FACTS_FORM = 2;
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

/** What a build of an app rests on. */
type BuildInputs = Inspection & {
  /** Of the app and of what it shares, without charts. */
  files: readonly string[];
};

/** Follows an app's kustomization through all folders that it leads to. */
async function buildInputs(snapshot: Snapshot, app: AppPlace): Promise<BuildInputs> {
  const read = async (file: string): Promise<Buffer | undefined> =>
    snapshot.files.get(file) === 'file' ? (await snapshot.read([file])).get(file) : undefined;
  const { refusals, remote, charts, named } = await inspectBuild(read, app.folder);
  const files = new Set(app.files.filter(file => snapshot.files.get(file) === 'file'));
  for (const target of named.keys()) for (const file of filesAt(snapshot, target)) files.add(file);
  return { refusals, remote, charts, named, files: [...files].toSorted() };
}

/** A shared file; of a shared folder everything. */
function filesAt(snapshot: Snapshot, target: string): string[] {
  if (snapshot.files.get(target) === 'file') return [target];
  if (snapshot.kindOf(target) !== 'folder') return [];
  return [...snapshot.files]
    .filter(([file, kind]) => kind === 'file' && file.startsWith(`${target}/`))
    .map(([file]) => file);
}
