import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import { parseChallenge } from '../../../src/system/oci/oci-token.ts';
import {
  isLoopback,
  parseOciRepository,
  tagOfVersion,
  versionOfTag,
} from '../../../src/system/oci/oci-reference.ts';
import { makeCertificate } from '../../support/certificate.ts';
import type { FixtureServer, Received, Reply, Route } from '../../support/http-server.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failureOf, serveTest } from '../../support/test-http.ts';
import { openTestOci } from '../../support/test-oci.ts';

const ALICE = { kind: 'password', username: 'alice', password: 'canary' } as const;
const ARCHIVE = Buffer.from('a chart archive');
const CONFIG = Buffer.from('{"name":"demo","version":"1.0.0"}');
const CHART_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function layer(bytes: Buffer, mediaType = CHART_TYPE) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

function manifest(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: layer(CONFIG, 'application/vnd.cncf.helm.config.v1+json'),
    layers: [layer(ARCHIVE)],
    ...changes,
  });
}

const V2 = '/v2/team/demo';

/** A registry of one chart, `team/demo` 1.0.0, that misbehaves where a test says so. */
async function serveRegistry(routes: Record<string, Route> = {}, tls?: Parameters<typeof serveTest>[1]) {
  const text = manifest();
  const server = await serveTest(
    {
      [`${V2}/tags/list`]: { body: JSON.stringify({ name: 'team/demo', tags: ['1.0.0'] }) },
      [`${V2}/manifests/1.0.0`]: { headers: { 'content-type': MANIFEST_TYPE }, body: text },
      [`${V2}/manifests/${digestOf(text)}`]: { body: text },
      [`${V2}/blobs/${digestOf(ARCHIVE)}`]: { body: ARCHIVE },
      ...routes,
    },
    tls,
  );
  return { server, reference: `oci://${server.host}/team/demo`, digest: digestOf(text) };
}

test('tags, manifest and chart', async () => {
  const { reference, digest } = await serveRegistry();
  const { oci } = await openTestOci();
  expect(await oci.listTags(reference)).toEqual(['1.0.0']);
  const found = await oci.fetchManifest(reference, '1.0.0');
  expect(found).toEqual({
    digest,
    annotations: {},
    created: undefined,
    config: { digest: digestOf(CONFIG), size: CONFIG.length },
    chartLayer: { digest: digestOf(ARCHIVE), size: ARCHIVE.length },
    provenanceLayer: undefined,
  });
  expect(await oci.fetchBlob(reference, found.chartLayer)).toEqual(ARCHIVE);
});

test('one chart is one download, in all runs', async () => {
  const { server, reference, digest } = await serveRegistry();
  const folder = `${await tempFolder()}/cache`;
  const chart = { digest: digestOf(ARCHIVE), size: ARCHIVE.length };
  for (let run = 0; run < 3; run++) {
    const { oci } = await openTestOci({ folder });
    await oci.fetchManifest(reference, digest);
    await oci.fetchBlob(reference, chart);
  }
  expect(server.received).toHaveLength(2);
});

/** Answers 401 with a challenge until somebody sends what `welcome` says. */
function guarded(challenge: string, welcome: string, reply: Reply) {
  return (received: Received): Reply =>
    received.headers.authorization === welcome
      ? reply
      : { status: 401, headers: { 'www-authenticate': challenge } };
}

const TAGS = { body: JSON.stringify({ tags: ['1.0.0'] }) };

test('a Basic challenge is answered with the login', async () => {
  const { reference } = await serveRegistry({
    [`${V2}/tags/list`]: guarded('Basic realm="registry"', `Basic ${btoa('alice:canary')}`, TAGS),
  });
  expect(await (await openTestOci({ credential: ALICE })).oci.listTags(reference)).toEqual(['1.0.0']);
  const error = await failureOf((await openTestOci()).oci.listTags(reference));
  expect(error).toMatchObject({ code: 'E_AUTH' });
});

test('a request that is refused after another one has logged in takes that login', async () => {
  const { server, reference } = await serveRegistry();
  server.routes['/token'] = { body: JSON.stringify({ token: 'good' }) };
  const challenge = `Bearer realm="${server.url}/token"`;
  server.routes[`${V2}/tags/list`] = guarded(challenge, 'Bearer good', TAGS);
  let refuse = (): void => undefined;
  server.routes[`${V2}/manifests/1.0.0`] = ({ headers }, response) => {
    if (headers.authorization === 'Bearer good') return { body: manifest() };
    refuse = () => response.writeHead(401, { 'www-authenticate': challenge }).end();
    return undefined;
  };
  const { oci } = await openTestOci({ credential: ALICE });
  const late = oci.fetchManifest(reference, '1.0.0');
  await oci.listTags(reference);
  refuse();
  await late;
  expect(server.received.filter(({ path }) => path.startsWith('/token'))).toHaveLength(1);
});

test('a token that is no longer taken is replaced once', async () => {
  const { server, reference } = await serveRegistry();
  let issued = 0;
  server.routes['/token'] = () => ({
    body: JSON.stringify({ token: `token-${++issued}`, expires_in: 3600 }),
  });
  const challenge = `Bearer realm="${server.url}/token",service="s"`;
  server.routes[`${V2}/tags/list`] = guarded(challenge, 'Bearer token-1', TAGS);
  server.routes[`${V2}/manifests/1.0.0`] = guarded(challenge, 'Bearer token-2', { body: manifest() });
  const { oci } = await openTestOci();
  expect(await oci.listTags(reference)).toEqual(['1.0.0']);
  expect((await oci.fetchManifest(reference, '1.0.0')).chartLayer.size).toBe(ARCHIVE.length);
  expect(issued).toBe(2);
});

test.each([
  ['expires_in 60', { expires_in: 60 }, 1, 49_000],
  ['expires_in 60', { expires_in: 60 }, 2, 51_000],
  ['no expires_in', {}, 2, 51_000],
  ['expires_in -1', { expires_in: -1 }, 1, 49_000],
])('a token with %s is asked for %j %i times', async (_, fields, times, later) => {
  const { server, reference } = await serveRegistry();
  let now = Date.now();
  server.routes['/token'] = { body: JSON.stringify({ token: 'good', ...fields }) };
  const challenge = `Bearer realm="${server.url}/token"`;
  server.routes[`${V2}/tags/list`] = guarded(challenge, 'Bearer good', TAGS);
  server.routes[`${V2}/manifests/1.0.0`] = guarded(challenge, 'Bearer good', { body: manifest() });
  const { oci } = await openTestOci({ oci: { now: () => now } });
  await oci.listTags(reference);
  now += later;
  await oci.fetchManifest(reference, '1.0.0');
  expect(server.received.filter(({ path }) => path.startsWith('/token'))).toHaveLength(times);
});

test.each([
  ['no token', '{}'],
  ['no JSON', 'canary'],
  ['a token with a line break', JSON.stringify({ token: 'a\r\nx-evil: 1' })],
  ['a number', JSON.stringify({ token: 7 })],
])('a token server that answers with %s', async (_, body) => {
  const { server, reference } = await serveRegistry();
  server.routes['/token'] = { body };
  server.routes[`${V2}/tags/list`] = guarded(`Bearer realm="${server.url}/token"`, 'Bearer good', TAGS);
  const { oci } = await openTestOci({ credential: ALICE });
  expect(await failureOf(oci.listTags(reference))).toMatchObject({ code: 'E_AUTH' });
});

test('R19 a token server must not redirect', async () => {
  const other = await serveTest({ '*': { body: '{"token":"good"}' } });
  const { server, reference } = await serveRegistry();
  server.routes['/token'] = { status: 302, headers: { location: `${other.url}/token` } };
  server.routes[`${V2}/tags/list`] = guarded(`Bearer realm="${server.url}/token"`, 'Bearer good', TAGS);
  const { oci } = await openTestOci({ credential: ALICE });
  expect(await failureOf(oci.listTags(reference))).toMatchObject({ code: 'E_REDIRECT', exit: 5 });
  expect(other.received).toEqual([]);
});

test('R19 a token answer over 64 KiB is refused', async () => {
  const { server, reference } = await serveRegistry();
  server.routes['/token'] = { body: JSON.stringify({ token: 'x'.repeat(65 * 1024) }) };
  server.routes[`${V2}/tags/list`] = guarded(`Bearer realm="${server.url}/token"`, 'Bearer good', TAGS);
  const { oci } = await openTestOci();
  expect(await failureOf(oci.listTags(reference))).toMatchObject({ code: 'E_LIMIT', exit: 5 });
});

const authority = makeCertificate({ commonName: 'test CA', authority: true });
const certificate = makeCertificate({
  issuer: authority,
  names: ['registry.example.test', 'auth.example.test'],
});

/** `registry.example.test` over TLS, whose challenge names `realm`; and whom the run asked. */
async function askWithRealm(realm: string, tokenHosts: Record<string, string> = {}) {
  const server: FixtureServer = await serveTest(
    {
      '/token': { body: '{"token":"good"}' },
      [`${V2}/tags/list`]: guarded(`Bearer realm="${realm}",service="s"`, 'Bearer good', TAGS),
    },
    certificate,
  );
  const here = { host: '127.0.0.1', port: server.port };
  const names = ['registry.example.test:443', 'auth.example.test:443', 'evil.example.test:443'];
  const { oci, http } = await openTestOci({
    credential: ALICE,
    oci: { tokenHosts },
    http: { connectTo: new Map(names.map(name => [name, here])), insecureHosts: names },
  });
  const outcome = await oci
    .listTags('oci://registry.example.test/team/demo')
    .catch((error: unknown) => error);
  const logins = server.received.filter(({ headers }) => headers.authorization?.startsWith('Basic'));
  return { outcome, logins, contacted: [...http.contacted] };
}

test.each([
  'http://evil.example.test/token',
  'https://evil.example.test/token',
  'https://169.254.169.254/token',
  'https://127.0.0.1/token',
  'http://registry.example.test/token',
  'https://registry.example.test:8443/token',
  'https://registry.example.test@evil.example.test/token',
  'https://alice:pw@registry.example.test/token',
  'https://registry.example.test.evil.example.test/token',
  'file:///token',
  'not a URL',
])('R19 the login does not go to realm %s', async realm => {
  const { outcome, logins, contacted } = await askWithRealm(realm);
  expect(outcome).toMatchObject({ code: 'E_TOKEN_REALM', exit: 5 });
  expect(String(outcome)).not.toContain('canary');
  expect(logins).toEqual([]);
  expect(contacted).toEqual(['registry.example.test:443']);
});

test('C17 no login goes to a realm on another port of this machine, nor where a realm redirects', async () => {
  const other = await serveTest({ '*': { body: '{"token":"good"}' } });
  const { server, reference } = await serveRegistry({
    [`${V2}/tags/list`]: guarded(`Bearer realm="${other.url}/token",service="s"`, 'Bearer good', TAGS),
    '/token': { status: 307, headers: { location: `${other.url}/token` } },
  });
  const { oci } = await openTestOci({ credential: ALICE });
  await expect(oci.listTags(reference)).rejects.toMatchObject({ code: 'E_TOKEN_REALM', exit: 5 });
  server.routes[`${V2}/tags/list`] = guarded(`Bearer realm="${server.url}/token"`, 'Bearer good', TAGS);
  await expect(oci.listTags(reference)).rejects.toMatchObject({ code: 'E_REDIRECT', exit: 5 });
  expect(other.received).toEqual([]);
});

test('C14 120 000 tags in one page, and more pages than there should be tags', async () => {
  const pageOf = (count: number): Reply => ({
    body: JSON.stringify({ tags: Array.from({ length: count }, (_, index) => `1.0.${index}`) }),
  });
  const { server, reference } = await serveRegistry({ [`${V2}/tags/list`]: pageOf(120_000) });
  const { oci } = await openTestOci();
  await expect(oci.listTags(reference)).rejects.toMatchObject({ code: 'E_LIMIT', exit: 5 });
  server.routes[`${V2}/tags/list`] = pageOf(100_000);
  expect(await (await openTestOci()).oci.listTags(reference)).toHaveLength(100_000);
});

test('R19 the login goes to a realm on the own origin, and to a configured one', async () => {
  const own = await askWithRealm('https://registry.example.test:443/token');
  expect(own.outcome).toEqual(['1.0.0']);
  expect(own.logins).toHaveLength(1);
  const pair = { 'registry.example.test': 'auth.example.test' };
  const configured = await askWithRealm('https://auth.example.test/token', pair);
  expect(configured.outcome).toEqual(['1.0.0']);
  expect(configured.contacted).toContain('auth.example.test:443');
  const plain = await askWithRealm('http://auth.example.test/token', pair);
  expect(plain.outcome).toMatchObject({ code: 'E_TOKEN_REALM' });
});

function page(tag: string, link?: string): Reply {
  return { headers: link ? { link } : {}, body: JSON.stringify({ tags: [tag] }) };
}

test('R20 pages are followed on the same server, relative or not', async () => {
  const { server, reference } = await serveRegistry();
  server.routes[`${V2}/tags/list`] = ({ path }) => {
    if (path.includes('last=b')) return page('c');
    if (path.includes('last=a')) return page('b', `<${server.url}${V2}/tags/list?last=b>; rel=next`);
    return page('a', `<${V2}/tags/list?last=a&n=1>; rel="next"`);
  };
  const { oci } = await openTestOci();
  expect(await oci.listTags(reference)).toEqual(['a', 'b', 'c']);
});

test.each([
  ['on another host', '<https://evil.example.test/v2/team/demo/tags/list>; rel="next"'],
  ['on another port', '<http://127.0.0.1:1/v2/team/demo/tags/list>; rel="next"'],
  ['with a login', '<http://eve:pw@HOST/v2/team/demo/tags/list?last=a>; rel="next"'],
  ['the same again', '<?n=1000>; rel="next"'],
  ['no URL', '<http://[>; rel="next"'],
])('R20 a next page that is %s', async (_, link) => {
  const { server, reference } = await serveRegistry();
  server.routes[`${V2}/tags/list`] = { ...TAGS, headers: { link: link.replace('HOST', server.host) } };
  const { oci, http } = await openTestOci({ credential: ALICE });
  const error = await failureOf(oci.listTags(reference));
  expect(error).toMatchObject({ code: 'E_PAGINATION', exit: 5 });
  expect([...http.contacted]).toEqual([server.host]);
});

test('R20 pages without end stop at 100', async () => {
  const { server, reference } = await serveRegistry();
  let count = 0;
  server.routes[`${V2}/tags/list`] = () => ({
    ...TAGS,
    headers: { link: `<${V2}/tags/list?last=${++count}>; rel="next"` },
  });
  const { oci } = await openTestOci();
  expect(await failureOf(oci.listTags(reference))).toMatchObject({ code: 'E_PAGINATION', exit: 5 });
  expect(server.received).toHaveLength(100);
});

test.each([
  ['null', '{"tags":null}', []],
  ['with what is no tag', '{"tags":["1.0.0",7,"a b","\\u001b[2J",null]}', ['1.0.0']],
])('a list of tags that is %s', async (_, body, tags) => {
  const { reference } = await serveRegistry({ [`${V2}/tags/list`]: { body } });
  expect(await (await openTestOci()).oci.listTags(reference)).toEqual(tags);
});

test.each(['', '<html>', '[]', '{"tags":"1.0.0"}'])('a list of tags that is %j', async body => {
  const { reference } = await serveRegistry({ [`${V2}/tags/list`]: { body } });
  expect(await failureOf((await openTestOci()).oci.listTags(reference))).toMatchObject({ code: 'E_HTTP' });
});

const foreign = { ...layer(ARCHIVE), urls: ['https://evil.example.test/x.tgz'] };
const configType = 'application/vnd.oci.image.config.v1+json';

test.each([
  ['no JSON', 'canary'],
  ['a list', '[]'],
  ['an image index', manifest({ mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] })],
  ['an index without a type', JSON.stringify({ schemaVersion: 2, manifests: [] })],
  ['of schema 1', manifest({ schemaVersion: 1 })],
  ['of another type', manifest({ mediaType: 'application/vnd.docker.distribution.manifest.v2+json' })],
  ['of an image', manifest({ config: layer(CONFIG, configType) })],
  ['without a config', manifest({ config: undefined })],
  ['with two chart layers', manifest({ layers: [layer(ARCHIVE), layer(CONFIG)] })],
  ['without a chart layer', manifest({ layers: [layer(ARCHIVE, 'application/octet-stream')] })],
  ['with layers that are none', manifest({ layers: [null, 7, 'x'] })],
  ['with a foreign layer', manifest({ layers: [foreign] })],
  ['with a digest of another kind', manifest({ layers: [{ ...layer(ARCHIVE), digest: 'sha1:abc' }] })],
  [
    'with a digest too short',
    manifest({ layers: [{ ...layer(ARCHIVE), digest: `sha256:${'a'.repeat(63)}` }] }),
  ],
  ['with a path for a digest', manifest({ layers: [{ ...layer(ARCHIVE), digest: 'sha256:../../x' }] })],
  ['with a negative size', manifest({ layers: [{ ...layer(ARCHIVE), size: -1 }] })],
  ['with a size in words', manifest({ layers: [{ ...layer(ARCHIVE), size: '15' }] })],
])('R21 a manifest %s is refused', async (_, body) => {
  const { server, reference } = await serveRegistry({ [`${V2}/manifests/1.0.0`]: { body } });
  const { oci, http } = await openTestOci();
  expect(await failureOf(oci.fetchManifest(reference, '1.0.0'))).toMatchObject({
    code: 'E_OCI_MANIFEST',
    exit: 5,
  });
  expect([...http.contacted]).toEqual([server.host]);
});

test('R21 a manifest over 4 MiB is refused', async () => {
  const body = manifest({ annotations: { big: 'x'.repeat(5 * 1024 * 1024) } });
  const { reference } = await serveRegistry({ [`${V2}/manifests/1.0.0`]: { body } });
  const { oci } = await openTestOci();
  expect(await failureOf(oci.fetchManifest(reference, '1.0.0'))).toMatchObject({ code: 'E_LIMIT', exit: 5 });
});

test('a provenance layer and the older chart type are known', async () => {
  const provenance = Buffer.from('signed');
  const layers = [
    layer(provenance, 'application/vnd.cncf.helm.chart.provenance.v1.prov'),
    layer(ARCHIVE, 'application/tar+gzip'),
  ];
  const { reference } = await serveRegistry({ [`${V2}/manifests/1.0.0`]: { body: manifest({ layers }) } });
  const found = await (await openTestOci()).oci.fetchManifest(reference, '1.0.0');
  expect(found.provenanceLayer?.digest).toBe(digestOf(provenance));
  expect(found.chartLayer.digest).toBe(digestOf(ARCHIVE));
});

test.each([
  ['2026-02-01T08:00:00Z', true],
  ['2026-02-01T08:00:00.123456789+02:00', true],
  ['yesterday', false],
  ['2026-13-45T99:00:00Z', false],
  ['', false],
])('the creation date %j', async (created, isDate) => {
  const annotations = { 'org.opencontainers.image.created': created, other: 7 };
  const { reference } = await serveRegistry({
    [`${V2}/manifests/1.0.0`]: { body: manifest({ annotations }) },
  });
  const found = await (await openTestOci()).oci.fetchManifest(reference, '1.0.0');
  expect(found.created).toBe(isDate ? created : undefined);
});

test.each([
  ['R21', 'other bytes of the same size', Buffer.alloc(ARCHIVE.length, 'x'), 'E_DIGEST'],
  ['R21', 'fewer bytes', ARCHIVE.subarray(0, 4), 'E_DIGEST'],
  ['R21', 'more bytes', Buffer.alloc(1000), 'E_LIMIT'],
  ['N08', 'half of the archive, closed without a length', ARCHIVE.subarray(0, 7), 'E_DIGEST'],
])('%s a blob with %s is never used', async (_, what, body, code) => {
  const headers = what.includes('without a length')
    ? { 'transfer-encoding': 'identity', connection: 'close' }
    : {};
  const { reference } = await serveRegistry({ [`${V2}/blobs/${digestOf(ARCHIVE)}`]: { headers, body } });
  const { oci } = await openTestOci();
  const error = await failureOf(
    oci.fetchBlob(reference, { digest: digestOf(ARCHIVE), size: ARCHIVE.length }),
  );
  expect(error).toMatchObject({ code, exit: 5 });
});

test('R21 a size that is a lie is refused though the digest is right', async () => {
  const { reference } = await serveRegistry();
  const { oci } = await openTestOci();
  const error = await failureOf(oci.fetchBlob(reference, { digest: digestOf(ARCHIVE), size: 999 }));
  expect(error).toMatchObject({ code: 'E_DIGEST', exit: 5 });
});

test('a blob over the limit is not even asked for', async () => {
  const { server, reference } = await serveRegistry();
  const { oci } = await openTestOci();
  const error = await failureOf(
    oci.fetchBlob(reference, { digest: digestOf(ARCHIVE), size: 21 * 1024 * 1024 }),
  );
  expect(error).toMatchObject({ code: 'E_LIMIT', exit: 5 });
  expect(server.received).toEqual([]);
});

test('R16 wrong bytes are fetched once more, past the caches on the way', async () => {
  const path = `${V2}/blobs/${digestOf(ARCHIVE)}`;
  const { server, reference } = await serveRegistry({ [path]: [{ body: 'stale' }, { body: ARCHIVE }] });
  const { oci } = await openTestOci();
  const blob = { digest: digestOf(ARCHIVE), size: ARCHIVE.length };
  expect(await oci.fetchBlob(reference, blob)).toEqual(ARCHIVE);
  expect(server.received.map(({ headers }) => headers['cache-control'])).toEqual([undefined, 'no-cache']);
});

test('R22 R23 a manifest by digest with other bytes is refused', async () => {
  const { server, reference, digest } = await serveRegistry();
  server.routes[`${V2}/manifests/${digest}`] = received =>
    received.method === 'HEAD'
      ? { headers: { 'docker-content-digest': digest } }
      : { headers: { 'docker-content-digest': digest }, body: manifest({ annotations: { evil: '1' } }) };
  const { oci } = await openTestOci();
  expect(await failureOf(oci.fetchManifest(reference, digest))).toMatchObject({ code: 'E_DIGEST', exit: 5 });
});

test.each([
  ['missing', {}],
  ['another', { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }],
  ['garbage', { 'docker-content-digest': 'x' }],
])('R24 with Docker-Content-Digest %s the digest is computed here', async (_, headers) => {
  const { reference, digest } = await serveRegistry({
    [`${V2}/manifests/1.0.0`]: { headers, body: manifest() },
  });
  const { oci } = await openTestOci();
  expect((await oci.fetchManifest(reference, '1.0.0')).digest).toBe(digest);
});

test('R01 a blob behind a redirect comes without the login', async () => {
  const store = await serveTest({ '/signed': { body: ARCHIVE } });
  const { server, reference } = await serveRegistry();
  server.routes['/token'] = { body: '{"token":"good"}' };
  const redirect = { status: 307, headers: { location: `${store.url}/signed?signature=x` } };
  const challenge = `Bearer realm="${server.url}/token"`;
  server.routes[`${V2}/blobs/${digestOf(ARCHIVE)}`] = guarded(challenge, 'Bearer good', redirect);
  const { oci } = await openTestOci({ credential: ALICE });
  const blob = { digest: digestOf(ARCHIVE), size: ARCHIVE.length };
  expect(await oci.fetchBlob(reference, blob)).toEqual(ARCHIVE);
  expect(store.received[0]?.headers).not.toHaveProperty('authorization');
});

test.each([
  ['oci://ghcr.io/org/charts/demo', 'ghcr.io', 'org/charts/demo'],
  ['ghcr.io/org/demo/', 'ghcr.io', 'org/demo'],
  ['oci://127.0.0.1:5000/demo', '127.0.0.1:5000', 'demo'],
  ['oci://[::1]:5000/demo', '[::1]:5000', 'demo'],
  ['oci://GHCR.io/org/demo', 'ghcr.io', 'org/demo'],
  ['oci://docker.io/envoyproxy/gateway-helm', 'registry-1.docker.io', 'envoyproxy/gateway-helm'],
  ['oci://index.docker.io/bitnamicharts/redis', 'registry-1.docker.io', 'bitnamicharts/redis'],
  ['oci://registry-1.docker.io/bitnamicharts/redis', 'registry-1.docker.io', 'bitnamicharts/redis'],
])('%s is a repository', (reference, host, path) => {
  expect(parseOciRepository(reference)).toEqual({ host, path });
});

test.each([
  '',
  'oci://',
  'oci://ghcr.io',
  'oci://ghcr.io/',
  'oci://ghcr.io/Org/Demo',
  'oci://ghcr.io/a//b',
  'oci://ghcr.io/../b',
  'oci://ghcr.io/a?x=1',
  'oci://ghcr.io/a:1.0.0',
  'oci://ghcr.io/a@sha256:abc',
  'oci://alice:canary@ghcr.io/a',
  'oci://gh cr.io/a',
  'oci://ghcr.io\\evil/a',
  `oci://ghcr.io/${'a'.repeat(256)}`,
])('%j is no repository', reference => {
  let failure: unknown;
  try {
    parseOciRepository(reference);
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({ code: 'E_VALUE', exit: 2 });
  expect((failure as UserError).message).not.toContain('canary');
});

test('versions and tags', () => {
  expect(tagOfVersion('1.2.3+build.4')).toBe('1.2.3_build.4');
  expect(versionOfTag('1.2.3_build.4')).toBe('1.2.3+build.4');
});

test.each([
  ['localhost:5000', true],
  ['127.0.0.1', true],
  ['[::1]:5000', true],
  ['ghcr.io', false],
  ['10.0.0.1:5000', false],
])('%s is of this machine: %s', (host, here) => {
  expect(isLoopback(host)).toBe(here);
});

test.each([
  [
    'Bearer realm="https://auth.test/token",service="reg",scope="repository:a:pull"',
    { scheme: 'bearer', realm: 'https://auth.test/token', service: 'reg' },
  ],
  ['bearer realm=https://auth.test/token', { scheme: 'bearer', realm: 'https://auth.test/token' }],
  ['Basic realm="x"', { scheme: 'basic' }],
  ['Basic', { scheme: 'basic' }],
  ['Negotiate, Basic realm="x, y"', { scheme: 'basic' }],
  ['Basic realm="x", Bearer realm="https://a.test/t"', { scheme: 'basic' }],
  [
    'Digest realm="d", nonce="1", Bearer realm="https://a.test/\\"t",service=s',
    { scheme: 'bearer', realm: 'https://a.test/"t', service: 's' },
  ],
  [
    'Bearer error_description="no, really",realm="https://a.test/t",x-ms-1=2,service="s"',
    { scheme: 'bearer', realm: 'https://a.test/t', service: 's' },
  ],
  ['X-Amz-4 a-b_c9="Basic realm",d=e, Basic realm="x"', { scheme: 'basic' }],
  ['Custom_2 sso-basic="Bearer realm=1"', undefined],
  ['Negotiate YII=, Basic realm="x"', { scheme: 'basic' }],
  ['Bearer realm="https://a.test/t", scope_basic="Basic"', { scheme: 'bearer', realm: 'https://a.test/t' }],
  ['Bearer error="x"', undefined],
  ['Digest realm="x"', undefined],
  ['', undefined],
  ['realm="x"', undefined],
])('the challenge %s', (header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge);
});
