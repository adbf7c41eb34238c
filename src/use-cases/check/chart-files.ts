import path from 'node:path';
import { readLocated } from '../../domain/located-yaml.ts';
import { recordsAt, stringOf } from '../../domain/manifest.ts';
import { isExactVersion } from '../../domain/versions.ts';
import { UserError } from '../../errors.ts';
import { readChartArchive } from '../../io/chart-archive.ts';
import { scanFiles } from '../../io/file-states.ts';
import type { Sources } from './asked.ts';
import type { ChartInput } from './build-inputs.ts';

/** A chart in a repository, with its exact version. */
export type PublishedChart = { name: string; repo: string; version: string };

/** Gets a chart's archive, as published. */
export type PullArchive = (chart: PublishedChart) => Promise<Buffer>;

export type ChartFilesContext = {
  sources: Sources;
  root: string;
  /** The digests that the repository has locked, by `chartId`. */
  locked: ReadonlyMap<string, string>;
  pull: PullArchive;
};

export function chartId({ name, repo, version }: PublishedChart): string {
  return `${name} ${repo} ${version}`;
}

/** The files of a chart that lies in the work tree; empty where it does not. */
function filesOnDisk({ root }: Pick<ChartFilesContext, 'root'>, home: string): string[] {
  const { files } = scanFiles(path.join(root, home), { enter: () => true, known: () => undefined });
  return [...files].filter(([, { kind }]) => kind === 'file').map(([file]) => `${home}/${file}`);
}

/** What tells whether a chart is still the one that was rendered. */
export async function chartKey(context: ChartFilesContext, chart: ChartInput): Promise<string> {
  const own = filesOnDisk(context, chart.home);
  if (own.length === 0)
    return `pulled ${chart.name} ${chart.repo} ${chart.version} ${digestOf(context, chart)}`;
  const beside = (await localDependencies(context, chart, own)).flatMap(folder =>
    filesOnDisk(context, folder),
  );
  const files = [...own, ...beside].toSorted();
  const ids = await context.sources.disk.idsOf(files);
  return files.map(file => `${file} ${ids.get(file) ?? ''}`).join('\n');
}

function digestOf({ locked }: ChartFilesContext, chart: ChartInput): string {
  return isPublished(chart) ? (locked.get(chartId(chart)) ?? '') : '';
}

function isPublished(chart: ChartInput): chart is ChartInput & PublishedChart {
  return chart.repo !== undefined && chart.version !== undefined;
}

/**
 * A chart's files by path from the repository's root, what it depends on included.
 * @throws UserError if it, or something that it depends on, cannot be had
 */
export async function readChart(context: ChartFilesContext, chart: ChartInput): Promise<Map<string, Buffer>> {
  const own = filesOnDisk(context, chart.home);
  if (own.length > 0) {
    const files = new Map(await context.sources.disk.read(own));
    for (const [file, content] of await buildDependencies(context, chart, files)) files.set(file, content);
    return files;
  }
  if (!isPublished(chart))
    throw new UserError('E_NO_CHART', `${chart.home} is not there, and the entry names no repo and version`, {
      subject: chart.home,
    });
  const archive = await archiveOf(context, chart);
  return under(chart.home, readChartArchive(archive).files);
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

type Dependency = { name: string; version: string; repository: string };

/**
 * What `helm dependency build` would put into the charts/ of a chart from the work tree. The cluster's plugin runs that;
 * kustomize does not, and renders without a word of what is missing.
 */
async function buildDependencies(
  context: ChartFilesContext,
  { home }: ChartInput,
  files: ReadonlyMap<string, Buffer>,
): Promise<Map<string, Buffer>> {
  const built = new Map<string, Buffer>();
  for (const dependency of missingDependencies(home, files)) {
    const folder = `${home}/charts/${dependency.name}`;
    const local = localFolder(home, dependency.repository);
    if (local !== undefined) {
      const source = await context.sources.disk.read(filesOnDisk(context, local));
      for (const [file, content] of source) built.set(`${folder}${file.slice(local.length)}`, content);
    } else {
      const archive = await archiveOf(context, requirePublished(home, dependency));
      for (const [file, content] of under(folder, readChartArchive(archive).files)) built.set(file, content);
    }
  }
  return built;
}

/** Locked versions where there is a Chart.lock. */
function missingDependencies(home: string, files: ReadonlyMap<string, Buffer>): Dependency[] {
  const listed = dependenciesIn(files.get(`${home}/Chart.yaml`));
  const locked = dependenciesIn(files.get(`${home}/Chart.lock`));
  return listed
    .filter(({ name }) => ![...files.keys()].some(file => isThere(file.slice(home.length + 1), name)))
    .map(own => locked.find(({ name }) => name === own.name) ?? own);
}

function isThere(file: string, name: string): boolean {
  return file.startsWith(`charts/${name}/`) || (file.startsWith(`charts/${name}-`) && file.endsWith('.tgz'));
}

function dependenciesIn(content: Buffer | undefined): Dependency[] {
  const result = content ? readLocated(content.toString('utf8')) : undefined;
  if (result?.status !== 'read') return [];
  return recordsAt(result.yaml.documents[0], ['dependencies']).map(entry => ({
    name: stringOf(entry['name']) ?? '',
    version: stringOf(entry['version']) ?? '',
    repository: stringOf(entry['repository']) ?? '',
  }));
}

/** Of `file://../library`, from the chart's folder; undefined for what is no folder of the repository. */
function localFolder(home: string, repository: string): string | undefined {
  if (!repository.startsWith('file://')) return undefined;
  const folder = path.posix.join(home, repository.slice('file://'.length));
  return folder.startsWith('..') ? undefined : folder;
}

async function localDependencies(
  { sources }: ChartFilesContext,
  { home }: ChartInput,
  own: readonly string[],
): Promise<string[]> {
  const manifest = own.filter(file => file === `${home}/Chart.yaml`);
  const content = (await sources.disk.read(manifest)).get(`${home}/Chart.yaml`);
  return dependenciesIn(content).flatMap(({ repository }) => localFolder(home, repository) ?? []);
}

function requirePublished(home: string, { name, version, repository }: Dependency): PublishedChart {
  if (/^(?:https?|oci):\/\//.test(repository) && isExactVersion(version))
    return { name, version, repo: repository };
  throw new UserError('E_NO_CHART', `${home} needs ${name} ${version} of ${repository || 'charts/'}`, {
    hint: 'Run helm dependency build there and commit Chart.lock.',
    subject: home,
  });
}
