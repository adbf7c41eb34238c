import { joinChangeSets, type ChangeSet } from '../../change-set.ts';
import type { App } from '../../repository/model.ts';
import type { ChartMove } from './chart-move.ts';
import { UserError } from '../../errors.ts';
import { type ChangesContext, planAppChanges, type Planned, readLock } from './app-changes.ts';
import { prepareChart, type PreparedChart } from './prepare-chart.ts';
import { type AppRendering, buildAfter, buildBefore, type RenderContext } from './render-app.ts';
import { failedApp, type PreparedApp } from './prepared-app.ts';

export type AppContext = ChangesContext & RenderContext & { render: boolean };

/** Prepares all moves of one app; a failure is its own and becomes part of the report. */
export async function prepareApp(
  context: AppContext,
  app: App,
  moves: readonly ChartMove[],
): Promise<PreparedApp> {
  try {
    const lock = await readLock(context.files, app);
    const charts: PreparedChart[] = [];
    for (const move of moves) {
      const locked = lock.entry.charts.find(
        ({ name, version }) => name === move.name && version === move.from,
      );
      charts.push(await prepareChart(context, { app, move, locked }));
    }
    const { changes, rendered, verification } = await planAndRender(context, { app, charts, lock });
    const open = charts.some(({ values, report }) => values && (report.values?.decisions.length ?? 0) > 0);
    const report = {
      app: app.path,
      charts: charts.map(chart => chart.report),
      rendered,
      verification,
      status: open ? ('needs-decision' as const) : ('upgraded' as const),
    };
    return { app, report, changes: open ? joinChangeSets() : changes };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return failedApp(app, error);
  }
}

/** Short image names that come with the new version are completed, and the app is built once more with that. */
async function planAndRender(
  context: AppContext,
  planned: Omit<Planned, 'images'>,
): Promise<AppRendering & { changes: ChangeSet }> {
  const before = context.render ? await buildBefore(context, planned.app) : undefined;
  const changes = await planAppChanges(context, { ...planned, images: [] });
  const rendering = await buildAfter(context, planned.app, { before, changes });
  const images = rendering.rendered?.completed ?? [];
  if (images.length === 0) return { ...rendering, changes };
  const completed = await planAppChanges(context, { ...planned, images });
  const { rendered, verification } = await buildAfter(context, planned.app, { before, changes: completed });
  return { rendered: rendered && { ...rendered, completed: images }, verification, changes: completed };
}
