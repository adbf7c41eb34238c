import { expect, test } from 'vitest';
import { openHttp } from '../../src/io/http.ts';
import { serveHttp } from '../support/http-server.ts';

test('gets', async () => {
  const server = await serveHttp({
    '/a': { body: 'hello' },
    '/r': { status: 302, headers: { location: '/a' } },
  });
  const http = openHttp({ env: {} });
  expect((await http.get({ url: server.url + '/a', limit: 100 })).body.toString()).toBe('hello');
  expect((await http.get({ url: server.url + '/r', limit: 100 })).body.toString()).toBe('hello');
  await expect(http.get({ url: server.url + '/x', limit: 100 })).rejects.toThrow('404');
  await http.close();
  await server.close();
});
