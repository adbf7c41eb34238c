import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import type { DnsLookup } from '../../../src/system/http/http-lane.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const LIMIT = 1_000_000;

/** A TCP server that does with each connection what the test says. */
async function serveTcp(
  handle: (socket: Socket) => void,
): Promise<{ host: string; connections: () => number }> {
  let connections = 0;
  const server = createServer(socket => {
    connections++;
    socket.on('error', () => socket.destroy());
    handle(socket);
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const sockets = new Set<Socket>();
  server.on('connection', socket => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${port}`, connections: () => connections };
}

function failingLookup(
  code: string,
  times: number,
  address = '127.0.0.1',
): { lookup: DnsLookup; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    lookup: (hostname, callback) => {
      asked++;
      const error = Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code });
      setImmediate(() => (asked <= times ? callback(error, []) : callback(null, [{ address, family: 4 }])));
    },
  };
}

test('N01 an unknown host is not asked for again, and named', async () => {
  const { lookup, asked } = failingLookup('ENOTFOUND', 99);
  const { http } = openTestHttp({ lookup });
  const error = await failureOf(http.get({ url: 'http://charts.example.test/index.yaml', limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_DNS', exit: 4, subject: 'charts.example.test' });
  expect(String(error)).toContain('charts.example.test');
  expect(asked()).toBe(1);
});

test('N02 a name server that fails twice is no failure', async () => {
  const server = await serveTest({ '/': { body: 'ok' } });
  const { lookup, asked } = failingLookup('EAI_AGAIN', 2);
  const { http } = openTestHttp({ lookup });
  const answer = await http.get({ url: `http://charts.example.test:${server.port}/`, limit: LIMIT });
  expect(answer.body.toString()).toBe('ok');
  expect(asked()).toBe(3);
});

test('N03 a refused connection is tried four times, each wait below its bound', async () => {
  const { host } = await serveTcp(socket => socket.destroy());
  const free = await serveTest();
  await free.close();
  const { http, waits } = openTestHttp();
  const error = await failureOf(http.get({ url: free.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_CONNECT', exit: 4 });
  expect(waits).toHaveLength(3);
  for (const [tried, wait] of waits.entries()) {
    expect(wait).toBeLessThanOrEqual(500 * 2 ** tried);
    expect(wait).toBeGreaterThan(500 * 2 ** tried * 0.99);
  }
  expect(host).not.toBe(free.host);
});

test('N04 a server that accepts and never speaks TLS meets the connect time-out', async () => {
  const silent = await serveTcp(() => undefined);
  const { http } = openTestHttp({ timeouts: { connectMs: 50 } });
  const error = await failureOf(http.get({ url: `https://${silent.host}/`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_TIMEOUT', exit: 4 });
  expect(String(error)).toContain('connect');
  expect(silent.connections()).toBe(4);
});

test('N05 headers that never come meet the first byte time-out', async () => {
  const server = await serveTest({ '/': () => undefined });
  const { http } = openTestHttp({ timeouts: { firstByteMs: 50 } });
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_TIMEOUT' });
  expect(String(error)).toContain('first byte');
  expect(server.received).toHaveLength(4);
});

test('N05 a body that stops half-way meets the idle time-out', async () => {
  const server = await serveTest({
    '/': (_, response) => void response.writeHead(200, { 'content-length': '10' }).write('half'),
  });
  const { http } = openTestHttp({ timeouts: { idleMs: 50 } });
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_TIMEOUT' });
  expect(String(error)).toContain('idle');
});

test('N06 a slow drip that never idles meets the total time limit, once', async () => {
  const server = await serveTest({
    '/': (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drip));
    },
  });
  const { http } = openTestHttp({ timeouts: { idleMs: 5000, totalMs: 150 } });
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_TIMEOUT', exit: 4 });
  expect(String(error)).toContain('total');
  expect(server.received).toHaveLength(1);
});

function cutShort(_: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('x'.repeat(500), () => response.destroy());
}

test('N07 content-length 1000, closed at 500', async () => {
  const server = await serveTest({ '/': cutShort });
  const { http, waits } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_NET_TRUNCATED', exit: 4 });
  expect(waits).toHaveLength(3);
  expect(server.received).toHaveLength(4);
});

test('N07 the next try may be whole', async () => {
  const server = await serveTest({ '/': [cutShort, { body: 'whole' }] });
  const { http } = openTestHttp();
  expect((await http.get({ url: server.url, limit: LIMIT })).body.toString()).toBe('whole');
});

test.each([
  ['N13', 401, 'E_AUTH', 'access denied'],
  ['N13', 403, 'E_AUTH', 'access denied'],
  ['N14', 404, 'E_HTTP', 'not found'],
  ['N14', 410, 'E_HTTP', 'not found'],
] as const)('%s %i is not repeated, names the host and no secret', async (_, status, code, says) => {
  const server = await serveTest({ '*': { status, body: 'canary-body' } });
  const { http } = openTestHttp();
  const url = `http://alice:canary-password@${server.host}/charts/index.yaml?token=canary-token`;
  const error = await failureOf(http.get({ url, limit: LIMIT }));
  expect(error).toMatchObject({ code, exit: 4, subject: server.host });
  expect(String(error)).toContain(`http://${server.host}/charts/index.yaml: ${says}`);
  expect(server.received).toHaveLength(1);
  expect(server.received[0]?.headers.authorization).toBe(`Basic ${btoa('alice:canary-password')}`);
  const shown = JSON.stringify({ ...(error as UserError), text: String(error) });
  expect(shown).not.toContain('canary');
  expect((error as UserError).hint).toContain(code === 'E_AUTH' ? server.host : 'URL');
});

test('an answer that is not HTTP', async () => {
  const { host } = await serveTcp(socket => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: `http://${host}/`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_HTTP' });
});

test('N22 an abort ends a download at once and leaves no connection open', async () => {
  const stop = new AbortController();
  let ended: Promise<unknown> | undefined;
  const server = await serveTest({
    '/': (_, response) => {
      response.writeHead(200).write('first');
      ended = once(response, 'close');
      setImmediate(() => stop.abort());
    },
  });
  const { http } = openTestHttp({ signal: stop.signal });
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_CANCELLED', exit: 130 });
  await ended;
});

test('N22 an abort does not wait for a connection that hangs', async () => {
  const stop = new AbortController();
  const silent = await serveTcp(() => stop.abort());
  const { http } = openTestHttp({ signal: stop.signal, timeouts: { connectMs: 30_000 } });
  const error = await failureOf(http.get({ url: `https://${silent.host}/`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_CANCELLED' });
});

test('N22 nothing starts after an abort', async () => {
  const server = await serveTest({ '/': { body: 'ok' } });
  const { http } = openTestHttp({ signal: AbortSignal.abort() });
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_CANCELLED' });
  expect(server.received).toEqual([]);
});
