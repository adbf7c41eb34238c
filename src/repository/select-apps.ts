import { posix } from 'node:path';
import { nearest } from '../text/nearest.ts';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { homeOfOverlay } from './overlays.ts';
import { KUSTOMIZATION_FILES } from './kustomization.ts';
import { type App, appAround, readAppAt, type Repository } from './model.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

type AppName = Pick<App, 'name' | 'path'>;
type AppPlace = Pick<App, 'name' | 'environment' | 'path'>;
type Apps<Item> = { apps: readonly Item[]; problems: Repository['problems'] };

/**
 * The apps that words name: `grafana`, `production/grafana`, a path into the folder; all apps without words. The name of an app of
 * overlays stands for it in every environment.
 * @throws UserError E_VALUE for a word that names none, or several by a bare name
 */
export function selectApps<Item extends AppPlace>(repository: Apps<Item>, words: readonly string[]): Item[] {
  if (words.length === 0) return [...repository.apps];
  const chosen = new Set(
    words.flatMap(word => overlaysNamed(repository.apps, word) ?? selectApp(repository, word)),
  );
  return repository.apps.filter(app => chosen.has(app));
}

/** Whether a file, or a folder, is the reason why `production/grafana`, or `grafana`, is no app. */
function isReasonFor(word: string, place: string): boolean {
  const isFile = KUSTOMIZATION_FILES.some(each => each === posix.basename(place));
  const folder = isFile ? posix.dirname(place) : place;
  return folder === word || (folder.split('/').length === 2 && posix.basename(folder) === word);
}

/**
 * Every environment of the one app of overlays that a word names, `shop` or `apps/shop`, and what they build on; undefined where it
 * names none, or something else as well.
 */
function overlaysNamed<Item extends AppPlace>(apps: readonly Item[], word: string): Item[] | undefined {
  const name = folderOfWord(word);
  if (apps.some(({ path }) => path === name)) return undefined;
  const named = apps.filter(app => app.name === name || homeOfOverlay(app) === name);
  const [home, ...others] = new Set(named.map(app => homeOfOverlay(app) ?? homeOfBase(app)));
  return home === undefined || others.length > 0
    ? undefined
    : apps.filter(({ path }) => path.startsWith(`${home}/`));
}

/** `apps/shop` of `apps/shop/base`, where that is called after the app. */
function homeOfBase({ name, environment, path }: AppPlace): string | undefined {
  return environment === posix.dirname(path) && posix.basename(environment) === name
    ? environment
    : undefined;
}

/** The one app that a word names. @throws UserError E_VALUE, or why its kustomization cannot be read */
export function selectApp<Item extends AppPlace>({ apps, problems }: Apps<Item>, word: string): Item {
  const path = folderOfWord(word);
  const byPath = appAround(apps, path);
  const byPlace = apps.filter(({ environment, name }) => `${environment}/${name}` === path);
  const byName = byPlace.length > 0 ? byPlace : apps.filter(app => app.name === path);
  const [found] = byPath ? [byPath] : byName;
  const problem = problems.find(({ subject = '' }) => isReasonFor(path, subject));
  if (!found && problem) throw problem;
  if (!found) throw noApp(path, apps);
  if (!byPath && byName.length > 1)
    throw severalApps(
      word,
      byName.map(app => app.path),
    );
  return found;
}

function folderOfWord(word: string): string {
  return word.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '');
}

/** The error of a bare name that several apps have, with where they are. */
export function severalApps(word: string, folders: readonly string[]): UserError {
  const byName = folders.map(folder => display(folder)).join(', ');
  return new UserError('E_VALUE', say('repository.severalAppsNamed', { word: display(word), byName }), {
    hint: say('repository.nameOneEnvironmentApp'),
    subject: word,
  });
}

function noApp(word: string, apps: readonly AppName[]): UserError {
  const names = word.includes('/') ? [] : apps.map(({ name }) => name);
  const near = nearest(word, [...apps.map(({ path }) => path), ...names]);
  const inside = apps.filter(({ path }) => `/${posix.dirname(path)}/`.includes(`/${word}/`));
  return new UserError('E_VALUE', say('repository.thereNoApp', { word: display(word) }), {
    hint: inside.length > 0 ? oneOf(inside) : similar(near),
    subject: word,
  });
}

function similar(near: string | undefined): Text {
  return near === undefined
    ? say('repository.nameOneEnvironmentApp')
    : say('repository.didYouMeanApp', { near: display(near) });
}

const MOST_NAMED = 12;

function oneOf(apps: readonly Pick<AppName, 'path'>[]): Text {
  const named = apps.slice(0, MOST_NAMED).map(({ path }) => display(path));
  return say('repository.nameOneOf', {
    apps: [...named, ...(apps.length > MOST_NAMED ? ['…'] : [])].join(', '),
  });
}

/** The error of a word that is no app but the name of a chart, with the apps that use it. */
export function chartNotApp(chart: string, apps: readonly Pick<AppName, 'path'>[]): UserError {
  return new UserError('E_VALUE', say('repository.chartNoApp', { chart: display(chart) }), {
    hint: oneOf(apps),
    subject: chart,
  });
}

/**
 * The app that a word names, also in a folder that is no environment, such as `disabled/grafana`.
 * @throws UserError E_VALUE like selectApp
 */
export function selectAppAnywhere(repository: Repository, word: string): App {
  const folder = folderOfWord(word);
  const { apps, text } = repository;
  const known = apps.find(({ path }) => path === folder);
  if (known) return known;
  // A bare word is the name of an app before it is a folder at the root.
  const isName = !word.includes('/') && apps.some(({ name }) => name === folder);
  return (isName ? undefined : readAppAt(text, folder)) ?? selectApp(repository, word);
}
