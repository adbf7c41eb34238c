import type { App, Repository } from '../repository/model.ts';
import { selectApps } from '../repository/select-apps.ts';
import type { ChartUse, UsingApp } from './chart-use.ts';
import { findUses, usingApps } from './find-uses.ts';

/** The app of the one release of this name, where no app itself has it. */
function appOfRelease(
  apps: readonly UsingApp[],
  uses: readonly ChartUse[],
  word: string,
): string | undefined {
  if (apps.some(({ name, path }) => name === word || path === word)) return undefined;
  const found = new Set(uses.filter(({ release }) => release.name === word).map(({ app }) => app.path));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/**
 * The apps that words name, by folder or by release, those without a kustomization included; all of them without words.
 * @throws UserError E_VALUE for a word that names none, or several by a bare name
 */
export function selectUsing(repository: Repository, words: readonly string[]): (App | UsingApp)[] {
  const uses = findUses(repository);
  const apps = usingApps(repository, uses);
  const named = words.map(word => appOfRelease(apps, uses, word) ?? word);
  return selectApps({ apps, problems: repository.problems }, named);
}
