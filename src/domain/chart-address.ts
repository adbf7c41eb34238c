import { UserError } from '../errors.ts';
import { display } from '../display.ts';
import type { NamedRepository } from './configuration.ts';
import { requireRepositoryUrl } from './repository-url.ts';

/** Where a chart comes from: a repository, or a folder of this machine. */
export type ChartAddress =
  { kind: 'http' | 'oci'; repo: string; name: string } | { kind: 'local'; folder: string; name: string };

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
  if (/^(?:\.{0,2}\/|charts\/)/.test(chart))
    return address({ kind: 'local', folder: chart, name: lastPart(chart) });
  const [alias = '', name, ...more] = chart.split('/');
  if (name === undefined) return { status: 'name', name: chart };
  if (more.length > 0) throw badChart(chart);
  return address(inRepository(name, repositoryUrl(alias, known)));
}

function address(found: ChartAddress): ChartRequest {
  return { status: 'address', address: found };
}

function splitOci(reference: string): ChartAddress {
  const trimmed = reference.replace(/\/+$/, '');
  const name = lastPart(trimmed);
  const repo = trimmed.slice(0, -name.length - 1);
  if (!/^oci:\/\/[^/]+/.test(repo)) throw badChart(reference);
  return { kind: 'oci', repo, name };
}

/**
 * The address of a chart in a repository given by URL.
 * @throws UserError E_REPOSITORY if the URL is none
 */
export function inRepository(name: string, repo: string): ChartAddress {
  requireRepositoryUrl(repo, name);
  return { kind: repo.startsWith('oci://') ? 'oci' : 'http', repo, name };
}

function repositoryUrl(repo: string, known: readonly NamedRepository[]): string {
  if (/^(?:https?|oci):\/\//.test(repo)) return repo;
  const found = known.find(({ name }) => name === repo);
  if (found) return found.url;
  const names = known.map(({ name }) => name).join(', ');
  throw new UserError('E_VALUE', `${display(repo)} is neither a URL nor a known repository`, {
    hint: names ? `Known: ${names}.` : 'Give --repo https://… or oci://….',
  });
}

function lastPart(text: string): string {
  return text.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

function badChart(chart: string): UserError {
  return new UserError('E_VALUE', `${display(chart)} names no chart`, {
    hint: 'Give a name, alias/name, oci://host/path/name, or the path of a chart folder.',
  });
}
