import { expect, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { serveProxy } from '../../support/http-proxy.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const HOST = 'charts.example.test';
const authority = makeCertificate({ commonName: 'test CA', authority: true });
const served = makeCertificate({ issuer: authority, names: [HOST] });
const tls = { ca: authority.cert };

test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])(
  'N17 https goes through a tunnel (%s)',
  async name => {
    const proxy = await serveProxy();
    const server = await serveTest({ '/': { body: 'ok' } }, served);
    const { http } = openTestHttp({ env: { [name]: proxy.url } });
    const answer = await http.get({ url: `https://${HOST}:${server.port}/`, limit: 10, tls });
    expect(answer.body.toString()).toBe('ok');
    expect(proxy.asked).toEqual([`CONNECT ${HOST}:${server.port}`]);
  },
);

test('N17 plain http asks the proxy without a tunnel', async () => {
  const proxy = await serveProxy({ login: 'alice:canary' });
  const server = await serveTest({ '/': { body: 'ok' } });
  const { http } = openTestHttp({ env: { http_proxy: `http://alice:canary@${proxy.host}` } });
  const answer = await http.get({
    url: `http://${HOST}:${server.port}/?a=b`,
    limit: 10,
    authorization: 'Basic eA==',
  });
  expect(answer.body.toString()).toBe('ok');
  expect(proxy.asked).toEqual([`GET http://${HOST}:${server.port}/?a=b`]);
  expect(server.received[0]?.headers.authorization).toBe('Basic eA==');
});

test.each(['NO_PROXY', 'no_proxy'])('N17 hosts of %s are asked directly', async name => {
  const proxy = await serveProxy();
  const server = await serveTest({ '/': { body: 'ok' } });
  const { http } = openTestHttp({
    env: { HTTP_PROXY: proxy.url, [name]: 'other.test,.example.test' },
    lookup: (_, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  expect((await http.get({ url: `http://${HOST}:${server.port}/`, limit: 10 })).status).toBe(200);
  expect(proxy.asked).toEqual([]);
});

test('N17 this machine is asked directly', async () => {
  const proxy = await serveProxy();
  const server = await serveTest({ '/': { body: 'ok' } });
  const { http } = openTestHttp({ env: { HTTP_PROXY: proxy.url } });
  expect((await http.get({ url: server.url, limit: 10 })).status).toBe(200);
  expect(proxy.asked).toEqual([]);
});

test.each(['https', 'http'])('N17 a proxy that is down, for %s', async scheme => {
  const gone = await serveTest();
  await gone.close();
  const env = {
    HTTPS_PROXY: `http://alice:canary@${gone.host}`,
    HTTP_PROXY: `http://alice:canary@${gone.host}`,
  };
  const { http, waits } = openTestHttp({ env });
  const error = (await failureOf(http.get({ url: `${scheme}://${HOST}/`, limit: 10 }))) as UserError;
  expect(error).toMatchObject({ code: 'E_NET_PROXY', exit: 4 });
  expect(waits).toHaveLength(3);
  expect(`${error.message} ${error.hint}`).not.toContain('canary');
});

test.each(['https', 'http'])('N17 a proxy that wants a login (407), for %s', async scheme => {
  const proxy = await serveProxy({ login: 'alice:right' });
  const withLogin = `http://alice:canary@${proxy.host}`;
  const { http } = openTestHttp({ env: { HTTPS_PROXY: withLogin, HTTP_PROXY: withLogin } });
  const error = (await failureOf(http.get({ url: `${scheme}://${HOST}/`, limit: 10 }))) as UserError;
  expect(error).toMatchObject({ code: 'E_NET_PROXY', exit: 4 });
  expect(`${error.message} ${error.hint}`).toContain('407');
  expect(`${error.message} ${error.hint}`).not.toContain('canary');
  expect(proxy.asked).toHaveLength(1);
});

test('N17 a proxy that knows the login lets a request through', async () => {
  const proxy = await serveProxy({ login: 'alice:right' });
  const server = await serveTest({ '/': { body: 'ok' } }, served);
  const { http } = openTestHttp({ env: { HTTPS_PROXY: `http://alice:right@${proxy.host}` } });
  const answer = await http.get({ url: `https://${HOST}:${server.port}/`, limit: 10, tls });
  expect(answer.body.toString()).toBe('ok');
});

test('N17 a proxy without a scheme is an http one; nonsense is named', async () => {
  const proxy = await serveProxy();
  const server = await serveTest({ '/': { body: 'ok' } });
  const url = `http://${HOST}:${server.port}/`;
  const plain = openTestHttp({ env: { http_proxy: proxy.host } });
  expect((await plain.http.get({ url, limit: 10 })).body.toString()).toBe('ok');
  expect(proxy.asked).toHaveLength(1);
  const nonsense = openTestHttp({ env: { http_proxy: 'http://alice:canary@:' } });
  const error = await failureOf(nonsense.http.get({ url, limit: 10 }));
  expect(error).toMatchObject({ code: 'E_NET_PROXY' });
  expect(String(error)).not.toContain('canary');
});

test('a host served from elsewhere (connectTo) is not asked for through a proxy', async () => {
  const proxy = await serveProxy();
  const server = await serveTest({ '/': { body: 'demo' } });
  const { http } = openTestHttp({
    env: { HTTP_PROXY: proxy.url },
    connectTo: new Map([[`${HOST}:80`, { host: '127.0.0.1', port: server.port }]]),
  });
  expect((await http.get({ url: `http://${HOST}/`, limit: 10 })).body.toString()).toBe('demo');
  expect(server.received[0]?.headers.host).toBe(HOST);
  expect(proxy.asked).toEqual([]);
});

test('R07 behind a proxy an address inside is still refused', async () => {
  const proxy = await serveProxy();
  const server = await serveTest({ '/': { status: 302, headers: { location: 'http://10.0.0.1/' } } });
  const { http } = openTestHttp({ env: { HTTP_PROXY: proxy.url } });
  const error = await failureOf(http.get({ url: `http://${HOST}:${server.port}/`, limit: 10 }));
  expect(error).toMatchObject({ code: 'E_SSRF' });
  expect(proxy.asked).toHaveLength(1);
});
