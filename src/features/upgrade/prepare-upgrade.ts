import type { Repository } from '../../repository/model.ts';
import { selectApp } from '../../repository/select-apps.ts';
import type { ChartMove } from './chart-move.ts';
import { inParallel } from '../../system/tools/in-parallel.ts';
import type { Session } from '../../cli/context.ts';
import { type AppContext, lateApp, prepareApp, type PreparedApp } from './prepare-app.ts';

/** Apps migrated and rendered at once. Rendering keeps a core busy each. */
const AT_ONCE = 2;

export type UpgradeContext = AppContext & { session: Pick<Session, 'deadline' | 'jobs'> };

/** Prepares every app of a plan. Apps stand for themselves: one that fails stops no other. */
export async function prepareUpgrade(
  context: UpgradeContext,
  repository: Repository,
  moves: readonly ChartMove[],
  progress: (done: number, of: number) => void,
): Promise<PreparedApp[]> {
  const names = [...new Set(moves.map(({ app }) => app))];
  const prepared = new Map<string, PreparedApp>();
  const { deadline, jobs = AT_ONCE } = context.session;
  await inParallel(names, jobs, async name => {
    const own = moves.filter(({ app }) => app === name);
    const app = selectApp(repository, name);
    prepared.set(name, deadline.aborted ? lateApp(app, deadline) : await prepareApp(context, app, own));
    progress(prepared.size, names.length);
  });
  return names.flatMap(name => prepared.get(name) ?? []);
}
