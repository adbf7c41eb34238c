import { CONFIGURATION_FILE } from '../../../repository/configuration.ts';
import { learnKubernetes, mayNameKubernetes } from '../../../repository/conventions/kubernetes.ts';
import type { EngineVersions } from '../../../render/engine.ts';
import { askCluster, type ClusterAsked, type ClusterWanted, openCluster } from '../cluster/run-cluster.ts';
import { createRenderers, type Renderers } from '../../../render/renderers.ts';
import { renderedWith, type RenderedWith } from '../../../render/rendered-with.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import { type ExitCode, UserError } from '../../../errors.ts';
import { inRepository } from '../../../charts/address.ts';
import { mayRender } from '../../../render/may-render.ts';
import { resourceFetcher } from '../../../render/fetch-resources.ts';
import { type OutdatedContext, findOutdated } from '../../../charts/find-newer.ts';
import { chartId, type PullArchive } from './open-chart-files.ts';
import type { RenderState } from '../facts/rendered-facts.ts';
import type { News } from '../facts/gather-app.ts';
import { lockedCharts } from '../facts/locked-charts.ts';
import type { OpenedCheck } from '../open-check.ts';
import { proveWith } from './prove-fixes.ts';
import { renderApps, type RenderContext, type Rendered } from './render-apps.ts';
import { openRenderTools } from './open-render-tools.ts';
import type { JudgedByPolicies } from '../policies/run-policies.ts';
import type { LockedChart } from '../../../repository/lock-entry.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { Prove } from '../plan-fixes.ts';
import { say } from '../../../locales/say.ts';

/** What a run learns beyond the files of the repository. */
export type Further = {
  rendered: Rendered;
  renderWanted: boolean;
  /** Whether there is something here that renders. */
  mayRender: boolean;
  tools: EngineVersions | undefined;
  /** For the report. */
  renderer: RenderedWith | undefined;
  news: News | undefined;
  /** Undefined where no cluster was asked. */
  cluster: ClusterAsked | undefined;
  /** Undefined where the repository's own policies were not asked. */
  policies: JudgedByPolicies | undefined;
  /** The exit of each chart that was asked for in vain. */
  notAsked: readonly ExitCode[];
};

export type FurtherRequest = {
  render: boolean;
  /** Whether the repository's own policies judge what is rendered. */
  policies: boolean;
  outdated: boolean;
  /** Whether a cluster is asked, and which. */
  cluster: ClusterWanted | undefined;
  root: string;
  cache: CacheFiles;
  version: string;
  env: Record<string, string | undefined>;
  offline: boolean;
  jobs: number;
  signal: AbortSignal;
  /** Opened when something has to be asked of the network. */
  lookups(): Promise<OutdatedContext>;
};

/** How it ends where something rendered, or tried to. */
const HAS_RUN: ReadonlySet<RenderState['status']> = new Set(['rendered', 'failed'] as const);

/** Asks what is published, and renders the chosen apps, as the request wants it. */
export async function lookFurther(request: FurtherRequest, opened: OpenedCheck): Promise<Further> {
  const { apps } = opened.chosen;
  const cluster = request.cluster && (await openCluster(request.cluster, request));
  const locked = await lockedCharts(opened.sources.snapshot, apps);
  const asked = request.outdated ? await findNews(await request.lookups(), apps, locked) : undefined;
  const about = {
    renderWanted: request.render,
    mayRender: mayRender(request.env, opened.configuration),
    news: asked?.news,
    notAsked: asked?.notAsked ?? [],
  };
  if (!request.render) return { ...about, ...NOT_RENDERED };
  const context = await renderContext(request, opened, locked);
  try {
    const { renderers } = context;
    const whole = apps.filter(({ isPart }) => !isPart);
    const rendered = await renderApps(context, whole);
    const judged = cluster && (await askCluster(context, cluster, { rendered, apps: whole }));
    const isRendered = [...rendered.values()].some(({ state }) => HAS_RUN.has(state.status));
    const renderer = isRendered ? await renderedWith(renderers) : undefined;
    const tools = await renderers.versions();
    const policies = request.policies ? await policiesOf(context, request, whole) : undefined;
    return {
      ...about,
      policies,
      rendered: judged?.rendered ?? rendered,
      cluster: judged?.asked,
      tools,
      renderer,
    };
  } finally {
    context.renderers.close();
  }
}

/** What judges by policies is loaded for the runs that ask for it. */
async function policiesOf(
  context: RenderContext,
  { env, signal }: FurtherRequest,
  apps: readonly AppPlace[],
): Promise<JudgedByPolicies> {
  const { judgeByPolicies } = await import('../policies/run-policies.ts');
  return judgeByPolicies({ ...context, env, signal }, apps);
}

const NOT_RENDERED = {
  policies: undefined,
  rendered: new Map(),
  tools: undefined,
  renderer: undefined,
  cluster: undefined,
};

async function renderContext(
  request: FurtherRequest,
  opened: OpenedCheck,
  locked: readonly LockedChart[],
): Promise<RenderContext> {
  const renderers = await openRenderers(request, opened);
  return {
    ...request,
    sources: opened.sources,
    locked: new Map(locked.map(chart => [chartId(chart), chart.digest])),
    pull: pullWith(request),
    fetch: resourceFetcher(request.lookups),
    renderers,
    tools: await openRenderTools({ ...request, kubernetes: statedVersion(renderers) }),
    delivered: await opened.delivered(),
  };
}

/** What proves the fixes of these apps by building them before and after. */
export async function openProof(request: FurtherRequest, opened: OpenedCheck): Promise<Prove> {
  const locked = await lockedCharts(opened.sources.snapshot, opened.chosen.apps);
  return proveWith(await renderContext(request, opened, locked));
}

/** The version of the cluster, where somebody says it. */
function statedVersion({ cluster: { value, evidence } }: Renderers): string | undefined {
  return evidence.en === say('repository.default').en ? undefined : value.kubeVersion;
}

/** By what the configuration says, and the files that may name the cluster's version. */
async function openRenderers(
  request: FurtherRequest,
  { sources: { snapshot }, configuration }: OpenedCheck,
): Promise<Renderers> {
  const files = [...snapshot.files].flatMap(([file, kind]) =>
    kind === 'file' && file !== CONFIGURATION_FILE && mayNameKubernetes(file) ? [file] : [],
  );
  const contents = await snapshot.read(files);
  const texts = [...contents].map(([file, content]) => [file, content.toString('utf8')] as const);
  return createRenderers({
    ...request,
    settings: configuration,
    cluster: learnKubernetes(texts, configuration),
  });
}

/** Through the cache of archives, so that a chart is fetched once. */
function pullWith({ lookups }: FurtherRequest): PullArchive {
  return async ({ name, repo, version }) => {
    const { charts } = await lookups();
    const address = inRepository(name, repo);
    const found = (await charts.versions(address)).find(each => each.version === version);
    const archive = found && (await charts.pull(address, found)).archive;
    if (archive) return archive;
    throw new UserError('E_NO_CHART', say('check.hasNo', { repo, name, version }), { subject: name });
  };
}

/** What repositories publish by now for the charts of these apps. One that does not answer tells nothing. */
async function findNews(
  context: OutdatedContext,
  apps: readonly AppPlace[],
  locked: readonly LockedChart[],
): Promise<{ news: News; notAsked: ExitCode[] }> {
  const folders = new Set(apps.map(({ folder }) => folder));
  const items = await findOutdated(context, {
    apps: context.repository.apps.filter(app => folders.has(app.path)),
    images: false,
    minAgeDays: context.conventions.minimumAge.value,
    progress: () => undefined,
  });
  const newer = items.flatMap(item =>
    item.kind === 'chart' && item.status === 'outdated'
      ? [{ chart: item.name, repo: item.source, current: item.current, newest: item.to }]
      : [],
  );
  const published = await Promise.all(locked.map(chart => publishedDigest(context, chart)));
  const notAsked = items.flatMap(item => (item.status === 'unreachable' ? item.exit : []));
  return { news: { newer, published: published.flat() }, notAsked };
}

async function publishedDigest(
  { charts }: OutdatedContext,
  { name, repo, version }: LockedChart,
): Promise<News['published']> {
  try {
    const versions = await charts.versions(inRepository(name, repo));
    const digest = versions.find(each => each.version === version)?.digest;
    return digest === undefined ? [] : [{ chart: name, repo, version, digest }];
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return [];
    throw error;
  }
}
