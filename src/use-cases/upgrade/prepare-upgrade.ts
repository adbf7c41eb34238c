import type { Repository } from '../../domain/repository.ts';
import { selectApp } from '../../domain/select-apps.ts';
import type { ChartMove } from '../../domain/upgrade/chart-move.ts';
import { inParallel } from '../../io/in-parallel.ts';
import { type AppContext, prepareApp, type PreparedApp } from './prepare-app.ts';

/** Apps migrated and rendered at once. Rendering keeps a core busy each. */
const AT_ONCE = 2;

/** Prepares every app of a plan. Apps stand for themselves: one that fails stops no other. */
export async function prepareUpgrade(
  context: AppContext,
  repository: Repository,
  moves: readonly ChartMove[],
  progress: (done: number, of: number) => void,
): Promise<PreparedApp[]> {
  const names = [...new Set(moves.map(({ app }) => app))];
  const prepared = new Map<string, PreparedApp>();
  await inParallel(names, AT_ONCE, async name => {
    const own = moves.filter(({ app }) => app === name);
    prepared.set(name, await prepareApp(context, selectApp(repository, name), own));
    progress(prepared.size, names.length);
  });
  return names.flatMap(name => prepared.get(name) ?? []);
}
