import { expect, test } from 'vitest';
import { serveHttp } from './http-server.ts';

test('no two servers of a test file stand at one address, though the system gives a port again', async () => {
  const urls: string[] = [];
  for (let count = 0; count < 600; count++) {
    const server = await serveHttp();
    urls.push(server.url);
    await server.close();
  }
  expect(new Set(urls).size).toBe(600);
});
