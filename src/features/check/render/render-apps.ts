import { createHash } from 'node:crypto';
import { buildFacts } from '../facts/build-facts.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { RenderedFacts, RenderState } from '../facts/rendered-facts.ts';
import { isMissing, UserError } from '../../../errors.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import { inParallel } from '../../../data/in-parallel.ts';
import { parseJson } from '../../../data/json.ts';
import { type Inspection, inspectBuild } from '../../../render/gate/inspect-build.ts';
import type { Refusal } from '../../../render/gate/refusal.ts';
import type { Built } from '../../../render/build-app.ts';
import type { FetchResource } from '../../../render/fetch-resources.ts';
import { gatherBuild, wouldFetch } from '../../../render/gather-build.ts';
import type { Renderers } from '../../../render/renderers.ts';
import { chartKey, type ChartFilesContext, checkChartStore } from './open-chart-files.ts';
import { linkOnTheWay, type Snapshot } from '../incremental/snapshot.ts';
import type { Manifest } from '../../../repository/manifest.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { Tree } from '../../../render/tree.ts';
import type { Delivered } from '../deliveries/open-delivered.ts';
import { aroundApp, kindOfApp, plainObjects } from '../deliveries/app-kind.ts';
import { isYaml } from '../facts/app-facts.ts';
import type { Charts } from '../../../charts/lookup.ts';
import type { RenderTools } from './open-render-tools.ts';
import { say } from '../../../locales/say.ts';

export type RenderContext = ChartFilesContext & {
  renderers: Renderers;
  tools: RenderTools;
  cache: CacheFiles;
  /** Changes with slipway itself: what is kept of a build may be other facts then. */
  version: string;
  offline: boolean;
  fetch: FetchResource;
  /** Apps rendered at once. */
  jobs: number;
  /** Undefined where kustomize alone gives charts to clusters. */
  delivered: Delivered | undefined;
  lookups(): Promise<{ charts: Charts }>;
};

/** By the app's folder: how rendering ended, with a key of all that this rests on. */
export type Rendered = ReadonlyMap<string, { state: RenderState; key: string }>;

/** Renders each app, one more at a time than there are processors, since each waits for the disk too. What rests on the same contents is not rendered again. */
export async function renderApps(context: RenderContext, apps: readonly AppPlace[]): Promise<Rendered> {
  const rendered = new Map<string, { state: RenderState; key: string }>();
  const missing: Job[] = [];
  for (const app of apps) {
    const inputs = await buildInputs(context, app);
    const key = await keyOf(context, app, inputs);
    const facts = await readFacts(context.cache, key);
    if (facts && inputs.refusals.length === 0)
      rendered.set(app.folder, { state: { status: 'rendered', facts }, key });
    else missing.push({ app, inputs, key });
  }
  if (missing.length === 0) return rendered;
  await inParallel(missing, context.jobs, async job => {
    const state = await renderOne(context, job);
    rendered.set(job.app.folder, { state, key: `${job.key}${reasonOf(state)}` });
  });
  return rendered;
}

/** What a result rests on beyond the files, where there is none. */
function reasonOf(state: RenderState): string {
  if (state.status === 'rendered') return '';
  return ` ${state.status === 'refused' ? JSON.stringify(state.refusals) : JSON.stringify(state.reason)}`;
}

type Job = { app: AppPlace; inputs: BuildInputs; key: string };

async function keyOf(context: RenderContext, { folder }: AppPlace, inputs: BuildInputs): Promise<string> {
  const ids = await context.sources.snapshot.idsOf(inputs.files);
  const hash = createHash('sha256').update(
    JSON.stringify([
      context.version,
      FACTS_FORM,
      context.renderers.id,
      context.tools.id,
      folder,
      // A release takes its source, its values and its variables from anywhere in the repository.
      context.delivered?.id ?? '',
    ]),
  );
  for (const file of inputs.files) hash.update(`${file} ${ids.get(file) ?? ''}\n`);
  for (const chart of inputs.charts) hash.update(`${chart.home}\n${await chartKey(context, chart)}\n`);
  return hash.digest('hex');
}

async function renderOne(context: RenderContext, { app, inputs, key }: Job): Promise<RenderState> {
  const built = (await builtByNobody(context, app)) ?? (await buildInputsOf(context, inputs));
  if (built.status !== 'built') return built;
  try {
    const { inflateBuilt } = await import('../deliveries/inflate-built.ts');
    const delivered = await inflateBuilt(context, { app, output: built.output });
    const cutSchemas = [...built.cut, ...delivered.cut];
    const warnings = [...built.warnings, ...delivered.warnings];
    const { invalid, unchecked } = await context.tools.validate(delivered.text);
    const facts = buildFacts(delivered, { invalid, unchecked, cutSchemas, warnings });
    if (facts.unchecked === undefined && delivered.isSettled)
      await context.cache.write(nameOf(key), JSON.stringify(facts));
    return { status: 'rendered', facts };
  } catch (error) {
    return { status: 'failed', reason: expected(error).message };
  }
}

/** What no kustomize builds: a chart, and manifests that are deployed as they stand. */
async function builtByNobody(
  { delivered, renderers, sources }: RenderContext,
  app: AppPlace,
): Promise<BuiltApp | NotRendered | undefined> {
  const kind = delivered && kindOfApp(delivered, app.folder);
  if (!kind || kind === 'built' || !(await renderers.versions())) return undefined;
  const nothing = { status: 'built', cut: [], warnings: [] } as const;
  if (kind === 'chart') return { ...nothing, output: '' };
  return { ...nothing, output: plainObjects(await sources.snapshot.read(app.files.filter(isYaml))) };
}

/** The objects of an app with those of its releases; none of one that does not render, which rules say. @throws UserError E_CANCELLED */
export async function objectsOfApp(context: RenderContext, app: AppPlace): Promise<Manifest[]> {
  const built = (await builtByNobody(context, app)) ?? (await buildOne(context, app));
  if (built.status !== 'built') return [];
  const { inflateBuilt } = await import('../deliveries/inflate-built.ts');
  return (await inflateBuilt(context, { app, output: built.output })).manifests;
}

type NotRendered = Exclude<RenderState, { status: 'rendered' }>;
type BuiltApp = Extract<Built, { status: 'built' }>;

/** What an app builds to, as text; or why it does not. @throws UserError E_CANCELLED */
export async function buildOne(context: RenderContext, app: AppPlace): Promise<BuiltApp | NotRendered> {
  return buildInputsOf(context, await buildInputs(context, app));
}

async function buildInputsOf(context: RenderContext, inputs: BuildInputs): Promise<BuiltApp | NotRendered> {
  const { renderers, snapshot } = { ...context, ...context.sources };
  if (!(await renderers.versions()))
    return { status: 'impossible', reason: say('render.kustomizeNotInstalled') };
  const refusals = [...inputs.refusals, ...linksIn(context, inputs)];
  const sources = { store: checkChartStore(context), fetch: context.fetch, offline: context.offline };
  const own = new Map([...(await snapshot.read(inputs.files)), ...inputs.laid]);
  const gathered = await gatherBuild(sources, own, { ...inputs, refusals });
  if (gathered.status !== 'whole') return gathered;
  try {
    const built = await renderers.build(gathered.tree, inputs.folder);
    return built.status === 'refused' ? refusedBy(built.inspection) : built;
  } catch (error) {
    if (isMissing(error)) return { status: 'impossible', reason: expected(error).message };
    return { status: 'failed', reason: expected(error).message };
  }
}

function refusedBy({ refusals, remote: [remote] }: Inspection): NotRendered {
  return refusals.length === 0 && remote ? wouldFetch(remote) : { status: 'refused', refusals };
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
const FACTS_FORM = 5;
const MAX_BYTES = 64 << 20;

function nameOf(key: string): string {
  return `check/rendered/${key}.json`;
}

async function readFacts(cache: CacheFiles, key: string): Promise<RenderedFacts | undefined> {
  const text = (await cache.read(nameOf(key), MAX_BYTES))?.toString('utf8') ?? '';
  return parseJson(text) as RenderedFacts | undefined;
}

/** What a build of an app rests on. */
type BuildInputs = Inspection & {
  /** Of the app and of what it shares, without charts. */
  files: readonly string[];
  /** What is built: the app's own folder, or one that is laid around it. */
  folder: string;
  laid: Tree;
};

/** Follows an app's kustomization through all folders that it leads to. */
async function buildInputs(
  { sources: { snapshot }, delivered }: RenderContext,
  app: AppPlace,
): Promise<BuildInputs> {
  const around = delivered && aroundApp(delivered, app.folder);
  const { folder, files: laid } = around ?? { folder: app.folder, files: new Map<string, Uint8Array>() };
  const read = async (file: string): Promise<Uint8Array | undefined> =>
    snapshot.files.get(file) === 'file' ? (await snapshot.read([file])).get(file) : laid.get(file);
  const { refusals, remote, charts, named } = await inspectBuild(read, folder);
  const files = new Set(app.files.filter(file => snapshot.files.get(file) === 'file'));
  for (const target of named.keys()) for (const file of filesAt(snapshot, target)) files.add(file);
  return { refusals, remote, charts, named, files: [...files].toSorted(), folder, laid };
}

/** A shared file; of a shared folder everything. */
function filesAt(snapshot: Snapshot, target: string): string[] {
  if (snapshot.files.get(target) === 'file') return [target];
  if (snapshot.kindOf(target) !== 'folder') return [];
  return [...snapshot.files]
    .filter(([file, kind]) => kind === 'file' && file.startsWith(`${target}/`))
    .map(([file]) => file);
}
