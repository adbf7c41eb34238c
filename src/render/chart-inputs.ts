import { isExactVersion } from '../charts/versions/versions.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { RepositoryPath } from '../repository/repository-path.ts';
import { readChartArchive } from '../archive/chart-archive.ts';
import { chartDependencies, type Dependency } from './gate/chart-dependencies.ts';
import { type ChartInput, type Refusal, isPublished, type ExactChart } from './gate/refusal.ts';

/** Where the charts of an app come from. */
export type ChartStore = {
  /** The regular files of a chart that lies in the work tree, by path from the repository's root; none where it does not. */
  filesOf(home: RepositoryPath): Promise<readonly string[]>;
  read(files: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** The archive as published, verified. @throws UserError if it cannot be had */
  archive(chart: ExactChart): Promise<Buffer>;
};

/** A chart's files by path from the repository's root, what it depends on included; or what of it is refused. */
export type ReadChart = { files: Map<string, Buffer>; refusals: readonly Refusal[] };

/** @throws UserError if it, or something that it depends on, cannot be had */
export async function readChart(store: ChartStore, chart: ChartInput): Promise<ReadChart> {
  const own = await store.filesOf(chart.home);
  if (own.length > 0) {
    const files = new Map(await store.read(own));
    const { missing, refusals } = missingDependencies(chart.home, files);
    if (refusals.length > 0) return { files: new Map(), refusals };
    for (const [file, content] of await buildDependencies(store, chart, missing)) files.set(file, content);
    return { files, refusals };
  }
  if (!isPublished(chart))
    throw new UserError('E_NO_CHART', say('check.notThereEntryNamesNo', { home: chart.home }), {
      subject: chart.home,
    });
  const archive = await store.archive(chart);
  return { files: under(chart.home, readChartArchive(archive).files), refusals: [] };
}

function under(folder: string, files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].map(([file, content]) => [`${folder}/${file}`, content]));
}

/**
 * What `helm dependency build` would put into the charts/ of a chart from the work tree. The cluster's plugin runs that;
 * kustomize does not, and renders without a word of what is missing.
 */
async function buildDependencies(
  store: ChartStore,
  { home }: ChartInput,
  missing: readonly Dependency[],
): Promise<Map<string, Buffer>> {
  const built = new Map<string, Buffer>();
  for (const dependency of missing) {
    const folder = `${home}/charts/${dependency.name}`;
    const local = dependency.folder;
    if (local !== undefined) {
      const source = await store.read(await store.filesOf(local));
      for (const [file, content] of source) built.set(`${folder}${file.slice(local.length)}`, content);
    } else {
      const archive = await store.archive(requirePublished(home, dependency));
      for (const [file, content] of under(folder, readChartArchive(archive).files)) built.set(file, content);
    }
  }
  return built;
}

/** Locked versions where there is a Chart.lock. */
function missingDependencies(
  home: string,
  files: ReadonlyMap<string, Buffer>,
): { missing: Dependency[]; refusals: Refusal[] } {
  const [listed, locked] = [`${home}/Chart.yaml`, `${home}/Chart.lock`].map(file =>
    chartDependencies(file, files.get(file)),
  );
  const missing = (listed?.dependencies ?? [])
    .filter(({ name }) => ![...files.keys()].some(file => isThere(file.slice(home.length + 1), name)))
    .map(own => locked?.dependencies.find(({ name }) => name === own.name) ?? own);
  return { missing, refusals: [...(listed?.refusals ?? []), ...(locked?.refusals ?? [])] };
}

function isThere(file: string, name: string): boolean {
  return file.startsWith(`charts/${name}/`) || (file.startsWith(`charts/${name}-`) && file.endsWith('.tgz'));
}

function requirePublished(home: string, { name, version, repository }: Dependency): ExactChart {
  if (/^(?:https?|oci):\/\//.test(repository) && isExactVersion(version))
    return { name, version, repo: repository };
  throw new UserError(
    'E_NO_CHART',
    say('check.needs', { home, name, version, repository: repository || 'charts/' }),
    {
      hint: say('check.runHelmDependencyBuildThere'),
      subject: home,
    },
  );
}
