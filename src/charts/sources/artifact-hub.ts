import { asList, asMap, asText, field, present } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import type { HttpCache } from '../../system/http/http-cache.ts';
import type { FoundChart } from './chart-source.ts';

// https://artifacthub.io/docs/api/ ; kind 0 are Helm charts.
const SEARCH = 'https://artifacthub.io/api/v1/packages/search?kind=0&limit=20&ts_query_web=';
const MAX_BYTES = 2 << 20;
const FRESH_FOR_MS = 600_000;

/** Charts that Artifact Hub finds for a term, with the repositories that publish them. */
export async function searchArtifactHub(cache: HttpCache, term: string): Promise<FoundChart[]> {
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
    throw new UserError('E_INDEX', 'Artifact Hub answered with something that is no JSON', { cause: error });
  }
}

function readPackage(item: unknown): FoundChart[] {
  const entry = asMap(item);
  const name = asText(field(entry, 'name'));
  const repo = asText(field(asMap(field(entry, 'repository')), 'url'));
  if (name === undefined || repo === undefined || !/^(?:https|oci):\/\//.test(repo)) return [];
  const version = asText(field(entry, 'version'));
  return [{ name, repo, ...present({ version, description: asText(field(entry, 'description')) }) }];
}
