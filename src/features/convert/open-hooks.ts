import { availableParallelism } from 'node:os';
import type { CommandContext } from '../../cli/command-context.ts';
import { valueAt } from '../../data/fields.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { renderDelivered } from '../../render/render-delivered.ts';
import { bothBuilds, deliveredText } from '../../render/render-units.ts';
import type { ReadApp } from './model.ts';

/** The hooks that the chart of an app brings now, as `Job/migrate`; none where nothing can be rendered. */
export async function openHooks(context: CommandContext, { units }: ReadApp): Promise<string[]> {
  const { session, repository } = context;
  const jobs = session.jobs ?? availableParallelism();
  const fetch = resourceFetcher(async () => context);
  const rendering = { ...context, fetch, jobs, offline: session.offline };
  const found: string[] = [];
  for (const unit of units) {
    const state = await renderDelivered(rendering, unit, deliveredText(repository));
    const { after } = state.status === 'built' ? bothBuilds(undefined, state) : { after: [] };
    for (const { kind, name, body } of after)
      if (valueAt(body, ['metadata', 'annotations', 'helm.sh/hook']) !== undefined)
        found.push(`${kind}/${name}`);
  }
  return [...new Set(found)];
}
