import { posix } from 'node:path';
import { readChartArchive } from '../../archive/chart-archive.ts';
import { type DataMap, isDataMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { helmValues } from '../../yaml/helm-values.ts';
import { type ChartDependency, readMetadata } from '../chart.ts';
import { valuesKeyOf } from '../template-reads.ts';

type Files = ReadonlyMap<string, Buffer>;

/** A chart with the charts in it, as far as their values and schemas go. */
export type ChartNode = {
  /** Its folder from the outermost chart, `charts/redis/`; empty for that one. */
  folder: string;
  schema: Buffer | undefined;
  defaults: DataMap;
  inside: readonly InnerChart[];
};

/** A chart inside of another, under one of its names there. */
export type InnerChart = { key: string; dependency: ChartDependency | undefined; chart: ChartNode };

const MAX_NESTING = 8;
const MAX_CHARTS = 100;
const MAX_UNPACKED_BYTES = 200 << 20;

type Reading = { charts: number; bytes: number };

/** Whether a chart may hold a schema of values, its own or one of the charts in it. */
export function mayHoldSchema(files: ReadonlyMap<string, unknown>): boolean {
  return [...files.keys()].some(file => /(?:^|\/)values\.schema\.json$|^charts\/[^/]+\.tgz$/.test(file));
}

/**
 * The chart and those in its `charts/`, folders and archives.
 * @throws UserError for a chart in it that cannot be read, E_ARCHIVE_LIMIT for too many
 */
export function chartTree(files: Files): ChartNode {
  return readNode(files, { folder: '', reading: { charts: 0, bytes: 0 }, nesting: 0 });
}

type At = { folder: string; reading: Reading; nesting: number };

function readNode(files: Files, at: At): ChartNode {
  const { folder, reading, nesting } = at;
  if (++reading.charts > MAX_CHARTS || nesting > MAX_NESTING || reading.bytes > MAX_UNPACKED_BYTES)
    throw new UserError('E_ARCHIVE_LIMIT', say('system.archivesWithinArchivesWithoutEnd', { place: folder }));
  const { dependencies } = readMetadata(files);
  const inside = [...foldersOf(files, at)].flatMap(([name, own]) => {
    const chart = readNode(own, { folder: `${folder}charts/${name}/`, reading, nesting: nesting + 1 });
    const called = readMetadata(own).name;
    const named = dependencies.filter(dependency => dependency.name === called);
    const one = (dependency?: ChartDependency): InnerChart => ({
      key: dependency ? valuesKeyOf(dependency) : called,
      dependency,
      chart,
    });
    return named.length > 0 ? named.map(one) : [one()];
  });
  return {
    folder,
    schema: files.get('values.schema.json'),
    defaults: defaultsIn(files, folder),
    inside,
  };
}

/** Helm passes over what begins with a dot or an underscore. */
function foldersOf(files: Files, { reading }: At): Map<string, Map<string, Buffer>> {
  const found = new Map<string, Map<string, Buffer>>();
  for (const [file, content] of files) {
    const [, name, rest] = /^charts\/(?![._])([^/]+)(?:\/(.+))?$/.exec(file) ?? [];
    if (name === undefined) continue;
    if (rest !== undefined)
      found.set(name, (found.get(name) ?? new Map<string, Buffer>()).set(rest, content));
    else if (posix.extname(name) === '.tgz') found.set(name, unpacked(content, reading));
  }
  return new Map([...found].filter(([, own]) => own.has('Chart.yaml')));
}

function unpacked(archive: Buffer, reading: Reading): Map<string, Buffer> {
  const { files, unpackedBytes } = readChartArchive(archive);
  reading.bytes += unpackedBytes;
  return new Map(files);
}

function defaultsIn(files: Files, folder: string): DataMap {
  const bytes = files.get('values.yaml');
  const file = `${folder}values.yaml`;
  const data = bytes ? helmValues(decodeUtf8(bytes, file), file) : undefined;
  return isDataMap(data) ? data : {};
}
