import type { PublishedVersion } from './newer-versions.ts';
import { asList, asMap, asText, field, omitUndefined } from '../data/fields.ts';
import type { ReleaseUrl } from './release-url.ts';
import { UserError } from '../errors.ts';
import { parseJson } from '../data/json.ts';
import type { HttpCache } from '../system/http/http-cache.ts';
import { say } from '../locales/say.ts';

// https://docs.github.com/rest/releases/releases#list-releases
const MAX_BYTES = 8 << 20;
const FRESH_FOR_MS = 300_000;

export type GithubOptions = {
  cache: HttpCache;
  github: Github;
};

/** Where GitHub's API is: `https://api.github.com`, or that of an enterprise server. The token goes nowhere else. */
export type Github = {
  api: string;
  token: string | undefined;
  /** The variable that holds it. */
  tokenFrom: string;
};

/** The finished releases of a GitHub repository: drafts and what it marks as pre-release are left out. */
export async function githubReleases(
  { cache, github }: GithubOptions,
  { owner, repository }: Pick<ReleaseUrl, 'owner' | 'repository'>,
): Promise<PublishedVersion[]> {
  const url = `${github.api}/repos/${owner}/${repository}/releases?per_page=100`;
  const headers = { accept: 'application/vnd.github+json' };
  const login =
    github.token === undefined
      ? {}
      : { authorization: `Bearer ${github.token}`, account: 'token', loginFrom: github.tokenFrom };
  const request = { url, headers, ...login, limit: MAX_BYTES, freshForMs: FRESH_FOR_MS };
  const { body } = await cache.fetchCached(request);
  const releases = parseJson(body.toString('utf8'));
  if (releases === undefined) throw new UserError('E_INDEX', say('charts.answeredSomethingNoJson', { url }));
  return asList(releases).flatMap(readRelease);
}

function readRelease(item: unknown): PublishedVersion[] {
  const entry = asMap(item);
  const version = asText(field(entry, 'tag_name'));
  if (version === undefined || field(entry, 'draft') === true || field(entry, 'prerelease') === true)
    return [];
  return [{ version, ...omitUndefined({ created: asText(field(entry, 'published_at')) }) }];
}
