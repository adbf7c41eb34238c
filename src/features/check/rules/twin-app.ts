import path from 'node:path';
import type { RepositoryFacts, AppSummary } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { largest } from '../../../data/append.ts';
import { say } from '../../../locales/say.ts';

/** Two ApplicationSets that name Applications after the folder would fight over one Application. */
export const twinApp: RepositoryRule = {
  scope: 'repository',
  habit: 'folderNamesApp',
  severity: 'error',
  title: say('rules.appFolderHasNameItself'),
  check: facts => {
    const seen = new Map<string, AppSummary>();
    const haveOneName = openNames(facts);
    // Overlays of one app bear its name, and their folders those of the environments.
    const apps = facts.apps.filter(({ name, folder }) => path.posix.basename(folder) === name);
    return apps.flatMap(app => {
      const twin = seen.get(app.name);
      if (!twin) seen.set(app.name, app);
      if (!twin || twin.environment === app.environment || !haveOneName(app, twin)) return [];
      return [
        {
          file: app.folder,
          message: say('rules.hasSameNameSoBoth', { folder: twin.folder, name: app.name }),
          hint: say('rules.renameOneExample', {
            name: app.name,
            environment: path.posix.basename(app.environment),
          }),
        },
      ];
    });
  },
};

/**
 * Whether ApplicationSets give both one name. Where the repository has none, they are somewhere else and name as usual; where
 * it has some, a folder that none of them takes is deployed in another way.
 */
function openNames(facts: RepositoryFacts): (app: AppSummary, twin: AppSummary) => boolean {
  const own = new Map(facts.applications.map(({ path: folder, name }) => [folder, name]));
  // Applications that are written one by one say their names.
  const differs = (app: AppSummary, twin: AppSummary): boolean =>
    own.has(app.folder) && own.has(twin.folder) && own.get(app.folder) !== own.get(twin.folder);
  if (facts.applicationSets.length === 0) return (app, twin) => !differs(app, twin);
  const names = namesByEnvironment(facts);
  return (app, twin) => {
    const name = names.get(app.environment);
    return name !== undefined && name === names.get(twin.environment);
  };
}

/** How the first ApplicationSet that takes folders of an environment names: every path is looked at once, for all of them. */
function namesByEnvironment({ applicationSets, apps }: RepositoryFacts): Map<string, string | undefined> {
  const environments = new Set(apps.map(({ environment }) => environment));
  const longest = largest([...environments].map(({ length }) => length));
  const names = new Map<string, string | undefined>();
  for (const set of applicationSets) {
    const name = stringOf(valueAt(set, ['spec', 'template', 'metadata', 'name']));
    for (const text of textsIn(valueAt(set, ['spec', 'generators'])))
      for (let end = text.indexOf('/'); end !== -1 && end <= longest; end = text.indexOf('/', end + 1)) {
        const folder = text.slice(0, end);
        if (environments.has(folder) && !names.has(folder)) names.set(folder, name);
      }
  }
  return names;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
