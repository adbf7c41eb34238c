import { posix } from 'node:path';
import { type ChangeSet, joinAll, updateFile } from '../change-set.ts';
import { say } from '../locales/say.ts';
import { KUSTOMIZATION_FILES, parseKustomization } from '../repository/kustomization.ts';
import { editKustomization } from '../repository/kustomization-edit.ts';
import type { GitopsRepository } from '../repository/read-repository.ts';
import { syncedBy } from '../repository/synced-by.ts';
import type { Text } from '../text/language.ts';
import { type Buildable, folderOf } from './app-request.ts';

type SyncContext = { gitops: GitopsRepository; t(text: Text): string };

/**
 * What makes a new app run: its entry where its siblings are listed, else an Application of its own among those of an app of apps,
 * else its entry in the one kustomization around it that is synced. Empty where a set takes it as it is, and where nothing could.
 * @throws UserError E_YAML_* for a sibling or a list that cannot be edited so; E_VALUE where the project of its siblings forbids it
 */
export async function syncChanges(context: SyncContext, app: Buildable): Promise<ChangeSet> {
  const { repository } = context.gitops;
  const folder = folderOf(app);
  const file = app.overlays ? undefined : listAround(context, folder);
  if (file !== undefined && listsSiblings(context, file, folder)) return listed(context, file, folder);
  const { childChanges } = await import('./delivered/child-changes.ts');
  const child = childChanges(context, app);
  if (child.changes.length > 0 || file === undefined) return child;
  const { syncers, unlisted } = syncedBy(repository, folder);
  return syncers.length === 0 && unlisted.includes(file) ? listed(context, file, folder) : child;
}

/** The kustomization around an app, where there is one. */
function listAround({ gitops: { repository } }: SyncContext, folder: string): string | undefined {
  const places = KUSTOMIZATION_FILES.map(name => posix.join(posix.dirname(folder), name));
  return places.find(each => repository.text.has(each));
}

/** Where it lists the app's siblings, it lists the app: nobody would sync it otherwise. */
function listsSiblings({ gitops: { repository } }: SyncContext, file: string, folder: string): boolean {
  const around = posix.dirname(folder);
  const { references } = parseKustomization(repository.text.get(file) ?? '', file);
  const paths = new Set(references.map(({ path }) => path));
  return repository.apps.some(({ path }) => posix.dirname(path) === around && paths.has(path));
}

function listed({ gitops, t }: SyncContext, path: string, folder: string): ChangeSet {
  const { repository, conventions } = gitops;
  const item = posix.basename(folder);
  const before = repository.text.get(path) ?? '';
  const content = editKustomization({
    text: before,
    path,
    changes: [{ kind: 'add', section: 'resources', item }],
    style: conventions.style,
  });
  if (content === before) return joinAll([]);
  return updateFile({ path, before, content, why: t(say('repository.lists', { item })), entry: true });
}
