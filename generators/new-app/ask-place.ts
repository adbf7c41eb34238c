import { posix } from 'node:path';
import { UserError } from '../../src/errors.ts';
import { parseAppName, requireServiceName } from '../../src/repository/names.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import { syncedBy } from '../../src/repository/synced-by.ts';
import { display } from '../../src/text/display.ts';
import type { Text } from '../../src/text/language.ts';
import { nearest } from '../../src/text/nearest.ts';
import { overlayLayout } from '../../src/repository/conventions/layout.ts';
import { requireFreeName, requirePossibleName } from './app-name.ts';
import { findUnits } from '../../src/deliveries/siblings/find-units.ts';
import { isWithin } from '../../src/deliveries/siblings/names.ts';
import type { Unit } from '../../src/deliveries/siblings/unit.ts';
import type { AskContext } from './ask-context.ts';
import type { Draft } from './ask-source.ts';
import { APP_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/**
 * The environment: the folder beside whose apps the new one goes. Several are ranked by their apps.
 * @throws UserError E_VALUE for a folder that is none
 */
export async function askPlace({ ask, gitops }: AskContext): Promise<string | undefined> {
  const ranked = rankEnvironments(gitops, ask.given(APP_QUESTIONS.delivery));
  const names = ranked.map(({ name }) => name);
  const question = { ...APP_QUESTIONS.env, parse: (text: string) => knownEnvironment(text, gitops, names) };
  const [first = { name: 'production', apps: 0 }] = ranked;
  const { evidence } = gitops.conventions.environments;
  const suggestion = {
    value: first.name,
    why:
      ranked.length > 1 ? appsIn(first, ranked) : evidence.en === '' ? say('repository.default') : evidence,
    sure: ranked.length <= 1,
  };
  if (ranked.length <= 1) return ask.given(question) ?? ask.decide(question, first.name, suggestion.why);
  return ask.choose(
    question,
    names.map(name => ({ value: name, name })),
    suggestion,
  );
}

type Environment = { name: string; apps: number };

function rankEnvironments(
  { conventions, repository, configuration }: GitopsRepository,
  delivery: string | undefined,
): Environment[] {
  const units = findUnits(repository);
  const wanted = units.filter(unit => delivery === undefined || unit.delivery === delivery);
  const isChosen = configuration.environments !== undefined;
  if (units.length > 0)
    return rankGroups(repository, { names: conventions.environments.value, isChosen }, wanted);
  return conventions.environments.value
    .map(name => ({ name, apps: repository.apps.filter(({ environment }) => environment === name).length }))
    .toSorted((a, b) => b.apps - a.apps);
}

/** The folders that hold apps of any kind, each app once. */
function rankGroups(
  { apps }: GitopsRepository['repository'],
  environments: { names: readonly string[]; /** Whether nothing else is one. */ isChosen: boolean },
  units: readonly Unit[],
): Environment[] {
  const homes = new Set(units.map(({ standing }) => standing.home));
  const isUnit = (folder: string): boolean =>
    [...homes].some(home => isWithin(home, folder) || isWithin(folder, home));
  const counts = new Map<string, number>();
  for (const { standing } of units) counts.set(standing.group, (counts.get(standing.group) ?? 0) + 1);
  for (const { environment, path } of apps)
    if (environments.names.includes(environment) && !isUnit(path))
      counts.set(environment, (counts.get(environment) ?? 0) + 1);
  const { isChosen, names } = environments;
  if (isChosen)
    return names.map(name => ({ name, apps: counts.get(name) ?? 0 })).toSorted((a, b) => b.apps - a.apps);
  return [...counts].map(([name, own]) => ({ name, apps: own })).toSorted((a, b) => b.apps - a.apps);
}

function appsIn({ apps }: Environment, all: readonly Environment[]): Text {
  return say('repository.someOfApps', { count: apps, of: all.reduce((sum, each) => sum + each.apps, 0) });
}

/** A repository without environments takes any; else one that something syncs will do as well. */
function knownEnvironment(text: string, { repository }: GitopsRepository, known: readonly string[]): string {
  const wanted = posix.normalize(text).replace(/(?<=[^/])\/+$/, '');
  if (known.includes(wanted)) return wanted;
  if (known.length === 0 || isSyncedFolder(repository, wanted) || isList(repository, wanted))
    return environmentPath(wanted);
  const near = nearest(wanted, known);
  const names = known.join(', ');
  throw new UserError('E_VALUE', say('newApp.noSuchEnvironment', { environment: display(text) }), {
    hint:
      near === undefined
        ? say('newApp.environmentsAre', { names })
        : say('newApp.didYouMeanEnvironment', { near, names }),
    subject: text,
  });
}

/** Any new app there would be synced. */
function isSyncedFolder(repository: GitopsRepository['repository'], environment: string): boolean {
  return syncedBy(repository, `${environment}/a-new-app`).syncers.length > 0;
}

/** What is deployed there is a list of folders, empty yet or not: the new app comes onto it. */
function isList({ apps }: GitopsRepository['repository'], folder: string): boolean {
  return apps.some(
    ({ path, deployed, kustomization: { resources, charts } }) =>
      path === folder &&
      deployed !== undefined &&
      charts.length === 0 &&
      resources.every(entry => !/\.ya?ml$/.test(entry)),
  );
}

/** @throws UserError E_NAME where it is no folder inside of the repository */
function environmentPath(environment: string): string {
  for (const name of environment.split('/')) parseAppName(name);
  return environment;
}

/** The name of the app; the chart or the image suggests one. Whoever is asked is told at once that an app has it. */
export async function askName(
  context: AskContext,
  draft: Draft | undefined,
  environment: string | undefined,
): Promise<string | undefined> {
  const { ask } = context;
  const given = ask.given(APP_QUESTIONS.name);
  if (given !== undefined && environment !== undefined && ask.conversation?.isEmpty === false)
    requireFreeName(context, environment, given);
  if (given !== undefined) return given;
  const isService = draft?.kind === 'image';
  const parse = (text: string): string => {
    const name = parseAppName(text);
    requirePossibleName(context, environment ?? '', name);
    requireFreeName(context, environment ?? '', name);
    if (isService) requireServiceName(name);
    return name;
  };
  const question = ask.interactive ? { ...APP_QUESTIONS.name, parse } : APP_QUESTIONS.name;
  const value = suggestName(draft);
  if (value === undefined) return ask.text(question);
  return ask.text(question, {
    value: ask.interactive ? firstFree(context, environment, value) : value,
    why: draft?.kind === 'charts' ? AFTER_CHART : AFTER_IMAGE,
    sure: true,
  });
}

/**
 * What the command line names already is looked at before anything is asked.
 * @throws UserError E_APP_EXISTS, E_CASE_COLLISION, E_NAME
 */
export function requireGivenFree(context: AskContext): void {
  const { ask, gitops } = context;
  const [only, ...others] = gitops.conventions.environments.value;
  const name = ask.given(APP_QUESTIONS.name);
  const layout = ask.given(APP_QUESTIONS.layout) === 'folders' ? undefined : overlayLayout(gitops.repository);
  const environment = layout?.root ?? ask.given(APP_QUESTIONS.env) ?? (others.length > 0 ? undefined : only);
  if (name === undefined || environment === undefined) return;
  requirePossibleName(context, environment, name);
  requireFreeName(context, environment, name);
}

/** Whoever is asked is offered a name that they may take: `grafana-2` beside `grafana`. */
function firstFree({ gitops }: AskContext, environment: string | undefined, name: string): string {
  const taken = new Set([
    ...gitops.repository.apps.map(({ path }) => path.toLowerCase()),
    ...findUnits(gitops.repository).map(({ standing }) => `${standing.group}/${standing.name}`.toLowerCase()),
  ]);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(`${environment}/${candidate}`.toLowerCase())) return candidate;
  }
}

const AFTER_CHART = say('newApp.afterChart');
const AFTER_IMAGE = say('newApp.afterImage');

function suggestName(draft: Draft | undefined): string | undefined {
  if (draft?.kind === 'charts') return draft.charts[0]?.address.name;
  const last =
    draft?.kind === 'image' ? /(?<![^/])([^/:@]+)(?::[^/@]*)?(?:@[^/]*)?$/.exec(draft.image)?.[1] : undefined;
  return last?.toLowerCase().replaceAll(/[._]+/g, '-');
}
