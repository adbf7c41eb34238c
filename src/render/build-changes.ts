import type { ChangeSet } from '../change-set.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { KUSTOMIZATION_FILES } from '../repository/kustomization.ts';
import { appAround } from '../repository/model.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { changedFiles } from './changed-files.ts';
import { type BuildState, readApp, renderApp, type RenderAppContext } from './render-app.ts';

/** The folder of an app before and after a change; they differ for one that moves. */
export type ChangingApp = { before: string; after: string };

/** What is known of the build of an app that a change touches. */
export type AppBuild =
  | { app: string; status: 'builds'; objects: number }
  /** Nobody knows whether it would. */
  | { app: string; status: 'not-built'; reason: Text }
  /** It did not before either, or was not there. */
  | { app: string; status: 'fails'; reason: Text; isNew: boolean };

export type PlannedChanges = {
  changes: ChangeSet;
  /** Folders that move beside the change set. */
  moved?: readonly ChangingApp[];
  apps: readonly ChangingApp[];
};

/** The apps whose folders a change set writes into. */
export function touchedApps(apps: readonly { path: string }[], { changes }: ChangeSet): ChangingApp[] {
  const touched = new Set(changes.flatMap(({ path }) => appAround(apps, path)?.path ?? []));
  return [...touched].map(path => ({ before: path, after: path }));
}

/**
 * Builds each app as it will be, before anything is written.
 * @throws UserError E_RENDER if one builds now and would not afterwards
 */
export async function buildChanges(
  context: RenderAppContext,
  { changes, moved = [], apps }: PlannedChanges,
): Promise<AppBuild[]> {
  const absent = await whyNothingBuilds(context);
  if (absent !== undefined)
    return apps.map(({ after }) => ({ app: after, status: 'not-built', reason: absent }));
  const folders = moved.map(({ before, after }) => ({ from: before, to: after }));
  const after = { ...context, files: changedFiles(context.files, changes, folders) };
  const built: AppBuild[] = [];
  for (const app of apps) built.push(await buildChange(context, after, app));
  return built;
}

/** Why no app can be built; undefined where it can. @throws UserError E_CANCELLED */
export async function whyNothingBuilds({
  renderers,
}: Pick<RenderAppContext, 'renderers'>): Promise<Text | undefined> {
  try {
    return (await renderers.versions()) ? undefined : say('render.kustomizeNotInstalled');
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return error.texts.message;
    throw error;
  }
}

async function buildChange(
  before: RenderAppContext,
  after: RenderAppContext,
  app: ChangingApp,
): Promise<AppBuild> {
  const state = await buildAt(after, app.after);
  if (state.status === 'built')
    return { app: app.after, status: 'builds', objects: state.objects.manifests.length };
  if (state.status === 'left') return { app: app.after, status: 'not-built', reason: state.reason };
  const reason = state.error.texts.message;
  const isNew = !(await isThere(before, app.before));
  const old = isNew ? undefined : await buildAt(before, app.before);
  if (old?.status !== 'built') return { app: app.after, status: 'fails', reason, isNew };
  throw wouldNotBuild(app.after, reason);
}

/** The error of a change that is not made because of what it would do to a build. */
export function wouldNotBuild(app: string, reason: Text): UserError {
  return new UserError('E_RENDER', say('render.wouldNotBuild', { app: display(app), reason }), {
    hint: say('render.nothingWrittenMendFirst'),
    subject: app,
  });
}

/** The error of a change whose effect nobody can see, as what is there does not render. */
export function doesNotBuild(app: string, reason: Text): UserError {
  return new UserError('E_RENDER', say('render.doesNotBuild', { app: display(app), reason }), {
    hint: say('render.nothingWrittenMendBefore'),
    subject: app,
  });
}

async function isThere({ files }: RenderAppContext, folder: string): Promise<boolean> {
  return (await files.readMany(KUSTOMIZATION_FILES.map(name => `${folder}/${name}`))).size > 0;
}

/** What fails for any reason but the build itself was not built. */
async function buildAt(context: RenderAppContext, folder: string): Promise<BuildState> {
  try {
    const state = await renderApp(context, await readApp(context.files, { path: folder }), { path: folder });
    return state.status === 'failed' && state.error.code !== 'E_RENDER' ? left(state.error) : state;
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return left(error);
    throw error;
  }
}

function left(error: UserError): BuildState {
  return { status: 'left', reason: error.texts.message };
}
