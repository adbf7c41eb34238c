import path from 'node:path';
import { inRepository } from '../charts/address.ts';
import type { ChangeSet } from '../change-set.ts';
import type { ChartPin } from '../charts/pins.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { ChartStore } from './chart-inputs.ts';
import { isPublished } from './gate/refusal.ts';
import type { Inspection } from './gate/inspect-build.ts';
import type { App } from '../repository/model.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Tree } from './tree.ts';
import type { Charts } from '../charts/lookup.ts';

export type TreeContext = { files: RepositoryFiles; charts: Charts };

/**
 * Everything that kustomize reads for one app but its pinned charts: its folder, the files at the root, and what its
 * kustomizations name beyond that.
 */
export async function appTree(
  files: RepositoryFiles,
  app: Pick<App, 'path'>,
  { named, charts }: Pick<Inspection, 'named' | 'charts'>,
): Promise<Tree> {
  const pulled = new Set(charts.filter(isPublished).map(({ home }) => path.posix.dirname(home)));
  const inside = await files.walk(app.path, folder => !pulled.has(folder));
  const atRoot = ((await files.list('')) ?? []).filter(
    ({ kind, name }) => kind === 'file' && /\.ya?ml$/.test(name),
  );
  const beyond = [...named.keys()].filter(target => !target.startsWith(`${app.path}/`));
  const around = (await Promise.all(beyond.map(target => filesAt(files, target)))).flat();
  const own = inside.filter(({ kind }) => kind === 'file').map(entry => entry.path);
  return files.readMany([...own, ...atRoot.map(({ name }) => name), ...around]);
}

/** The charts that builds take: those of the work tree, else the verified archives. */
export function chartStore({ files, charts }: TreeContext): ChartStore {
  return {
    async filesOf(home) {
      if (!(await files.list(home))?.some(({ kind, name }) => kind === 'file' && name === 'Chart.yaml'))
        return [];
      return (await files.walk(home)).filter(({ kind }) => kind === 'file').map(entry => entry.path);
    },
    read: names => files.readMany([...names]),
    async archive({ name, repo, version }) {
      const address = inRepository(name, repo);
      const found = (await charts.versions(address)).find(candidate => candidate.version === version);
      const archive = found && (await charts.pull(address, found)).archive;
      if (archive) return archive;
      throw new UserError('E_NO_CHART', say('render.hasNo', { repo, name, version }), { subject: name });
    },
  };
}

/** The file, or all files of the folder. */
async function filesAt(files: RepositoryFiles, target: string): Promise<string[]> {
  if ((await files.list(target)) === undefined) return [target];
  return (await files.walk(target)).filter(({ kind }) => kind === 'file').map(entry => entry.path);
}

/** The files of a pinned chart; undefined if its repository no longer lists the version. */
export async function pinnedChartFiles(
  charts: Charts,
  { name, source, current }: Pick<ChartPin, 'name' | 'source' | 'current'>,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const address = inRepository(name, source);
  const version = (await charts.versions(address)).find(candidate => candidate.version === current);
  return version && (await charts.pull(address, version)).files;
}

/** The tree as it is after a change set. */
export function withChanges(tree: Tree, { changes }: ChangeSet): Tree {
  const result = new Map(tree);
  for (const change of changes) {
    if (change.kind === 'folder')
      for (const [file, content] of change.files) result.set(`${change.path}/${file}`, content);
    else if (change.action === 'delete') result.delete(change.path);
    else result.set(change.path, change.content);
  }
  return result;
}
