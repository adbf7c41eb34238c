import { posix } from 'node:path';
import { untranslated, type Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { joinChangeSets, type ChangeSet } from '../../change-set.ts';
import { basesOf } from '../../deliveries/kustomize/bases.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { type App, namespaceOf } from '../../repository/model.ts';
import type { ChartMove } from './chart-move.ts';
import { ownFailure, type UserError } from '../../errors.ts';
import { type ChangesContext, type Lock, planAppChanges, type Planned, readLock } from './app-changes.ts';
import { proveStep } from './prove-step.ts';
import type { ProofContext } from '../../render/effects/prove-use.ts';
import { refusalOf } from './judge-step.ts';
import { prepareChart, type PreparedChart } from './prepare-chart.ts';
import { failedApp, type PreparedApp } from './prepared-app.ts';
import { openRisks, withAcceptance } from '../../output/risks.ts';
import {
  type Both,
  type CompareContext,
  compareObjects,
  type Subject,
} from '../../render/compare/compare-objects.ts';
import type { ComparedUnit } from './render-delivery.ts';
import type { NotRendered, RenderReport, Verification } from './report-facts.ts';
import { withChanges } from '../../render/app-tree.ts';
import type { Tree } from '../../render/tree.ts';
import { type BuildState, readApp, renderApp } from '../../render/render-app.ts';
import type { DeliveredContext } from '../../render/render-delivered.ts';

export type UpgradeAppContext = ChangesContext &
  RenderContext & {
    render: boolean;
    /** What finds out which customisations change what is rendered; undefined where nobody asks. */
    proof?: ProofContext | undefined;
  };

/** Prepares all moves of one app; a failure is its own and becomes part of the report. */
export async function prepareApp(
  context: UpgradeAppContext,
  app: UsingApp,
  moves: readonly ChartMove[],
): Promise<PreparedApp> {
  try {
    const locks = new Map<string, Lock>();
    const charts: PreparedChart[] = [];
    for (const move of eachUse(moves)) {
      const owner = context.uses.find(({ id }) => id === move.use)?.app ?? app;
      const lock = locks.get(owner.path) ?? (await readLock(context.files, owner));
      locks.set(owner.path, lock);
      const locked = lock.entry.charts.find(
        ({ name, version }) => name === move.name && version === move.from,
      );
      const chart = await prepareChart(context, { move, locked, together: usesLike(move, moves) });
      charts.push(context.proof ? await withProof(context.proof, chart) : chart);
    }
    const undecided = charts.some(({ report }) =>
      report.values.some(({ decisions }) => decisions.length > 0),
    );
    const refusal = charts.map(({ report }) => refusalOf(report)).find(error => error !== undefined);
    if (refusal && !undecided) throw refusal;
    const { changes, ...rendering } = refusal
      ? { ...notRenderable(refusal), changes: joinChangeSets() }
      : await planAndRender(context, { app, charts, locks });
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
  context: UpgradeAppContext,
  planned: Omit<Planned, 'images'>,
): Promise<AppRendering & { changes: ChangeSet }> {
  const apps = builtApps(context, planned.charts);
  const changes = await planAppChanges(context, { ...planned, images: [] });
  if (apps.length === 0)
    return { ...(context.render ? await renderDelivery(context, planned, changes) : NOTHING), changes };
  const befores = new Map<App, Before | undefined>();
  if (context.render) for (const app of apps) befores.set(app, await buildBefore(context, app));
  const rendering = await buildAllAfter(context, befores, changes);
  const short = rendering.rendered?.completed ?? [];
  if (short.length === 0) return { ...rendering, changes };
  const completed = await planAppChanges(context, { ...planned, images: short });
  const again = await buildAllAfter(context, befores, completed);
  const { rendered } = again;
  return { ...again, rendered: rendered && { ...rendered, completed: short }, changes: completed };
}

/** More apps that build on one base are not built for one step. */
const MOST_BUILT = 6;

/** The apps whose builds show what the charts come to, where kustomize inflates them: for a base those that build on it. */
function builtApps({ repository }: CompareContext, charts: readonly PreparedChart[]): App[] {
  if (!charts.every(({ use }) => use.delivery === 'kustomize')) return [];
  const apps = charts.flatMap(({ use: { app, at } }) => {
    const { kustomization } = app;
    return kustomization
      ? [{ ...app, kustomization }]
      : (basesOf(repository).get(posix.dirname(at.file))?.users ?? []);
  });
  return [...new Map(apps.map(app => [app.path, app])).values()].slice(0, MOST_BUILT);
}

async function buildAllAfter(
  context: RenderContext,
  befores: ReadonlyMap<App, Before | undefined>,
  changes: ChangeSet,
): Promise<AppRendering> {
  const built: AppRendering[] = [];
  for (const [app, before] of befores) built.push(await buildAfter(context, app, { before, changes }));
  const lacking = built.find(({ notRendered }) => notRendered !== undefined);
  return {
    rendered: joinReports(built.flatMap(({ rendered }) => rendered ?? [])),
    verification: built.flatMap(({ verification }) => verification),
    ...(built.length === 0 ? { notRendered: 'no-tools' as const } : {}),
    ...(lacking?.notRendered === undefined ? {} : { notRendered: lacking.notRendered }),
  };
}

/** What everything but kustomize makes of the charts. */
async function renderDelivery(
  context: RenderContext,
  { app, charts }: Omit<Planned, 'images'>,
  changes: ChangeSet,
): Promise<AppRendering> {
  if (!(await context.renderers.versions())) return NOTHING;
  const { compareDelivery } = await import('./render-delivery.ts');
  const uses = charts.map(({ use }) => use).filter(({ delivery }) => delivery !== 'kustomize');
  const units = await compareDelivery(context, { app, uses, changes });
  const verification = units.map(verificationOf);
  const rendered = joinReports(units.flatMap(unit => reportOf(context, app, unit)));
  return { rendered, verification, ...(rendered ? {} : { notRendered: 'failed' as const }) };
}

function verificationOf(unit: ComparedUnit): Verification {
  const { command } = unit;
  return unit.status === 'compared'
    ? { command, ok: true, detail: unit.detail }
    : { command, ok: false, detail: say('upgrade.notRenderedBecause', { reason: unit.reason }) };
}

function reportOf(context: RenderContext, app: UsingApp, compared: ComparedUnit): RenderReport[] {
  if (compared.status === 'left') return [];
  const { unit, before, after, namespace = app.name } = compared;
  const known = context.repository.apps.find(({ path }) => path === unit.path);
  const subject = { path: app.path, namespace: known ? namespaceOf(known) : namespace, app: known };
  return [compareRenderings(context, subject, { before, after })];
}

/** What helm refuses as long as the decisions are open. */
function notRenderable({ texts }: UserError): AppRendering {
  const detail = say('upgrade.notRenderedBecause', { reason: texts.message });
  return {
    rendered: undefined,
    verification: [{ command: 'values.schema.json', ok: false, detail }],
    notRendered: 'failed',
  };
}

/** `accepted`: the risks that a person takes, classes of them, or keys. */
type RenderContext = DeliveredContext & CompareContext & { accepted: readonly string[] };

function compareRenderings(context: RenderContext, subject: Subject, both: Both): RenderReport {
  const compared = compareObjects(context, subject, both);
  return { ...compared, risks: withAcceptance(subject.path, compared.risks, context.accepted) };
}

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
  const subject = { path: app.path, namespace: namespaceOf(app), app };
  return {
    rendered: compareRenderings(context, subject, both),
    verification: [{ command, ok: true, detail }],
  };
}

function notWhole(reference: string): string {
  return `not held to the whole of its schema (${reference})`;
}

/** What several renderings of one app show, each thing once. */
function joinReports(reports: readonly RenderReport[]): RenderReport | undefined {
  const [first, ...others] = reports;
  return others.reduce<RenderReport | undefined>((own, other) => own && joined(own, other), first);
}

function joined(a: RenderReport, b: RenderReport): RenderReport {
  return {
    risks: once([...a.risks, ...b.risks]),
    changes: {
      added: once([...a.changes.added, ...b.changes.added]),
      removed: once([...a.changes.removed, ...b.changes.removed]),
      changed: once([...a.changes.changed, ...b.changes.changed]),
      noise: Math.max(a.changes.noise, b.changes.noise),
    },
    images: once([...a.images, ...b.images]),
    crds: once([...a.crds, ...b.crds]),
    apis: once([...a.apis, ...b.apis]),
    lostBackends: once([...a.lostBackends, ...b.lostBackends]),
    completed: once([...a.completed, ...b.completed]),
  };
}

function once<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
}
