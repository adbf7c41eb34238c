import path from 'node:path';
import { inRepository } from '../domain/chart-address.ts';
import type { ChangeSet } from '../domain/change-set.ts';
import { chartPins } from '../domain/pins.ts';
import type { App } from '../domain/repository.ts';
import type { RepositoryFiles } from '../io/files.ts';
import type { Charts } from './charts.ts';

export type TreeContext = { files: RepositoryFiles; charts: Charts };

/** Files by path from the repository's root. */
export type Tree = ReadonlyMap<string, Uint8Array>;

/**
 * Everything that kustomize reads for one app: its folder, the files at the root, and each pinned chart from the verified
 * archive, so that a build fetches none.
 */
export async function appTree({ files, charts }: TreeContext, app: App): Promise<Tree> {
  const pulled = new Set(
    app.kustomization.charts.flatMap(({ name, version, repo }) =>
      repo ? [`${app.path}/charts/${name}-${version}`] : [],
    ),
  );
  const inside = await files.walk(app.path, folder => !pulled.has(folder));
  const atRoot = ((await files.list('')) ?? []).filter(
    ({ kind, name }) => kind === 'file' && /\.ya?ml$/.test(name),
  );
  const outside = app.kustomization.transformers
    .map(file => path.posix.join(app.path, file))
    .filter(file => !file.startsWith('..'));
  const own = inside.filter(({ kind }) => kind === 'file').map(entry => entry.path);
  const tree = new Map<string, Uint8Array>(
    await files.readMany([...own, ...atRoot.map(({ name }) => name), ...outside]),
  );
  for (const [file, content] of await pinnedCharts(charts, app)) tree.set(file, content);
  return tree;
}

async function pinnedCharts(charts: Charts, app: App): Promise<[string, Uint8Array][]> {
  const unpacked = await Promise.all(
    chartPins(app).map(async (pin): Promise<[string, Uint8Array][]> => {
      const files = await pinnedChart(charts, pin);
      return [...(files ?? [])].map(([file, content]) => [`${chartFolder(pin)}/${file}`, content]);
    }),
  );
  return unpacked.flat();
}

type ChartPin = ReturnType<typeof chartPins>[number];

/** Where kustomize looks for a pulled chart before it fetches it. */
export function chartFolder({ app, name, current }: Pick<ChartPin, 'app' | 'name' | 'current'>): string {
  return `${app.path}/charts/${name}-${current}/${name}`;
}

/** The files of a pinned chart; undefined if its repository no longer lists the version. */
export async function pinnedChart(
  charts: Charts,
  { name, source, current }: ChartPin,
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
