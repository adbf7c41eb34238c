import {
  type AddressOf,
  type ChartAddress,
  type ChartRequest,
  inRepository,
  parseChartRequest,
} from './address.ts';
import type { ChartVersion } from './chart-version.ts';
import { omitUndefined, asList, asMap, asText, field } from '../data/fields.ts';
import type { NamedRepository } from '../repository/configuration.ts';
import { candidates, type Candidate, chooseVersion, type VersionChoice } from './versions/version-policy.ts';
import { UserError } from '../errors.ts';
import type { ChartSource, PulledChart, Warn, FoundChart } from './sources/chart-source.ts';
import type { IndexReader } from './sources/index-reader.ts';
import { type HttpSource, openHttpSource } from './sources/http-source.ts';
import { openLocalSource } from './sources/local-source.ts';
import { openOciSource } from './sources/oci-source.ts';
import type { Network } from './network.ts';
import type { HttpCache } from '../system/http/http-cache.ts';
import { say } from '../locales/say.ts';

/** Search results shown; each costs reading its part of an index. */
const MAX_FOUND = 15;

export type Chosen = Extract<VersionChoice<ChartVersion>, { status: 'chosen' }>;

/** Looking charts up, wherever they are. */
export type Charts = {
  /** What is particular to the place that a chart comes from. */
  sourceOf(address: ChartAddress): Pick<ChartSource, 'isLocal' | 'label' | 'repeatFlags'>;
  /** What `--chart` and `--repo` mean. */
  parse(chart: string, repo: string | undefined): ChartRequest;
  /** Charts whose name contains the term, in the repositories in use and on Artifact Hub. */
  search(term: string): Promise<FoundChart[]>;
  /** Where a chart of exactly this name is, among the repositories in use, and which of these could not tell. */
  find(name: string): Promise<FoundPlaces>;
  versions(address: ChartAddress): Promise<ChartVersion[]>;
  /** The version to pin by policy, or the one asked for. */
  choose(address: ChartAddress, versions: ChartVersion[], range: string | undefined): Chosen;
  /** Newest first, with what stands against each; only those newer than `current`, if it is given. */
  candidates(address: ChartAddress, versions: ChartVersion[], current?: string): Candidate<ChartVersion>[];
  pull(address: ChartAddress, version: ChartVersion): Promise<PulledChart>;
  /** What publishers announce with these versions, by version. */
  announced(address: ChartAddress, versions: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

export type FoundPlaces = {
  found: ChartAddress[];
  /** Why repositories did not answer. */
  unanswered: UserError[];
  /** Registries in use: they list no charts. */
  registries: string[];
};

export type ChartsOptions = {
  network: Network;
  /** Repositories in use here: of the apps, the configuration and Helm. The apps' come first. */
  repositories: NamedRepository[];
  artifactHub: boolean;
  minimumAgeDays: number;
  today: Date;
  /** Relative paths of local charts start here. */
  cwd: string;
  warn: Warn;
};

/** Looks charts up in all their sources; nothing is fetched before somebody asks. */
export function openCharts(options: ChartsOptions): Charts {
  const http = openHttpSource(options.network, options.warn);
  const sources = {
    http,
    oci: openOciSource(options.network),
    local: openLocalSource(options.cwd),
  } satisfies { [Kind in ChartAddress['kind']]: ChartSource<AddressOf<Kind>> };
  const sourceOf = (address: ChartAddress): ChartSource => sources[address.kind];
  const policy = (address: ChartAddress, range?: string) => ({
    name: address.name,
    today: options.today,
    minAgeDays: options.minimumAgeDays,
    range,
  });
  return {
    sourceOf,
    parse: (chart, repo) => parseChartRequest(chart, repo, options.repositories),
    search: term => search(options, http, term),
    find: name => find(options, http, name),
    versions: async address => {
      const source = sourceOf(address);
      return source.date(address, await source.versions(address));
    },
    choose: (address, versions, range) => chosen(chooseVersion(versions, policy(address, range))),
    candidates: (address, versions, current) => candidates(versions, { ...policy(address), current }),
    pull: (address, version) => sourceOf(address).pull(address, version),
    announced: (address, versions) => sourceOf(address).announced(address, versions),
  };
}

/** Without a current version there is always a choice, or an error. */
function chosen(choice: VersionChoice<ChartVersion>): Chosen {
  if (choice.status !== 'chosen') throw new Error('no current version, yet it is current');
  return choice;
}

async function search(options: ChartsOptions, http: HttpSource, term: string): Promise<FoundChart[]> {
  const wanted = term.trim().toLowerCase();
  const listed = await eachIndex(options, http, (index, repo) =>
    index.charts.filter(name => name.includes(wanted)).map(name => ({ name, repo, index })),
  );
  const nearest = listed.toSorted((a, b) => rank(a.name, wanted) - rank(b.name, wanted)).slice(0, MAX_FOUND);
  const local = await Promise.all(
    nearest.map(async ({ name, repo, index }) => ({ name, repo, ...(await describe(options, index, name)) })),
  );
  const asksHub = options.artifactHub && !options.network.http.offline && wanted.length >= 3;
  if (!asksHub) return local;
  const known = new Set(local.map(({ name, repo }) => `${repo} ${name}`));
  const remote = await searchArtifactHub(options.network.cache, wanted).catch(error =>
    quietly(options, error),
  );
  return [...local, ...remote.filter(({ name, repo }) => !known.has(`${repo} ${name}`))];
}

type Described = Pick<FoundChart, 'version' | 'description'>;

/** The newest version's number and description. */
async function describe(options: ChartsOptions, index: IndexReader, name: string): Promise<Described> {
  try {
    const [newest] = (await index.versions(name)).versions;
    if (!newest) return {};
    const { version } = newest;
    return { version, ...omitUndefined({ description: await index.description(name, version) }) };
  } catch (error) {
    quietly(options, error);
    return {};
  }
}

/** The whole name first, then names that begin with the term, then the others; short ones before long ones. */
function rank(name: string, term: string): number {
  if (name === term) return 0;
  return (name.startsWith(term) ? 100 : 200) + name.length;
}

async function find(options: ChartsOptions, http: HttpSource, name: string): Promise<FoundPlaces> {
  const unanswered: UserError[] = [];
  const read = (index: IndexReader, repo: string): ChartAddress[] =>
    index.charts.includes(name) ? [inRepository(name, repo)] : [];
  const found = await eachIndex(options, http, read, error => unanswered.push(error));
  const registries = options.repositories.map(({ url }) => url).filter(url => url.startsWith('oci://'));
  return { found, unanswered, registries: [...new Set(registries)] };
}

/** Asks all HTTP repositories at once; one that does not answer costs a warning. */
async function eachIndex<Item>(
  options: ChartsOptions,
  http: HttpSource,
  read: (index: IndexReader, repo: string) => Item[],
  failed: (error: UserError) => void = () => undefined,
): Promise<Item[]> {
  const repos = options.repositories
    .map(({ url }) => url)
    .filter(url => inRepository('', url).kind === 'http');
  const results = await Promise.all(
    [...new Set(repos)].map(repo =>
      http.index(repo).then(
        index => read(index, repo),
        error => {
          if (error instanceof UserError) failed(error);
          return quietly(options, error);
        },
      ),
    ),
  );
  return results.flat();
}

function quietly(options: ChartsOptions, error: unknown): never[] {
  if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
  options.warn(error.texts.message);
  return [];
}

// https://artifacthub.io/docs/api/ ; kind 0 are Helm charts.
const SEARCH = 'https://artifacthub.io/api/v1/packages/search?kind=0&limit=20&ts_query_web=';
const MAX_BYTES = 2 << 20;
const FRESH_FOR_MS = 600_000;

/** Charts that Artifact Hub finds for a term, with the repositories that publish them. */
async function searchArtifactHub(cache: HttpCache, term: string): Promise<FoundChart[]> {
  const url = `${SEARCH}${encodeURIComponent(term)}`;
  const { body } = await cache.fetchCached({
    url,
    limit: MAX_BYTES,
    freshForMs: FRESH_FOR_MS,
    totalMs: 10_000,
  });
  return asList(field(asMap(parseAnswer(body)), 'packages')).flatMap(readPackage);
}

function parseAnswer(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new UserError('E_INDEX', say('charts.artifactHubAnsweredSomethingNo'), { cause: error });
  }
}

function readPackage(item: unknown): FoundChart[] {
  const entry = asMap(item);
  const name = asText(field(entry, 'name'));
  const repo = asText(field(asMap(field(entry, 'repository')), 'url'));
  if (name === undefined || repo === undefined || !/^(?:https|oci):\/\//.test(repo)) return [];
  const version = asText(field(entry, 'version'));
  return [{ name, repo, ...omitUndefined({ version, description: asText(field(entry, 'description')) }) }];
}
