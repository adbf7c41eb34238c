import { posix } from 'node:path';
import { type ChangeSet, createFile, joinAll, updateFile } from '../change-set.ts';
import { lockPath, renderLockEntry, type LockEntry } from '../repository/lock-entry.ts';
import { type AppFile, appFiles, type AppTemplates } from './app-files.ts';
import { type AppRequest, buildsOf, folderOf, type Landing } from './app-request.ts';
import type { DeliveryTemplates } from './delivered/own-unit.ts';
import type { Text } from '../text/language.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { lockedChart } from '../charts/chart-files.ts';
import { unpackNew } from './unpack-new.ts';
import type { GitopsRepository } from '../repository/read-repository.ts';
import { KUSTOMIZATION_FILES, parseKustomization } from '../repository/kustomization.ts';
import { editKustomization } from '../repository/kustomization-edit.ts';
import { say } from '../locales/say.ts';

export type PlanContext = {
  files: RepositoryFiles;
  gitops: GitopsRepository;
  templates: AppTemplates;
  /** For apps that another program than kustomize installs. */
  deliveryTemplates?: DeliveryTemplates;
  t(text: Text): string;
};

const DEFAULTS = say('scaffold.chartsDefaults');
const LOCKED = say('scaffold.whatPinned');

/** What a new app writes: its folder, the unpacked charts, the lock entry. */
export async function planNewApp(context: PlanContext, app: AppRequest): Promise<ChangeSet> {
  const { files, gitops, templates } = context;
  if (app.landing) return planDelivered(context, { ...app, landing: app.landing });
  const folder = folderOf(app);
  const { overlays } = app;
  const written = overlays
    ? (await import('./overlay-files.ts')).overlayFiles({ ...app, overlays }, gitops, templates)
    : appFiles(app, gitops, templates).map(file => ({ ...file, path: posix.join(folder, file.path) }));
  const lock = lockEntry(app);
  const content = lock && renderLockEntry(lock);
  const locked = buildsOf(app).flatMap(build =>
    content === undefined ? [] : [{ path: lockPath(build.folder), content, why: LOCKED }],
  );
  const changes = await Promise.all(written.map(file => place(context, file)));
  // The folder of a removed app is gone, its lock is not: it says nothing of the new one.
  const leftover = (await files.readMany(written.map(({ path }) => path))).size === 0;
  const locks = await Promise.all(locked.map(file => place(context, { ...file, leftover })));
  const charts = app.source.kind === 'charts' ? app.source.charts : [];
  const home = overlays ? `${folder}/base` : folder;
  const unpacked = await Promise.all(charts.map(chart => unpackNew(context, home, chart)));
  const listing = overlays ? [] : listedAround(context, folder);
  // What lists an app syncs it, if anything does.
  const child = listing.length > 0 ? joinAll([]) : await childOf(context, app);
  return joinAll([...changes, ...listing, child, ...locks, ...unpacked.flat()]);
}

async function childOf(context: PlanContext, app: AppRequest): Promise<ChangeSet> {
  const { childChanges } = await import('./delivered/child-changes.ts');
  return childChanges(context, app);
}

/** Where the kustomization around an app lists its siblings, it lists the app: nobody would sync it otherwise. */
function listedAround({ gitops: { repository, conventions }, t }: PlanContext, folder: string): ChangeSet[] {
  const { text, apps } = repository;
  const [around, item] = [posix.dirname(folder), posix.basename(folder)];
  const file = KUSTOMIZATION_FILES.map(name => posix.join(around, name)).find(each => text.has(each));
  const before = text.get(file ?? '');
  if (file === undefined || before === undefined) return [];
  const listed = new Set(parseKustomization(before, file).references.map(({ path }) => path));
  if (!apps.some(({ path }) => posix.dirname(path) === around && listed.has(path))) return [];
  const content = editKustomization({
    text: before,
    path: file,
    changes: [{ kind: 'add', section: 'resources', item }],
    style: conventions.style,
  });
  if (content === before) return [];
  return [
    updateFile({ path: file, before, content, why: t(say('repository.lists', { item })), entry: true }),
  ];
}

/** An app that another program than kustomize installs: its manifests, what lists it, the lock entry. */
async function planDelivered(
  context: PlanContext,
  app: AppRequest & { landing: Landing },
): Promise<ChangeSet> {
  const { deliveryTemplates } = context;
  if (!deliveryTemplates) throw new Error('an app of another delivery without its templates');
  const [{ deliveredFiles, deliveredLock }, { listingChanges }, { projectChanges }] = await Promise.all([
    import('./delivered/plan-delivered.ts'),
    import('./delivered/listing-changes.ts'),
    import('./delivered/project-changes.ts'),
  ]);
  const { files, emission } = deliveredFiles({ ...context, deliveryTemplates }, app);
  const changes = await Promise.all(files.map(file => place(context, file)));
  const lock = deliveredLock(app);
  const own = files.filter(({ entry }) => entry !== true);
  const leftover = (await context.files.readMany(own.map(({ path }) => path))).size === 0;
  const locks = lock ? [await place(context, { ...lock, why: LOCKED, leftover })] : [];
  return joinAll([
    ...changes,
    listingChanges(context, emission),
    projectChanges(context, emission),
    ...locks,
  ]);
}

/** A file that is there already is an update: shown as a diff, and written only with --force. */
async function place({ files, t }: PlanContext, file: AppFile & { leftover?: boolean }): Promise<ChangeSet> {
  const before = await files.read(file.path);
  const why = t(file.why);
  if (before !== undefined) return updateFile({ ...file, why, before });
  const madeFrom = file.defaults && { name: t(DEFAULTS), content: file.defaults };
  return createFile({ ...file, why, ...(madeFrom ? { madeFrom } : {}) });
}

function lockEntry({ source }: AppRequest): LockEntry | undefined {
  if (source.kind === 'manifest')
    return {
      charts: [],
      manifests: [{ url: source.url, version: source.version, digest: `sha256:${source.digest}` }],
    };
  if (source.kind === 'image') return undefined;
  const charts = source.charts.flatMap(lockedChart);
  return charts.length > 0 ? { charts, manifests: [] } : undefined;
}
