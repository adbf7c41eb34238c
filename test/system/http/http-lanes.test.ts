import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest } from '../../../src/system/http/http-types.ts';
import { UserError } from '../../../src/errors.ts';
import { openTestHttp } from '../../support/test-http.ts';

/** Answers each request with these bytes; then the connection ends, is reset, or stays open and silent. */
type Behaviour = { says: string; after: 'ends' | 'breaks' | 'waits'; isSilent?: boolean };

async function serve({ says, after }: Behaviour): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', chunk => {
      asked.push(chunk.toString('latin1'));
      socket.write(Buffer.from(says), () => {
        if (after === 'ends') socket.end();
        else if (after === 'breaks') socket.resetAndDestroy();
      });
    });
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

const TIMES = { firstByteMs: 100, idleMs: 100 };

/** What is asked for of a host, by Node's client or, where the host is served from elsewhere, by undici: two lanes. */
async function ask(lane: 'direct' | 'other', port: number, request: Partial<HttpRequest>, times = {}) {
  const host = `127.0.0.1:${port}`;
  const mapped = new Map([[host, { host: '127.0.0.1', port }]]);
  const { http } = openTestHttp({ timeouts: times, ...(lane === 'other' ? { connectTo: mapped } : {}) });
  try {
    const answer = await http.get({ url: `http://${host}/a?b=c`, limit: 1000, ...request });
    return { status: answer.status, headers: answer.headers, body: answer.body.toString() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.code, message: error.texts.message.en };
  }
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CASES: Record<string, Behaviour & { request?: Partial<HttpRequest> }> = {
  'a body with its length': { says: `${OK}content-length: 2\r\n\r\nok`, after: 'waits' },
  'a body that ends with the connection': { says: `${OK}\r\nall of it`, after: 'ends' },
  'a body in chunks': { says: `${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, after: 'waits' },
  'nothing new': {
    says: 'HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n',
    after: 'waits',
    request: { expect: [304] },
  },
  'a header twice, and one in UTF-8': {
    says: `${OK}link: <a>\r\nlink: <b>\r\nx-name: é\r\nset-cookie: a\r\nset-cookie: b\r\ncontent-length: 0\r\n\r\n`,
    after: 'waits',
  },
  'an address in UTF-8 that it leads to': {
    says: 'HTTP/1.1 302 Found\r\nlocation: ftp://é/\r\ncontent-length: 0\r\n\r\n',
    after: 'waits',
  },
  'a body that is cut': { says: `${OK}content-length: 9\r\n\r\nok`, after: 'ends' },
  'a chunk that is cut': { says: `${OK}transfer-encoding: chunked\r\n\r\n9\r\nok`, after: 'ends' },
  'an end before any answer': { says: '', after: 'ends' },
  'half of the headers': { says: `${OK}content-le`, after: 'ends' },
  'something else than HTTP': { says: 'SSH-2.0-OpenSSH_9.6\r\n', after: 'waits' },
  'chunks that are none': { says: `${OK}transfer-encoding: chunked\r\n\r\nzz\r\n`, after: 'waits' },
  'headers without end': { says: `${OK}x: ${'y'.repeat(40_000)}\r\n\r\n`, after: 'waits' },
  'no answer': { says: '', after: 'waits', isSilent: true },
  'a body that stops': { says: `${OK}content-length: 9\r\n\r\nok`, after: 'waits', isSilent: true },
  'a body over the limit': { says: `${OK}\r\n${'y'.repeat(2000)}`, after: 'ends' },
  'no such file': { says: 'HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno', after: 'waits' },
};

test.each(Object.entries(CASES))('both lanes see the same: %s', async (_, { request = {}, ...behaviour }) => {
  const { port } = await serve(behaviour);
  const times = behaviour.isSilent ? TIMES : {};
  expect(await ask('direct', port, request, times)).toEqual(await ask('other', port, request, times));
});

test('both lanes ask for the same, with the same headers', async () => {
  const { port, asked } = await serve({ says: `${OK}content-length: 0\r\n\r\n`, after: 'waits' });
  const request = { headers: { 'if-none-match': '"1"' }, authorization: 'Basic x' };
  for (const lane of ['direct', 'other'] as const) await ask(lane, port, request);
  const lines = asked.map(text => text.toLowerCase().split('\r\n').toSorted());
  expect(lines[0]).toEqual(lines[1]);
  expect(lines).toHaveLength(2);
});
