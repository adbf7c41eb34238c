import path from 'node:path';
import type { RepositoryFacts, AppSummary } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

/** Two ApplicationSets that name Applications after the folder would fight over one Application. */
export const twinApp: RepositoryRule = {
  scope: 'repository',
  habit: 'folderNamesApp',
  severity: 'error',
  title: say('rules.appFolderHasNameItself'),
  check: facts => {
    const seen = new Map<string, AppSummary>();
    // Overlays of one app bear its name, and their folders those of the environments.
    const apps = facts.apps.filter(({ name, folder }) => path.posix.basename(folder) === name);
    return apps.flatMap(app => {
      const twin = seen.get(app.name);
      if (!twin) seen.set(app.name, app);
      if (!twin || twin.environment === app.environment || !shareName(facts, app, twin)) return [];
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
function shareName({ applicationSets }: RepositoryFacts, app: AppSummary, twin: AppSummary): boolean {
  if (applicationSets.length === 0) return true;
  const [name, other] = [app, twin].map(({ environment }) => nameTemplate(applicationSets, environment));
  return name !== undefined && name === other;
}

function nameTemplate(sets: RepositoryFacts['applicationSets'], environment: string): string | undefined {
  const own = sets.find(set => mentions(valueAt(set, ['spec', 'generators']), `${environment}/`));
  return stringOf(valueAt(own, ['spec', 'template', 'metadata', 'name']));
}

function mentions(value: unknown, prefix: string): boolean {
  if (typeof value === 'string') return value.startsWith(prefix);
  if (Array.isArray(value)) return value.some(item => mentions(item, prefix));
  return isRecord(value) && Object.values(value).some(item => mentions(item, prefix));
}
