import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

test('https:// of a server that speaks plain HTTP is no matter of certificates', async () => {
  const server = await serveTest({ '/': { body: 'ok' } });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url.replace('http:', 'https:'), limit: 10 }));
  expect(error).toMatchObject({ code: 'E_TLS', hint: expect.stringContaining('http://') as unknown });
  expect(String(error)).toContain('does not speak TLS');
});

test('a handshake that the server ends is no matter of certificates', async () => {
  // An alert of TLS: handshake_failure.
  const server = createServer(socket =>
    socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex'))),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const error = await failureOf(openTestHttp().http.get({ url: `https://127.0.0.1:${port}/`, limit: 10 }));
  expect(error).toMatchObject({ code: 'E_TLS' });
  expect(String(error)).toContain('handshake failed');
});
