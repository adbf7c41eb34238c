import type { Text } from '../text/language.ts';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { KUSTOMIZATION_FILES, type Kustomization, parseKustomization } from './kustomization.ts';
import { type Manifest, parseManifests } from './manifest.ts';
import { type DirectoryGenerator, directoryGenerators } from './application-set.ts';
import {
  type Deployment,
  DEPLOYING_KINDS,
  isDeploying,
  mayDeploy,
  type PlacedManifest,
} from './deployments.ts';
import type { AppFolder, Sight } from './discover-apps.ts';
import { memoized } from '../data/memoized.ts';
import type { Sets } from './sets/set-repository.ts';
import { keepWhileFound, parsedWhileFound } from './parsed-while-found.ts';
import { readDocuments, requireYaml } from '../yaml/read.ts';

/** The YAML files of a GitOps repository by path from its root (posix). What was pulled into `charts/` is left out. */
export type RepositoryText = ReadonlyMap<string, string>;

/** One folder that Argo CD maps to an application. */
export type App = {
  name: string;
  /** The folder that holds it, `production`. */
  environment: string;
  /** Its own folder, `production/grafana`; deeper where something deploys a folder inside, `apps/wiki/app`. */
  path: string;
  /** What the repository itself says deploys the folder. */
  deployed?: Deployment;
  kustomization: Kustomization;
};

export type Repository = {
  text: RepositoryText;
  /** Whether another program fills a file in before it is YAML. */
  isTemplate(file: string): boolean;
  environments: string[];
  /** Why these folders are the environments. */
  environmentsEvidence: Text;
  /** Whether somebody chose them: what lies elsewhere is left out on purpose. */
  environmentsAreChosen: boolean;
  /** The apps of all environments, by path. */
  apps: App[];
  /** Files that could not be read, or not as YAML; apps whose kustomization is among them are left out. */
  problems: UserError[];
  /** Its ApplicationSets, and what they make. */
  sets: Sets;
};

/** An app in any folder, also in one that Argo CD does not sync; undefined if it holds no kustomization. */
export function readAppAt(text: RepositoryText, folder: string): App | undefined {
  const file = KUSTOMIZATION_FILES.map(name => `${folder}/${name}`).find(name => text.has(name));
  if (file === undefined) return undefined;
  const [name, environment] = [path.posix.basename(folder), path.posix.dirname(folder)];
  return readAppIn(text, { folder, name, environment, deployed: undefined }, file);
}

/** The app that a path belongs to: the one in that very folder, else the innermost around it. */
export function appAround<Item extends { path: string }>(
  apps: readonly Item[],
  file: string,
): Item | undefined {
  return apps
    .filter(({ path: folder }) => file === folder || file.startsWith(`${folder}/`))
    .reduce<Item | undefined>(
      (nearest, app) => (nearest && nearest.path.length >= app.path.length ? nearest : app),
      undefined,
    );
}

/** Runs a reader; what a person's file gets wrong is kept as a problem, and the file counts as empty. */
export function collecting<Item>(problems: UserError[], read: () => Item[]): Item[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(error);
    return [];
  }
}

/** The namespace that the objects of an app land in: what Flux says wins, what Argo CD says is for what has none. */
export function namespaceOf({ name, kustomization, deployed }: App): string {
  const own = kustomization.namespace;
  return (deployed?.wins ? (deployed.namespace ?? own) : (own ?? deployed?.namespace)) ?? name;
}

/** The objects in the plain resource files of an app, with the file they stand in. */
export function appManifests(
  repository: Repository,
  app: App,
  kinds: RegExp,
): { file: string; manifest: Manifest }[] {
  const files = filesOfApps(repository).get(app.path) ?? [];
  return files.flatMap(file =>
    manifestsIn(repository.text, file, kinds).map(manifest => ({ file, manifest })),
  );
}

const filesByApp = new WeakMap<readonly App[], ReadonlyMap<string, string[]>>();

/** The plain resource files of each app, by its path: looked through once, since there are many of both. */
function filesOfApps({ apps, text, isTemplate }: Repository): ReadonlyMap<string, string[]> {
  const known = filesByApp.get(apps);
  if (known) return known;
  const files = new Map<string, string[]>(apps.map(app => [app.path, []]));
  for (const file of text.keys()) {
    let folder = path.posix.dirname(file);
    while (folder !== '.' && !files.has(folder)) folder = path.posix.dirname(folder);
    if (!file.startsWith(`${folder}/values/`) && !isTemplate(file)) files.get(folder)?.push(file);
  }
  filesByApp.set(apps, files);
  return files;
}

/** The objects of some kinds in one file. The text is searched first: most files need no parser. */
export function manifestsIn(text: RepositoryText, file: string, kinds: RegExp): Manifest[] {
  const content = text.get(file) ?? '';
  const { mentioned, whole } = patternsOf(kinds.source);
  if (!mentioned.test(content)) return [];
  const documents = collecting([], () => [
    ...(parsedWhileFound(text, file)?.documents ?? readDocuments(content, file)),
  ]);
  return parseManifests(documents).filter(manifest => whole.test(manifest.kind));
}

const patternsOf = memoized((kinds: string) => ({
  mentioned: new RegExp(`^kind:[ "']*(?:${kinds})["']?\\s*$`, 'm'),
  whole: new RegExp(`^(?:${kinds})$`),
}));

/** Whether an Application or ApplicationSet of the repository applies on the server's side. */
export function appliesServerSide({ text }: Pick<Repository, 'text'>): boolean {
  return [...text].some(
    ([file, content]) =>
      content.includes('ServerSideApply=true') && manifestsIn(text, file, /Application(?:Set)?/).length > 0,
  );
}

/** Reads an app from its kustomization. @throws UserError E_YAML_* */
export function readAppIn(
  text: RepositoryText,
  { folder, name, environment, deployed }: Omit<AppFolder, 'isPart'>,
  file: string,
): App {
  const kustomization = parseKustomization(text.get(file) ?? '', file);
  return { name, environment, path: folder, ...(deployed ? { deployed } : {}), kustomization };
}

/** What a kustomization names, as `discoverApps` asks for it. */
export function listedBy(kustomization: Kustomization | undefined): ReturnType<Sight['lists']> {
  const paths = (kustomization?.references ?? []).flatMap(({ path: target }) => target ?? []);
  const hasCharts = ['helmCharts', 'helmChartInflationGenerator'].some(key => kustomization?.data[key]);
  return {
    paths,
    isComponent: kustomization?.data['kind'] === 'Component',
    isOwn: kustomization?.namespace !== undefined || hasCharts,
  };
}

/** The Applications, ApplicationSets and Flux Kustomizations of one file. */
export function deployingIn(text: RepositoryText, file: string): PlacedManifest[] {
  const content = text.get(file) ?? '';
  if (!mayDeploy(content)) return [];
  const isKnown = !patternsOf(DEPLOYING_KINDS.source).mentioned.test(content) || parsedWhileFound(text, file);
  for (const yaml of isKnown ? [] : collecting([], () => [requireYaml(content, file)]))
    keepWhileFound(text, file, yaml);
  return manifestsIn(text, file, DEPLOYING_KINDS)
    .filter(isDeploying)
    .map(manifest => ({ file, manifest }));
}

/** The ApplicationSets of a repository, wherever they stand. */
export function applicationSetsIn(text: RepositoryText): Manifest['body'][] {
  return [...text.keys()].flatMap(file => manifestsIn(text, file, /ApplicationSet/).map(({ body }) => body));
}

/** The git directory generators of the repository's ApplicationSets. */
export function generatorsIn(text: RepositoryText): DirectoryGenerator[] {
  return applicationSetsIn(text).flatMap(directoryGenerators);
}
