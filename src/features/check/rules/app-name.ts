import type { RepositoryDiagnostic, AppSummary } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import {
  applicationName,
  isApplicationName,
  MAX_APPLICATION_NAME,
} from '../../../repository/application-name.ts';
import { say } from '../../../locales/say.ts';

/** An ApplicationSet with a name that Kubernetes refuses, or with one name twice, makes no Application at all. */
export const appName: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.foldersMakeApplicationNames'),
  check: facts => {
    const seen = new Map<string, AppSummary>();
    return facts.apps.flatMap(app => {
      const name = applicationName(facts.applicationSets, app.folder);
      if (name === undefined) return [];
      const twin = seen.get(name);
      seen.set(name, twin ?? app);
      // Folders of one name are what twin-app speaks of.
      if (twin && twin.name !== app.name) return [collides(app, twin, name)];
      return isApplicationName(name) ? [] : [refused(app, name)];
    });
  },
};

function collides({ folder, name: own }: AppSummary, twin: AppSummary, name: string): RepositoryDiagnostic {
  return {
    file: folder,
    message: say('rules.hasSameNameSoBoth', { folder: twin.folder, name }),
    hint: say('rules.renameFolderCollides', { own }),
  };
}

function refused({ folder }: AppSummary, name: string): RepositoryDiagnostic {
  return {
    file: folder,
    message: say('rules.applicationNameRefused', { name }),
    hint: say('rules.useMostLowerCaseLetters', { max_length: MAX_APPLICATION_NAME }),
  };
}
