import { parseConfiguration, CONFIGURATION_FILE } from '../../repository/configuration.ts';
import {
  type ChangeSet,
  createFile,
  joinAll,
  joinChangeSets,
  replacesWork,
  updateFile,
} from '../../change-set.ts';
import { learnConventions } from '../../repository/conventions/conventions.ts';
import { fullNames } from '../../repository/image-names.ts';
import { applicationSet, type BootstrapApp, bootstrapApps } from './bootstrap-apps.ts';
import { addLines } from '../../scaffold/ignore-lines.ts';
import { appFolders, type InitRequest, mainEnvironment } from './init-request.ts';
import { PROJECT } from './init-view.ts';
import { syncedFolders } from './known-answers.ts';
import type { InitContext, InitPart, InitPlan } from './init-plan.ts';
import { rootFiles, type RootFile } from './root-files.ts';
import { joinTexts, untranslated, type Text } from '../../text/language.ts';
import { type App, appManifests, type Repository } from '../../repository/model.ts';
import { syncedBy } from '../../repository/synced-by.ts';
import { parseRepository } from '../../repository/parse-repository.ts';
import type { Charts } from '../../charts/lookup.ts';
import type { planAppOfApps, RootedApp } from './plan-app-of-apps.ts';
import { createDrafts } from '../../repository/drafts.ts';
import { listResource } from '../../repository/kustomization-edit.ts';
import { pinBootstrapCharts } from './pin-bootstrap-charts.ts';
import { planNewApp } from '../../scaffold/plan-new-app.ts';
import { type AppChart, pinnedChart } from '../../charts/pull-charts.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { inspectCharts, type RenderedApp } from '../../render/inspect-app.ts';
import { say } from '../../locales/say.ts';

/** Changes that belong together: all are made, or none. */
type Group = ChangeSet;

/** What a repository lacks to be one that slipway serves and Argo CD can sync. */
export async function planInit(context: InitContext, request: InitRequest): Promise<InitPlan> {
  const { templates, configurationSchema, gitops } = context;
  const files = rootFiles(request, { templates, configurationSchema });
  if (request.gitops === 'flux') {
    const { planFlux } = await import('./plan-flux.ts');
    return planFlux(context, request, {
      root: await Promise.all(files.map(file => placeRoot(context, file))),
      apps: bootstrapApps(request, templates),
      pin: wanted => pin(context, wanted),
    });
  }
  const planned = withPlanned(gitops, files);
  const home = mainEnvironment(request);
  const isSynced = (folder: string): boolean =>
    request.promotion === 'none' &&
    syncedBy(gitops.repository, folder).syncers.some(
      ({ kind, file }) => kind === 'ApplicationSet' && !file.startsWith(`${home}/argo-cd/`),
    );
  const apps = bootstrapApps(request, templates, isSynced).map(app => ({
    app,
    presence: findBootstrapApp(gitops.repository, home, app),
  }));
  const wanted = apps.filter(({ presence }) => isWanted(presence, context.charts)).map(({ app }) => app);
  const pinned = await pin(context, wanted);
  const made = await Promise.all(
    wanted.map(async (app, index) => planApp({ ...context, gitops: planned }, home, app, pinned[index])),
  );
  const isRooted = request.style === 'app-of-apps';
  const open = isRooted ? [] : uncovered(planned, request, wanted);
  const environments = await planEnvironments(context, request, open);
  const placed = apps.map(({ app, presence }) => ({
    name: app.name,
    folder: presence.status === 'present' ? presence.where : `${home}/${app.name}`,
  }));
  const root = isRooted ? await planRoot(context, request, placed) : NO_ROOT;
  const groups = [
    ...(await Promise.all(files.map(file => placeRoot(context, file)))),
    ...root.overwrites,
    ...made.map(({ changes }) => changes),
  ];
  return {
    parts: apps.map(({ app, presence }) => partOf(app, presence, `${home}/${app.name}`, context.charts)),
    additions: joinAll([...groups.filter(group => !overwrites(group)), environments.changes, root.additions]),
    overwrites: groups.filter(overwrites).toSorted((a, b) => bytesOf(a) - bytesOf(b)),
    notes: [...made, environments].flatMap(({ notes }) => notes),
  };
}

const NO_ROOT = { additions: joinChangeSets(), overwrites: [] };

async function planRoot(
  context: InitContext,
  request: InitRequest,
  placed: readonly RootedApp[],
): ReturnType<typeof planAppOfApps> {
  const { planAppOfApps: plan } = await import('./plan-app-of-apps.ts');
  return plan(context, request, placed);
}

function isWanted({ status }: Presence, charts: Charts | undefined): boolean {
  return status === 'missing' || (status === 'bare' && charts !== undefined);
}

function partOf(app: BootstrapApp, presence: Presence, home: string, charts: Charts | undefined): InitPart {
  if (presence.status === 'present') return { name: app.name, status: 'present', where: presence.where };
  return { name: app.name, status: charts === undefined ? 'without-chart' : 'added', where: home };
}

/** The repository as it will be, as far as new apps take their style from it. What is there wins. */
function withPlanned(gitops: GitopsRepository, root: readonly RootFile[]): GitopsRepository {
  const text = new Map([
    ...root
      .filter(({ path }) => /\.ya?ml$/.test(path))
      .map(({ path, content }): [string, string] => [path, content]),
    ...gitops.repository.text,
  ]);
  const configuration = parseConfiguration(text.get(CONFIGURATION_FILE) ?? '');
  const repository = parseRepository(text, configuration.environments);
  return {
    ...gitops,
    repository,
    configuration,
    conventions: learnConventions(repository, configuration),
  };
}

async function pin(context: InitContext, apps: readonly BootstrapApp[]): Promise<(AppChart | undefined)[]> {
  const { charts, chartsFrom } = context;
  return charts ? pinBootstrapCharts({ charts, chartsFrom }, apps) : [];
}

async function planApp(
  context: InitContext,
  environment: string,
  app: BootstrapApp,
  chart: AppChart | undefined,
): Promise<{ changes: Group; notes: Text[] }> {
  const { files, gitops, appTemplates, renderers, t } = context;
  const sight = chart && (await inspectCharts({ renderers }, [chart], app.name));
  const images = fullNames(sight?.images ?? [], gitops.conventions, sight?.manifests);
  const changes = await planNewApp(
    { files, gitops, templates: appTemplates, t },
    {
      name: app.name,
      environment,
      source: { kind: 'charts', charts: chart ? [pinnedChart(chart)] : [] },
      route: { kind: 'none' },
      secrets: app.secrets,
      images: images.renamed,
      resources: app.resources,
      patches: app.patches ?? [],
    },
  );
  const notes = [...unseen(sight), ...images.notes.map(untranslated)];
  return { changes, notes: notes.map(note => joinTexts([untranslated(app.name), note], ': ')) };
}

/** Then short image names may be missing under `images:`. */
function unseen(sight: RenderedApp | undefined): Text[] {
  if (sight?.unseen === undefined) return [];
  return [say('init.imagesGuessedFromValuesNot', { unseen: sight.unseen })];
}

async function placeRoot({ files, t }: InitContext, file: RootFile): Promise<Group> {
  const before = await files.read(file.path);
  const { path, content } = file;
  const why = t(file.why);
  if (before === undefined) return createFile({ path, content, why });
  if (file.prose) return joinChangeSets();
  const after = path === '.gitignore' ? addLines(before.toString('utf8'), content) : content;
  return updateFile({ path, content: after, why, before });
}

function bytesOf({ changes }: Group): number {
  return changes.reduce((sum, change) => sum + ('content' in change ? change.content.length : 0), 0);
}

function overwrites({ changes }: Group): boolean {
  return changes.some(replacesWork);
}

/** Environments that nothing syncs, in a repository whose Argo CD is not made by this run. */
function uncovered(
  { repository }: GitopsRepository,
  request: InitRequest,
  made: readonly BootstrapApp[],
): string[] {
  if (made.some(({ name }) => name === 'argo-cd')) return [];
  const covered = syncedFolders(repository);
  return appFolders(request).filter(environment => !covered.includes(environment));
}

/** More environments beside ours: an ApplicationSet each, listed. The project and the folder must be those that init makes. */
async function planEnvironments(
  { files, gitops, templates, t }: InitContext,
  request: InitRequest,
  environments: readonly string[],
): Promise<{ changes: ChangeSet; notes: Text[] }> {
  const home = `${mainEnvironment(request)}/argo-cd`;
  const project = gitops.repository.text.get(`${home}/resources/appproject.yaml`);
  if (!project?.includes(`name: ${PROJECT}\n`))
    return { changes: joinChangeSets(), notes: environments.map(nothingSyncs) };
  const drafts = createDrafts(files);
  const context = { drafts, style: gitops.conventions.style, t };
  for (const environment of environments) {
    const { file, content, why } = applicationSet(environment, request, templates);
    const path = `${home}/resources/${file}`;
    await drafts.write({ path, text: content, why: t(why) });
    await listResource(context, `${home}/kustomization.yaml`, path);
  }
  return { changes: drafts.changes(), notes: [] };
}

function nothingSyncs(environment: string): Text {
  return say('init.noApplicationsetListsSoNothing', { environment });
}

/**
 * Whether a repository has an app of the bootstrap. `bare` is one that an earlier run made without its chart: it lists
 * nothing that is not ours.
 */
type Presence =
  { status: 'missing' } | { status: 'bare'; where: string } | { status: 'present'; where: string };

function findBootstrapApp(repository: Repository, environment: string, bootstrap: BootstrapApp): Presence {
  const twin = repository.apps.find(({ path }) => path === `${environment}/${bootstrap.name}`);
  if (twin) return { status: isBare(twin, bootstrap) ? 'bare' : 'present', where: twin.path };
  const other = repository.apps.find(app => shows(repository, app, bootstrap));
  return other ? { status: 'present', where: other.path } : { status: 'missing' };
}

function isBare({ kustomization }: App, { resources }: BootstrapApp): boolean {
  const ours = new Set(['namespace.yaml', ...resources.map(({ file }) => file)]);
  return (
    kustomization.charts.length === 0 &&
    kustomization.resources.every(file => ours.has(nameOf(file))) &&
    resources.every(
      ({ file, listed }) => !listed || kustomization.resources.some(own => nameOf(own) === file),
    )
  );
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function shows(repository: Repository, app: App, { chart, signs }: BootstrapApp): boolean {
  const { charts, resources } = app.kustomization;
  const { kinds, release } = signs;
  return (
    charts.some(({ name }) => name === chart.name) ||
    (release !== undefined && resources.some(url => url.includes('://') && release.test(url))) ||
    (kinds !== undefined && appManifests(repository, app, kinds).length > 0)
  );
}
