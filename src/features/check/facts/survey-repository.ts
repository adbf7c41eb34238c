import { isSamePath } from '../../../repository/kustomization-paths.ts';
import { append } from '../../../data/append.ts';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type CheckConventions, isYaml } from './app-facts.ts';
import { type GatewayFacts, grantIn, listenersIn, type ReferenceGrant } from './gateways.ts';
import type { SurveyedApp } from './repository-facts.ts';
import { type Survey, type SurveyedObject, surveyFolder } from './survey.ts';
import { type SecretMechanism } from './secret-mechanism.ts';
import type { Configuration } from '../../../repository/configuration.ts';
import { learnImages } from '../../../repository/conventions/images.ts';
import { learnRoutes } from '../../../repository/conventions/routes.ts';
import { isScript } from '../../../repository/unread/chart-lines.ts';
import { chooseEnvironments } from '../../../repository/model.ts';
import { kustomizedFolders } from '../incremental/git-snapshot.ts';
import type { CheckCache } from '../incremental/open-check-cache.ts';
import { memoized } from '../../../data/memoized.ts';
import type { Snapshot } from '../incremental/snapshot.ts';

/** What a whole repository looks like from afar. */
export type RepositorySurvey = {
  /** By folder; '' for files that are in none. */
  surveys: ReadonlyMap<string, Survey>;
  environments: readonly string[];
  /** Whether somebody chose them: what lies elsewhere is left out on purpose. */
  environmentsAreChosen: boolean;
  apps: readonly SurveyedApp[];
  gateways: readonly GatewayFacts[];
  grants: readonly ReferenceGrant[];
  /** Where apps are, as their kustomizations or folders say. */
  namespaces: readonly string[];
  applicationSets: readonly Readonly<Record<string, unknown>>[];
  conventionsOf(environment: string | undefined): CheckConventions;
  /** The digest of all that holds for every app of an environment. */
  rulesOf(environment: string | undefined): string;
  /** The surveys of a folder and of what lies in it. */
  within(folder: string): readonly Survey[];
};

export type SurveyResult = { survey: RepositorySurvey; remembered: CheckCache['surveys']; hasNews: boolean };

/** Surveys each folder whose files are not those of the last run. */
export async function surveyRepository(
  snapshot: Snapshot,
  memory: CheckCache,
  configuration: Configuration,
): Promise<SurveyResult> {
  const remembered: CheckCache['surveys'] = new Map();
  let hasNews = false;
  for (const [folder, files] of filesByFolder(snapshot)) {
    const ids = await snapshot.idsOf(files);
    const id = idOf(files, ids);
    const known = memory.surveys.get(folder);
    if (known?.id !== id) hasNews = true;
    const survey = known?.id === id ? known.survey : surveyFolder(folder, await textsOf(snapshot, files));
    remembered.set(folder, { id, survey });
  }
  const surveys = new Map([...remembered].map(([folder, { survey }]) => [folder, survey]));
  return { survey: lookOver(surveys, configuration), remembered, hasNews };
}

/** The YAML files and scripts of each folder with a kustomization, by the nearest one; values files say nothing to others. */
function filesByFolder(snapshot: Snapshot): ReadonlyMap<string, string[]> {
  const folders = kustomizedFolders(snapshot.files.keys());
  const nearest = new Map<string, string>();
  const ownerOf = (folder: string): string => {
    const known = nearest.get(folder);
    if (known !== undefined) return known;
    const owner = folders.has(folder) || folder === '' ? folder : ownerOf(parentOf(folder));
    nearest.set(folder, owner);
    return owner;
  };
  const groups = new Map<string, string[]>([...folders].map(folder => [folder, []]));
  for (const [file, kind] of snapshot.files) {
    if (kind !== 'file' || !(isYaml(file) || isScript(file))) continue;
    const owner = ownerOf(parentOf(file));
    if (file.startsWith(`${owner}/values/`)) continue;
    const group = groups.get(owner) ?? [];
    group.push(file);
    groups.set(owner, group);
  }
  return groups;
}

function parentOf(file: string): string {
  const parent = path.posix.dirname(file);
  return parent === '.' ? '' : parent;
}

/** One id for many files; a file without an id counts by its name. */
export function idOf(files: readonly string[], ids: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0${ids.get(file) ?? ''}\n`);
  return hash.digest('hex');
}

async function textsOf(snapshot: Snapshot, files: readonly string[]): Promise<Map<string, string>> {
  const contents = await snapshot.read(files);
  return new Map([...contents].map(([file, content]) => [file, content.toString('utf8')]));
}

function lookOver(surveys: ReadonlyMap<string, Survey>, configuration: Configuration): RepositorySurvey {
  const all = [...surveys.values()];
  const applicationSets = all.flatMap(survey => survey.applicationSets.map(({ body }) => body));
  const { environments, isChosen } = chooseEnvironments({
    configured: configuration.environments ?? [],
    applicationSets: () => all.flatMap(survey => survey.applicationSets),
    folders: [...surveys.keys()].filter(folder => folder !== ''),
  });
  const apps = appsIn(surveys, environments);
  const gateways = gatewaysOf(surveys, configuration);
  const grants = grantsOf(surveys);
  const namespaces = [...new Set(apps.map(({ namespace, name }) => namespace ?? name))];
  const conventionsOf = memoized(conventionsFor(surveys, apps, configuration));
  return {
    surveys,
    environments,
    environmentsAreChosen: isChosen,
    apps,
    gateways,
    grants,
    namespaces,
    applicationSets,
    conventionsOf,
    rulesOf: memoized(environment => digestOf([conventionsOf(environment), gateways, grants, namespaces])),
    within: nesting(surveys),
  };
}

function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}

function nesting(surveys: ReadonlyMap<string, Survey>): RepositorySurvey['within'] {
  const inside = new Map<string, Survey[]>([...surveys.keys()].map(folder => [folder, []]));
  for (const [folder, survey] of surveys)
    for (let each = folder; each !== ''; each = parentOf(each)) inside.get(each)?.push(survey);
  return folder => inside.get(folder) ?? [];
}

/** The folders right below an environment; what lies deeper belongs to them. */
function appsIn(surveys: ReadonlyMap<string, Survey>, environments: readonly string[]): SurveyedApp[] {
  const known = new Set(environments);
  const apps = new Map<string, SurveyedApp & { routes: SurveyedObject[] }>();
  for (const [folder, survey] of surveys)
    if (known.has(parentOf(folder)) && folder !== '')
      apps.set(folder, {
        name: path.posix.basename(folder),
        folder,
        environment: parentOf(folder),
        namespace: survey.namespace,
        routes: [],
      });
  for (const [folder, survey] of surveys) append(appAround(folder, apps)?.routes ?? [], survey.routes);
  return [...apps.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

function appAround<App>(folder: string, apps: ReadonlyMap<string, App>): App | undefined {
  for (let each = folder; each !== ''; each = parentOf(each)) {
    const app = apps.get(each);
    if (app) return app;
  }
  return undefined;
}

/** Every Gateway of the repository, where the outermost kustomization with a namespace puts it; and the configured one. */
function gatewaysOf(surveys: ReadonlyMap<string, Survey>, { gateway }: Configuration): GatewayFacts[] {
  const found = [...surveys].flatMap(([folder, survey]) =>
    survey.gateways.map(({ name, namespace, body }) => ({
      name,
      namespace: outermostNamespace(folder, surveys) ?? namespace ?? '',
      listeners: listenersIn(body),
    })),
  );
  const isKnown = found.some(each => each.name === gateway?.name && each.namespace === gateway.namespace);
  if (!gateway || isKnown) return found;
  return [...found, { name: gateway.name, namespace: gateway.namespace, listeners: undefined }];
}

function grantsOf(surveys: ReadonlyMap<string, Survey>): ReferenceGrant[] {
  return [...surveys].flatMap(([folder, survey]) =>
    survey.grants.map(({ namespace, body }) =>
      grantIn(body, outermostNamespace(folder, surveys) ?? namespace ?? ''),
    ),
  );
}

function outermostNamespace(folder: string, surveys: ReadonlyMap<string, Survey>): string | undefined {
  let namespace: string | undefined;
  for (let each = folder; each !== ''; each = parentOf(each))
    namespace = surveys.get(each)?.namespace ?? namespace;
  return namespace;
}

/** A convention of a few apps is none: half of those that could follow it have to. */
function conventionsFor(
  surveys: ReadonlyMap<string, Survey>,
  apps: readonly SurveyedApp[],
  configuration: Configuration,
): RepositorySurvey['conventionsOf'] {
  const own = apps.flatMap(({ folder }) => surveys.get(folder) ?? []);
  const prefixes = new Map(
    [...surveys.values()].flatMap(({ prefixes: found }) =>
      found.map(({ file, ...prefix }) => [file, prefix] as const),
    ),
  );
  const images = learnImages(
    own.map(({ folder, transformers, images: entries }) => ({
      app: folder,
      transformers,
      images: [...entries],
    })),
    file => prefixes.get(file),
  );
  const file = images.prefix?.value.file;
  const users = own.filter(({ transformers }) =>
    transformers.some(entry => file !== undefined && isSamePath(entry, file)),
  ).length;
  const configured = configuration.imagePrefix;
  const fieldSpecs = images.prefix?.value.fieldSpecs ?? [];
  const seen = own.flatMap(({ folder, routes, gateways }) =>
    [...routes, ...gateways].map(manifest => ({ app: folder, manifest })),
  );
  const domains = configuration.domains ?? learnRoutes(seen.map(toSighting)).domains?.value ?? [];
  const secrets = mostUsed([...surveys.values()]);
  return environment => ({
    domains,
    hostPattern: (environment && configuration.hostPatterns?.[environment]) || '{app}.{domain}',
    imagePrefix: configured
      ? { ...configured, fieldSpecs }
      : users * 2 >= own.length && own.length > 1
        ? images.prefix?.value
        : undefined,
    dockerHub: configuration.dockerHub ?? images.dockerHub.value,
    secrets,
  });
}

function mostUsed(surveys: readonly Survey[]): SecretMechanism | undefined {
  const all = surveys.flatMap(survey => survey.secrets);
  const count = (kind: SecretMechanism): number => all.filter(each => each === kind).length;
  return [...new Set(all)].toSorted((a, b) => count(b) - count(a))[0];
}

function toSighting({ app, manifest }: { app: string; manifest: SurveyedObject }) {
  return { app, manifest: { ...manifest, body: { ...manifest.body } } };
}
