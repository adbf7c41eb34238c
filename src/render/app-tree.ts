import path from 'node:path';
import { inRepository } from '../charts/address.ts';
import type { ChangeSet } from '../change-set.ts';
import type { chartPins } from '../charts/pins.ts';
import { type Inspection, inspectBuild } from './gate/inspect-build.ts';
import type { ChartInput } from './gate/refusal.ts';
import type { App } from '../repository/model.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Tree } from './build-app.ts';
import type { Charts } from '../charts/lookup.ts';

export type TreeContext = { files: RepositoryFiles; charts: Charts };

/**
 * Everything that kustomize reads for one app but its pinned charts: its folder, the files at the root, and what its
 * kustomizations name beyond that.
 */
export async function appTree(
  files: RepositoryFiles,
  app: App,
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

/** The tree with each pinned chart that it lacks, from the verified archive, so that a build fetches none. */
export async function withPinnedCharts(charts: Charts, tree: Tree, app: App): Promise<Tree> {
  const inspection = await inspectBuild(async file => tree.get(file), app.path);
  const missing = inspection.charts.filter(isPublished).filter(({ home }) => !tree.has(`${home}/Chart.yaml`));
  const result = new Map(tree);
  for (const { home, name, repo, version } of missing) {
    const found = await pinnedChart(charts, { name, source: repo, current: version });
    for (const [file, content] of found ?? []) result.set(`${home}/${file}`, content);
  }
  return result;
}

/** The file, or all files of the folder. */
async function filesAt(files: RepositoryFiles, target: string): Promise<string[]> {
  if ((await files.list(target)) === undefined) return [target];
  return (await files.walk(target)).filter(({ kind }) => kind === 'file').map(entry => entry.path);
}

type PublishedInput = ChartInput & { repo: string; version: string };

function isPublished(chart: ChartInput): chart is PublishedInput {
  return chart.repo !== undefined && chart.version !== undefined;
}

type ChartPin = ReturnType<typeof chartPins>[number];

/** Where kustomize looks for a pulled chart before it fetches it. */
export function chartFolder({ app, name, current }: Pick<ChartPin, 'app' | 'name' | 'current'>): string {
  return `${app.path}/charts/${name}-${current}/${name}`;
}

/** The files of a pinned chart; undefined if its repository no longer lists the version. */
export async function pinnedChart(
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
