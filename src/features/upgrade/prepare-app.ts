import { joinChangeSets } from '../../change-set.ts';
import type { App } from '../../repository/model.ts';
import type { ChartMove } from './chart-move.ts';
import { UserError } from '../../errors.ts';
import { type ChangesContext, planAppChanges, readLock } from './app-changes.ts';
import { prepareChart, type PreparedChart } from './prepare-chart.ts';
import { buildApp, refusedRendering, renderCharts, type RenderContext } from './render-app.ts';
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
    const refused = context.render ? await refusedRendering(context, app) : undefined;
    const isRendered = context.render && !refused;
    const { rendered, verification } = isRendered
      ? await renderCharts(context, app, charts)
      : (refused ?? { rendered: undefined, verification: [] });
    const images = rendered?.completed ?? [];
    const changes = await planAppChanges(context, { app, charts, lock, images });
    const built = isRendered ? await buildApp(context, app, changes) : [];
    const open = charts.some(({ values, report }) => values && (report.values?.decisions.length ?? 0) > 0);
    const report = {
      app: app.path,
      charts: charts.map(chart => chart.report),
      rendered,
      verification: [...verification, ...built],
      status: open ? ('needs-decision' as const) : ('upgraded' as const),
    };
    return { app, report, changes: open ? joinChangeSets() : changes };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return failedApp(app, error);
  }
}
