import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openBlobStore } from '../../../src/system/cache/blob-store.ts';
import { type CacheFiles, openCacheFiles } from '../../../src/system/cache/cache-files.ts';
import { openHttpCache } from '../../../src/system/http/http-cache.ts';
import { sha256Of } from '../../../src/data/digest.ts';
import { makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';
import { check, checkHome } from '../../support/check-repository.ts';
import { openTestHttp, serveTest } from '../../support/test-http.ts';

const HEX = 'a'.repeat(64);
const YEAR_MS = 365 * 24 * 3_600_000;

type Opened = { around: string; folder: string; files: CacheFiles; warnings: string[] };

/** A cache in a folder, beside one that is not ours. */
async function open(): Promise<Opened> {
  const around = makeFolder();
  const folder = path.join(around, 'cache');
  const warnings: string[] = [];
  writeFiles(around, { 'victim/kept.txt': 'kept' });
  const files = await openCacheFiles({
    folder,
    warn: ({ en }) => warnings.push(en),
    now: () => Date.now(),
  });
  return { around, folder, files, warnings };
}

const OUTSIDE = [
  '../victim',
  '../victim/kept.txt',
  'blobs/../../victim',
  `blobs/../../victim/${HEX}`,
  '',
  '.',
  'blobs',
  `blobs/${HEX}/../../../victim`,
  `blobs\\..\\..\\victim`,
  `/${HEX}`,
  `victim/${HEX}`,
  `blobs/${HEX}\n`,
];

describe('C10 the cache touches nothing but its entries', () => {
  test.each(OUTSIDE)('the name %j', async name => {
    const { around, files } = await open();
    const before = readdirSync(around, { recursive: true, encoding: 'utf8' }).toSorted();
    await files.write(name, 'ours');
    await files.touch(name);
    await files.remove(name);
    expect(await files.has(name)).toBe(false);
    expect(await files.read(name, 1000)).toBeUndefined();
    expect(readdirSync(around, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(before);
    expect(readFileSync(path.join(around, 'victim/kept.txt'), 'utf8')).toBe('kept');
  });

  test.each([
    ['blobs', `blobs/${HEX}`],
    ['check', `check/${HEX}.json`],
    ['check', `check/rendered/${HEX}.json`],
    ['check/rendered', `check/rendered/${HEX}.json`],
  ])('a link %s below it', async (link, name) => {
    const { around, folder, files, warnings } = await open();
    mkdirSync(path.join(folder, path.dirname(link)), { recursive: true });
    symlinkSync(path.join(around, 'victim'), path.join(folder, link));
    const below = path.relative(link, name);
    writeFiles(path.join(around, 'victim'), { [below]: 'of somebody' });
    utimesSync(path.join(around, 'victim', below), 1, 1);
    await files.write(name, 'ours');
    await files.touch(name);
    await files.remove(name);
    expect(await files.has(name)).toBe(false);
    expect((await files.read(name, 1000))?.length ?? 0).toBe(0);
    expect(readFileSync(path.join(around, 'victim', below), 'utf8')).toBe('of somebody');
    expect(readdirSync(path.join(around, 'victim'))).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });

  test('the digests of blobs are no paths', async () => {
    const { around, files } = await open();
    const blobs = openBlobStore(files);
    for (const digest of ['../../victim', '../../victim/kept.txt', `${HEX}/..`, HEX.toUpperCase()]) {
      await blobs.touch(digest);
      await blobs.remove(digest);
      expect(await blobs.has(digest)).toBe(false);
      expect(await blobs.read(digest)).toEqual({ state: 'missing' });
    }
    expect(existsSync(path.join(around, 'victim/kept.txt'))).toBe(true);
  });

  test('what is no entry stays, however old it is', async () => {
    const { folder, files } = await open();
    const old = new Date(Date.now() - YEAR_MS);
    const others = {
      'apps/web/values.yaml': 'a: 1',
      [HEX]: 'x',
      'blobs/notes.tmp': 'x',
      'blobs/sub/x.json': 'x',
    };
    writeFiles(folder, { ...others, [`blobs/${HEX}`]: 'ours' });
    for (const name of [...Object.keys(others), `blobs/${HEX}`])
      utimesSync(path.join(folder, name), old, old);
    await files.write(`notes/${HEX}`, 'ours');
    for (const name of Object.keys(others))
      expect([name, existsSync(path.join(folder, name))]).toEqual([name, true]);
    expect(existsSync(path.join(folder, `blobs/${HEX}`))).toBe(false);
  });
});

test('C10 an answer that is planted in the cache removes nothing', async () => {
  const { around, folder, files } = await open();
  const server = await serveTest({ '/index.yaml': { body: 'entries: {}' } });
  const url = `${server.url}/index.yaml`;
  const planted = { sha256: '../../victim', headers: {}, checkedAt: 0 };
  writeFiles(folder, { [`responses/${sha256Of(`${url}\n`)}.json`]: JSON.stringify(planted) });
  const cache = openHttpCache({ http: openTestHttp().http, files, now: () => Date.now() });
  const answer = await cache.fetchCached({ url, limit: 1000 });
  expect(answer.body.toString()).toBe('entries: {}');
  expect(readFileSync(path.join(around, 'victim/kept.txt'), 'utf8')).toBe('kept');
});

test('C10 a folder of somebody else in place of an entry is not followed', async () => {
  const { folder, files } = await open();
  writeFileSync(path.join(folder, 'blobs'), 'a file where a folder belongs');
  await files.write(`blobs/${HEX}`, 'ours');
  expect(await files.read(`blobs/${HEX}`, 1000)).toBeUndefined();
  expect(readFileSync(path.join(folder, 'blobs'), 'utf8')).toBe('a file where a folder belongs');
});

describe('C10 a cache that a repository brings is not used', () => {
  async function notUsed(folder: string): Promise<string> {
    const warnings: string[] = [];
    const files = await openCacheFiles({
      folder,
      warn: ({ en }) => warnings.push(en),
      now: () => Date.now(),
    });
    await files.write(`notes/${HEX}`, 'ours');
    expect((await files.read(`notes/${HEX}`, 1000))?.toString()).toBe('ours');
    expect(existsSync(path.join(folder, 'notes', HEX))).toBe(false);
    return warnings.join('\n');
  }

  test.each(['.slipway-cache', 'build/cache', '.'])('committed files in %s', async place => {
    const root = makeRepository({ [path.join(place, 'responses/x.json')]: '{}' });
    const folder = path.join(root, place);
    chmodSync(folder, 0o700);
    expect(await notUsed(folder)).toMatch(/^the cache .* is not used: git holds files of it/);
  });

  test.each([
    ['.slipway-cache', '.slipway-cache'],
    ['build', 'build/cache'],
    ['a/b', 'a/b/c/d'],
  ])('behind the link %s', async (link, place) => {
    const root = makeRepository({ 'a/x': '' });
    const outside = makeFolder();
    symlinkSync(outside, path.join(root, link));
    expect(await notUsed(path.join(root, place))).toContain(
      `it lies behind the link ${path.join(root, link)}`,
    );
    expect(readdirSync(outside)).toEqual([]);
  });

  test('one that git does not hold is, as behind a link of the machine', async () => {
    const root = makeRepository({ 'a/x': '' });
    const around = makeFolder();
    symlinkSync(makeFolder(), path.join(around, 'data'));
    for (const folder of [path.join(root, '.slipway-cache'), path.join(around, 'data/cache')]) {
      const warnings: string[] = [];
      const files = await openCacheFiles({
        folder,
        warn: ({ en }) => warnings.push(en),
        now: () => Date.now(),
      });
      await files.write(`notes/${HEX}`, 'ours');
      expect([warnings, existsSync(path.join(folder, 'notes', HEX))]).toEqual([[], true]);
    }
  });
});

describe('C10 what was kept is believed only from this user', () => {
  const NAMES = [
    `check/${HEX}.json`,
    `check/rendered/${HEX}.json`,
    `check/cluster/${HEX}.json`,
    `notes/${HEX}`,
  ].concat([`responses/${HEX}.json`, `render/objects/${HEX}.json`, `render/tools/${HEX}.json`]);
  const body = '{"findings":[]}';

  afterEach(() => vi.unstubAllEnvs());

  test.each(NAMES)('%s', async name => {
    const { folder, files } = await open();
    await files.write(name, body);
    expect((await files.read(name, 1000))?.toString()).toBe(body);
    const own = readFileSync(path.join(folder, name), 'latin1');
    const forged = {
      plain: body,
      'with a digest': `${sha256Of(body)}\n${body}`,
      'with a digest for a seal': `${sha256Of(body)}${body}`,
      'with a seal of something else': own.replace('[]', '[1]'),
      'cut short': own.slice(0, -1),
      'a seal alone': own.slice(0, 64),
      empty: '',
    };
    for (const [kind, content] of Object.entries(forged)) {
      writeFiles(folder, { [name]: content });
      expect([kind, (await files.read(name, 1000))?.length]).toEqual([kind, 0]);
    }
    const other = name.replaceAll('a'.repeat(8), 'b'.repeat(8));
    writeFiles(folder, { [name]: own, [other]: own });
    expect((await files.read(other, 1000))?.length).toBe(0);
    expect((await files.read(name, body.length))?.toString()).toBe(body);
    expect((await files.read(name, body.length - 1))?.length).toBe(0);
  });

  /** Opened by somebody on another machine. */
  async function elsewhere(folder: string, key?: string): Promise<CacheFiles> {
    vi.stubEnv('XDG_STATE_HOME', makeFolder());
    vi.stubEnv('SLIPWAY_CACHE_KEY', key);
    return openCacheFiles({ folder, warn: () => undefined, now: () => Date.now() });
  }

  test('of another user or machine it is as if there were none; blobs hold', async () => {
    const { folder, files } = await open();
    const name = `notes/${HEX}`;
    await files.write(name, body);
    const sha256 = await openBlobStore(files).write(Buffer.from('chart'));
    const other = await elsewhere(folder);
    expect((await other.read(name, 1000))?.length).toBe(0);
    expect(await openBlobStore(other).read(sha256)).toMatchObject({ state: 'found' });
  });

  test('machines with one SLIPWAY_CACHE_KEY believe each other', async () => {
    const folder = path.join(makeFolder(), 'cache');
    const name = `notes/${HEX}`;
    await (await elsewhere(folder, 'k'.repeat(32))).write(name, body);
    expect((await (await elsewhere(folder, 'k'.repeat(32))).read(name, 1000))?.toString()).toBe(body);
    expect((await (await elsewhere(folder, 'j'.repeat(32))).read(name, 1000))?.length).toBe(0);
    expect((await (await elsewhere(folder)).read(name, 1000))?.length).toBe(0);
  });

  test('H07 a key that is too short is refused, and is not shown', async () => {
    const error: unknown = await elsewhere(makeFolder(), 'short').catch((failure: unknown) => failure);
    expect(error).toMatchObject({
      code: 'E_VALUE',
      message: 'SLIPWAY_CACHE_KEY has less than 32 characters',
    });
    expect(JSON.stringify(error)).not.toContain('"short"');
  });

  test('without a place for a key nothing is believed later, and nothing fails', async () => {
    const folder = path.join(makeFolder(), 'cache');
    vi.stubEnv('XDG_STATE_HOME', '/dev/null/nowhere');
    const openAgain = () => openCacheFiles({ folder, warn: () => undefined, now: () => Date.now() });
    const first = await openAgain();
    await first.write(`notes/${HEX}`, body);
    expect((await first.read(`notes/${HEX}`, 1000))?.toString()).toBe(body);
    expect((await (await openAgain()).read(`notes/${HEX}`, 1000))?.length).toBe(0);
  });
});

test('C10 results that are forged in the cache turn no check green', async () => {
  const root = makeRepository({ 'apps/web/kustomization.yaml': 'resources: [gone.yaml]\n' });
  const env = checkHome();
  const first = await check(root, [], env);
  expect(first.findings.length).toBeGreaterThan(0);
  const cache = env['SLIPWAY_CACHE_DIR'] ?? '';
  const [file = ''] = readdirSync(path.join(cache, 'check')).filter(name => name.endsWith('.json'));
  const kept = readFileSync(path.join(cache, 'check', file), 'utf8');
  const json = kept.slice(kept.indexOf('{'));
  const forged = json.replaceAll(/"findings":\[(?:[^[\]]|\[[^[\]]*\])*\]/g, '"findings":[]');
  expect(forged).not.toBe(json);
  for (const head of [`${sha256Of(forged)}\n`, kept.slice(0, kept.indexOf('{')), '']) {
    writeFileSync(path.join(cache, 'check', file), head + forged);
    expect((await check(root, [], env)).findings).toEqual(first.findings);
  }
});

test('what is used is young again, and the time is noted once a day', async () => {
  const { folder, files } = await open();
  const name = `blobs/${HEX}`;
  await files.write(name, 'ours');
  const file = path.join(folder, name);
  const hours = (count: number): number => Math.round(Date.now() / 1000) - count * 3600;
  for (const [age, isTouched] of [
    [23, false],
    [25, true],
  ] as const) {
    utimesSync(file, hours(age), hours(age));
    await files.touch(name);
    expect([age, statSync(file).mtimeMs > hours(1) * 1000]).toEqual([age, isTouched]);
  }
});
