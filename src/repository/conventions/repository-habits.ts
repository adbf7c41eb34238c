import { addTo } from '../../data/append.ts';
import { stringsAt } from '../../data/fields.ts';
import { hasDeepBase } from '../bases.ts';
import type { Configuration } from '../configuration.ts';
import { ignoredAround } from '../gitignore.ts';
import type { App, Repository } from '../model.ts';
import { namespaceAfter } from '../overlays.ts';
import type { RouteSighting } from './routes.ts';
import { type HabitApp, type Habits, learnHabits, listedCharts, PULLED } from './habits.ts';

type Known = {
  seen: readonly RouteSighting[];
  domains: readonly string[];
  prefixFile: string | undefined;
  hasApplicationSets: boolean;
};

/** What the apps of a repository do. */
export function habitsOfRepository(
  repository: Repository,
  known: Known,
  configuration: Configuration,
): Habits {
  const written = repository.apps.filter(({ kustomization }) => kustomization.keys.length > 0);
  const hosts = new Map<string, string[]>();
  for (const { app, manifest } of known.seen)
    for (const host of stringsAt(manifest.body, ['spec', 'hostnames'])) addTo(hosts, app, host);
  const apps = written.map(app => habitApp(repository, app, hosts.get(app.path) ?? []));
  return learnHabits({ ...known, apps }, configuration);
}

function habitApp({ text }: Repository, app: App, hosts: readonly string[]): HabitApp {
  const { path: folder, name, kustomization } = app;
  const ignored = ignoredAround(`${folder}/charts`, file => text.get(file));
  return {
    folder,
    name,
    after: namespaceAfter(app),
    namespace: kustomization.namespace,
    charts: listedCharts(kustomization),
    ignoresCharts: ignored(`${folder}/charts/${PULLED}`) !== undefined,
    transformers: kustomization.transformers,
    hosts,
    hasDeepBase: hasDeepBase(kustomization, file => text.get(file)),
  };
}
