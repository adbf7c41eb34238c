import { stringsAt } from '../../data/fields.ts';
import type { Configuration } from '../configuration.ts';
import { ignoredBy } from '../gitignore.ts';
import { type App, appManifests, type Repository } from '../model.ts';
import { type HabitApp, type Habits, learnHabits, PULLED } from './habits.ts';

type Known = { domains: readonly string[]; prefixFile: string | undefined; hasApplicationSets: boolean };

/** What the apps of a repository do. */
export function habitsOfRepository(
  repository: Repository,
  known: Known,
  configuration: Configuration,
): Habits {
  const written = repository.apps.filter(({ kustomization }) => kustomization.keys.length > 0);
  return learnHabits({ ...known, apps: written.map(app => habitApp(repository, app)) }, configuration);
}

function habitApp(repository: Repository, app: App): HabitApp {
  const { path: folder, name, kustomization } = app;
  const routes = appManifests(repository, app, /(?:HTTP|GRPC|TLS)Route/);
  return {
    folder,
    name,
    namespace: kustomization.namespace,
    charts: kustomization.charts.map(({ name: chart = '', repo, version, valuesFile, data }) => ({
      name: chart,
      repo,
      version,
      valuesFile,
      includesCrds: data['includeCRDs'] === true,
    })),
    ignoresCharts: isIgnored(repository, `${folder}/charts/${PULLED}`),
    transformers: kustomization.transformers,
    hosts: routes.flatMap(({ manifest }) => stringsAt(manifest.body, ['spec', 'hostnames'])),
  };
}

function isIgnored({ text }: Repository, file: string): boolean {
  const parts = file.split('/').slice(0, -1);
  const folders = ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
  const files = folders.map(folder => ({
    folder,
    text: text.get(folder === '' ? '.gitignore' : `${folder}/.gitignore`) ?? '',
  }));
  return ignoredBy(files)(file) !== undefined;
}
