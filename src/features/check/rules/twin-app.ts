import type { RepositoryFacts, SurveyedApp } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';

/** Two ApplicationSets that name Applications after the folder would fight over one Application. */
export const twinApp: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: { en: 'an app folder has its name to itself', 'zh-CN': '不同环境中没有同名的应用目录' },
  check: facts => {
    const seen = new Map<string, SurveyedApp>();
    return facts.apps.flatMap(app => {
      const twin = seen.get(app.name);
      if (!twin) seen.set(app.name, app);
      if (!twin || twin.environment === app.environment || haveOwnNames(facts, app, twin)) return [];
      return [
        {
          file: app.folder,
          message: {
            en: `${twin.folder} has the same name, so that both become the Application ${app.name}`,
            'zh-CN': `${twin.folder} 同名，两者会生成同一个 Application ${app.name}`,
          },
          hint: {
            en: `rename one, for example ${app.name}-${app.environment}`,
            'zh-CN': `重命名其中之一，例如 ${app.name}-${app.environment}`,
          },
        },
      ];
    });
  },
};

/** Whether the ApplicationSets of both environments are known and give different names. */
function haveOwnNames({ applicationSets }: RepositoryFacts, app: SurveyedApp, twin: SurveyedApp): boolean {
  const names = [app, twin].map(({ environment }) => nameTemplate(applicationSets, environment));
  return names.every(name => name !== undefined) && names[0] !== names[1];
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
