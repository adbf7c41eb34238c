import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openCredentials, type Credentials } from '../../src/charts/open-credentials.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Files = Record<string, string>;

async function credentialsOf(files: Files, env: Record<string, string> = {}): Promise<Credentials> {
  const home = await tempFolder();
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(home, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text.replaceAll('HOME', home));
    await chmod(file, 0o755);
  }
  const PATH = `${path.join(home, 'bin')}:/usr/bin:/bin`;
  return openCredentials({ machine: { platform: 'linux', env: { PATH, ...env }, home } });
}

const REPOSITORIES = `repositories:
- {name: a, url: https://charts.test/a, username: alice, password: pass, caFile: HOME/ca.pem}
`;

test('a repository: login and certificates for its own origin only', async () => {
  const credentials = await credentialsOf({
    '.config/helm/repositories.yaml': REPOSITORIES,
    'ca.pem': 'the CA',
  });
  const own = await credentials.forRepository('https://charts.test/a/', 'https://charts.test/a/x.tgz');
  expect(own).toEqual({
    authorization: `Basic ${btoa('alice:pass')}`,
    account: 'alice',
    loginFrom: expect.stringMatching(/\.config\/helm\/repositories\.yaml$/),
    tls: { ca: 'the CA' },
  });
  expect(await credentials.forRepository('https://charts.test/a', 'https://cdn.test/x.tgz')).toEqual({});
  expect(
    await credentials.forRepository('https://charts.test/b', 'https://charts.test/b/index.yaml'),
  ).toEqual({});
});

test('the certificates of a repository are one object, so that connections are shared', async () => {
  const credentials = await credentialsOf({
    '.config/helm/repositories.yaml': REPOSITORIES,
    'ca.pem': 'the CA',
  });
  const first = await credentials.forRepository('https://charts.test/a', 'https://charts.test/a/x.tgz');
  const second = await credentials.forRepository('https://charts.test/a', 'https://charts.test/a/y.tgz');
  expect(first.tls).toBe(second.tls);
});

function dockerConfig(user: string): string {
  return JSON.stringify({ auths: { 'ghcr.io': { auth: btoa(`${user}:p`) } } });
}

test("a registry: Helm's file before Docker's", async () => {
  const credentials = await credentialsOf({
    '.config/helm/registry/config.json': dockerConfig('helm'),
    '.docker/config.json': dockerConfig('docker'),
  });
  const source = credentials.forRegistry('ghcr.io');
  expect(source?.account).toBe('helm');
  expect(await source?.read()).toEqual({ kind: 'password', username: 'helm', password: 'p' });
  expect(credentials.forRegistry('quay.io')).toBeUndefined();
});

test('a helper is started only when it is asked, and the next place is tried if it knows nothing', async () => {
  const credentials = await credentialsOf({
    'bin/docker-credential-mute': '#!/bin/sh\ntouch HOME/started\necho credentials not found; exit 1\n',
    '.config/helm/registry/config.json': JSON.stringify({ credsStore: 'mute' }),
    '.docker/config.json': JSON.stringify({ auths: { 'ghcr.io': { auth: btoa('docker:p') } } }),
  });
  const source = credentials.forRegistry('ghcr.io');
  expect(source?.account).toBe('helper mute');
  expect(await source?.read()).toEqual({ kind: 'password', username: 'docker', password: 'p' });
});
