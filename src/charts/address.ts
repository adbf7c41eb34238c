import { UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import type { NamedRepository } from '../repository/configuration.ts';
import { requireRepositoryUrl } from '../repository/repository-url.ts';
import { say } from '../locales/say.ts';

/** Kinds of repositories, by how their URLs begin. Each has its source in `sources/`. */
const REPOSITORIES = { http: /^https?:\/\//, oci: /^oci:\/\// } as const;

type RepositoryKind = keyof typeof REPOSITORIES;
type InRepository = { [Kind in RepositoryKind]: { kind: Kind; repo: string; name: string } }[RepositoryKind];

/** Where a chart comes from: a repository, or a folder of this machine. */
export type ChartAddress = InRepository | { kind: 'local'; repo: undefined; folder: string; name: string };

/** The addresses of one kind of source. */
export type AddressOf<Kind extends ChartAddress['kind']> = Extract<ChartAddress, { kind: Kind }>;

/** What a person gave as `--chart` and `--repo`: an address, or a bare name that is still to be found. */
export type ChartRequest = { status: 'address'; address: ChartAddress } | { status: 'name'; name: string };

/**
 * Reads `grafana`, `grafana/loki` (alias of a known repository), `oci://host/path/chart`, `./path` or `charts/name`,
 * with or without a repository (URL or alias).
 * @throws UserError E_VALUE for an unknown alias or a URL that is none
 */
export function parseChartRequest(
  chart: string,
  repo: string | undefined,
  known: readonly NamedRepository[],
): ChartRequest {
  if (chart.startsWith('oci://')) return address(splitOci(chart));
  if (repo !== undefined) return address(inRepository(chart, repositoryUrl(repo, known)));
  if (/^(?:\.{0,2}\/|charts\/)/.test(chart)) return address(inFolder(chart));
  const [alias = '', name, ...more] = chart.split('/');
  if (name === undefined) return { status: 'name', name: chart };
  if (more.length > 0) throw badChart(chart);
  return address(inRepository(name, repositoryUrl(alias, known)));
}

function address(found: ChartAddress): ChartRequest {
  return { status: 'address', address: found };
}

function splitOci(reference: string): ChartAddress {
  const trimmed = reference.replace(/(?<!\/)\/+$/, '');
  const name = lastPart(trimmed);
  requireNoTag(reference, name);
  const repo = trimmed.slice(0, -name.length - 1);
  if (!/^oci:\/\/[^/]+/.test(repo)) throw badChart(reference);
  return { kind: 'oci', repo, name };
}

/** The version of a chart is a question of its own. @throws UserError E_VALUE */
function requireNoTag(reference: string, name: string): void {
  const [, chart, mark, version] = /^([^:@]+)([:@])(.+)$/.exec(name) ?? [];
  if (chart === undefined || version === undefined || reference === `oci://${name}`) return;
  const bare = display(reference.slice(0, reference.lastIndexOf(name)) + chart);
  throw new UserError('E_VALUE', say('charts.addressHasVersion', { chart: display(reference) }), {
    hint:
      mark === ':'
        ? say('charts.giveVersionApart', { bare, version: display(version) })
        : say('charts.leaveDigestOut', { bare }),
  });
}

/**
 * The address of a chart in a repository given by URL.
 * @throws UserError E_REPOSITORY if the URL is none
 */
export function inRepository(name: string, repo: string): ChartAddress {
  requireRepositoryUrl(repo, name);
  const kinds = Object.keys(REPOSITORIES) as RepositoryKind[];
  return { kind: kinds.find(kind => REPOSITORIES[kind].test(repo)) ?? 'http', repo, name };
}

/** The address of a chart's folder. */
export function inFolder(folder: string): ChartAddress {
  return { kind: 'local', repo: undefined, folder, name: lastPart(folder) };
}

function repositoryUrl(repo: string, known: readonly NamedRepository[]): string {
  if (Object.values(REPOSITORIES).some(form => form.test(repo))) return repo;
  const found = known.find(({ name }) => name === repo);
  if (found) return found.url;
  const names = known.map(({ name }) => name).join(', ');
  throw new UserError('E_VALUE', say('charts.neitherUrlNorKnownRepository', { repo: display(repo) }), {
    hint: names ? say('charts.known', { names }) : say('charts.giveRepoHttpsOci'),
  });
}

function lastPart(text: string): string {
  return (
    text
      .replace(/(?<!\/)\/+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

function badChart(chart: string): UserError {
  return new UserError('E_VALUE', say('charts.namesNoChart', { chart: display(chart) }), {
    hint: say('charts.giveNameAliasNameOci'),
  });
}
