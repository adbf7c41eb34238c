import { expect, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import { authority, parseHttpUrl } from '../../../src/system/http/http-url.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

test.each([
  'http://host/\r\nX-Evil: 1',
  'http://ho\nst/',
  'http://host/a b',
  'http://host\\@evil/',
  'http://host/\u0000',
  'http://host/\u007f',
  'http://[::1',
  'host/path',
  '',
  'file:///etc/passwd',
  'ftp://host/',
  'javascript:alert(1)',
])('R08 %j is refused', async text => {
  const { http } = openTestHttp();
  const direct = await failureOf(http.get({ url: text, limit: 1 }));
  expect(direct).toMatchObject({ code: 'E_VALUE', exit: 2 });
  const linked = await failureOf(http.get({ url: text, limit: 1, linkedFrom: 'http://127.0.0.1/' }));
  expect(linked).toMatchObject({ code: 'E_NO_URL', exit: 4 });
});

test.each([
  ['http://EXAMPLE.test/A', 'http://example.test/A', 'example.test:80'],
  ['https://example.test:443/', 'https://example.test/', 'example.test:443'],
  ['https://example.test:8443/#x', 'https://example.test:8443/', 'example.test:8443'],
  ['http://example。test/', 'http://example.test/', 'example.test:80'],
  ['http://0x7f.1/', 'http://127.0.0.1/', '127.0.0.1:80'],
  ['http://[0:0:0:0:0:0:0:1]/', 'http://[::1]/', '[::1]:80'],
  ['http://bücher.test/', 'http://xn--bcher-kva.test/', 'xn--bcher-kva.test:80'],
])('R08 %s is read as %s', (text, href, host) => {
  const { url } = parseHttpUrl(text);
  expect(url.href).toBe(href);
  expect(authority(url)).toBe(host);
});

test.each([
  ['http://user:pass@host/', 'user:pass'],
  ['http://us%40er:p%3Ass@host/', 'us@er:p:ss'],
  ['http://user:100%@host/', 'user:100%'],
  ['http://user@host/', 'user:'],
  ['http://host/', undefined],
])('R08 user and password of %s are kept apart', (text, userinfo) => {
  expect(parseHttpUrl(text)).toEqual({ url: new URL('http://host/'), ...(userinfo ? { userinfo } : {}) });
});

test('R08 user and password are sent as Basic, and shown nowhere', async () => {
  const server = await serveTest({ '*': { body: 'ok' }, '/gone': { status: 404 } });
  const { http } = openTestHttp();
  const answer = await http.get({ url: `http://alice:canary@${server.host}/`, limit: 10 });
  expect(server.received[0]?.headers.authorization).toBe(`Basic ${btoa('alice:canary')}`);
  expect(answer.url).toBe(`${server.url}/`);
  for (const bad of [
    `http://alice:canary@${server.host}/gone`,
    'ftp://alice:canary@host/',
    'http://alice:canary@ho st/',
  ]) {
    const error = (await failureOf(http.get({ url: bad, limit: 10 }))) as UserError;
    expect(`${error.message} ${error.hint} ${error.subject}`).not.toContain('canary');
  }
});

test('R08 a linked URL brings no credentials of its own', async () => {
  const server = await serveTest({ '/x.tgz': { body: 'ok' } });
  const { http } = openTestHttp();
  await http.get({ url: `http://eve:canary@${server.host}/x.tgz`, limit: 10, linkedFrom: server.url });
  expect(server.received[0]?.headers).not.toHaveProperty('authorization');
});
