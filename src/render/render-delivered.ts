import { createFile, joinAll } from '../change-set.ts';
import { planUmbrella } from '../deliveries/umbrella/plan-umbrella.ts';
import { objectsIn } from '../deliveries/located-object.ts';
import type { ReleasePlan } from '../deliveries/planned-release.ts';
import type { UserError } from '../errors.ts';
import { KUSTOMIZATION_FILES } from '../repository/kustomization.ts';
import type { Manifest } from '../repository/manifest.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Text } from '../text/language.ts';
import { readLocated } from '../yaml/read.ts';
import { chartStore } from './app-tree.ts';
import { changedFiles } from './changed-files.ts';
import { type Inflated, type InflateContext, inflateReleases, NOTHING_INFLATED } from './inflate-releases.ts';
import { readApp, renderApp, type RenderAppContext } from './render-app.ts';
import { type AroundBuild, aroundBuild, builderOf } from './releases/around-build.ts';
import {
  type DeliveredText,
  fillVariables,
  type OpenVariable,
  planObjects,
  planReleases,
} from './releases/plan-releases.ts';

/** What is rendered by itself: a folder that Flux or somebody else builds, a file of Applications, the folder of a chart. */
export type DeliveredUnit = { kind: 'folder' | 'file' | 'chart'; path: string };

export type DeliveredContext = Omit<RenderAppContext, 'renderers'> & {
  renderers: RenderAppContext['renderers'] & InflateContext['renderers'];
  jobs: number;
};

/** What a unit comes to in the cluster: its own objects, and those of its releases. */
export type DeliveredState =
  | { status: 'built'; own: readonly Manifest[]; open: readonly OpenVariable[]; inflated: Inflated }
  | { status: 'left'; reason: Text; lacksTool?: boolean; isRefused?: true }
  | { status: 'failed'; error: UserError };

/** Renders a unit as what delivers it does. @throws UserError E_CANCELLED */
export async function renderDelivered(
  context: DeliveredContext,
  unit: DeliveredUnit,
  around: DeliveredText,
): Promise<DeliveredState> {
  if (unit.kind === 'folder') return renderFolder(context, unit.path, around);
  const plans = unit.kind === 'file' ? plansInFile(unit.path, around) : [planUmbrella(unit.path, around)];
  const inflated = await inflate(context, plans);
  return { status: 'built', own: [], open: [], inflated };
}

function plansInFile(file: string, around: DeliveredText): ReleasePlan[] {
  const result = readLocated(around.text.get(file) ?? '');
  const isRead = result.status === 'read' && !result.yaml.dataProblem;
  return planObjects(around, objectsIn(file, isRead ? result.yaml : undefined), []);
}

async function renderFolder(
  context: DeliveredContext,
  folder: string,
  around: DeliveredText,
): Promise<DeliveredState> {
  const builder = builderOf(around, folder);
  const isBuiltAsItIs = !builder && KUSTOMIZATION_FILES.some(name => around.text.has(`${folder}/${name}`));
  const laid = isBuiltAsItIs
    ? undefined
    : aroundBuild(builder ?? { folder, spec: {} }, { ...around.deliveries, text: around.text });
  const path = laid?.folder ?? folder;
  const tree = await readApp(laid ? withFiles(context.files, laid) : context.files, { path });
  const state = await renderApp(context, tree, { path });
  if (state.status !== 'built') return state;
  const { manifests, open } = fillVariables(around, state.objects.manifests, builder);
  const inflated = await inflate(context, planReleases(around, manifests, folder));
  const { cut, warnings } = state.objects;
  return {
    status: 'built',
    own: manifests,
    open,
    inflated: { ...inflated, cut: [...cut, ...inflated.cut], warnings: [...warnings, ...inflated.warnings] },
  };
}

function withFiles(files: RepositoryFiles, { files: more }: AroundBuild): RepositoryFiles {
  const created = [...more].map(([path, content]) => createFile({ path, content, why: '' }));
  return changedFiles(files, joinAll(created));
}

async function inflate(context: DeliveredContext, plans: readonly ReleasePlan[]): Promise<Inflated> {
  if (plans.length === 0) return NOTHING_INFLATED;
  const { charts, jobs, renderers } = context;
  return inflateReleases({ charts: async () => charts, store: chartStore(context), jobs, renderers }, plans);
}
