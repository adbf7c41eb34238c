import { inRepository } from '../../charts/address.ts';
import { BOOTSTRAP_CHARTS, type BootstrapApp } from './bootstrap-apps.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { putValues } from '../../yaml/edit.ts';
import { UserError } from '../../errors.ts';
import type { Charts } from '../../charts/lookup.ts';
import { type AppChart, pullCharts, withValues } from '../../charts/pull-charts.ts';
import type { Repository } from '../../repository/model.ts';
import { say } from '../../locales/say.ts';

export type PinContext = {
  charts: Charts;
  /** One repository that has them all, instead of each chart's own. */
  chartsFrom: string | undefined;
};

/**
 * Looks up the chart of each app, and sets the values that differ from its defaults.
 * @throws UserError of the first failure, naming every chart that could not be had
 */
export async function pinBootstrapCharts(
  context: PinContext,
  apps: readonly BootstrapApp[],
): Promise<AppChart[]> {
  const results = await Promise.allSettled(apps.map(app => pinOne(context, app)));
  requireAll(
    results,
    apps.map(({ name }) => name),
  );
  return results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
}

/**
 * Asks each repository that will be needed for its chart, before anybody is asked anything: those of apps that are not there.
 * @throws UserError as `pinBootstrapCharts` does
 */
export async function requireBootstrapCharts(
  { charts, chartsFrom }: PinContext,
  repository: Repository,
): Promise<void> {
  const known = new Set(
    repository.apps.flatMap(({ name, kustomization }) => [
      name,
      ...kustomization.charts.map(chart => chart.name),
    ]),
  );
  const wanted = Object.entries(BOOTSTRAP_CHARTS).filter(
    ([app, { name }]) => !known.has(app) && !known.has(name),
  );
  const results = await Promise.allSettled(
    wanted.map(([, { name, repo }]) => charts.versions(inRepository(name, chartsFrom ?? repo))),
  );
  requireAll(
    results,
    wanted.map(([app]) => app),
  );
}

/** @throws what made the first fail, with all that failed */
function requireAll(results: readonly PromiseSettledResult<unknown>[], apps: readonly string[]): void {
  const failed = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ app: apps[index] ?? '', error: result.reason as unknown }] : [],
  );
  if (failed.length > 0) throw unreachable(failed);
}

async function pinOne(
  { charts, chartsFrom }: PinContext,
  { name, chart, values }: BootstrapApp,
): Promise<AppChart> {
  const address = inRepository(chart.name, chartsFrom ?? chart.repo);
  const { release } = charts.choose(address, await charts.versions(address), undefined);
  const [pulled] = await pullCharts(charts, [{ address, version: release, release: name }]);
  if (!pulled) throw new Error(`no chart ${chart.name}`);
  const file = `values.yaml of ${chart.name}`;
  const text = putValues(decodeUtf8(pulled.values, file), file, values);
  return { ...pulled, ...withValues(Buffer.from(text), chart.name) };
}

function unreachable(failed: readonly { app: string; error: unknown }[]): unknown {
  const [first] = failed;
  const bug = failed.find(({ error }) => !(error instanceof UserError) || error.code === 'E_CANCELLED');
  if (bug || !(first?.error instanceof UserError)) return bug?.error;
  const reasons = failed.map(({ app, error }) => `${app} (${(error as UserError).message})`);
  return new UserError(
    first.error.code,
    say('init.chartsAppsCouldNotLooked', { count: failed.length, reasons: reasons.join('; ') }),
    {
      hint: say('init.nameRepositoryHasThemCharts'),
      cause: first.error,
    },
  );
}
