import { joinTexts, type Text } from '../text/language.ts';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { KUSTOMIZATION_FILES, type Kustomization, parseKustomization } from './kustomization.ts';
import { findTemplates } from './templates-left-out.ts';
import { type Manifest, parseManifests } from './manifest.ts';
import { type DirectoryGenerator, directoryGenerators, parentsOf } from './application-set.ts';
import { readDocuments } from '../yaml/read.ts';
import { say } from '../locales/say.ts';

/** The YAML files of a GitOps repository by path from its root (posix). `charts/` folders are left out. */
export type RepositoryText = ReadonlyMap<string, string>;

/** One folder that Argo CD maps to an application. */
export type App = {
  name: string;
  /** The folder that holds it, `production`. */
  environment: string;
  /** Its own folder, `production/grafana`. */
  path: string;
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
};

// What teams call the folder of apps that Argo CD no longer syncs, and folders that hold parts rather than apps.
const NOT_ENVIRONMENTS =
  /^(disabled|archived?|attic|old|deprecated|retired|unused|templates?|examples?|bases?|components?|overlays|charts|scripts|docs)$/i;

/** Finds environments and apps in a repository's text. */
export function parseRepository(text: RepositoryText, configured?: readonly string[]): Repository {
  const isTemplate = findTemplates(text.keys(), file => text.get(file));
  const plain = new Map([...text].filter(([file]) => !isTemplate(file)));
  const folders = kustomizedFolders(plain);
  const { environments, evidence, isChosen } = findEnvironments(plain, folders, configured);
  const problems: UserError[] = [];
  const apps = folders
    .filter(folder => environments.includes(path.posix.dirname(folder.path)))
    .flatMap(folder => collecting(problems, () => [readApp(text, folder)]));
  return {
    text,
    isTemplate,
    environments,
    environmentsEvidence: evidence,
    environmentsAreChosen: isChosen,
    apps,
    problems,
  };
}

/** An app in any folder, also in one that Argo CD does not sync; undefined if it holds no kustomization. */
export function readAppAt(text: RepositoryText, folder: string): App | undefined {
  const file = KUSTOMIZATION_FILES.map(name => `${folder}/${name}`).find(name => text.has(name));
  return file === undefined ? undefined : readApp(text, { path: folder, file });
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
function collecting<Item>(problems: UserError[], read: () => Item[]): Item[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(error);
    return [];
  }
}

/** The namespace that the objects of an app land in. */
export function namespaceOf({ name, kustomization }: App): string {
  return kustomization.namespace ?? name;
}

/** The objects in the plain resource files of an app, with the file they stand in. */
export function appManifests(
  repository: Repository,
  app: App,
  kinds: RegExp,
): { file: string; manifest: Manifest }[] {
  const files = [...repository.text.keys()].filter(
    file =>
      file.startsWith(`${app.path}/`) &&
      !file.startsWith(`${app.path}/values/`) &&
      !repository.isTemplate(file) &&
      appAround(repository.apps, file) === app,
  );
  return files.flatMap(file =>
    manifestsIn(repository.text, file, kinds).map(manifest => ({ file, manifest })),
  );
}

/** The objects of some kinds in one file. The text is searched first: most files need no parser. */
function manifestsIn(text: RepositoryText, file: string, kinds: RegExp): Manifest[] {
  const content = text.get(file) ?? '';
  const mentioned = new RegExp(`^kind:[ "']*(?:${kinds.source})["']?\\s*$`, 'm');
  if (!mentioned.test(content)) return [];
  const whole = new RegExp(`^(?:${kinds.source})$`);
  const documents = collecting([], () => [...readDocuments(content, file)]);
  return parseManifests(documents).filter(manifest => whole.test(manifest.kind));
}

/** Whether an Application or ApplicationSet of the repository applies on the server's side. */
export function appliesServerSide({ text }: Pick<Repository, 'text'>): boolean {
  return [...text].some(
    ([file, content]) =>
      content.includes('ServerSideApply=true') && manifestsIn(text, file, /Application(?:Set)?/).length > 0,
  );
}

type Folder = { path: string; file: string };

function kustomizedFolders(text: RepositoryText): Folder[] {
  const found = [...text.keys()].filter(file =>
    KUSTOMIZATION_FILES.some(name => path.posix.basename(file) === name),
  );
  return found
    .map(file => ({ path: path.posix.dirname(file), file }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function readApp(text: RepositoryText, folder: Folder): App {
  return {
    name: path.posix.basename(folder.path),
    environment: path.posix.dirname(folder.path),
    path: folder.path,
    kustomization: parseKustomization(text.get(folder.file) ?? '', folder.file),
  };
}

function findEnvironments(text: RepositoryText, folders: Folder[], configured?: readonly string[]) {
  return chooseEnvironments({
    configured: configured ?? [],
    applicationSets: () => [...text.keys()].flatMap(file => manifestsIn(text, file, /ApplicationSet/)),
    folders: folders.map(folder => folder.path),
  });
}

/**
 * Configuration first; then what the ApplicationSets list (`directories: [{ path: production/* }]`), since that is
 * what Argo CD really syncs; then folders whose subfolders hold kustomizations.
 */
export function chooseEnvironments(seen: {
  configured: readonly string[];
  applicationSets: () => readonly Pick<Manifest, 'body'>[];
  /** Every folder with a kustomization. */
  folders: readonly string[];
}): { environments: string[]; evidence: Text; isChosen: boolean } {
  const { configured, folders } = seen;
  if (configured.length > 0)
    return { environments: [...configured], evidence: say('repository.configured'), isChosen: true };
  const listed = applicationSetFolders(seen.applicationSets(), folders);
  if (listed.length > 0)
    return {
      environments: listed,
      isChosen: true,
      evidence: say('repository.inApplicationSet', { folders: listed.map(name => `${name}/*`).join(', ') }),
    };
  const known = new Set(folders);
  const parents = folders.map(folder => path.posix.dirname(folder));
  const outer = parents.filter(parent => parent !== '.' && !isInsideAny(parent, known));
  const names = [...new Set(outer)].filter(
    name => !name.split('/').some(part => NOT_ENVIRONMENTS.test(part)),
  );
  const counts = names.map(name =>
    say('repository.nameWithApps', { name, count: outer.filter(parent => parent === name).length }),
  );
  return { environments: names.toSorted(), evidence: joinTexts(counts, ', '), isChosen: false };
}

function isInsideAny(folder: string, known: ReadonlySet<string>): boolean {
  const parts = folder.split('/');
  return parts.some((_, index) => known.has(parts.slice(0, index + 1).join('/')));
}

function applicationSetFolders(
  sets: readonly Pick<Manifest, 'body'>[],
  folders: readonly string[],
): string[] {
  const patterns = sets.flatMap(set => directoryPatterns(set.body));
  return [...new Set(patterns.flatMap(pattern => parentsOf(pattern, folders)))];
}

/** The git directory generators of the repository's ApplicationSets. */
export function generatorsIn(text: RepositoryText): DirectoryGenerator[] {
  return [...text.keys()].flatMap(file =>
    manifestsIn(text, file, /ApplicationSet/).flatMap(({ body }) => directoryGenerators(body)),
  );
}

/** The included `directories[].path` of every git generator, however deep it is nested in matrix or merge. */
export function directoryPatterns(value: unknown): string[] {
  return directoryGenerators(value).flatMap(({ include }) => include);
}
