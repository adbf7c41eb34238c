import { type ChangeSet, joinAll, replacesWork } from '../../change-set.ts';
import { lockedChart } from '../../charts/chart-files.ts';
import { type AppChart, pinnedChart } from '../../charts/pull-charts.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { say } from '../../locales/say.ts';
import { createDrafts, type Drafts } from '../../repository/drafts.ts';
import { listResource } from '../../repository/kustomization-edit.ts';
import { lockPath, renderLockEntry } from '../../repository/lock-entry.ts';
import { renderTemplate } from '../../repository/templates.ts';
import { filesBeside } from '../../scaffold/app-files.ts';
import type { AppRequest } from '../../scaffold/app-request.ts';
import { emitBeside, newChart } from '../../scaffold/delivered/land-app.ts';
import type { BootstrapApp } from './bootstrap-apps.ts';
import type { InitRequest } from './init-request.ts';
import type { InitContext, InitPart, InitPlan } from './init-plan.ts';

const CONTROLLERS = 'infrastructure/controllers';
const CONFIGS = 'infrastructure/configs';

export type FluxParts = {
  /** What stands at the root, placed already. */
  root: readonly ChangeSet[];
  apps: readonly BootstrapApp[];
  /** Gets the charts of those that are missing; none with --no-charts. */
  pin(apps: readonly BootstrapApp[]): Promise<readonly (AppChart | undefined)[]>;
};

/** What a repository lacks that Flux syncs: clusters, what they need, and lists for their apps. */
export async function planFlux(
  context: InitContext,
  request: InitRequest,
  parts: FluxParts,
): Promise<InitPlan> {
  const { gitops, charts } = context;
  const uses = findUses(gitops.repository);
  const apps = parts.apps.filter(({ name }) => name !== 'argo-cd');
  const where = (app: BootstrapApp): string | undefined =>
    uses.find(({ name }) => name === app.chart.name)?.app.path;
  const missing = apps.filter(app => where(app) === undefined);
  const pinned = await parts.pin(missing);
  const drafts = createDrafts(context.files);
  await writeClusters({ context, drafts }, request);
  for (const [index, app] of missing.entries()) {
    const chart = pinned[index];
    if (chart) await writeController({ context, drafts }, app, chart);
    await writeConfig({ context, drafts }, app);
  }
  const groups = [...parts.root, ...drafts.changes().changes.map(change => ({ changes: [change] }))];
  return {
    parts: apps.map((app): InitPart => {
      const present = where(app);
      if (present !== undefined) return { name: app.name, status: 'present', where: present };
      const status = charts === undefined ? 'without-chart' : 'added';
      return { name: app.name, status, where: `${CONTROLLERS}/${app.name}` };
    }),
    additions: joinAll(groups.filter(group => !isOverwrite(group))),
    overwrites: groups.filter(isOverwrite),
    notes: [],
  };
}

/** Lists get entries more; anything else that differs is somebody's. */
function isOverwrite({ changes }: ChangeSet): boolean {
  return changes.some(change => replacesWork(change) && !change.path.endsWith('/kustomization.yaml'));
}

type Writing = { context: InitContext; drafts: Drafts };

async function writeClusters({ context, drafts }: Writing, { environments }: InitRequest): Promise<void> {
  const { templates, t } = context;
  const why = t(say('init.whatClusterBuilds'));
  for (const environment of environments) {
    for (const name of ['infrastructure.yaml', 'apps.yaml'] as const) {
      const text = renderTemplate(templates[`flux/${name}`], { environment });
      await drafts.write({ path: `clusters/${environment}/${name}`, text, why });
    }
    await writeList({ context, drafts }, `apps/${environment}`);
  }
  await writeList({ context, drafts }, CONTROLLERS);
  await writeList({ context, drafts }, CONFIGS);
}

/** A list that is there stays as it is. */
async function writeList({ context, drafts }: Writing, folder: string): Promise<void> {
  const path = `${folder}/kustomization.yaml`;
  if ((await drafts.read(path)) !== undefined) return;
  const text = renderTemplate(context.templates['flux/list.yaml'], {});
  await drafts.write({ path, text, why: context.t(say('init.listsApps')) });
}

async function writeController(
  { context, drafts }: Writing,
  app: BootstrapApp,
  chart: AppChart,
): Promise<void> {
  const { gitops, deliveryTemplates: templates, t } = context;
  const pinned = pinnedChart(chart);
  const { files, folder, home } = emitBeside(
    { repository: gitops.repository, templates },
    { delivery: 'flux', environment: CONTROLLERS, name: app.name, charts: [newChart(pinned)], resources: [] },
  );
  const why = t(say('init.releaseOf', { chart: app.chart.name }));
  for (const { path, text } of files) await drafts.write({ path, text, why });
  const place = folder ?? home;
  const lock = lockedChart(pinned);
  if (lock.length > 0)
    await drafts.write({
      path: lockPath(place),
      text: renderLockEntry({ charts: lock, manifests: [] }),
      why: t(say('scaffold.whatPinned')),
    });
  await list({ context, drafts }, `${CONTROLLERS}/kustomization.yaml`, home);
}

/** What is made of a controller's definitions waits until these are there. */
async function writeConfig({ context, drafts }: Writing, app: BootstrapApp): Promise<void> {
  const { gitops, appTemplates, templates, t } = context;
  if (app.resources.length === 0) return;
  const folder = `${CONFIGS}/${app.name}`;
  const request: AppRequest = {
    name: app.name,
    environment: CONFIGS,
    source: { kind: 'charts', charts: [] },
    route: { kind: 'none' },
    secrets: app.secrets,
    images: [],
    resources: app.resources,
    landing: { delivery: 'flux', home: folder, folder, namespace: app.name, model: undefined },
  };
  const files = filesBeside(request, gitops, appTemplates);
  for (const file of files)
    await drafts.write({
      path: `${folder}/${file.path}`,
      text: Buffer.from(file.content).toString('utf8'),
      why: t(file.why),
    });
  const resources = files.filter(({ listed }) => listed).map(({ path }) => path);
  const text = renderTemplate(templates['flux/config.yaml'], { namespace: app.name, resources });
  await drafts.write({
    path: `${folder}/kustomization.yaml`,
    text,
    why: t(say('scaffold.whatKustomizeBuilds')),
  });
  await list({ context, drafts }, `${CONFIGS}/kustomization.yaml`, folder);
}

async function list({ context, drafts }: Writing, kustomization: string, folder: string): Promise<void> {
  const style = { ...context.gitops.conventions.style };
  await listResource({ drafts, style, t: context.t }, kustomization, folder);
}
