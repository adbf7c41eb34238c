import path from 'node:path';
import { chartDependencies, type Dependency } from '../../../render/gate/chart-dependencies.ts';
import type { ChartInput, Refusal } from '../../../render/gate/refusal.ts';
import type { RepositoryPath } from '../../../repository/repository-path.ts';
import { isExactVersion } from '../../../charts/versions/versions.ts';
import { display } from '../../../text/display.ts';
import { UserError } from '../../../errors.ts';
import { readChartArchive } from '../../../archive/chart-archive.ts';
import { scanFiles } from '../../../system/files/file-states.ts';
import type { Sources } from '../incremental/recorded-inputs.ts';
import { wayTo } from '../incremental/snapshot.ts';
import { say } from '../../../locales/say.ts';

/** A chart in a repository, with its exact version. */
export type PublishedChart = { name: string; repo: string; version: string };

/** Gets a chart's archive, as published. */
export type PullArchive = (chart: PublishedChart) => Promise<Buffer>;

const MAX_FILES = 10_000;
const MAX_BYTES = 100 << 20;

export type ChartFilesContext = {
  sources: Sources;
  root: string;
  /** The digests that the repository has locked, by `chartId`. */
  locked: ReadonlyMap<string, string>;
  pull: PullArchive;
};

/** A published chart in one word. */
export function chartId({ name, repo, version }: PublishedChart): string {
  return `${name} ${repo} ${version}`;
}

/**
 * The files of a chart that lies in the work tree; empty where it does not. A folder without a Chart.yaml is none, so
 * that nothing else is walked through; nor is one behind a link. An error for one that is
 * larger than a chart may be, or cannot be read whole.
 */
function filesOnDisk(
  { root, sources }: Pick<ChartFilesContext, 'root' | 'sources'>,
  home: RepositoryPath,
): string[] | UserError {
  const { disk } = sources;
  if (wayTo(home).some(folder => disk.kindOf(folder) !== 'folder')) return [];
  if (disk.kindOf(`${home}/Chart.yaml`) !== 'file') return [];
  const look = { enter: () => true, known: () => undefined, most: MAX_FILES };
  const { files, problems } = scanFiles(path.join(root, home), look);
  for (const problem of problems.values()) return problem;
  let bytes = 0;
  for (const { state } of files.values()) bytes += state.size;
  if (files.size > MAX_FILES || bytes > MAX_BYTES) return tooLarge(home);
  return [...files].filter(([, { kind }]) => kind === 'file').map(([file]) => `${home}/${file}`);
}

/** What tells whether a chart is still the one that was rendered. */
export async function chartKey(context: ChartFilesContext, chart: ChartInput): Promise<string> {
  const own = filesOnDisk(context, chart.home);
  if (own instanceof UserError) return own.message;
  if (own.length === 0)
    return `pulled ${chart.name} ${chart.repo} ${chart.version} ${digestOf(context, chart)}`;
  const named = [`${chart.home}/Chart.yaml`, `${chart.home}/Chart.lock`];
  const contents = await context.sources.disk.read(own.filter(file => named.includes(file)));
  const beside = named
    .flatMap(file => chartDependencies(file, contents.get(file)).dependencies)
    .flatMap(({ folder }) => (folder === undefined ? [] : [filesOnDisk(context, folder)]))
    .flatMap(found => (found instanceof UserError ? [] : found));
  const files = [...own, ...beside].toSorted();
  const ids = await context.sources.disk.idsOf(files);
  return files.map(file => `${file} ${ids.get(file) ?? ''}`).join('\n');
}

/** @throws UserError */
function requireFiles(files: string[] | UserError): string[] {
  if (files instanceof UserError) throw files;
  return files;
}

function tooLarge(home: string): UserError {
  const text = say('system.largerThanChartMayFiles', {
    root: display(home),
    max_files: MAX_FILES,
    max_bytes: MAX_BYTES,
  });
  return new UserError('E_LIMIT', text, { subject: home });
}

function digestOf({ locked }: ChartFilesContext, chart: ChartInput): string {
  return isPublished(chart) ? (locked.get(chartId(chart)) ?? '') : '';
}

function isPublished(chart: ChartInput): chart is ChartInput & PublishedChart {
  return chart.repo !== undefined && chart.version !== undefined;
}

/** A chart's files by path from the repository's root, what it depends on included; or what of it is refused. */
export type ReadChart = { files: Map<string, Buffer>; refusals: readonly Refusal[] };

/** @throws UserError if it, or something that it depends on, cannot be had */
export async function readChart(context: ChartFilesContext, chart: ChartInput): Promise<ReadChart> {
  const own = requireFiles(filesOnDisk(context, chart.home));
  if (own.length > 0) {
    const files = new Map(await context.sources.disk.read(own));
    const { missing, refusals } = missingDependencies(chart.home, files);
    if (refusals.length > 0) return { files: new Map(), refusals };
    for (const [file, content] of await buildDependencies(context, chart, missing)) files.set(file, content);
    return { files, refusals };
  }
  if (!isPublished(chart))
    throw new UserError('E_NO_CHART', say('check.notThereEntryNamesNo', { home: chart.home }), {
      subject: chart.home,
    });
  const archive = await archiveOf(context, chart);
  return { files: under(chart.home, readChartArchive(archive).files), refusals: [] };
}

/** From the cache by the digest in the lock, else from its repository. */
async function archiveOf(
  { sources, locked, pull }: ChartFilesContext,
  chart: PublishedChart,
): Promise<Buffer> {
  const digest = locked.get(chartId(chart));
  const stored = digest === undefined ? undefined : await sources.blobs.read(digest);
  return stored?.state === 'found' ? stored.bytes : pull(chart);
}

function under(folder: string, files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].map(([file, content]) => [`${folder}/${file}`, content]));
}

/**
 * What `helm dependency build` would put into the charts/ of a chart from the work tree. The cluster's plugin runs that;
 * kustomize does not, and renders without a word of what is missing.
 */
async function buildDependencies(
  context: ChartFilesContext,
  { home }: ChartInput,
  missing: readonly Dependency[],
): Promise<Map<string, Buffer>> {
  const built = new Map<string, Buffer>();
  for (const dependency of missing) {
    const folder = `${home}/charts/${dependency.name}`;
    const local = dependency.folder;
    if (local !== undefined) {
      const source = await context.sources.disk.read(requireFiles(filesOnDisk(context, local)));
      for (const [file, content] of source) built.set(`${folder}${file.slice(local.length)}`, content);
    } else {
      const archive = await archiveOf(context, requirePublished(home, dependency));
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

function requirePublished(home: string, { name, version, repository }: Dependency): PublishedChart {
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
