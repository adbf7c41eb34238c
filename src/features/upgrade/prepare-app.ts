import { untranslated, type Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { joinChangeSets, type ChangeSet } from '../../change-set.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import {
  type App,
  type Repository,
  appliesServerSide,
  appManifests,
  namespaceOf,
} from '../../repository/model.ts';
import type { ChartMove } from './chart-move.ts';
import { ownFailure } from '../../errors.ts';
import { type ChangesContext, planAppChanges, type Planned, readLock } from './app-changes.ts';
import { proveStep } from './prove-step.ts';
import type { ProofContext } from '../../render/effects/prove-use.ts';
import { prepareChart, type PreparedChart } from './prepare-chart.ts';
import { failedApp, type PreparedApp } from './prepared-app.ts';
import { isSamePath } from '../../repository/kustomization-paths.ts';
import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { crdChanges } from './crd-changes.ts';
import { imageChanges } from './image-changes.ts';
import { renderedChanges } from '../../render/rendered-changes.ts';
import { judgeRisks } from '../../render/risks/judge.ts';
import { endingApis } from '../../render/risks/served-apis.ts';
import type { Surroundings } from '../../render/risks/risk.ts';
import { openRisks, withAcceptance } from './accepted-risks.ts';
import type { NotRendered, RenderReport, Verification } from './report-facts.ts';
import { withChanges } from '../../render/app-tree.ts';
import type { Tree } from '../../render/tree.ts';
import { type BuildState, readApp, renderApp, type RenderAppContext } from '../../render/render-app.ts';
import { fullNames, type ImageNames } from '../../repository/image-names.ts';
import { images, type RenderedImage, services } from '../../repository/rendered.ts';
import { recordsAt, stringOf } from '../../data/fields.ts';

export type AppContext = ChangesContext &
  RenderContext & {
    render: boolean;
    /** What finds out which customisations change what is rendered; undefined where nobody asks. */
    proof?: ProofContext | undefined;
  };

/** Prepares all moves of one app; a failure is its own and becomes part of the report. */
export async function prepareApp(
  context: AppContext,
  app: UsingApp,
  moves: readonly ChartMove[],
): Promise<PreparedApp> {
  try {
    const lock = await readLock(context.files, app);
    const charts: PreparedChart[] = [];
    for (const move of eachUse(moves)) {
      const locked = lock.entry.charts.find(
        ({ name, version }) => name === move.name && version === move.from,
      );
      const chart = await prepareChart(context, { move, locked, together: usesLike(move, moves) });
      charts.push(context.proof ? await withProof(context.proof, chart) : chart);
    }
    const { changes, ...rendering } = await planAndRender(context, { app, charts, lock });
    const undecided = charts.some(({ report }) =>
      report.values.some(({ decisions }) => decisions.length > 0),
    );
    const open = undecided || openRisks(rendering.rendered?.risks).length > 0;
    const report = {
      app: app.path,
      charts: charts.map(chart => chart.report),
      ...rendering,
      ...(context.render ? {} : { notRendered: 'not-asked' as const }),
      status: open ? ('needs-decision' as const) : ('upgraded' as const),
    };
    return { app, report, changes: open ? joinChangeSets() : changes };
  } catch (error) {
    return failedApp(app, ownFailure(error));
  }
}

async function withProof(context: ProofContext, chart: PreparedChart): Promise<PreparedChart> {
  return { ...chart, report: { ...chart.report, effects: await proveStep(context, chart) } };
}

/** A move for each of the uses that share a version. */
function eachUse(moves: readonly ChartMove[]): ChartMove[] {
  return moves.flatMap(({ also = [], ...move }) => [move.use, ...also].map(use => ({ ...move, use })));
}

/** The uses that make the same step of the same chart. */
function usesLike({ name, repo, from, to }: ChartMove, moves: readonly ChartMove[]): string[] {
  const alike = moves.filter(
    move => move.name === name && move.repo === repo && move.from === from && move.to === to,
  );
  return alike.flatMap(({ use, also = [] }) => [use, ...also]);
}

/** Short image names that come with the new version are completed, and the app is built once more with that. */
async function planAndRender(
  context: AppContext,
  planned: Omit<Planned, 'images'>,
): Promise<AppRendering & { changes: ChangeSet }> {
  const app = builtApp(planned);
  const changes = await planAppChanges(context, { ...planned, images: [] });
  if (!app) return { ...(context.render ? notRendered(planned) : NOTHING), changes };
  const before = context.render ? await buildBefore(context, app) : undefined;
  const rendering = await buildAfter(context, app, { before, changes });
  const short = rendering.rendered?.completed ?? [];
  if (short.length === 0) return { ...rendering, changes };
  const completed = await planAppChanges(context, { ...planned, images: short });
  const again = await buildAfter(context, app, { before, changes: completed });
  const { rendered } = again;
  return { ...again, rendered: rendered && { ...rendered, completed: short }, changes: completed };
}

/** The app whose build shows what the charts come to: that of kustomize, which inflates them. */
function builtApp({ app, charts }: Pick<Planned, 'app' | 'charts'>): App | undefined {
  const { kustomization } = app;
  return kustomization && charts.every(({ use }) => use.delivery === 'kustomize')
    ? { ...app, kustomization }
    : undefined;
}

function notRendered({ app, charts }: Pick<Planned, 'app' | 'charts'>): AppRendering {
  const kinds = [...new Set(charts.map(({ use }) => use.delivery))].join(', ');
  const detail = say('upgrade.deliveryNotRendered', { kinds });
  return { rendered: undefined, verification: [{ command: `helm template ${app.path}`, ok: false, detail }] };
}

type RenderContext = RenderAppContext & {
  repository: Repository;
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub' | 'kubernetes'>;
  /** The risks that a person takes: classes of them, or keys. */
  accepted: readonly string[];
};

type AppRendering = {
  rendered: RenderReport | undefined;
  verification: Verification[];
  notRendered?: NotRendered;
};

/** An app before its upgrade: its files, and what they build to. */
type Before = { tree: Tree; state: BuildState };

const NOTHING: AppRendering = { rendered: undefined, verification: [], notRendered: 'no-tools' };

/** Builds an app as it is. Undefined where nothing can build it. */
async function buildBefore(context: RenderContext, app: App): Promise<Before | undefined> {
  if (!(await context.renderers.versions())) return undefined;
  const tree = await readApp(context.files, app);
  return { tree, state: await renderApp(context, tree, app) };
}

/**
 * Builds an app as it will be, and compares both builds: what the cluster gets, with patches, images, prefixes and namespaces.
 * @throws UserError E_RENDER if what built before no longer does
 */
async function buildAfter(
  context: RenderContext,
  app: App,
  { before, changes }: { before: Before | undefined; changes: ChangeSet },
): Promise<AppRendering> {
  if (!before) return NOTHING;
  const command = `kustomize build --enable-helm ${app.path}`;
  const left = (detail: Text): AppRendering => ({
    rendered: undefined,
    verification: [{ command, ok: false, detail }],
    notRendered: 'failed',
  });
  if (before.state.status === 'left')
    return left(say('upgrade.notRenderedBecause', { reason: before.state.reason }));
  const after = await renderApp(context, withChanges(before.tree, changes), app);
  if (after.status === 'left') return left(say('upgrade.notRenderedBecause', { reason: after.reason }));
  if (after.status === 'failed') {
    if (before.state.status === 'built') throw after.error;
    return left(say('upgrade.failedBeforeToo', { reason: after.error.texts.message }));
  }
  const { cut, warnings, manifests } = after.objects;
  const detail = untranslated([...cut.map(notWhole), ...warnings].join('; '));
  if (before.state.status === 'failed')
    return { rendered: undefined, verification: [{ command, ok: true, detail }], notRendered: 'failed' };
  const both = { before: before.state.objects.manifests, after: manifests };
  return { rendered: compare(context, app, both), verification: [{ command, ok: true, detail }] };
}

type Both = { before: readonly Manifest[]; after: readonly Manifest[] };

function compare({ repository, conventions, accepted }: RenderContext, app: App, both: Both): RenderReport {
  const { before, after } = both;
  return {
    risks: withAcceptance(
      app.path,
      judgeRisks(before, after, {
        ...surroundingsOf(repository, app, after),
        kubernetes: clusterOf(conventions),
      }),
      accepted,
    ),
    changes: renderedChanges(before, after, namespaceOf(app)),
    images: imageChanges(before, after),
    crds: crdChanges(before, after),
    apis: endingApis(after, conventions.kubernetes.value.kubeVersion),
    lostBackends: lostBackends(repository, app, both),
    completed: newFullNames(app, conventions, both),
  };
}

function clusterOf({ kubernetes }: Pick<Conventions, 'kubernetes'>): Surroundings['kubernetes'] {
  const { value, evidence } = kubernetes;
  return { version: value.kubeVersion, isKnown: evidence.en !== say('repository.default').en };
}

function surroundingsOf(
  repository: Repository,
  app: App,
  after: readonly Manifest[],
): Omit<Surroundings, 'kubernetes'> {
  const rendered = new Set(after.map(({ apiVersion }) => apiVersion));
  return {
    serverSide: appliesServerSide(repository),
    isUsed: version => rendered.has(version) || mentions(repository, version),
    namespace: namespaceOf(app),
    routesElsewhere: () => routesBeside(repository, app),
  };
}

function routesBeside(repository: Repository, { path }: App): Manifest[] {
  return repository.apps
    .filter(other => other.path !== path)
    .flatMap(other =>
      appManifests(repository, other, /Route|Ingress/).map(({ manifest }) => ({
        ...manifest,
        namespace: manifest.namespace ?? namespaceOf(other),
      })),
    );
}

function mentions({ text }: Repository, apiVersion: string): boolean {
  const line = `apiVersion: ${apiVersion}`;
  return [...text.values()].some(content => content.split('\n').some(own => own.trim() === line));
}

function notWhole(reference: string): string {
  return `not held to the whole of its schema (${reference})`;
}

/**
 * The `images:` entries that an app needs for short image names which the old version did not render. Only where its images
 * go through the mirror; what was missing before is not the upgrade's to add.
 */
function newFullNames(
  app: App,
  conventions: Pick<Conventions, 'imagePrefix' | 'dockerHub'>,
  { before, after }: Both,
): ImageNames['renamed'] {
  const mirror = conventions.imagePrefix;
  const { transformers, images: listed } = app.kustomization;
  if (!mirror || !transformers.some(entry => isSamePath(entry, mirror.value.file))) return [];
  const asWritten = (manifests: readonly Manifest[]): RenderedImage[] =>
    images([...manifests]).map(image => ({
      ...image,
      image: withoutMirror(image.image, mirror.value.mirror),
    }));
  const known = new Set([
    ...listed.map(({ name }) => name),
    ...fullNames(asWritten(before), conventions).renamed.map(({ name }) => name),
  ]);
  return fullNames(asWritten(after), conventions, after).renamed.filter(({ name }) => !known.has(name));
}

/** What the transformer put its prefix before. */
function withoutMirror(image: string, mirror: string): string {
  return image.startsWith(mirror) ? image.slice(mirror.length).replace(/^\//, '') : image;
}

type LostBackend = { file: string; backend: string };

/** Service ports that an app's own routes lead to, that were rendered before and are not any more. */
function lostBackends(repository: Repository, app: App, rendered: Both): LostBackend[] {
  const before = portsOf(rendered.before);
  const after = portsOf(rendered.after);
  return appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute/).flatMap(({ file, manifest }) =>
    backendsOf(manifest)
      .filter(backend => before.has(backend) && !after.has(backend))
      .map(backend => ({ file, backend })),
  );
}

function portsOf(manifests: readonly Manifest[]): Set<string> {
  return new Set(
    services(manifests).flatMap(({ name, ports }) => ports.map(({ port }) => `${name}:${port}`)),
  );
}

function backendsOf({ body }: Manifest): string[] {
  return recordsAt(body, ['spec', 'rules']).flatMap(rule =>
    recordsAt(rule, ['backendRefs']).flatMap(({ name, port }) => {
      const service = stringOf(name);
      return service !== undefined && typeof port === 'number' ? [`${service}:${port}`] : [];
    }),
  );
}
