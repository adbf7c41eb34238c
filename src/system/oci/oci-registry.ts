import { parseJson } from '../../data/json.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import type { Http } from '../http/http.ts';
import type { HttpRequest, HttpResponse } from '../http/http-types.ts';
import type { HttpCache } from '../http/http-cache.ts';
import { MANIFEST_TYPE, parseOciManifest, type OciDescriptor, type OciManifest } from './oci-manifest.ts';
import {
  isDigest,
  isLoopback,
  isTag,
  parseOciRepository,
  tagOfVersion,
  type OciRepository,
} from './oci-reference.ts';
import { openOciAuth, type OciAuth, type OciAuthOptions } from './oci-token.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

const MIB = 1024 * 1024;
const MAX_METADATA_BYTES = 4 * MIB;
const MAX_BLOB_BYTES = 20 * MIB;
const MAX_PAGES = 100;
const PAGE_SIZE = 1000;
/** What all pages of the size that is asked for come to. */
const MAX_TAGS = MAX_PAGES * PAGE_SIZE;

export type OciOptions = OciAuthOptions & {
  http: Pick<Http, 'get' | 'post'>;
  cache: HttpCache;
  /** Hosts that are spoken to without TLS, besides those of this machine. */
  plainHttpHosts?: readonly string[];
  /** Tags, and manifests by tag, not older than this are taken from the cache. */
  freshForMs?: number;
  /** Tags per page to ask for. */
  pageSize?: number;
};

/** All registries of one run. `reference` is `oci://host/path/chart`. */
export type OciRegistries = {
  /** Every tag as it is, in no order; `versionOfTag` gives the version. */
  listTags(reference: string): Promise<string[]>;
  /** By version, tag or `sha256:` digest. */
  fetchManifest(reference: string, tagOrDigest: string): Promise<OciManifest>;
  /** Bytes whose size and digest are as described; kept for the next time. */
  fetchBlob(reference: string, blob: OciDescriptor, limit?: number): Promise<Buffer>;
};

type State = OciOptions & { auth: OciAuth };
type Repository = OciRepository & { baseUrl: string };

/** The registries of one run; each is asked for a token when it wants one. */
export function openOciRegistries(options: OciOptions): OciRegistries {
  const state: State = { ...options, auth: openOciAuth(options) };
  const at = (reference: string): Repository => locate(reference, options.plainHttpHosts ?? []);
  return {
    listTags: async reference => listTags(state, at(reference)),
    fetchManifest: async (reference, tagOrDigest) => fetchManifest(state, at(reference), tagOrDigest),
    fetchBlob: async (reference, blob, limit = MAX_BLOB_BYTES) =>
      fetchBlob(state, at(reference), { blob, limit }),
  };
}

function locate(reference: string, plainHttpHosts: readonly string[]): Repository {
  const { host, path } = parseOciRepository(reference);
  const scheme = isLoopback(host) || plainHttpHosts.includes(host) ? 'http' : 'https';
  return { host, path, baseUrl: `${scheme}://${host}` };
}

async function listTags(state: State, repository: Repository): Promise<string[]> {
  const tags: string[] = [];
  const seen = new Set<string>();
  let url: string | undefined =
    `${repository.baseUrl}/v2/${repository.path}/tags/list?n=${state.pageSize ?? PAGE_SIZE}`;
  while (url !== undefined) {
    if (seen.size === MAX_PAGES) throw badPages(repository, say('system.tooManyPages', { limit: MAX_PAGES }));
    if (seen.has(url)) throw badPages(repository, say('system.pagesInCircle'));
    seen.add(url);
    const page = await fetchMetadata(state, repository, { url });
    for (const tag of parseTags(page.body, repository)) tags.push(tag);
    if (tags.length > MAX_TAGS)
      throw new UserError(
        'E_LIMIT',
        say('system.moreThanTags', { repository: name(repository), max_tags: MAX_TAGS }),
        {
          subject: repository.host,
        },
      );
    url = nextPage(page.headers['link'], url, repository);
  }
  return tags;
}

function fetchMetadata(
  state: State,
  repository: Repository,
  request: Pick<HttpRequest, 'url' | 'headers'>,
): Promise<HttpResponse> {
  return state.auth.authorized(repository, login =>
    state.cache.fetchCached({
      ...request,
      ...login,
      limit: MAX_METADATA_BYTES,
      expect: [401],
      freshForMs: state.freshForMs ?? 0,
    }),
  );
}

function parseTags(body: Buffer, repository: Repository): string[] {
  const answer = parseJson(body.toString());
  const tags = typeof answer === 'object' && answer !== null && 'tags' in answer ? answer.tags : undefined;
  if (tags === null) return [];
  if (!Array.isArray(tags) || (tags.length > 0 && !tags.some(tag => typeof tag === 'string')))
    throw new UserError('E_HTTP', say('system.answeredWithoutListTags', { repository: name(repository) }));
  return tags.filter((tag): tag is string => typeof tag === 'string' && isTag(tag));
}

function nextPage(link: string | undefined, current: string, repository: Repository): string | undefined {
  const target = /<([^<>]*)>\s*;[^,<]*\brel="?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  if (!URL.canParse(target, current)) throw badPages(repository, say('system.nextPageNotUrl'));
  const next = new URL(target, current);
  if (next.origin !== new URL(current).origin || next.username !== '' || next.password !== '')
    throw badPages(repository, say('system.nextPageElsewhere', { host: display(next.host) }));
  return next.href;
}

function badPages(repository: Repository, problem: Text): UserError {
  return new UserError('E_PAGINATION', say('text.aboutSubject', { subject: name(repository), problem }), {
    subject: repository.host,
  });
}

async function fetchManifest(
  state: State,
  repository: Repository,
  tagOrDigest: string,
): Promise<OciManifest> {
  const subject = `${name(repository)}:${display(tagOrDigest)}`;
  const bytes = isDigest(tagOrDigest)
    ? await fetchByDigest(state, repository, {
        kind: 'manifests',
        digest: tagOrDigest,
        limit: MAX_METADATA_BYTES,
      })
    : (await fetchTagged(state, repository, tagOrDigest)).body;
  return parseOciManifest(bytes.toString(), { subject, digest: `sha256:${sha256Of(bytes)}` });
}

function fetchTagged(state: State, repository: Repository, version: string): Promise<HttpResponse> {
  const tag = tagOfVersion(version);
  if (!isTag(tag))
    throw new UserError(
      'E_VALUE',
      say('system.cannotTag', { repository: name(repository), version: display(version) }),
    );
  const url = `${repository.baseUrl}/v2/${repository.path}/manifests/${tag}`;
  return fetchMetadata(state, repository, { url, headers: { accept: MANIFEST_TYPE } });
}

async function fetchBlob(
  state: State,
  repository: Repository,
  { blob, limit }: { blob: OciDescriptor; limit: number },
): Promise<Buffer> {
  const { digest, size } = blob;
  const shown = `${name(repository)}@${display(digest)}`;
  if (!isDigest(digest)) throw new UserError('E_DIGEST', say('system.notSha256Digest', { shown }));
  if (size > limit) throw new UserError('E_LIMIT', say('system.bytesMoreThanLimit', { shown, size, limit }));
  const bytes = await fetchByDigest(state, repository, { kind: 'blobs', digest, limit: size });
  if (bytes.length === size) return bytes;
  throw new UserError('E_DIGEST', say('system.bytesInstead', { shown, count: bytes.length, size }));
}

type ByDigest = { kind: 'manifests' | 'blobs'; digest: string; limit: number };

/** Wrong bytes are fetched once more past every cache on the way, then refused. */
async function fetchByDigest(state: State, repository: Repository, wanted: ByDigest): Promise<Buffer> {
  const sha256 = wanted.digest.slice('sha256:'.length);
  const stored = await state.cache.readBlob(sha256);
  if (stored) return stored;
  for (const headers of [{}, { 'cache-control': 'no-cache' }]) {
    const { body } = await fetchBytes(state, repository, { ...wanted, headers });
    if (sha256Of(body) !== sha256) continue;
    await state.cache.writeBlob(body);
    return body;
  }
  throw new UserError(
    'E_DIGEST',
    say('system.bytesHaveAnotherDigest', { repository: name(repository), digest: wanted.digest }),
    {
      hint: say('system.doNotUseThemThey'),
      subject: repository.host,
    },
  );
}

function fetchBytes(
  state: State,
  repository: Repository,
  { kind, digest, limit, headers }: ByDigest & { headers: Record<string, string> },
): Promise<HttpResponse> {
  const accept = kind === 'manifests' ? { accept: MANIFEST_TYPE } : {};
  return state.auth.authorized(repository, login =>
    state.http.get({
      url: `${repository.baseUrl}/v2/${repository.path}/${kind}/${digest}`,
      ...login,
      limit,
      encoding: 'identity',
      headers: { ...accept, ...headers },
      expect: [401],
    }),
  );
}

function name({ host, path }: OciRepository): string {
  return `${host}/${path}`;
}
