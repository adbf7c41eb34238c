import { availableParallelism } from 'node:os';
import type { CommandContext } from '../../cli/command-context.ts';
import { proveBeforeWriting } from '../../cli/prove-before-writing.ts';
import { valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { renderDelivered } from '../../render/render-delivered.ts';
import { bothBuilds, deliveredText } from '../../render/render-units.ts';
import type { RenderVerdict } from '../../render/same-render.ts';
import { refuseField } from './fields-beside.ts';
import type { ConvertTarget, ReadApp } from './model.ts';
import { cannotConvert, type Conversion, type ConvertContext, planConversion } from './plan-conversion.ts';
import { REACHING } from './read-kustomize.ts';

export type ToConvert = { app: ReadApp; target: ConvertTarget };

/**
 * Tests of a chart are ordinary objects for kustomize: Flux runs them only where leaving them out would change something.
 * @throws UserError E_CONVERT where the kustomization reaches into the chart; as `planConversion` and the gate do
 */
export async function runAttempts(
  context: CommandContext,
  converting: ConvertContext,
  { app, target }: ToConvert,
): Promise<{ conversion: Conversion; verdict: RenderVerdict }> {
  const { units: before } = app;
  const { namespace } = app.release;
  const attempt = async (own: ReadApp): Promise<{ conversion: Conversion; verdict: RenderVerdict }> => {
    const conversion = planConversion(converting, own, target);
    const { changes, written } = conversion;
    const change = { changes, before, after: written.units, namespace, app: app.name };
    return { conversion, verdict: await proveBeforeWriting(context, change) };
  };
  const mayTest = target === 'flux' && app.settings.tests;
  const first = await attempt(mayTest ? { ...app, settings: { ...app.settings, tests: false } } : app);
  const last = mayTest && first.verdict.status !== 'same' ? await attempt(app) : first;
  const reaching = reachingInto(app, last.verdict);
  if (reaching.length > 0) throw cannotConvert(app, target, reaching);
  return last;
}

/** Fields of the kustomization that change the chart's objects, where that shows or nobody can look. */
function reachingInto({ kustomization, use }: ReadApp, { status }: RenderVerdict) {
  if (!kustomization || use.delivery !== 'kustomize' || status === 'same') return [];
  const { file, data } = kustomization;
  return REACHING.filter(key => data[key] !== undefined).map(key =>
    refuseField(
      { file, object: 'Kustomization', path: key },
      say('convert.reaches'),
      say('convert.intoValues'),
    ),
  );
}

/** The hooks that the chart of an app brings now, as `Job/migrate`; none where nothing can be rendered. */
export async function hooksOf(context: CommandContext, { units }: ReadApp): Promise<string[]> {
  const { session, repository } = context;
  const jobs = session.jobs ?? availableParallelism();
  const fetch = resourceFetcher(async () => context);
  const rendering = { ...context, fetch, jobs, offline: session.offline };
  const found: string[] = [];
  for (const unit of units) {
    const state = await renderDelivered(rendering, unit, deliveredText(repository));
    const { after } = state.status === 'built' ? bothBuilds(undefined, state) : { after: [] };
    for (const { kind, name, body } of after)
      if (valueAt(body, ['metadata', 'annotations', 'helm.sh/hook']) !== undefined)
        found.push(`${kind}/${name}`);
  }
  return [...new Set(found)];
}
