import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import { openCacheFiles } from '../../../src/system/cache/cache-files.ts';
import { cacheFolder } from '../../../src/system/cache/cache-folder.ts';
import { openHttpCache, type HttpCache } from '../../../src/system/http/http-cache.ts';
import type { HttpOptions } from '../../../src/system/http/http-types.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const LIMIT = 1000;
const NOW = Date.parse('2026-03-01T12:00:00Z');

type Run = { folder: string; now?: number; options?: Partial<HttpOptions>; warnings?: string[] };

/** One run of the command line: a cache opened on a folder. */
async function openRun({ folder, now = NOW, options = {}, warnings = [] }: Run): Promise<HttpCache> {
  const { http } = openTestHttp(options);
  const clock = (): number => now;
  const files = await openCacheFiles({ folder, warn: message => warnings.push(message.en), now: clock });
  return openHttpCache({ http, files, now: clock });
}

async function cacheDir(): Promise<string> {
  return path.join(await tempFolder(), 'slipway');
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
}

const withEtag = {
  headers: { etag: '"one"', 'last-modified': 'Sun, 01 Mar 2026 10:00:00 GMT' },
  body: 'index',
};

test('N18 the next run asks with validators and takes 304', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': [withEtag, { status: 304 }] });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  const first = await (await openRun({ folder })).fetchCached(request);
  expect(first).toMatchObject({ source: 'network', status: 200, checkedAt: NOW });
  const second = await (await openRun({ folder, now: NOW + 5000 })).fetchCached(request);
  expect(second).toMatchObject({ source: 'cache', status: 200, checkedAt: NOW + 5000 });
  expect(second.body.toString()).toBe('index');
  expect(server.received[1]?.headers).toMatchObject({
    'if-none-match': '"one"',
    'if-modified-since': 'Sun, 01 Mar 2026 10:00:00 GMT',
  });
  expect(server.received[0]?.headers).not.toHaveProperty('if-none-match');
});

test('a changed answer replaces the old one, and its body goes', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': [withEtag, { headers: { etag: '"two"' }, body: 'newer' }] });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  await (await openRun({ folder })).fetchCached(request);
  const second = await (await openRun({ folder })).fetchCached(request);
  expect(second.body.toString()).toBe('newer');
  expect((await filesOf(folder)).filter(file => file.includes('blobs'))).toHaveLength(1);
});

test('N18 304 without a cached body: asked again without validators', async () => {
  const folder = await cacheDir();
  const server = await serveTest({
    '/i': received => (received.headers['if-none-match'] ? { status: 304 } : withEtag),
  });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  await (await openRun({ folder })).fetchCached(request);
  for (const file of await filesOf(path.join(folder, 'blobs'))) await truncate(file, 2);
  const answer = await (await openRun({ folder })).fetchCached(request);
  expect(answer).toMatchObject({ source: 'network' });
  expect(answer.body.toString()).toBe('index');
  expect(server.received).toHaveLength(3);
});

test('what is latest is known before its bytes are read', async () => {
  const folder = await cacheDir();
  const server = await serveTest({
    '/i': received => (received.headers['if-none-match'] ? { status: 304 } : withEtag),
  });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  const first = await (await openRun({ folder })).fetchLatest(request);
  const second = await (await openRun({ folder })).fetchLatest(request);
  const fresh = await (
    await openRun({ folder, now: NOW + 10 })
  ).fetchLatest({ ...request, freshForMs: 1000 });
  expect(server.received).toHaveLength(2);
  const sha256 = createHash('sha256').update('index').digest('hex');
  expect([first.sha256, second.sha256, fresh.sha256]).toEqual([sha256, sha256, sha256]);
  expect((await Promise.all([first, second, fresh].map(latest => latest.read()))).map(String)).toEqual([
    'index',
    'index',
    'index',
  ]);
  for (const file of await filesOf(path.join(folder, 'blobs'))) await truncate(file, 2);
  expect((await second.read()).toString()).toBe('index');
  expect(server.received).toHaveLength(3);
  expect((await fresh.read()).toString()).toBe('index');
  expect(server.received).toHaveLength(3);
});

test('a latest that has changed is the new one', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': [withEtag, { headers: { etag: '"two"' }, body: 'newer' }] });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  await (await openRun({ folder })).fetchLatest(request);
  const cache = await openRun({ folder });
  expect((await (await cache.fetchLatest(request)).read()).toString()).toBe('newer');
  expect((await (await cache.fetchLatest(request)).read()).toString()).toBe('newer');
  expect(server.received).toHaveLength(2);
});

test('a note is read back whole or not at all', async () => {
  const folder = await cacheDir();
  const cache = await openRun({ folder });
  expect(await cache.readNote('a')).toBeUndefined();
  await cache.writeNote('a', 'text — of a');
  await cache.writeNote('b', '');
  expect([await cache.readNote('a'), await cache.readNote('b')]).toEqual(['text — of a', '']);
  for (const file of await filesOf(path.join(folder, 'notes'))) await truncate(file, 66);
  expect(await cache.readNote('a')).toBeUndefined();
});

test('N18 304 that nobody asked for is an error', async () => {
  const server = await serveTest({ '/i': { status: 304 } });
  const cache = await openRun({ folder: await cacheDir() });
  const error = await failureOf(cache.fetchCached({ url: `${server.url}/i`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_HTTP' });
});

test('one run asks for a URL once, another run again', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': { body: 'index' } });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  const cache = await openRun({ folder });
  await Promise.all([cache.fetchCached(request), cache.fetchCached(request)]);
  expect((await cache.fetchCached(request)).body.toString()).toBe('index');
  expect(server.received).toHaveLength(1);
  await (await openRun({ folder })).fetchCached(request);
  expect(server.received).toHaveLength(2);
});

test.each([
  ['younger', 59_999, 1],
  ['older', 60_000, 2],
  ['from the future (the clock went back)', -1, 2],
])('an answer that is %s than freshForMs', async (_, age, requests) => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': { body: 'index' } });
  const request = { url: `${server.url}/i`, limit: LIMIT, freshForMs: 60_000 };
  await (await openRun({ folder })).fetchCached(request);
  await (await openRun({ folder, now: NOW + age })).fetchCached(request);
  expect(server.received).toHaveLength(requests);
});

test('T19 the answers of two accounts are kept apart, and no secret reaches the disk', async () => {
  const folder = await cacheDir();
  const server = await serveTest({
    '/i': received => ({ body: received.headers.authorization ?? 'public' }),
  });
  const fetchAs = async (account: string): Promise<string> => {
    const cache = await openRun({ folder });
    const authorization = `Basic ${btoa(`${account}:canary`)}`;
    const request = { url: `${server.url}/i`, limit: LIMIT, freshForMs: 1000, account, authorization };
    return (await cache.fetchCached(request)).body.toString();
  };
  expect(await fetchAs('alice')).toBe(`Basic ${btoa('alice:canary')}`);
  expect(await fetchAs('bob')).toBe(`Basic ${btoa('bob:canary')}`);
  expect(await fetchAs('alice')).toBe(`Basic ${btoa('alice:canary')}`);
  expect(server.received).toHaveLength(2);
  const entries = await Promise.all(
    (await filesOf(path.join(folder, 'responses'))).map(file => readFile(file, 'utf8')),
  );
  expect(entries.join()).not.toMatch(/canary|Basic/);
});

test('T19 an authorised answer without an account is not kept', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': { body: 'private' } });
  const cache = await openRun({ folder });
  await cache.fetchCached({ url: `${server.url}/i`, limit: LIMIT, authorization: 'Bearer x' });
  expect(await filesOf(folder)).toEqual([]);
});

test('an answer other than 200 is passed on and not kept', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': { status: 404, body: 'none' } });
  const cache = await openRun({ folder });
  const request = { url: `${server.url}/i`, limit: LIMIT, expect: [404] };
  expect((await cache.fetchCached(request)).status).toBe(404);
  expect((await cache.fetchCached(request)).status).toBe(404);
  expect(server.received).toHaveLength(2);
});

test('N21 offline: a warm cache works and says how old the answer is, a cold one does not', async () => {
  const folder = await cacheDir();
  const server = await serveTest({ '/i': withEtag });
  const url = `${server.url}/i`;
  await (await openRun({ folder })).fetchCached({ url, limit: LIMIT });
  const offline = await openRun({ folder, now: NOW + 7000, options: { offline: true } });
  const answer = await offline.fetchCached({ url, limit: LIMIT });
  expect(answer).toMatchObject({ source: 'cache', checkedAt: NOW });
  expect(answer.body.toString()).toBe('index');
  const miss = await failureOf(offline.fetchCached({ url: `${server.url}/cold?token=canary`, limit: LIMIT }));
  expect(miss).toMatchObject({ code: 'E_OFFLINE_MISS', exit: 4 });
  expect(String(miss)).not.toContain('canary');
  expect(server.received).toHaveLength(1);
});

const damages: [string, (file: string) => Promise<void>][] = [
  ['truncated', file => truncate(file, 3)],
  ['empty', file => truncate(file, 0)],
  ['huge', file => truncate(file, 600 * 1024 * 1024)],
  [
    'bit-flipped',
    async file => {
      const bytes = await readFile(file);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
  ],
];

test.each(damages)(
  'F17 a cached body that is %s is fetched again; offline it is an error',
  async (_, damage) => {
    const folder = await cacheDir();
    const server = await serveTest({
      '/i': received => (received.headers['if-none-match'] ? { status: 304 } : withEtag),
    });
    const request = { url: `${server.url}/i`, limit: LIMIT, freshForMs: 1000 };
    await (await openRun({ folder })).fetchCached(request);
    const damageBody = async (): Promise<void> => {
      for (const file of await filesOf(path.join(folder, 'blobs'))) await damage(file);
    };
    await damageBody();
    expect((await (await openRun({ folder })).fetchCached(request)).body.toString()).toBe('index');
    expect((await (await openRun({ folder })).fetchCached(request)).source).toBe('cache');
    await damageBody();
    const offline = await openRun({ folder, options: { offline: true } });
    const error = await failureOf(offline.fetchCached(request));
    expect(error).toMatchObject({ code: 'E_CACHE_CORRUPT' });
    expect((error as UserError).hint).toContain('--offline');
  },
);

test.each([...damages, ['not ours', file => writeFile(file, '{"sha256":1}')] as (typeof damages)[number]])(
  'F17 a cache entry that is %s is fetched again; offline it is an error',
  async (_, damage) => {
    const folder = await cacheDir();
    const server = await serveTest({ '/i': withEtag });
    const request = { url: `${server.url}/i`, limit: LIMIT, freshForMs: 1000 };
    await (await openRun({ folder })).fetchCached(request);
    const damageEntry = async (): Promise<void> => {
      for (const file of await filesOf(path.join(folder, 'responses'))) await damage(file);
    };
    await damageEntry();
    expect((await (await openRun({ folder })).fetchCached(request)).body.toString()).toBe('index');
    await damageEntry();
    const offline = await openRun({ folder, options: { offline: true } });
    expect(await failureOf(offline.fetchCached(request))).toMatchObject({ code: 'E_CACHE_CORRUPT' });
  },
);

test('blobs are found by their digest, and only whole', async () => {
  const folder = await cacheDir();
  const bytes = Buffer.from('chart');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await (await openRun({ folder })).writeBlob(bytes)).toBe(sha256);
  expect(await (await openRun({ folder })).readBlob(sha256)).toEqual(bytes);
  expect(await (await openRun({ folder })).readBlob('0'.repeat(64))).toBeUndefined();
  expect(await (await openRun({ folder })).readBlob('../../../etc/passwd')).toBeUndefined();
  for (const file of await filesOf(folder)) await writeFile(file, 'other');
  const offline = await openRun({ folder, options: { offline: true } });
  expect(await failureOf(offline.readBlob(sha256))).toMatchObject({ code: 'E_CACHE_CORRUPT' });
  expect(await filesOf(folder)).toEqual([]);
});

test('N07 a download that was cut short leaves nothing in the cache', async () => {
  const folder = await cacheDir();
  const server = await serveTest({
    '/i': (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x'.repeat(500), () => response.destroy());
    },
  });
  const cache = await openRun({ folder });
  const error = await failureOf(cache.fetchCached({ url: `${server.url}/i`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_TRUNCATED' });
  expect(await filesOf(folder)).toEqual([]);
});

test('the cache is private, and a killed run leaves nothing for ever', async () => {
  const folder = await cacheDir();
  const cache = await openRun({ folder });
  await cache.writeBlob(Buffer.from('one'));
  const old = path.join(folder, 'blobs', `${'a'.repeat(64)}.0123456789abcdef.tmp`);
  const young = path.join(folder, 'blobs', `${'b'.repeat(64)}.0123456789abcdef.tmp`);
  const stale = path.join(folder, 'blobs', 'c'.repeat(64));
  for (const file of [old, young, stale]) await writeFile(file, 'left over');
  await utimes(old, hoursAgo(2), hoursAgo(2));
  await utimes(stale, hoursAgo(91 * 24), hoursAgo(91 * 24));
  await (await openRun({ folder, now: Date.now() })).writeBlob(Buffer.from('two'));
  const left = await filesOf(folder);
  expect(left).toHaveLength(3);
  expect(left).toContain(young);
});

test('a body that a server keeps confirming is kept', async () => {
  const folder = await cacheDir();
  const server = await serveTest({
    '/i': received => (received.headers['if-none-match'] ? { status: 304 } : withEtag),
  });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  await (await openRun({ folder })).fetchCached(request);
  for (const file of await filesOf(path.join(folder, 'blobs')))
    await utimes(file, hoursAgo(91 * 24), hoursAgo(91 * 24));
  await (await openRun({ folder, now: Date.now() })).fetchCached(request);
  await (await openRun({ folder, now: Date.now() })).writeBlob(Buffer.from('other'));
  const offline = await openRun({ folder, options: { offline: true } });
  expect((await offline.fetchCached(request)).body.toString()).toBe('index');
});

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000);
}

const badFolders: [string, string, (folder: string) => Promise<void>][] = [
  [
    'others can write to',
    'chmod 700',
    async folder => {
      await mkdir(folder);
      await chmod(folder, 0o777);
    },
  ],
  ['is a link', 'link', async folder => symlink(await tempFolder(), folder)],
  ['is a file', 'EEXIST', folder => writeFile(folder, '')],
];
if (process.getuid?.() === 0)
  badFolders.push([
    'belongs to another user',
    'another user',
    async folder => {
      await mkdir(folder, { mode: 0o700 });
      await chown(folder, 65_534, 65_534);
    },
  ]);

test.each(badFolders)('F16 a cache that %s is not used', async (_, says, prepare) => {
  const folder = await cacheDir();
  await prepare(folder);
  const warnings: string[] = [];
  const server = await serveTest({ '/i': { body: 'index' } });
  const cache = await openRun({ folder, warnings });
  const request = { url: `${server.url}/i`, limit: LIMIT };
  await cache.fetchCached(request);
  expect((await cache.fetchCached(request)).body.toString()).toBe('index');
  expect(server.received).toHaveLength(1);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(says);
  expect(await filesOf(folder).catch(() => [])).toEqual([]);
});

test.each([
  ['linux', { SLIPWAY_CACHE_DIR: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
  ['linux', { XDG_CACHE_HOME: '/x' }, '/x/slipway'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/me/.cache/slipway'],
  ['linux', {}, '/home/me/.cache/slipway'],
  ['darwin', {}, '/home/me/Library/Caches/slipway'],
  ['darwin', { XDG_CACHE_HOME: '/x' }, '/x/slipway'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/slipway'],
] as const)('where the cache is on %s with %j', (platform, env, folder) => {
  expect(cacheFolder({ platform, env, home: '/home/me' })).toBe(folder);
});

test('F15 without a home there is no cache, and no error', async () => {
  expect(cacheFolder({ platform: 'linux', env: {}, home: undefined })).toBeUndefined();
});
