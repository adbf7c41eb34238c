import { inParallel } from '../data/in-parallel.ts';
import type { PlannedRelease, PostRenderer, ReleasePlan } from '../deliveries/planned-release.ts';
import { isMissing, UserError } from '../errors.ts';
import type { Manifest } from '../repository/manifest.ts';
import type { Text } from '../text/language.ts';
import { getReleaseChart, type ReleaseChartsContext } from './release-charts.ts';
import type { RenderedObjects, Renderers } from './renderers.ts';
import { definitionsIn, type HeldDefinitions } from './releases/chart-definitions.ts';
import { asApplied } from './releases/placed.ts';
import { releaseInput } from './releases/release-values.ts';

/** What a release came to. */
export type ReleaseOutcome = { by: PlannedRelease['by']; open: readonly Text[] } & (
  | { status: 'rendered' }
  /** Not begun, or not with the values that it has. */
  | { status: 'left'; reason: Text; lacksTool?: boolean }
  | { status: 'failed'; reason: Text }
);

/** What the releases of a build render to. */
export type Inflated = {
  /** Each with the object that asked for it. */
  manifests: readonly { manifest: Manifest; by: PlannedRelease['by'] }[];
  definitions: readonly HeldDefinitions[];
  outcomes: readonly ReleaseOutcome[];
  cut: readonly string[];
  warnings: readonly string[];
  /** Whether the same comes of it at another time: a range comes to something else. */
  isSettled: boolean;
};

export type InflateContext = ReleaseChartsContext & {
  renderers: Pick<Renderers, 'template' | 'objects'>;
  /** Releases at once. */
  jobs: number;
};

/** Nothing to render. */
export const NOTHING_INFLATED: Inflated = {
  manifests: [],
  definitions: [],
  outcomes: [],
  cut: [],
  warnings: [],
  isSettled: true,
};

/** Renders releases as their controllers do; one that cannot be rendered costs the others nothing. @throws UserError E_CANCELLED */
export async function inflateReleases(
  context: InflateContext,
  plans: readonly ReleasePlan[],
): Promise<Inflated> {
  const results = new Map<ReleasePlan, Inflated>();
  await inParallel([...plans], context.jobs, async plan => {
    results.set(plan, await inflateOne(context, plan));
  });
  const all = plans.flatMap(plan => results.get(plan) ?? []);
  return {
    manifests: all.flatMap(each => each.manifests),
    definitions: all.flatMap(each => each.definitions),
    outcomes: all.flatMap(each => each.outcomes),
    cut: all.flatMap(each => each.cut),
    warnings: all.flatMap(each => each.warnings),
    isSettled: all.every(each => each.isSettled),
  };
}

async function inflateOne(context: InflateContext, plan: ReleasePlan): Promise<Inflated> {
  if (plan.status === 'left') {
    const { by, reason } = plan;
    return { ...NOTHING_INFLATED, outcomes: [{ by, status: 'left', reason, open: [] }] };
  }
  const { release } = plan;
  try {
    return await rendered(context, release);
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const reason = error.texts.message;
    // With values that only the cluster has, it may well render there.
    const status = error.code === 'E_RENDER' && release.open.length === 0 ? 'failed' : 'left';
    const about = { by: release.by, open: release.open };
    const outcome: ReleaseOutcome =
      status === 'left'
        ? { ...about, status, reason, lacksTool: isMissing(error) }
        : { ...about, status, reason };
    return { ...NOTHING_INFLATED, outcomes: [outcome], isSettled: error.code === 'E_RENDER' };
  }
}

async function rendered(context: InflateContext, planned: PlannedRelease): Promise<Inflated> {
  const chart = await getReleaseChart(context, planned.chart);
  const { files, values, open } = releaseInput(planned, chart.files);
  const { by, release, namespace, cluster, crds } = planned;
  const request = { release, namespace: namespace ?? 'default', chart: { files }, values, cluster };
  const first = await context.renderers.template(request);
  const names = definitionsIn(files);
  const wanted = first.manifests.filter(
    ({ kind, name }) => crds.isIncluded || kind !== 'CustomResourceDefinition' || !names.includes(name),
  );
  const last = await postRendered(context, { ...first, manifests: wanted }, planned.postRenderers);
  return {
    manifests: asApplied(last.manifests, planned).map(manifest => ({ manifest, by })),
    // Argo CD applies and prunes them as everything else.
    definitions: by.kind === 'HelmRelease' ? [{ by, ...policyOf(crds), names }] : [],
    outcomes: [{ by, status: 'rendered', open }],
    cut: first.cut,
    warnings: first.warnings,
    isSettled: chart.isSettled,
  };
}

function policyOf({
  onUpgrade,
  isDefault,
}: PlannedRelease['crds']): Pick<HeldDefinitions, 'onUpgrade' | 'isDefault'> {
  return { onUpgrade, isDefault };
}

const FOLDER = 'post-render';

/** Each stage is a kustomization around what came before; definitions of `crds/` and hooks go through as well, as with Helm 4. */
async function postRendered(
  { renderers }: Pick<InflateContext, 'renderers'>,
  rendering: RenderedObjects,
  stages: readonly PostRenderer[],
): Promise<RenderedObjects> {
  let last = rendering;
  for (const { patches, images } of stages) {
    if (patches === undefined && images === undefined) continue;
    const objects = last.manifests.map(({ body }) => JSON.stringify(body)).join('\n---\n');
    const kustomization = { resources: ['objects.yaml'], patches, images };
    const tree = new Map([
      [`${FOLDER}/objects.yaml`, Buffer.from(objects)],
      [`${FOLDER}/kustomization.yaml`, Buffer.from(JSON.stringify(kustomization))],
    ]);
    last = { ...last, manifests: (await renderers.objects(tree, FOLDER)).manifests };
  }
  return last;
}
