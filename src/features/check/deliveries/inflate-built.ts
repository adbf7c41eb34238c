import { parseManifests } from '../../../repository/manifest.ts';
import { type Inflated, inflateReleases, NOTHING_INFLATED } from '../../../render/inflate-releases.ts';
import { builderOf } from '../../../render/releases/around-build.ts';
import { fillVariables, planReleases } from '../../../render/releases/plan-releases.ts';
import { readRemoteDocuments } from '../../../yaml/remote-yaml.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { SourcedManifest } from '../facts/build-facts.ts';
import type { RenderedFacts } from '../facts/rendered-facts.ts';
import type { Charts } from '../../../charts/lookup.ts';
import type { Renderers } from '../../../render/renderers.ts';
import { type ChartFilesContext, checkChartStore } from '../render/open-chart-files.ts';
import type { Delivered } from './open-delivered.ts';
import { kindOfApp, ownPlan } from './app-kind.ts';

type InflatingContext = ChartFilesContext & {
  renderers: Pick<Renderers, 'template' | 'objects'>;
  delivered: Delivered | undefined;
  jobs: number;
  lookups(): Promise<{ charts: Charts }>;
};

/** What an app comes to in the cluster, with its releases. */
type InflatedApp = Pick<RenderedFacts, 'releases' | 'open'> & {
  manifests: SourcedManifest[];
  /** All of it as YAML. */
  text: string;
  cut: readonly string[];
  warnings: readonly string[];
  /** Whether it would be the same another time. */
  isSettled: boolean;
};

/**
 * The objects of a build, and those that its releases render to. @throws UserError E_YAML_* for output that is no plain YAML
 */
export async function inflateBuilt(
  context: InflatingContext,
  { app, output }: { app: AppPlace; output: string },
): Promise<InflatedApp> {
  const built = parseManifests(readRemoteDocuments(output, 'the rendered app'));
  const { delivered } = context;
  if (!delivered) return { ...asFacts(NOTHING_INFLATED), manifests: built, text: output, open: [] };
  const { manifests, open } = fillVariables(delivered, built, builderOf(delivered, app.folder));
  const chart = kindOfApp(delivered, app.folder) === 'chart' ? ownPlan(delivered, app.folder) : undefined;
  const plans = chart ? [chart] : planReleases(delivered, manifests, app.folder);
  if (plans.length === 0) return { ...asFacts(NOTHING_INFLATED), manifests, text: output, open };
  const charts = async () => (await context.lookups()).charts;
  const { renderers, jobs } = context;
  const inflated = await inflateReleases({ charts, store: checkChartStore(context), renderers, jobs }, plans);
  const rendered = inflated.manifests.map(({ manifest, by }) => ({ ...manifest, from: by }));
  const text = [output, ...rendered.map(({ body }) => JSON.stringify(body))].join('\n---\n');
  return { ...asFacts(inflated), manifests: [...manifests, ...rendered], text, open };
}

function asFacts({ outcomes, definitions, cut, warnings, isSettled }: Inflated) {
  const releases = outcomes.map(({ by, open, ...outcome }) => ({
    ...by,
    open,
    status: outcome.status,
    ...(outcome.status === 'rendered' ? {} : { reason: outcome.reason }),
    skippedDefinitions: definitions
      .filter(each => each.by.name === by.name && each.onUpgrade === 'Skip' && each.isDefault)
      .flatMap(({ names }) => names),
  }));
  return {
    releases,
    cut,
    warnings,
    isSettled: isSettled && releases.every(({ status }) => status !== 'left'),
  };
}
