import path from 'node:path';
import type { ChartStore } from '../../../render/chart-inputs.ts';
import { isPublished, type ExactChart, type ChartInput } from '../../../render/gate/refusal.ts';
import { chartDependencies } from '../../../render/gate/chart-dependencies.ts';
import type { RepositoryPath } from '../../../repository/repository-path.ts';
import { display } from '../../../text/display.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { scanFiles } from '../../../system/files/file-states.ts';
import type { CheckSources } from '../incremental/recorded-inputs.ts';
import { wayTo } from '../incremental/snapshot.ts';

/** Gets a chart's archive, as published. */
export type PullArchive = (chart: ExactChart) => Promise<Buffer>;

const MAX_FILES = 10_000;
const MAX_BYTES = 100 << 20;

export type ChartFilesContext = {
  sources: CheckSources;
  root: string;
  /** The digests that the repository has locked, by `chartId`. */
  locked: ReadonlyMap<string, string>;
  pull: PullArchive;
};

/** A published chart in one word. */
export function chartId({ name, repo, version }: ExactChart): string {
  return `${name} ${repo} ${version}`;
}

/**
 * The files of a chart that lies in the work tree; empty where it does not. A folder without a Chart.yaml is none, so
 * that nothing else is walked through; nor is one behind a link. An error for one that is
 * larger than a chart may be, or cannot be read whole.
 */
async function filesOnDisk(
  { root, sources }: Pick<ChartFilesContext, 'root' | 'sources'>,
  home: RepositoryPath,
): Promise<string[] | UserError> {
  const { disk } = sources;
  if (wayTo(home).some(folder => disk.kindOf(folder) !== 'folder')) return [];
  if (disk.kindOf(`${home}/Chart.yaml`) !== 'file') return [];
  const look = { enter: () => true, most: MAX_FILES };
  const { files, problems } = await scanFiles(path.join(root, home), look);
  for (const problem of problems.values()) return problem;
  let bytes = 0;
  for (const state of files.states.values()) bytes += state?.size ?? 0;
  if (files.words.size > MAX_FILES || bytes > MAX_BYTES) return tooLarge(home);
  return [...files.words].filter(([, kind]) => kind === 'file').map(([file]) => `${home}/${file}`);
}

/** What tells whether a chart is still the one that was rendered. */
export async function chartKey(context: ChartFilesContext, chart: ChartInput): Promise<string> {
  const own = await filesOnDisk(context, chart.home);
  if (own instanceof UserError) return own.message;
  if (own.length === 0)
    return `pulled ${chart.name} ${chart.repo} ${chart.version} ${digestOf(context, chart)}`;
  const named = [`${chart.home}/Chart.yaml`, `${chart.home}/Chart.lock`];
  const contents = await context.sources.disk.read(own.filter(file => named.includes(file)));
  const beside = named
    .flatMap(file => chartDependencies(file, contents.get(file)).dependencies)
    .flatMap(({ folder }) => (folder === undefined ? [] : [filesOnDisk(context, folder)]));
  const found = (await Promise.all(beside)).flatMap(each => (each instanceof UserError ? [] : each));
  const files = [...own, ...found].toSorted();
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

/** What a build takes charts from: the work tree, the cache by the digest in the lock, else their repository. */
export function checkChartStore(context: ChartFilesContext): ChartStore {
  const { sources, locked, pull } = context;
  return {
    filesOf: async home => requireFiles(await filesOnDisk(context, home)),
    read: files => sources.disk.read([...files]),
    async archive(chart) {
      const digest = locked.get(chartId(chart));
      const stored = digest === undefined ? undefined : await sources.blobs.read(digest);
      return stored?.state === 'found' ? stored.bytes : pull(chart);
    },
  };
}
