import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import { isSha256, openBlobStore, type BlobStore, type StoredBlob } from '../cache/blob-store.ts';
import type { CacheFiles } from '../cache/cache-files.ts';
import type { Http } from './http.ts';
import type { HttpRequest, HttpResponse } from './http-types.ts';
import { parseHttpUrl } from './http-url.ts';
import { say } from '../../locales/say.ts';

const MAX_ENTRY_BYTES = 64 * 1024;
/** In front of each note: what reads as empty is none. */
const NOTE = 'note\n';
const MAX_NOTE_BYTES = 32 << 20;
/** What later readers need. The rest may hold cookies and tokens. */
const KEPT_HEADERS = ['content-type', 'docker-content-digest', 'etag', 'last-modified', 'link'];

type CachedRequest = HttpRequest & {
  /** An answer not older than this is taken without asking the server. */
  freshForMs?: number;
};

type CachedResponse = HttpResponse & {
  source: 'network' | 'cache';
  /** When the server last said that this is its answer, in milliseconds since 1970. */
  checkedAt: number;
};

/** What a server has now, known by its SHA-256 (hex); the bytes come when they are asked for. */
export type Latest = { sha256: string; read(): Promise<Buffer> };

export type HttpCache = {
  /** A GET; each URL goes to the network at most once per run. Only 200 is kept. */
  fetchCached(request: CachedRequest): Promise<CachedResponse>;
  /** Like `fetchCached`, for a reader who may know already what he needs of these very bytes. */
  fetchLatest(request: CachedRequest): Promise<Latest>;
  /** What was noted under a name; undefined if nothing was, or not whole. */
  readNote(name: string): Promise<string | undefined>;
  /** Keeps what was made of cached bytes: the name has to tell of which, and how. */
  writeNote(name: string, text: string): Promise<void>;
  /** Bytes stored earlier under their SHA-256 (hex), checked against it; undefined if there are none. */
  readBlob(sha256: string): Promise<Buffer | undefined>;
  /** Returns the SHA-256 (hex). */
  writeBlob(bytes: Buffer): Promise<string>;
};

export type HttpCacheOptions = {
  http: Pick<Http, 'get' | 'offline'>;
  files: CacheFiles;
  now: () => number;
};

type Entry = {
  sha256: string;
  headers: Record<string, string>;
  checkedAt: number;
};

type State = HttpCacheOptions & {
  blobs: BlobStore;
  /** Keys of the answers that were asked for in this run. */
  checked: Set<string>;
  underWay: Map<string, Promise<CachedResponse>>;
  /** Of the bodies that were kept in this run: one may have 64 MiB, and is hashed once. */
  digests: WeakMap<Buffer, string>;
};

/** The HTTP cache of one run: what is kept is checked against its digest, and asked for once. */
export function openHttpCache(options: HttpCacheOptions): HttpCache {
  const blobs = openBlobStore(options.files);
  const state: State = { ...options, blobs, checked: new Set(), underWay: new Map(), digests: new WeakMap() };
  return {
    fetchCached: async request => fetchShared(state, request),
    fetchLatest: async request => fetchLatest(state, request),
    readNote: async name => {
      const text = (await state.files.read(noteName(name), MAX_NOTE_BYTES))?.toString('utf8');
      return text?.startsWith(NOTE) ? text.slice(NOTE.length) : undefined;
    },
    writeNote: (name, text) => state.files.write(noteName(name), NOTE + text),
    readBlob: async sha256 => usable(state, await blobs.read(sha256), sha256),
    writeBlob: bytes => blobs.write(bytes),
  };
}

/** Whose answer it is must be known: without an account, an authorised answer belongs to nobody else. */
async function fetchShared(state: State, request: CachedRequest): Promise<CachedResponse> {
  if (request.authorization && request.account === undefined)
    return { ...(await state.http.get(request)), source: 'network', checkedAt: state.now() };
  const key = entryKey(request);
  const shared = `${key} ${request.authorization ?? ''}`;
  const running = state.underWay.get(shared);
  if (running) return running;
  const started = fetchEntry(state, request, key).finally(() => state.underWay.delete(shared));
  state.underWay.set(shared, started);
  return started;
}

function entryKey({ url, account = '' }: CachedRequest): string {
  return sha256Of(`${parseHttpUrl(url).url.href}\n${account}`);
}

async function fetchEntry(state: State, request: CachedRequest, key: string): Promise<CachedResponse> {
  const entry = await readEntry(state.files, key);
  if (state.http.offline) return offlineAnswer(state, request, entry);
  const known = entry === 'corrupt' ? undefined : entry;
  if (known && (state.checked.has(key) || isFresh(known, request, state.now()))) {
    const stored = await state.blobs.read(known.sha256);
    if (stored.state === 'found') return fromCache(known, stored.bytes, request);
  }
  const answer = await revalidate(state, request, known);
  if (answer.status !== 200) return answer;
  state.checked.add(key);
  await writeEntry(state, { key, answer, replaces: known });
  return answer;
}

function isFresh(entry: Entry, { freshForMs = 0 }: CachedRequest, now: number): boolean {
  const age = now - entry.checkedAt;
  return age >= 0 && age < freshForMs;
}

async function fetchLatest(state: State, request: CachedRequest): Promise<Latest> {
  const key = entryKey(request);
  const isShared = request.authorization === undefined || request.account !== undefined;
  const entry = isShared ? await readEntry(state.files, key) : undefined;
  if (entry === undefined || entry === 'corrupt') return inHand(state, await fetchShared(state, request));
  if (state.http.offline || state.checked.has(key) || isFresh(entry, request, state.now()))
    return onDisk(state, request, entry);
  const answer = await state.http.get(conditional(request, entry));
  const checkedAt = state.now();
  const response: CachedResponse = {
    ...answer,
    source: answer.status === 304 ? 'cache' : 'network',
    checkedAt,
  };
  if (answer.status === 200 || answer.status === 304) {
    state.checked.add(key);
    // An answer without a new body has few headers: what it does not say stands as before.
    const headers = { ...entry.headers, ...answer.headers };
    await writeEntry(state, { key, answer: { ...response, headers }, replaces: entry });
  }
  return answer.status === 304 ? onDisk(state, request, entry) : inHand(state, response);
}

function inHand({ digests }: State, { body }: CachedResponse): Latest {
  return { sha256: digests.get(body) ?? sha256Of(body), read: async () => body };
}

/** A body that is gone or damaged is fetched again, where that can be. */
function onDisk(state: State, request: CachedRequest, { sha256 }: Entry): Latest {
  const read = async (): Promise<Buffer> => {
    const stored = await state.blobs.read(sha256);
    if (stored.state === 'found') return stored.bytes;
    if (state.http.offline) throw damaged(displayUrl(request.url));
    const { body } = await state.http.get(request);
    await state.blobs.write(body);
    return body;
  };
  return { sha256, read };
}

/** The stored body is read and checked while the server thinks. */
async function revalidate(
  state: State,
  request: CachedRequest,
  entry: Entry | undefined,
): Promise<CachedResponse> {
  const fetched = (answer: HttpResponse): CachedResponse => ({
    ...answer,
    source: 'network',
    checkedAt: state.now(),
  });
  if (!entry) return fetched(await state.http.get(request));
  const [answer, stored] = await Promise.all([
    state.http.get(conditional(request, entry)),
    state.blobs.read(entry.sha256),
  ]);
  if (answer.status !== 304) return fetched(answer);
  if (stored.state !== 'found') return fetched(await state.http.get(request));
  return fromCache({ ...entry, checkedAt: state.now() }, stored.bytes, request);
}

function conditional(request: CachedRequest, { headers }: Entry): HttpRequest {
  const { etag, 'last-modified': lastModified } = headers;
  const validators = {
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  };
  return {
    ...request,
    headers: { ...request.headers, ...validators },
    expect: [...(request.expect ?? []), 304],
  };
}

function fromCache(entry: Entry, body: Buffer, request: CachedRequest): CachedResponse {
  const { headers, checkedAt } = entry;
  if (body.length > request.limit)
    throw new UserError(
      'E_LIMIT',
      say('system.largerThanLimitBytes', { url: displayUrl(request.url), limit: request.limit }),
    );
  const url = parseHttpUrl(request.url).url.href;
  return { url, status: 200, headers, body, source: 'cache', checkedAt };
}

async function offlineAnswer(
  state: State,
  request: CachedRequest,
  entry: Entry | 'corrupt' | undefined,
): Promise<CachedResponse> {
  if (!entry) return { ...(await state.http.get(request)), source: 'network', checkedAt: state.now() };
  const stored = entry === 'corrupt' ? undefined : await state.blobs.read(entry.sha256);
  if (entry === 'corrupt' || stored?.state !== 'found') throw damaged(displayUrl(request.url));
  return fromCache(entry, stored.bytes, request);
}

/** Offline a damaged body cannot be replaced, so it must be said. */
function usable({ http }: State, stored: StoredBlob, name: string): Buffer | undefined {
  if (stored.state === 'corrupt' && http.offline) throw damaged(name);
  return stored.state === 'found' ? stored.bytes : undefined;
}

function damaged(name: string): UserError {
  return new UserError('E_CACHE_CORRUPT', say('system.cachedCopyDamaged', { name }), {
    hint: say('system.runOnceWithoutOffline'),
  });
}

async function readEntry(files: CacheFiles, key: string): Promise<Entry | 'corrupt' | undefined> {
  const bytes = await files.read(fileName(key), MAX_ENTRY_BYTES);
  return bytes && (parseEntry(bytes.toString()) ?? 'corrupt');
}

function parseEntry(text: string): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Partial<Entry> | null;
    const { sha256, headers, checkedAt } = entry ?? {};
    if (!isSha256(sha256) || typeof checkedAt !== 'number') return undefined;
    const isText = typeof headers === 'object' && Object.values(headers).every(v => typeof v === 'string');
    return isText ? { sha256, headers, checkedAt } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Write = { key: string; answer: CachedResponse; replaces: Entry | undefined };

async function writeEntry(state: State, { key, answer, replaces }: Write): Promise<void> {
  const sha256 = await keepBody(state, answer, replaces);
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap(name => (name in answer.headers ? [[name, answer.headers[name] ?? '']] : [])),
  );
  const entry: Entry = { sha256, headers, checkedAt: answer.checkedAt };
  await state.files.write(fileName(key), JSON.stringify(entry));
}

async function keepBody(
  { blobs, digests }: State,
  answer: CachedResponse,
  replaces: Entry | undefined,
): Promise<string> {
  if (replaces && answer.source === 'cache') {
    await blobs.touch(replaces.sha256);
    return replaces.sha256;
  }
  const sha256 = await blobs.write(answer.body);
  digests.set(answer.body, sha256);
  if (replaces && replaces.sha256 !== sha256) await blobs.remove(replaces.sha256);
  return sha256;
}

function noteName(name: string): string {
  return `notes/${sha256Of(name)}`;
}

function fileName(key: string): string {
  return `responses/${key}.json`;
}
