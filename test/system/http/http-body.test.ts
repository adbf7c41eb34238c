import type { ServerResponse } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Received } from '../../support/http-server.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const MIB = 1024 * 1024;

test('gzip is asked for and decoded', async () => {
  const text = 'apiVersion: v1\n'.repeat(1000);
  const server = await serveTest({ '/': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(text) } });
  const { http } = openTestHttp();
  const answer = await http.get({ url: server.url, limit: MIB });
  expect(answer.body.toString()).toBe(text);
  expect(server.received[0]?.headers['accept-encoding']).toBe('gzip, identity');
});

test('an archive keeps the bytes of the wire, even labelled as gzip', async () => {
  const archive = gzipSync('chart');
  const server = await serveTest({ '/': { headers: { 'content-encoding': 'gzip' }, body: archive } });
  const { http } = openTestHttp();
  const answer = await http.get({ url: server.url, limit: MIB, encoding: 'identity' });
  expect(answer.body).toEqual(archive);
  expect(server.received[0]?.headers['accept-encoding']).toBe('identity');
});

function bomb(bytes: number) {
  return (_: Received, response: ServerResponse): void => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const gzip = createGzip({ level: 9 });
    gzip.pipe(response);
    response.on('close', () => gzip.destroy());
    const zeros = Buffer.alloc(MIB);
    let left = bytes / MIB;
    const write = (): void => {
      while (left-- > 0) if (!gzip.write(zeros)) return void gzip.once('drain', write);
      gzip.end();
    };
    write();
  };
}

test('N19 a gzip bomb of 300 MiB stops at the limit', async () => {
  const server = await serveTest({ '/': bomb(300 * MIB) });
  const { http } = openTestHttp();
  const before = process.memoryUsage().rss;
  const error = await failureOf(http.get({ url: server.url, limit: 64 * MIB }));
  expect(error).toMatchObject({ code: 'E_LIMIT', exit: 5 });
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * MIB);
  expect(server.received).toHaveLength(1);
});

test('N19 a ratio beyond 200 is refused once 8 MiB are decoded', async () => {
  const server = await serveTest({ '/': bomb(12 * MIB), '/small': bomb(6 * MIB) });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url, limit: 64 * MIB }));
  expect(error).toMatchObject({ code: 'E_LIMIT', exit: 5 });
  expect(String(error)).toContain('200 times');
  expect((await http.get({ url: `${server.url}/small`, limit: 64 * MIB })).body).toHaveLength(6 * MIB);
});

test.each([['gzip,gzip,gzip,gzip,gzip,gzip'], ['gzip, gzip'], ['foo'], ['br'], ['deflate'], ['\u009bgzip']])(
  'N20 content encoding %j was not asked for',
  async encoding => {
    const server = await serveTest({ '/': { headers: { 'content-encoding': encoding }, body: 'x' } });
    const { http } = openTestHttp();
    const error = await failureOf(http.get({ url: server.url, limit: MIB }));
    expect(error).toMatchObject({ code: 'E_ENCODING', exit: 5 });
    expect(server.received).toHaveLength(1);
  },
);

test('N20 gzip that is none', async () => {
  const server = await serveTest({ '/': { headers: { 'content-encoding': 'gzip' }, body: 'plain text' } });
  const { http } = openTestHttp();
  expect(await failureOf(http.get({ url: server.url, limit: MIB }))).toMatchObject({ code: 'E_ENCODING' });
});

test('N08 half a gzip stream, closed without a length, is never used', async () => {
  const whole = gzipSync(Buffer.from('apiVersion: v1\n'.repeat(10_000)));
  const server = await serveTest({
    '/': (_, response) => {
      response.writeHead(200, {
        'content-encoding': 'gzip',
        connection: 'close',
        'transfer-encoding': 'identity',
      });
      response.end(whole.subarray(0, whole.length / 2));
    },
  });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url, limit: MIB }));
  expect(error).toMatchObject({ code: 'E_NET_TRUNCATED' });
  expect(server.received).toHaveLength(4);
});

test.each([
  ['with a length', (response: ServerResponse) => void response.end(Buffer.alloc(2 * MIB))],
  [
    'in chunks without a length',
    (response: ServerResponse) => {
      for (let chunk = 0; chunk < 32; chunk++) response.write(Buffer.alloc(64 * 1024));
      response.end();
    },
  ],
])('R12 a body over the limit, %s, is refused, not cut', async (_, answer) => {
  const server = await serveTest({ '/': (_received, response) => answer(response) });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url, limit: MIB }));
  expect(error).toMatchObject({ code: 'E_LIMIT', exit: 5 });
  expect(String(error)).toContain('1 MiB');
});

test('a body of exactly the limit is fine', async () => {
  const server = await serveTest({ '/': { body: Buffer.alloc(MIB) } });
  const { http } = openTestHttp();
  expect((await http.get({ url: server.url, limit: MIB })).body).toHaveLength(MIB);
});

test('of an answer that is no success at most 8 KiB are read', async () => {
  const server = await serveTest({ '/': { status: 401, body: Buffer.alloc(MIB, 'x') } });
  const { http } = openTestHttp();
  const answer = await http.get({ url: server.url, limit: 10, expect: [401] });
  expect(answer.status).toBe(401);
  expect(answer.body).toHaveLength(8 * 1024);
});

test('HEAD has no body, whatever its headers say', async () => {
  const server = await serveTest({ '/': { headers: { 'content-encoding': 'foo' }, body: 'x'.repeat(100) } });
  const { http } = openTestHttp();
  const answer = await http.head({ url: server.url, limit: 10 });
  expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '100' } });
  expect(answer.body).toHaveLength(0);
});
