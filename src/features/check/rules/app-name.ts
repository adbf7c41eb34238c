import type { RepositoryFacts, RepositoryRemark, SurveyedApp } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import { directoryGenerators, isSynced } from '../../../repository/application-set.ts';
import { fillPathTemplate } from '../../../repository/path-template.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

const MAX_LENGTH = 63;
const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

/** An ApplicationSet with a name that Kubernetes refuses, or with one name twice, makes no Application at all. */
export const appName: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.foldersMakeApplicationNames'),
  check: facts => {
    const seen = new Map<string, SurveyedApp>();
    return facts.apps.flatMap(app => {
      const name = applicationName(facts, app);
      if (name === undefined) return [];
      const twin = seen.get(name);
      seen.set(name, twin ?? app);
      // Folders of one name are what twin-app speaks of.
      if (twin && twin.name !== app.name) return [collides(app, twin, name)];
      return name.length <= MAX_LENGTH && NAME.test(name) ? [] : [refused(app, name)];
    });
  },
};

/** What the ApplicationSet that takes the folder calls it; undefined where that depends on more than the path. */
function applicationName({ applicationSets }: RepositoryFacts, { folder }: SurveyedApp): string | undefined {
  const own = applicationSets.find(set =>
    isSynced(directoryGenerators(valueAt(set, ['spec', 'generators'])), folder),
  );
  const template = stringOf(valueAt(own, ['spec', 'template', 'metadata', 'name']));
  return template === undefined ? undefined : fillPathTemplate(template, folder);
}

function collides({ folder, name: own }: SurveyedApp, twin: SurveyedApp, name: string): RepositoryRemark {
  return {
    file: folder,
    message: say('rules.hasSameNameSoBoth', { folder: twin.folder, name }),
    hint: say('rules.renameFolderCollides', { own }),
  };
}

function refused({ folder }: SurveyedApp, name: string): RepositoryRemark {
  return {
    file: folder,
    message: say('rules.applicationNameRefused', { name }),
    hint: say('rules.useMostLowerCaseLetters', { max_length: MAX_LENGTH }),
  };
}
