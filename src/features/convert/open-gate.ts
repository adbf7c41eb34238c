import { availableParallelism } from 'node:os';
import type { ChangeSet } from '../../change-set.ts';
import { withRecentPulls } from '../../charts/recent-pulls.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { valueAt } from '../../data/fields.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { renderDelivered } from '../../render/render-delivered.ts';
import { bothBuilds, deliveredText } from '../../render/render-units.ts';
import { compareRender, type RenderVerdict, type SameRenderContext } from '../../render/same-render.ts';
import type { ReadApp } from './model.ts';
import type { Written } from './write-app.ts';

export type Gate = {
  /** Whether the same runs once the changes are written. @throws UserError E_RENDER, E_CANCELLED */
  judge(changes: ChangeSet, written: Written): Promise<RenderVerdict>;
  /** The hooks that the chart brings now, `Job/migrate`; none where nothing can be rendered. */
  hooks(): Promise<string[]>;
};

/** What compares the app before and after, each side rendered as its delivery does. */
export function openGate(context: CommandContext, app: ReadApp): Gate {
  const { session, files, renderers, repository } = context;
  const jobs = session.jobs ?? availableParallelism();
  const rendering: SameRenderContext = {
    files,
    renderers,
    repository,
    charts: withRecentPulls(context.charts, 4),
    fetch: resourceFetcher(async () => context),
    offline: session.offline,
    jobs,
  };
  const { namespace } = app.release;
  return {
    judge: (changes, written) =>
      compareRender(rendering, {
        changes,
        before: app.units,
        after: written.units,
        namespace,
        app: app.name,
      }),
    hooks: async () => {
      const found: string[] = [];
      for (const unit of app.units) {
        const state = await renderDelivered(rendering, unit, deliveredText(repository));
        const { after } = state.status === 'built' ? bothBuilds(undefined, state) : { after: [] };
        for (const { kind, name, body } of after)
          if (valueAt(body, ['metadata', 'annotations', 'helm.sh/hook']) !== undefined)
            found.push(`${kind}/${name}`);
      }
      return [...new Set(found)];
    },
  };
}
