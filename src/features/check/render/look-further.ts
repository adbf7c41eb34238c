import type { Tools } from '../../../render/tool-pairs.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import { UserError } from '../../../errors.ts';
import { inRepository } from '../../../charts/address.ts';
import { resourceFetcher } from '../../../render/fetch-resources.ts';
import type { OutdatedContext } from '../../../charts/find-newer.ts';
import { chartId, type PullArchive } from './chart-files.ts';
import { findNews } from './find-news.ts';
import type { News } from '../facts/gather-app.ts';
import { lockedCharts } from '../facts/locked-charts.ts';
import type { OpenedCheck } from '../open-check.ts';
import { renderApps, type Rendered } from './render-apps.ts';
import { openRenderTools } from './render-tools.ts';

/** What a run learns beyond the files of the repository. */
export type Further = { rendered: Rendered; tools: Tools | undefined; news: News | undefined };

export type FurtherRequest = {
  render: boolean;
  outdated: boolean;
  root: string;
  cache: CacheFiles;
  version: string;
  env: Record<string, string | undefined>;
  offline: boolean;
  jobs: number | undefined;
  signal: AbortSignal;
  /** Opened when something has to be asked of the network. */
  lookups(): Promise<OutdatedContext>;
};

/** Asks what is published, and renders the chosen apps, as the request wants it. */
export async function lookFurther(request: FurtherRequest, opened: OpenedCheck): Promise<Further> {
  const { apps } = opened.chosen;
  const locked = await lockedCharts(opened.sources.snapshot, apps);
  const news = request.outdated ? await findNews(await request.lookups(), apps, locked) : undefined;
  if (!request.render) return { rendered: new Map(), tools: undefined, news };
  const tools = openRenderTools(request);
  const rendered = await renderApps(
    {
      ...request,
      sources: opened.sources,
      locked: new Map(locked.map(chart => [chartId(chart), chart.digest])),
      pull: pullWith(request),
      fetch: resourceFetcher(request.lookups),
      tools,
    },
    apps,
  );
  return { rendered, tools: await tools.versions(), news };
}

/** Through the cache of archives, so that a chart is fetched once. */
function pullWith({ lookups }: FurtherRequest): PullArchive {
  return async ({ name, repo, version }) => {
    const { charts } = await lookups();
    const address = inRepository(name, repo);
    const found = (await charts.versions(address)).find(each => each.version === version);
    const archive = found && (await charts.pull(address, found)).archive;
    if (archive) return archive;
    throw new UserError('E_NO_CHART', `${repo} has no ${name} ${version}`, { subject: name });
  };
}
