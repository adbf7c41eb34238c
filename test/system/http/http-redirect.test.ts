import { expect, test } from 'vitest';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';
import { makeCertificate } from '../../support/certificate.ts';

const LIMIT = 1000;
const SECRETS = {
  authorization: 'Basic Y2FuYXJ5',
  'private-token': 'canary',
  'x-jfrog-art-api': 'canary',
  cookie: 'session=canary',
};
const authority = makeCertificate({ commonName: 'test CA', authority: true });
const served = makeCertificate({ issuer: authority, names: ['127.0.0.1', 'charts.example.test'] });

function to(location: string, status = 302) {
  return { status, headers: { location } };
}

test('R01 a redirect to another host takes no secret along', async () => {
  const other = await serveTest({ '/': { body: 'ok' } });
  const server = await serveTest({ '/': to(other.url) });
  const { http } = openTestHttp();
  await http.get({ url: server.url, limit: LIMIT, headers: { ...SECRETS, accept: 'text/plain' } });
  expect(server.received[0]?.headers).toMatchObject(SECRETS);
  expect(JSON.stringify(other.received[0]?.headers)).not.toContain('canary');
  expect(other.received[0]?.headers).not.toHaveProperty('authorization');
  expect(other.received[0]?.headers.accept).toBe('text/plain');
});

test('R02 on a way back the secrets stay away', async () => {
  const other = await serveTest();
  const server = await serveTest({ '/': to(`${other.url}/`), '/again': { body: 'ok' } });
  other.routes['/'] = to(`${server.url}/again`);
  const { http } = openTestHttp();
  await http.get({ url: server.url, limit: LIMIT, headers: SECRETS });
  expect(server.received[1]?.path).toBe('/again');
  expect(server.received[1]?.headers).not.toHaveProperty('authorization');
  expect(JSON.stringify(server.received[1]?.headers)).not.toContain('canary');
});

test('a redirect on the same origin keeps the headers', async () => {
  const server = await serveTest({ '/': to('/next', 307), '/next': { body: 'ok' } });
  const { http } = openTestHttp();
  const answer = await http.get({ url: server.url, limit: LIMIT, headers: SECRETS });
  expect(answer.url).toBe(`${server.url}/next`);
  expect(server.received[1]?.headers).toMatchObject(SECRETS);
});

test('R03 the default port spelled out is the same origin', async () => {
  const server = await serveTest(
    { '/': to('https://charts.example.test:443/next'), '/next': { body: 'ok' } },
    served,
  );
  const { http } = openTestHttp({
    connectTo: new Map([['charts.example.test:443', { host: '127.0.0.1', port: server.port }]]),
  });
  const tls = { ca: authority.cert };
  await http.get({ url: 'https://charts.example.test/', limit: LIMIT, headers: SECRETS, tls });
  expect(server.received.map(({ path }) => path)).toEqual(['/', '/next']);
  expect(server.received[1]?.headers).toMatchObject(SECRETS);
});

test('R04 another port of the same host gets no secret', async () => {
  const other = await serveTest({ '/': { body: 'ok' } });
  const server = await serveTest({ '/': to(other.url) });
  const { http } = openTestHttp();
  await http.get({ url: server.url, limit: LIMIT, authorization: 'Basic Y2FuYXJ5' });
  expect(other.received[0]?.headers).not.toHaveProperty('authorization');
});

test('R04 https to http is refused', async () => {
  const plain = await serveTest({ '/': { body: 'ok' } });
  const server = await serveTest({ '/': to(plain.url) }, served);
  const { http } = openTestHttp();
  const tls = { ca: authority.cert };
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT, tls }));
  expect(error).toMatchObject({ code: 'E_DOWNGRADE', exit: 5 });
  expect(plain.received).toEqual([]);
});

test('R05 a linked URL on another host that wants a login says how to allow it', async () => {
  const other = await serveTest({ '/x.tgz': { status: 401 } });
  const server = await serveTest();
  const { http } = openTestHttp();
  const url = `${other.url}/x.tgz`;
  const error = await failureOf(http.get({ url, limit: LIMIT, linkedFrom: server.url }));
  expect(error).toMatchObject({ code: 'E_AUTH', exit: 4 });
  expect((error as { hint: string }).hint).toContain('pass_credentials_all');
});

test('R06 five redirects are followed, six are not', async () => {
  const steps = [1, 2, 3, 4, 5].map(step => [`/${step}`, to(`/${step + 1}`)]);
  const server = await serveTest({ ...Object.fromEntries(steps), '/0': to('/1'), '/6': { body: 'end' } });
  const { http } = openTestHttp();
  expect((await http.get({ url: `${server.url}/1`, limit: LIMIT })).body.toString()).toBe('end');
  const error = await failureOf(http.get({ url: `${server.url}/0`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_REDIRECT', exit: 5 });
});

test('R06 a circle is an error', async () => {
  const server = await serveTest({ '/a': to('/b'), '/b': to('/a') });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: `${server.url}/a`, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_REDIRECT', exit: 5 });
  expect(server.received).toHaveLength(2);
});

test.each([
  ['missing', {}],
  ['empty', { location: '' }],
  ['garbage', { location: 'http://[' }],
  ['a file', { location: 'file:///etc/passwd' }],
  ['data', { location: 'data:text/plain,pwned' }],
  ['a script', { location: 'javascript:alert(1)' }],
  ['another scheme', { location: 'ftp://127.0.0.1/x' }],
  ['backslashes', { location: 'http:\\\\127.0.0.1\\x' }],
])('R06 a location that is %s', async (_, headers) => {
  const server = await serveTest({ '/': { status: 301, headers } });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_REDIRECT', exit: 5 });
});

test('a redirect with a password in it loses the password', async () => {
  const other = await serveTest({ '/': { body: 'ok' } });
  const server = await serveTest({ '/': to(`http://eve:canary@${other.host}/`) });
  const { http } = openTestHttp();
  const answer = await http.get({ url: server.url, limit: LIMIT });
  expect(answer.url).toBe(`${other.url}/`);
  expect(other.received[0]?.headers).not.toHaveProperty('authorization');
});

test('a client certificate stays at its origin', async () => {
  const client = makeCertificate({ issuer: authority, commonName: 'client' });
  const demanding = { ...served, ca: authority.cert, requestCert: true };
  const other = await serveTest({ '/': { body: 'ok' } }, { ...demanding, rejectUnauthorized: true });
  const server = await serveTest(
    { '/': { body: 'mine' }, '/away': to(other.url) },
    { ...demanding, rejectUnauthorized: true },
  );
  const { http } = openTestHttp({ insecureHosts: [other.host] });
  const tls = { ca: authority.cert, cert: client.cert, key: client.key };
  expect((await http.get({ url: server.url, limit: LIMIT, tls })).body.toString()).toBe('mine');
  expect(await failureOf(http.get({ url: `${server.url}/away`, limit: LIMIT, tls }))).toMatchObject({
    exit: 4,
  });
  expect(other.received).toEqual([]);
});
