import { type App, appAround, type Repository } from '../repository/model.ts';
import { chartNotApp, selectApps } from '../repository/select-apps.ts';
import { allIn, selectIn } from '../repository/environments.ts';
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

/** @throws UserError E_VALUE for the name of a chart, which is no app */
function requireNoChart(apps: readonly UsingApp[], uses: readonly ChartUse[], word: string): void {
  if (appAround(apps, word) || apps.some(({ name }) => name === word)) return;
  const using = new Set(uses.filter(({ name }) => name === word).map(({ app }) => app.path));
  if (using.size > 0)
    throw chartNotApp(
      word,
      apps.filter(({ path }) => using.has(path)),
    );
}

/**
 * The same in one environment.
 * @throws UserError E_VALUE for a word that is no app there, and for an environment without apps
 */
export function usingIn(
  repository: Repository,
  words: readonly string[],
  environment: string,
): (App | UsingApp)[] {
  const apps = usingApps(repository, findUses(repository));
  return words.length === 0
    ? allIn(apps, environment, repository.environments)
    : words.map(word => selectIn(apps, word, environment));
}

/**
 * The apps that words name, by folder or by release, those without a kustomization included; all of them without words.
 * @throws UserError E_VALUE for a word that names none, or several by a bare name
 */
export function selectUsing(repository: Repository, words: readonly string[]): (App | UsingApp)[] {
  const uses = findUses(repository);
  const apps = usingApps(repository, uses);
  const named = words.map(word => appOfRelease(apps, uses, word) ?? word);
  for (const word of named) requireNoChart(apps, uses, word);
  return selectApps({ apps, problems: repository.problems }, named);
}
