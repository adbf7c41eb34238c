import { append } from '../../data/append.ts';
import { renderersOptions } from '../../cli/open-renderers.ts';
import type { Session } from '../../cli/context.ts';
import type { Charts } from '../../charts/lookup.ts';
import type { Network } from '../../charts/network.ts';
import { say } from '../../locales/say.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { type BuildState, readApp, renderApp } from '../../render/render-app.ts';
import { type RenderedChanges, renderedChanges } from '../../render/rendered-changes.ts';
import { bothRenderers, type Renderers } from '../../render/renderers.ts';
import { type App, namespaceOf } from '../../repository/model.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { untranslated } from '../../text/language.ts';
import type { Diagnosis } from './diagnosis.ts';

type Outside = { charts: Charts; network: Network };

/** Renders every app with the renderer inside and with the tools of PATH, and says what differs, object by object. */
export async function compareRenderers(
  session: Session,
  gitops: GitopsRepository,
  outside: Outside,
): Promise<Diagnosis[]> {
  const { inside, tools } = await bothRenderers(await renderersOptions(session, gitops));
  try {
    if (!inside || !(await tools.versions()))
      return [note('renderers', say('doctor.nothingToCompare'), say('doctor.bothAreNeeded'))];
    const diagnoses: Diagnosis[] = [];
    for (const app of gitops.repository.apps)
      append(diagnoses, await compareApp(app, { session, gitops, ...outside, both: { inside, tools } }));
    return diagnoses;
  } finally {
    inside?.close();
    tools.close();
  }
}

type Comparing = Outside & {
  session: Session;
  gitops: GitopsRepository;
  both: { inside: Renderers; tools: Renderers };
};

async function compareApp(
  app: App,
  { session, gitops, charts, network, both }: Comparing,
): Promise<Diagnosis[]> {
  const { files } = gitops;
  const tree = await readApp(files, app);
  const render = (renderers: Renderers): Promise<BuildState> =>
    renderApp(
      {
        files,
        charts,
        renderers,
        fetch: resourceFetcher(async () => ({ network })),
        offline: session.offline,
      },
      tree,
      app,
    );
  const [inside, tools] = [await render(both.inside), await render(both.tools)];
  if (inside.status === 'built' && tools.status === 'built')
    return differences(
      app,
      renderedChanges(tools.objects.manifests, inside.objects.manifests, namespaceOf(app)),
    );
  const reasons = { inside: reasonOf(inside), tools: reasonOf(tools) };
  return [note(app.path, say('doctor.notCompared', reasons), say('doctor.lookAtCheckRender'))];
}

function reasonOf(state: BuildState): string {
  if (state.status === 'built') return 'ok';
  return state.status === 'left' ? state.reason.en : state.error.message;
}

function differences(app: App, { added, removed, changed }: RenderedChanges): Diagnosis[] {
  const hint = say('doctor.clustersVersionDecides');
  const subject = ({ kind, name, namespace }: RenderedChanges['added'][number]): string =>
    `${app.path}: ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  const found = [
    ...added.map(object => note(subject(object), say('doctor.onlyInside'), hint)),
    ...removed.map(object => note(subject(object), say('doctor.onlyTools'), hint)),
    ...changed.map(object => {
      const fields = object.fields.map(
        ({ path, before = '∅', after = '∅' }) => `${path} ${before} → ${after}`,
      );
      return note(subject(object), untranslated(fields.slice(0, MOST).join('; ')), hint);
    }),
  ];
  if (found.length > 0) return found;
  return [{ topic: 'renderers', status: 'ok', subject: app.path, message: say('doctor.sameWithBoth') }];
}

/** Fields shown of an object. */
const MOST = 5;

function note(subject: string, message: Diagnosis['message'], hint: Diagnosis['message']): Diagnosis {
  return { topic: 'renderers', status: 'note', subject, message, hint };
}
