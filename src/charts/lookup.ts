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
import type { Version } from './versions/versions.ts';
import type { Network } from './network.ts';
import type { HttpCache } from '../system/http/http-cache.ts';
import { isChartName } from '../repository/names.ts';
import { nearest } from '../text/nearest.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** Search results shown; each costs reading its part of an index. */
const MAX_FOUND = 15;

export type FoundCharts = {
  charts: FoundChart[];
  /** What could not be looked into, each with why. */
  unseen: Text[];
  /** The name that was probably meant, whose charts these are: none has the term in its name. */
  near?: string;
};

/** Of one repository, all but the largest ones whole. */
const MAX_LISTED = 200;

export type Chosen = Extract<VersionChoice<ChartVersion>, { status: 'chosen' }>;

/** Looking charts up, wherever they are. */
export type Charts = {
  /** What is particular to the place that a chart comes from. */
  sourceOf(address: ChartAddress): Pick<ChartSource, 'isLocal' | 'label' | 'repeatFlags'>;
  /** What `--chart` and `--repo` mean. */
  parse(chart: string, repo: string | undefined): ChartRequest;
  /**
   * Charts whose name contains the term, in the repositories in use and on Artifact Hub; or in one HTTP repository, whether
   * it is in use or not, which throws what keeps it from being read.
   */
  search(term: string, repo?: string): Promise<FoundCharts>;
  /** Where a chart of exactly this name is, among the repositories in use, and which of these could not tell. */
  find(name: string): Promise<FoundPlaces>;
  /** All, or what is needed to judge the one that they come `after`. */
  versions(address: ChartAddress, after?: Version): Promise<ChartVersion[]>;
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
  /** The name that was probably meant, where there is none like it. */
  near: string | undefined;
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
  const lookup: Lookup = { options, http, hub: openArtifactHub(options), told: new Set() };
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
    search: (term, repo) => search(lookup, term, repo),
    find: name => find(lookup, name),
    versions: async (address, after) => {
      const source = sourceOf(address);
      return source.date(address, await source.versions(address, after));
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

type Lookup = {
  options: ChartsOptions;
  http: HttpSource;
  hub: (term: string) => Promise<FoundCharts>;
  /** Failures that were told: one that stays is told once a run. */
  told: Set<string>;
};

async function search(lookup: Lookup, term: string, repo: string | undefined): Promise<FoundCharts> {
  const wanted = term.trim().toLowerCase();
  const { options, http } = lookup;
  const repos = repo === undefined ? httpRepositories(options) : [repo];
  const { items, unseen } = await eachIndex(http, repos, (index, at) =>
    index.charts.filter(name => name.includes(wanted)).map(name => ({ name, repo: at, index })),
  );
  if (repo !== undefined && unseen[0]) throw unseen[0];
  const ranked = items.toSorted((a, b) => rank(a.name, wanted) - rank(b.name, wanted));
  const charts = await Promise.all(
    ranked
      .slice(0, repo === undefined ? MAX_FOUND : MAX_LISTED)
      .map(async ({ index, ...chart }) => ({ ...chart, ...(await describe(index, chart.name)) })),
  );
  const hub = repo === undefined ? await lookup.hub(wanted) : NOTHING;
  const known = new Set(charts.map(chart => `${chart.repo} ${chart.name}`));
  const more = hub.charts.filter(chart => !known.has(`${chart.repo} ${chart.name}`));
  const result = {
    charts: [...charts, ...more],
    unseen: [...unseen.map(({ texts }) => texts.message), ...hub.unseen],
  };
  const near = result.charts.length > 0 ? undefined : await nearestChart(http, repos, wanted);
  return near === undefined ? result : { ...(await search(lookup, near, repo)), near };
}

/** Of fewer letters than this a name is not typed yet. */
const LEAST_TYPED = 3;

/** A known name near a mistyped one: each index was read for the search already. */
async function nearestChart(
  http: HttpSource,
  repos: readonly string[],
  term: string,
): Promise<string | undefined> {
  if (term.length < LEAST_TYPED) return undefined;
  const { items } = await eachIndex(http, repos, index => index.charts.slice(0, MAX_COMPARED));
  return nearest(term, [...new Set(items)].filter(isChartName).slice(0, MAX_COMPARED));
}

const NOTHING: FoundCharts = { charts: [], unseen: [] };

type Described = Pick<FoundChart, 'version' | 'description'>;

/** The newest version's number and description; nothing of an entry that cannot be read, which is told when it is chosen. */
async function describe(index: IndexReader, name: string): Promise<Described> {
  try {
    const [newest] = (await index.versions(name)).versions;
    if (!newest) return {};
    const { version } = newest;
    return { version, ...omitUndefined({ description: await index.description(name, version) }) };
  } catch (error) {
    requireFailure(error);
    return {};
  }
}

/** The whole name first, then names that begin with the term, then the others; short ones before long ones. */
function rank(name: string, term: string): number {
  if (name === term) return 0;
  return (name.startsWith(term) ? 100 : 200) + name.length;
}

/** Names that a mistyped one is compared with: an index may list any many. */
const MAX_COMPARED = 20_000;

async function find({ options, http, told }: Lookup, name: string): Promise<FoundPlaces> {
  const { items, unseen } = await eachIndex(http, httpRepositories(options), (index, repo) => [
    { repo, names: index.charts },
  ]);
  const found = items.filter(({ names }) => names.includes(name)).map(({ repo }) => inRepository(name, repo));
  for (const { texts } of unseen.filter(({ message }) => !told.has(message))) {
    told.add(texts.message.en);
    options.warn(texts.message);
  }
  const registries = options.repositories.map(({ url }) => url).filter(url => url.startsWith('oci://'));
  const known = [...new Set(items.flatMap(({ names }) => names))].filter(isChartName).slice(0, MAX_COMPARED);
  const near = found.length > 0 ? undefined : nearest(name, known);
  return { found, unanswered: unseen, registries: [...new Set(registries)], near };
}

function httpRepositories({ repositories }: ChartsOptions): string[] {
  const urls = repositories.map(({ url }) => url).filter(url => inRepository('', url).kind === 'http');
  return [...new Set(urls)];
}

/** Asks all HTTP repositories at once, each once a run; one that does not answer stops no other. */
async function eachIndex<Item>(
  http: HttpSource,
  repos: readonly string[],
  read: (index: IndexReader, repo: string) => Item[],
): Promise<{ items: Item[]; unseen: UserError[] }> {
  const results = await Promise.all(
    repos.map(async repo => {
      try {
        return read(await http.index(repo), repo);
      } catch (error) {
        return requireFailure(error);
      }
    }),
  );
  return {
    items: results.flatMap(result => (result instanceof UserError ? [] : result)),
    unseen: results.flatMap(result => (result instanceof UserError ? [result] : [])),
  };
}

/** A failure of what was asked. @throws what is none: a bug, or the end of the run */
function requireFailure(error: unknown): UserError {
  if (error instanceof UserError && error.code !== 'E_CANCELLED') return error;
  throw error;
}

/** Asks Artifact Hub, unless it is left out; once it failed, it is not asked again in this run. */
function openArtifactHub({ artifactHub, network }: ChartsOptions): Lookup['hub'] {
  let failure: UserError | undefined;
  return async term => {
    if (!artifactHub || network.http.offline || term.length < 3) return NOTHING;
    try {
      if (failure === undefined) return { charts: await searchArtifactHub(network.cache, term), unseen: [] };
    } catch (error) {
      failure = requireFailure(error);
    }
    return { charts: [], unseen: [failure.texts.message] };
  };
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
