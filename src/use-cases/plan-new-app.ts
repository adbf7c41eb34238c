import {
  changesJson,
  type ChangeSet,
  createFile,
  createFolder,
  joinChangeSets,
  updateFile,
} from '../domain/change-set.ts';
import { lockPath, renderLockEntry, type LockEntry } from '../domain/lock-entry.ts';
import { appFiles, type AppTemplates } from '../domain/new-app/app-files.ts';
import type { AppRequest, PinnedChart } from '../domain/new-app/app-request.ts';
import type { RepositoryFiles } from '../io/files.ts';
import type { GitopsRepository } from './read-repository.ts';

export type PlanContext = { files: RepositoryFiles; gitops: GitopsRepository; templates: AppTemplates };

export { changesJson };

/** What a new app writes: its folder, the unpacked charts, the lock entry. */
export async function planNewApp(
  { files, gitops, templates }: PlanContext,
  app: AppRequest,
): Promise<ChangeSet> {
  const folder = `${app.environment}/${app.name}`;
  const written = appFiles(app, gitops.conventions, templates).map(file => ({
    ...file,
    path: `${folder}/${file.path}`,
  }));
  const lock = lockEntry(app);
  const locked = lock
    ? [{ path: lockPath(app.environment, app.name), content: renderLockEntry(lock), why: 'what was pinned' }]
    : [];
  const changes = await Promise.all([...written, ...locked].map(file => place(files, file)));
  const charts =
    app.source.kind === 'charts' ? app.source.charts.flatMap(chart => unpack(folder, chart)) : [];
  return joinChangeSets(...changes, ...charts);
}

/** A file that is there already is an update: shown as a diff, and written only with --force. */
async function place(
  files: RepositoryFiles,
  file: { path: string; content: string | Uint8Array; why: string },
): Promise<ChangeSet> {
  const before = await files.read(file.path);
  return before === undefined ? createFile(file) : updateFile({ ...file, before });
}

/** Kustomize looks for a pulled chart in charts/<name>-<version>/<name>, for a local one in charts/<name> (FACTS 1.3). */
function unpack(folder: string, chart: PinnedChart): ChangeSet[] {
  if (chart.files.size === 0) return [];
  const place = chart.repo === undefined ? chart.name : `${chart.name}-${chart.version}/${chart.name}`;
  const why =
    chart.repo === undefined ? 'the local chart' : 'the verified chart, so that a build needs no network';
  return [createFolder({ path: `${folder}/charts/${place}`, files: chart.files, why })];
}

function lockEntry({ source }: AppRequest): LockEntry | undefined {
  if (source.kind === 'manifest')
    return {
      charts: [],
      manifests: [{ url: source.url, version: source.version, digest: `sha256:${source.digest}` }],
    };
  if (source.kind === 'image') return undefined;
  const charts = source.charts.flatMap(({ name, repo, version, digest, created, appVersion }) =>
    repo === undefined || digest === undefined
      ? []
      : [
          {
            name,
            repo,
            version,
            digest: `sha256:${digest}`,
            ...(created ? { created } : {}),
            ...(appVersion ? { appVersion } : {}),
          },
        ],
  );
  return charts.length > 0 ? { charts, manifests: [] } : undefined;
}
