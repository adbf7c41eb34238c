import { type ChartAddress, inRepository, parseChartRequest } from '../../charts/address.ts';
import type { ChartVersion } from '../../charts/chart-version.ts';
import { repositoriesInUse } from '../../charts/repositories-in-use.ts';
import { openHttpSource } from '../../charts/sources/http-source.ts';
import { openOciSource } from '../../charts/sources/oci-source.ts';
import { parseVersion, versionsAfter } from '../../charts/versions/versions.ts';
import type { Completion, VersionsAsked } from '../../cli/completions.ts';
import type { Session } from '../../cli/context.ts';
import { openNetworkFor } from '../../cli/open-network.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import type { NamedRepository } from '../../repository/configuration.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { untranslated } from '../../text/language.ts';

/** Charts as far as the cache knows them. What it does not know is left out, and nothing is said. */
export type KnownCharts = {
  /** Those in use, and those of the repositories in use. */
  names(): Promise<string[]>;
  /** Newest first; of apps those that are newer than what they have. */
  versions(asked: VersionsAsked): Promise<Completion[]>;
};

type Known = {
  uses: readonly ChartUse[];
  repositories: readonly NamedRepository[];
  http: ReturnType<typeof openHttpSource>;
  oci: ReturnType<typeof openOciSource>;
};

const NOTHING: KnownCharts = { names: async () => [], versions: async () => [] };

/** Looks into the cache alone; no network is asked, whatever the flags of the line are. */
export async function openKnownCharts(
  session: Session,
  gitops: GitopsRepository | undefined,
): Promise<KnownCharts> {
  if (!gitops) return NOTHING;
  try {
    const network = await openNetworkFor({ ...session, offline: true }, gitops);
    const uses = findUses(gitops.repository);
    const known = {
      uses,
      repositories: repositoriesInUse({ ...gitops, uses }, network.credentials.repositories),
      http: openHttpSource(network, () => {}),
      oci: openOciSource(network),
    };
    return { names: () => namesOf(known), versions: asked => versionsOf(known, asked) };
  } catch {
    return NOTHING;
  }
}

async function namesOf({ uses, repositories, http }: Known): Promise<string[]> {
  const inIndexes = await Promise.all(
    repositories
      .filter(({ url }) => inRepository('', url).kind === 'http')
      .map(({ url }) => namesIn(http, url)),
  );
  return [...new Set([...uses.map(({ name }) => name), ...inIndexes.flat()])]
    .filter(name => name !== '')
    .toSorted();
}

function namesIn(http: Known['http'], url: string): Promise<readonly string[]> {
  return http.names(url).catch(() => []);
}

async function versionsOf(known: Known, asked: VersionsAsked): Promise<Completion[]> {
  try {
    const wanted =
      asked.chart === undefined ? ofApps(known, asked.words) : await ofChart(known, asked.chart, asked.repo);
    const found = await Promise.all(wanted.map(each => listed(known, each)));
    const words = found.flat().filter(({ removed }) => !removed);
    return [...new Map(words.map(({ version, created }) => [version, created]))].map(([word, created]) => ({
      word,
      ...(created === undefined ? {} : { help: untranslated(created.slice(0, 10)) }),
    }));
  } catch {
    return [];
  }
}

/** A chart, and the version that is to be left behind. */
type Wanted = { address: ChartAddress; current?: string };

async function listed({ http, oci }: Known, { address, current }: Wanted): Promise<ChartVersion[]> {
  if (address.kind === 'local') return [];
  const all = address.kind === 'oci' ? oci.versions(address) : http.versions(address);
  const after = current === undefined ? undefined : parseVersion(current);
  return all.then(
    versions => (after ? versionsAfter(versions, after) : versions),
    () => [],
  );
}

function ofApps({ uses }: Known, words: readonly string[]): Wanted[] {
  return uses.flatMap(({ app, name, source, version }) => {
    if (source === undefined || !(words.includes(app.name) || words.includes(app.path))) return [];
    const current = version.kind === 'exact' ? { current: version.text } : {};
    return [{ address: inRepository(name, source), ...current }];
  });
}

/** An address as it is; a bare name wherever it is known. */
async function ofChart(known: Known, chart: string, repo: string | undefined): Promise<Wanted[]> {
  const request = parseChartRequest(chart, repo, known.repositories);
  if (request.status === 'address') return [{ address: request.address }];
  const places = await Promise.all(
    known.repositories.map(async ({ url }) => {
      const address = inRepository(chart, url);
      const isUsed = known.uses.some(({ name, source }) => name === chart && source === url);
      if (address.kind !== 'http') return isUsed ? [{ address }] : [];
      const names = await namesIn(known.http, url);
      return names.includes(chart) ? [{ address }] : [];
    }),
  );
  return places.flat();
}
