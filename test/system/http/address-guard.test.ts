import { expect, test } from 'vitest';
import { exceedsScope, scopeOfAddress, scopeOfName } from '../../../src/system/http/address-guard.ts';
import type { DnsLookup } from '../../../src/system/http/http-lane.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const LIMIT = 1000;

test.each([
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['64:ff9b::808:808', 'public'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['64:ff9b::a00:1', 'private'],
  ['2002:a00:1::', 'private'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['::1', 'loopback'],
  ['::', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['fd00:ec2::254', 'link-local'],
  ['100.100.100.200', 'link-local'],
  ['224.0.0.1', 'link-local'],
  ['255.255.255.255', 'link-local'],
])('R07 %s is %s', (address, reach) => {
  expect(scopeOfAddress(address)).toBe(reach);
});

test.each([
  ['localhost', 'loopback'],
  ['localhost.', 'loopback'],
  ['a.localhost', 'loopback'],
  ['[::1]', 'loopback'],
  ['metadata.google.internal', 'link-local'],
  ['vault.internal', 'private'],
  ['internal.example.com', undefined],
  ['example.com', undefined],
])('R07 the name %s is %s', (name, reach) => {
  expect(scopeOfName(name)).toBe(reach);
});

/** DNS of one test: the public name's server is here all the same, so it is reached through connectTo. */
async function servePublic(location: string) {
  const server = await serveTest({ '/': { status: 302, headers: { location } } });
  const connectTo = new Map([['public.example.test:80', { host: '127.0.0.1', port: server.port }]]);
  return { server, connectTo, url: 'http://public.example.test/' };
}

function lookupTable(table: Record<string, string[]>): DnsLookup {
  return (hostname, callback) => {
    const found = table[hostname];
    if (found)
      callback(
        null,
        found.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    else callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  };
}

test.each([
  'http://127.0.0.1:PORT/',
  'http://[::1]:PORT/',
  'http://0x7f.1:PORT/',
  'http://2130706433:PORT/',
  'http://127。0。0。1:PORT/',
  'http://localhost:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.1.2.3/',
  'http://metadata.google.internal/',
  'http://private.example.test:PORT/',
  'http://both.example.test:PORT/',
])('R07 a public server sends us to %s: refused, no packet sent', async template => {
  const inside = await serveTest({ '*': { body: 'secret' } });
  const target = template.replace('PORT', String(inside.port));
  // A header holds bytes: what is not ASCII arrives percent-encoded or not at all.
  const { connectTo, url } = await servePublic(
    /^[\u0020-\u007e]*$/.test(target) ? target : new URL(target).href,
  );
  const lookup = lookupTable({
    'public.example.test': ['203.0.113.7'],
    'private.example.test': ['127.0.0.1'],
    'both.example.test': ['203.0.113.8', '127.0.0.1'],
  });
  const { http } = openTestHttp({ connectTo, lookup });
  const redirected = await failureOf(http.get({ url, limit: LIMIT }));
  expect(redirected).toMatchObject({ code: 'E_SSRF', exit: 5 });
  const linked = await failureOf(http.get({ url: target, limit: LIMIT, linkedFrom: url }));
  expect(linked).toMatchObject({ code: 'E_SSRF', exit: 5 });
  expect(inside.received).toEqual([]);
});

test('R07 each look-up is judged by the connection that uses it, also the second (DNS rebinding)', async () => {
  const inside = await serveTest({ '*': { body: 'secret' } });
  const { connectTo, url } = await servePublic(`http://rebinding.example.test:${inside.port}/`);
  let asked = 0;
  const lookup: DnsLookup = (hostname, callback) => {
    if (hostname !== 'rebinding.example.test') return callback(null, [{ address: '203.0.113.7', family: 4 }]);
    if (asked++ > 0) return callback(null, [{ address: '127.0.0.1', family: 4 }]);
    callback(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }), []);
  };
  const { http } = openTestHttp({ connectTo, lookup });
  expect(await failureOf(http.get({ url, limit: LIMIT }))).toMatchObject({ code: 'E_SSRF' });
  expect(asked).toBe(2);
  expect(inside.received).toEqual([]);
});

test('R07 a host inside is fine if it is configured', async () => {
  const inside = await serveTest({ '/': { body: 'ours' } });
  const { connectTo, url } = await servePublic(inside.url);
  const { http } = openTestHttp({ connectTo, trustedHosts: [inside.host] });
  expect((await http.get({ url, limit: LIMIT })).body.toString()).toBe('ours');
});

test('R07 a host that the user asked for directly may be anywhere', async () => {
  const server = await serveTest({ '/': { body: 'direct' } });
  const lookup = lookupTable({ 'harbor.corp.test': ['127.0.0.1'] });
  const { http } = openTestHttp({ lookup });
  const url = `http://harbor.corp.test:${server.port}/`;
  expect((await http.get({ url, limit: LIMIT })).body.toString()).toBe('direct');
});

test('R07 a private server may not send us to this machine', async () => {
  const here = await serveTest({ '/': { body: 'here' } });
  const { connectTo, url } = await servePublic(here.url);
  const lookup = lookupTable({ 'public.example.test': ['10.0.0.5'] });
  const { http } = openTestHttp({ connectTo, lookup });
  expect(await failureOf(http.get({ url, limit: LIMIT }))).toMatchObject({ code: 'E_SSRF' });
  expect(here.received).toEqual([]);
});

test.each([
  ['public', 'public', false],
  ['private', 'public', true],
  ['private', 'private', false],
  ['loopback', 'private', true],
  ['private', 'loopback', false],
  ['link-local', 'loopback', true],
] as const)('R07 an address that is %s for a server that is %s: beyond is %s', (reach, allowed, beyond) => {
  expect(exceedsScope(reach, allowed)).toBe(beyond);
});
