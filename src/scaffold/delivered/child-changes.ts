import { posix } from 'node:path';
import { type ChangeSet, createFile, joinAll } from '../../change-set.ts';
import { type NewChild, newChild } from '../../deliveries/argo/app-of-apps.ts';
import { say } from '../../locales/say.ts';
import { syncedBy } from '../../repository/synced-by.ts';
import { type Buildable, buildsOf } from '../app-request.ts';
import { listingChanges } from './listing-changes.ts';
import type { NewDeliveryContext } from './plan-delivered.ts';
import { projectChanges } from './project-changes.ts';

type ChildContext = Pick<NewDeliveryContext, 'gitops' | 't'>;

/**
 * The Application of each folder of a new app that nothing syncs, where the repository is an app of apps: written as those of its
 * siblings, and listed beside them.
 * @throws UserError E_YAML_* for a sibling or a list that cannot be edited so; E_VALUE where the project of its siblings forbids it
 */
export function childChanges(context: ChildContext, app: Buildable): ChangeSet {
  const { repository } = context.gitops;
  const children = buildsOf(app).flatMap(({ folder, namespace }) => {
    if (syncedBy(repository, folder).syncers.length > 0) return [];
    const group = app.overlays ? posix.basename(folder) : app.environment;
    return newChild(repository, { name: app.name, group, folder, namespace }) ?? [];
  });
  return joinAll([
    ...children.map(({ file: path, text: content, model }) =>
      createFile({ path, content, why: context.t(say('scaffold.asSibling', { sibling: model.file })) }),
    ),
    listingChanges(context, { listings: children.flatMap(listingOf), model: undefined }),
    projectChanges(context, {
      files: children.map(({ file, text }) => ({ path: file, text, what: 'manifest' })),
    }),
  ]);
}

function listingOf({ file, model: { list, folder } }: NewChild): { file: string; entry: string }[] {
  return list ? [{ file: list.file, entry: posix.relative(folder, file) }] : [];
}
