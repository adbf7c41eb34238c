import { isMissing, UserError } from '../errors.ts';
import { untranslated, type Text } from '../text/language.ts';
import type { App } from '../repository/model.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { appTree, chartStore, type TreeContext } from './app-tree.ts';
import { inspectFolder, refusalIn } from './build-app.ts';
import type { Tree } from './tree.ts';
import type { FetchResource } from './fetch-resources.ts';
import { inspectBuild } from './gate/inspect-build.ts';
import { gatherBuild } from './gather-build.ts';
import type { RenderedObjects, Renderers } from './renderers.ts';

export type RenderAppContext = TreeContext & {
  renderers: Pick<Renderers, 'objects' | 'versions'>;
  fetch: FetchResource;
  offline: boolean;
};

/** What an app builds to. */
export type BuildState =
  | { status: 'built'; objects: RenderedObjects }
  /** Not begun: what it takes is refused, or not at hand. */
  | {
      status: 'left';
      reason: Text;
      lacksTool?: boolean;
      /** It is at hand, and not to be run. */ isRefused?: true;
    }
  | { status: 'failed'; error: UserError };

/** An app's own files, and those around it that it names; charts come in when it is rendered. */
export async function readApp(files: RepositoryFiles, app: Pick<App, 'path'>): Promise<Tree> {
  return appTree(files, app, await inspectFolder(files, app.path));
}

/** Builds an app from its files, as `check --render` does. */
export async function renderApp(
  context: RenderAppContext,
  tree: Tree,
  app: Pick<App, 'path'>,
): Promise<BuildState> {
  const inspection = await inspectBuild(async file => tree.get(file), app.path);
  const sources = { ...context, store: chartStore(context) };
  const gathered = await gatherBuild(sources, tree, inspection);
  if (gathered.status === 'impossible') return { status: 'left', reason: untranslated(gathered.reason) };
  if (gathered.status === 'refused')
    return {
      status: 'left',
      reason: refusalIn({ refusals: gathered.refusals, remote: [] }) ?? untranslated(''),
      isRefused: true,
    };
  try {
    return { status: 'built', objects: await context.renderers.objects(gathered.tree, app.path) };
  } catch (error) {
    if (error instanceof UserError && isMissing(error))
      return { status: 'left', reason: error.texts.message, lacksTool: true };
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return { status: 'failed', error };
    throw error;
  }
}
