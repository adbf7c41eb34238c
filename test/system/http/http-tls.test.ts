import { expect, test } from 'vitest';
import { makeCertificate } from '../../support/certificate.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const DAY_MS = 86_400_000;
const authority = makeCertificate({ commonName: 'test CA', authority: true });
const names = ['127.0.0.1'];

test('a certificate of a configured authority is trusted', async () => {
  for (const keyType of ['ec', 'rsa'] as const) {
    const server = await serveTest(
      { '/': { body: 'ok' } },
      makeCertificate({ issuer: authority, names, keyType }),
    );
    const { http } = openTestHttp();
    const answer = await http.get({ url: server.url, limit: 10, tls: { ca: authority.cert } });
    expect(answer.body.toString()).toBe('ok');
  }
});

test.each([
  ['self-signed', makeCertificate({ names }), 'not trusted'],
  [
    'expired',
    makeCertificate({
      issuer: authority,
      names,
      notBefore: new Date(Date.now() - 2 * DAY_MS),
      notAfter: new Date(Date.now() - DAY_MS),
    }),
    'expired',
  ],
  [
    'not valid yet',
    makeCertificate({ issuer: authority, names, notBefore: new Date(Date.now() + DAY_MS / 2) }),
    'not valid yet',
  ],
  ['of another host', makeCertificate({ issuer: authority, names: ['charts.example.test'] }), 'another host'],
])('N16 a certificate that is %s is refused without a second try', async (_, certificate, says) => {
  const server = await serveTest({ '/': { body: 'ok' } }, certificate);
  const { http, waits } = openTestHttp();
  const request = { url: server.url, limit: 10, tls: { ca: authority.cert } };
  const error = await failureOf(http.get(request));
  expect(error).toMatchObject({ code: 'E_TLS', exit: 4 });
  expect(String(error)).toContain(says);
  expect(waits).toEqual([]);
  const insecure = openTestHttp({ insecureHosts: [server.host] });
  expect((await insecure.http.get(request)).body.toString()).toBe('ok');
});

test('N16 NODE_TLS_REJECT_UNAUTHORIZED=0 is refused, and would not be obeyed', async () => {
  const server = await serveTest({ '/': { body: 'ok' } }, makeCertificate({ names }));
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { http } = openTestHttp({ env });
  const error = await failureOf(http.get({ url: server.url, limit: 10 }));
  expect(error).toMatchObject({ code: 'E_TLS', exit: 4 });
  expect(String(error)).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
  const insecure = openTestHttp({ env, insecureHosts: [server.host] });
  expect((await insecure.http.get({ url: server.url, limit: 10 })).body.toString()).toBe('ok');

  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const unaware = openTestHttp();
  const refused = await failureOf(unaware.http.get({ url: server.url, limit: 10 }));
  if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  expect(refused).toMatchObject({ code: 'E_TLS' });
});

test('N16 plain http does not care about NODE_TLS_REJECT_UNAUTHORIZED', async () => {
  const server = await serveTest({ '/': { body: 'ok' } });
  const { http } = openTestHttp({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
  expect((await http.get({ url: server.url, limit: 10 })).status).toBe(200);
});
