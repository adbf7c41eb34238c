import { parseChart } from '../chart.ts';
import type { AddressOf } from '../address.ts';
import type { ChartVersion } from '../chart-version.ts';
import { display, displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { memoized } from '../../data/memoized.ts';
import { sha256Of } from '../../data/digest.ts';
import { readChartArchive } from '../../archive/chart-archive.ts';
import type { Latest } from '../../system/http/http-cache.ts';
import type { Network } from '../network.ts';
import { type IndexReader, openIndexReader } from './index-reader.ts';
import {
  CHANGES_ANNOTATION,
  IN_REPOSITORY,
  type ChartSource,
  type PulledChart,
  type Warn,
} from './chart-source.ts';
import { type Version, versionsAfter } from '../versions/versions.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

const MIB = 1 << 20;
const MAX_INDEX_BYTES = 64 * MIB;
const MAX_ARCHIVE_BYTES = 20 * MIB;
const FRESH_FOR_MS = 60_000;
/** What a list of versions is noted under; another number for another form of `ChartVersion`. */
const VERSIONS_NOTE = 'versions-1';
/** The same for those after one: hundreds of versions need not be read again to say that three are newer. */
const AFTER_NOTE = 'after-1';

/** And the names of all charts of an index. */
const NAMES_NOTE = 'names-1';

/** A repository with an index.yaml. */
export type HttpSource = ChartSource<AddressOf<'http'>> & {
  index(repo: string): Promise<IndexReader>;
  /** The charts that it lists. */
  names(repo: string): Promise<readonly string[]>;
};

/** Charts of HTTP repositories: the index, fetched once a run, and archives checked against its digests. */
export function openHttpSource(network: Network, warn: Warn): HttpSource {
  const latest = memoized((repo: string) => fetchIndex(network, repo));
  const index = memoized(async (repo: string) =>
    openIndexReader(await (await latest(repo)).read(), displayUrl(indexUrl(repo)), network.signal),
  );
  const { noteOf, known, noted } = openNotes(network, async repo => (await latest(repo)).sha256);
  const read = ({ repo, name }: Place, note: string, after?: Version) =>
    noted(note, async () => (await (await index(repo)).versions(name, after)).versions);
  /** Of hundreds of versions no more is read than what is asked for. */
  const some = async (address: Place, after: Version): Promise<ChartVersion[]> => {
    const note = await noteOf(address, `${AFTER_NOTE} ${after.text}`);
    const all = async () => known<ChartVersion>(await noteOf(address, VERSIONS_NOTE));
    return (
      (await known<ChartVersion>(note)) ??
      (await all().then(list => list && versionsAfter(list, after))) ??
      read(address, note, after)
    );
  };
  return {
    ...IN_REPOSITORY,
    index,
    names: async repo => {
      const note = await noteOf({ repo, name: '' }, NAMES_NOTE);
      return (await known<string>(note)) ?? noted(note, async () => [...(await index(repo)).charts]);
    },
    versions: async (address, after) => {
      if (after !== undefined) return some(address, after);
      const note = await noteOf(address, VERSIONS_NOTE);
      return (await known<ChartVersion>(note)) ?? read(address, note);
    },
    date: async (_, versions) => versions,
    pull: (address, version) => pull(network, address, version, warn),
    announced: async ({ repo, name }) => announcedIn(await (await index(repo)).annotations(name)),
  };
}

type Place = Pick<AddressOf<'http'>, 'repo' | 'name'>;

/** What was read out of an index, kept by what the index holds. */
function openNotes({ cache }: Network, digestOf: (repo: string) => Promise<string>) {
  return {
    noteOf: async ({ repo, name }: Place, as: string): Promise<string> =>
      `${as} ${await digestOf(repo)} ${name}`,
    known: async <Item>(note: string): Promise<Item[] | undefined> => {
      const text = await cache.readNote(note);
      return text === undefined ? undefined : (JSON.parse(text) as Item[]);
    },
    noted: async <Item>(note: string, make: () => Promise<readonly Item[]>): Promise<Item[]> => {
      const made = [...(await make())];
      await cache.writeNote(note, JSON.stringify(made));
      return made;
    },
  };
}

function announcedIn(annotations: Awaited<ReturnType<IndexReader['annotations']>>): Map<string, string> {
  return new Map(
    [...annotations].flatMap(([version, own]) =>
      own[CHANGES_ANNOTATION] ? [[version, own[CHANGES_ANNOTATION]]] : [],
    ),
  );
}

async function fetchIndex(network: Network, repo: string): Promise<Latest> {
  const url = indexUrl(repo);
  const login = await network.credentials.forRepository(repo, url);
  const request = {
    url,
    ...login,
    limit: MAX_INDEX_BYTES,
    text: true,
    freshForMs: FRESH_FOR_MS,
    totalMs: 300_000,
  };
  return network.cache.fetchLatest(request);
}

async function pull(
  network: Network,
  address: AddressOf<'http'>,
  version: ChartVersion,
  warn: Warn,
): Promise<PulledChart> {
  const archive = await fetchArchive(network, address, version, warn);
  const { files } = readChartArchive(archive);
  const chart = parseChart(files, { name: address.name, version: version.version });
  return { address, version, chart, files, archive, place: { archive }, digest: sha256Of(archive) };
}

/** From the cache by digest, else downloaded; wrong bytes are fetched once more past every cache on the way. */
async function fetchArchive(
  network: Network,
  address: AddressOf<'http'>,
  version: ChartVersion,
  warn: Warn,
): Promise<Buffer> {
  const what = `${display(address.name)} ${display(version.version)}`;
  const expected = version.digest;
  if (expected === undefined) warn(say('charts.noDigestStated', { what }));
  else if (!/^[0-9a-f]{64}$/.test(expected))
    throw new UserError('E_DIGEST', say('charts.noSha256Digest', { what, expected: display(expected) }));
  const stored = expected === undefined ? undefined : await network.cache.readBlob(expected);
  if (stored) return stored;
  for (const headers of [{}, { 'cache-control': 'no-cache' }]) {
    const body = await download(network, address, version, headers);
    if (expected !== undefined && sha256Of(body) !== expected) continue;
    await network.cache.writeBlob(body);
    return body;
  }
  throw new UserError('E_DIGEST', say('charts.archiveNotOneIndexLists', { what }), {
    hint: say('charts.doNotUseDamagedExchanged'),
    subject: address.name,
  });
}

async function download(
  network: Network,
  address: AddressOf<'http'>,
  version: ChartVersion,
  headers: Record<string, string>,
): Promise<Buffer> {
  const { repo } = address;
  const url = resolveChartUrl(repo, version.urls[0]);
  if (url.startsWith('oci:')) return downloadFromRegistry(network, url);
  const login = await network.credentials.forRepository(repo, url);
  const request = {
    url,
    ...login,
    headers,
    limit: MAX_ARCHIVE_BYTES,
    encoding: 'identity' as const,
    linkedFrom: indexUrl(repo),
  };
  return (await network.http.get(request)).body;
}

/** An index may list archives that are in a registry: `oci://host/path/chart:tag`. */
async function downloadFromRegistry(network: Network, url: string): Promise<Buffer> {
  const colon = url.lastIndexOf(':');
  const reference = url.slice(0, colon);
  const manifest = await network.registries.fetchManifest(reference, url.slice(colon + 1));
  return network.registries.fetchBlob(reference, manifest.chartLayer);
}

const SCHEMES = new Set(['http:', 'https:', 'oci:']);

/** The address of a repository's index: one slash, `index.yaml`, and the repository's query kept. */
export function indexUrl(repositoryUrl: string): string {
  return relative(repositoryUrl.replace(/(?<!\/)\/+(?=$|\?)/, ''), 'index.yaml').href;
}

/**
 * The address of a chart archive, as Helm resolves `urls[0]` of an index entry: an absolute one as it is, another one
 * against the repository's address with a slash at its end, keeping that one's query.
 * @throws UserError E_NO_URL for none, for an unusable one, and for schemes other than http, https and oci.
 */
export function resolveChartUrl(repositoryUrl: string, url: string | undefined): string {
  if (url === undefined || url === '') throw noUrl(say('charts.indexGivesNoAddress'));
  if (/[\u0000-\u001f\u007f\\]/.test(url)) throw noUrl(say('charts.addressHasBadCharacters'));
  const resolved = /^[a-z][a-z0-9+.-]*:/i.test(url) ? absolute(url) : relative(repositoryUrl, url);
  if (!SCHEMES.has(resolved.protocol) || resolved.host === '')
    throw noUrl(say('charts.addressNotHttpOrOci', { url: displayUrl(url) }));
  return resolved.href;
}

function absolute(url: string): URL {
  if (!/^[^:]+:\/\//.test(url) || !URL.canParse(url)) throw noUrl(say('charts.addressUnreadable'));
  return new URL(url);
}

function relative(repositoryUrl: string, url: string): URL {
  const repository = new URL(repositoryUrl);
  const base = new URL(repository);
  base.pathname = base.pathname.replace(/\/?$/, '/');
  if (!URL.canParse(url, base.href)) throw noUrl(say('charts.addressUnreadable'));
  const resolved = new URL(url, base);
  if (resolved.pathname.endsWith('/'))
    throw noUrl(say('charts.addressNamesNoFile', { url: displayUrl(url) }));
  resolved.search = repository.search;
  resolved.hash = '';
  return resolved;
}

function noUrl(problem: Text): UserError {
  return new UserError('E_NO_URL', say('charts.chartCannotFetched', { problem }), {
    hint: say('charts.chooseAnotherVersionTellPublisher'),
  });
}
