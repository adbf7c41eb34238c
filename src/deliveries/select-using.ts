import type { App, Repository } from '../repository/model.ts';
import { selectApps } from '../repository/select-apps.ts';
import type { UsingApp } from './chart-use.ts';
import { findUses, usingApps } from './find-uses.ts';

/**
 * The apps that words name, those without a kustomization included; all of them without words.
 * @throws UserError E_VALUE for a word that names none, or several by a bare name
 */
export function selectUsing(repository: Repository, words: readonly string[]): (App | UsingApp)[] {
  const apps = usingApps(repository, findUses(repository));
  return selectApps({ apps, problems: repository.problems }, words);
}
