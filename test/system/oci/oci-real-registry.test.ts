import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { versionOfTag } from '../../../src/system/oci/oci-reference.ts';
import { startRegistry, type FixtureRegistry } from '../../support/oci-registry.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failureOf } from '../../support/test-http.ts';
import { openTestOci as openOci, type TestOci } from '../../support/test-oci.ts';
import { findTool } from '../../support/tools.js';

const ARCHIVE = Buffer.from('a chart archive');
const ALICE = { kind: 'password', username: 'alice', password: 's3cret' } as const;
const hasRegistry = findTool('registry') !== undefined;
const helm = findTool('helm');

let registry: FixtureRegistry;

beforeAll(async () => {
  const started = await startRegistry({ users: { alice: 's3cret' }, identityTokens: ['refresh'] });
  if (started) registry = started;
});

afterAll(() => registry?.close());

/** The token server has a port of its own, which nobody trusts by itself. */
function openTestOci(options: TestOci = {}) {
  return openOci({
    ...options,
    oci: { tokenHosts: { [registry.host]: registry.tokens.host }, ...options.oci },
  });
}

test.runIf(hasRegistry)('a pushed chart is listed, described and fetched, with a login', async () => {
  const digest = await registry.pushChart({
    repository: 'team/demo',
    version: '1.2.3+build.4',
    archive: ARCHIVE,
    created: '2026-02-01T08:00:00Z',
    chart: { appVersion: '9' },
    annotations: { team: 'storage' },
  });
  const reference = `oci://${registry.host}/team/demo`;
  const { oci } = await openTestOci({ credential: ALICE });
  expect((await oci.listTags(reference)).map(versionOfTag)).toEqual(['1.2.3+build.4']);
  const manifest = await oci.fetchManifest(reference, '1.2.3+build.4');
  expect(manifest).toMatchObject({
    digest,
    created: '2026-02-01T08:00:00Z',
    annotations: { team: 'storage', 'org.opencontainers.image.title': 'demo' },
    chartLayer: { size: ARCHIVE.length },
  });
  expect(await oci.fetchManifest(reference, digest)).toEqual(manifest);
  expect(await oci.fetchBlob(reference, manifest.chartLayer)).toEqual(ARCHIVE);
  const config = JSON.parse((await oci.fetchBlob(reference, manifest.config)).toString()) as unknown;
  expect(config).toEqual({ apiVersion: 'v2', name: 'demo', version: '1.2.3+build.4', appVersion: '9' });
});

test.runIf(hasRegistry)('one login serves all requests for a repository', async () => {
  await registry.pushChart({ repository: 'team/once', version: '1.0.0', archive: ARCHIVE });
  const before = registry.tokens.received.length;
  const { oci } = await openTestOci({ credential: ALICE });
  const reference = `oci://${registry.host}/team/once`;
  await Promise.all([oci.listTags(reference), oci.fetchManifest(reference, '1.0.0')]);
  await oci.listTags(reference);
  const asked = registry.tokens.received.slice(before);
  expect(asked).toHaveLength(1);
  const { path: asks, headers } = asked[0] ?? { path: '', headers: {} };
  expect(new URL(asks, 'http://h').searchParams.get('scope')).toBe('repository:team/once:pull');
  expect(headers['authorization']).toBe(`Basic ${btoa('alice:s3cret')}`);
});

test.runIf(hasRegistry)('an identity token is exchanged by POST', async () => {
  await registry.pushChart({ repository: 'team/identity', version: '1.0.0', archive: ARCHIVE });
  const { oci } = await openTestOci({ credential: { kind: 'identity-token', token: 'refresh' } });
  expect(await oci.listTags(`oci://${registry.host}/team/identity`)).toEqual(['1.0.0']);
  expect(registry.tokens.received.at(-1)).toMatchObject({ method: 'POST', path: '/token' });
});

test.runIf(hasRegistry)('more tags than one page', async () => {
  const versions = Array.from({ length: 12 }, (_, index) => `1.0.${index}`);
  for (const version of versions)
    await registry.pushChart({ repository: 'team/pages', version, archive: ARCHIVE });
  const { oci } = await openTestOci({ credential: ALICE, oci: { pageSize: 5 } });
  const tags = await oci.listTags(`oci://${registry.host}/team/pages`);
  expect(tags.toSorted()).toEqual(versions.toSorted());
});

test.runIf(hasRegistry).each([
  ['without a login', undefined],
  ['with a wrong password', { kind: 'password', username: 'alice', password: 'canary' } as const],
  ['with a wrong identity token', { kind: 'identity-token', token: 'canary' } as const],
])('N13 a private chart %s', async (_, credential) => {
  await registry.pushChart({ repository: 'team/private', version: '1.0.0', archive: ARCHIVE });
  const { oci } = await openTestOci(credential ? { credential } : {});
  const error = await failureOf(oci.fetchManifest(`oci://${registry.host}/team/private`, '1.0.0'));
  expect(error).toMatchObject({ code: 'E_AUTH', exit: 4 });
  expect(String(error)).not.toContain('canary');
});

test.runIf(hasRegistry)('N14 an unknown version', async () => {
  await registry.pushChart({ repository: 'team/known', version: '1.0.0', archive: ARCHIVE });
  const { oci } = await openTestOci({ credential: ALICE });
  const error = await failureOf(oci.fetchManifest(`oci://${registry.host}/team/known`, '2.0.0'));
  expect(error).toMatchObject({ code: 'E_HTTP' });
  expect(String(error)).toContain('404');
});

test.runIf(hasRegistry)('N21 offline, what was fetched before is there', async () => {
  await registry.pushChart({ repository: 'team/offline', version: '1.0.0', archive: ARCHIVE });
  const reference = `oci://${registry.host}/team/offline`;
  const folder = `${await tempFolder()}/cache`;
  const online = await openTestOci({ credential: ALICE, folder });
  await online.oci.listTags(reference);
  const { chartLayer } = await online.oci.fetchManifest(reference, '1.0.0');
  await online.oci.fetchBlob(reference, chartLayer);
  const { oci, http } = await openTestOci({ credential: ALICE, folder, http: { offline: true } });
  expect(await oci.listTags(reference)).toEqual(['1.0.0']);
  const manifest = await oci.fetchManifest(reference, '1.0.0');
  expect(await oci.fetchBlob(reference, manifest.chartLayer)).toEqual(ARCHIVE);
  expect([...http.contacted]).toEqual([]);
});

test.runIf(hasRegistry)('R22 a tag that moves between list and pull: the digest decides', async () => {
  const chart = { repository: 'team/moving', version: '1.0.0' };
  await registry.pushChart({ ...chart, archive: Buffer.from('first') });
  const reference = `oci://${registry.host}/team/moving`;
  const { oci } = await openTestOci({ credential: ALICE });
  const seen = await oci.fetchManifest(reference, '1.0.0');
  await registry.pushChart({ ...chart, archive: Buffer.from('second') });
  expect((await oci.fetchBlob(reference, seen.chartLayer)).toString()).toBe('first');
  expect((await oci.fetchManifest(reference, seen.digest)).chartLayer).toEqual(seen.chartLayer);
  const next = await openTestOci({ credential: ALICE });
  expect((await next.oci.fetchManifest(reference, '1.0.0')).digest).not.toBe(seen.digest);
});

/** Runs helm with a home of its own. */
async function runHelm(home: string, ...parameters: string[]): Promise<void> {
  const env = { PATH: process.env['PATH'], HOME: home, HELM_REGISTRY_CONFIG: path.join(home, 'config.json') };
  await promisify(execFile)(helm ?? 'helm', parameters, { env, cwd: home });
}

test.runIf(hasRegistry && helm)(
  'what helm pushes we read, and what the fixture pushes helm pulls',
  async () => {
    const home = await tempFolder();
    await mkdir(path.join(home, 'crossed/templates'), { recursive: true });
    const chart = 'apiVersion: v2\nname: crossed\nversion: 0.1.0+x\ndescription: A chart\n';
    await writeFile(path.join(home, 'crossed/Chart.yaml'), chart);
    await writeFile(path.join(home, 'crossed/values.yaml'), 'replicas: 1\n');
    await runHelm(home, 'package', 'crossed');
    const archive = await readFile(path.join(home, 'crossed-0.1.0+x.tgz'));
    const login = ['--username', 'alice', '--password', 's3cret', '--plain-http'];
    await runHelm(home, 'push', 'crossed-0.1.0+x.tgz', `oci://${registry.host}/helm`, ...login);

    const { oci } = await openTestOci({ credential: ALICE });
    const reference = `oci://${registry.host}/helm/crossed`;
    expect(await oci.listTags(reference)).toEqual(['0.1.0_x']);
    const manifest = await oci.fetchManifest(reference, '0.1.0+x');
    expect(Date.parse(manifest.created ?? '')).toBeGreaterThan(Date.parse('2024-01-01'));
    expect(await oci.fetchBlob(reference, manifest.chartLayer)).toEqual(archive);

    await registry.pushChart({ repository: 'ours/crossed', version: '0.1.0+x', archive });
    const pulled = await tempFolder();
    const source = `oci://${registry.host}/ours/crossed`;
    await runHelm(home, 'pull', source, '--version', '0.1.0+x', '--destination', pulled, ...login);
    expect(await readFile(path.join(pulled, 'crossed-0.1.0+x.tgz'))).toEqual(archive);
  },
);
