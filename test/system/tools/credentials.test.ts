import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import {
  askCredentialHelper,
  readCredentialFiles,
  readTlsIdentity,
} from '../../../src/system/tools/credentials.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failureOf } from '../../support/test-http.ts';

/** A real program on a PATH of its own: `docker-credential-test`. */
async function helper(script: string): Promise<{ env: Record<string, string> }> {
  const folder = await tempFolder();
  const file = path.join(folder, 'docker-credential-test');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { env: { PATH: `${folder}:/usr/bin:/bin` } };
}

const ask = (env: Record<string, string>, more: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  askCredentialHelper({ helper: 'test', server: 'ghcr.io', env, ...more });

test('a helper is asked with "get" and the server on stdin', async () => {
  const { env } = await helper(
    `read server; echo "{\\"Username\\":\\"$1\\",\\"Secret\\":\\"for $server\\"}"`,
  );
  expect(await ask(env)).toEqual({ kind: 'password', username: 'get', password: 'for ghcr.io' });
});

test('the user <token> means an identity token', async () => {
  const { env } = await helper(`echo '{"Username":"<token>","Secret":"refresh"}'`);
  expect(await ask(env)).toEqual({ kind: 'identity-token', token: 'refresh' });
});

test('a helper that knows nothing', async () => {
  const { env } = await helper(`echo 'credentials not found in native keychain'; exit 1`);
  expect(await ask(env)).toBeUndefined();
  const { env: empty } = await helper(`echo '{"Username":"","Secret":""}'`);
  expect(await ask(empty)).toBeUndefined();
});

test.each([
  ['prints its secret on stderr and fails', 'echo "bad token canary" >&2; exit 2', 'failed (2)'],
  ['prints its secret on stdout and fails', 'echo "bad token canary"; exit 1', 'failed (1)'],
  ['prints no JSON', 'echo canary', 'unreadable'],
  ['prints half of it', `echo '{"Secret":"canary"}'`, 'unreadable'],
  ['prints without end', 'while :; do echo canarycanarycanarycanary; done', 'failed'],
])('S21 a helper that %s', async (_, script, says) => {
  const { env } = await helper(script);
  const error = await failureOf(ask(env));
  expect(error).toMatchObject({ code: 'E_CREDENTIALS', exit: 4, subject: 'docker-credential-test' });
  const { message, hint, cause, stack } = error as UserError;
  expect(message).toContain(says);
  expect([message, hint, String(cause), stack].join()).not.toContain('canary');
});

test('a helper that hangs is stopped', async () => {
  const { env } = await helper('exec sleep 60');
  expect(await failureOf(ask(env, { timeoutMs: 50 }))).toMatchObject({ code: 'E_CREDENTIALS' });
});

test('N22 an abort stops a helper', async () => {
  const { env } = await helper('exec sleep 60');
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  expect(await failureOf(ask(env, { signal: stop.signal }))).toMatchObject({ code: 'E_CANCELLED' });
});

test('a helper that is missing', async () => {
  const error = await failureOf(ask({ PATH: await tempFolder() }));
  expect(error).toMatchObject({ code: 'E_CREDENTIALS' });
  expect(String(error)).toContain('not on PATH');
});

test.each(['../evil', 'a/b', '-x', '', 'a b', 'a;b', 'a\nb'])(
  'a helper named %j is no helper',
  async name => {
    const asked = askCredentialHelper({ helper: name, server: 'ghcr.io', env: {} });
    expect(await failureOf(asked)).toMatchObject({ code: 'E_CREDENTIALS' });
  },
);

test.each([
  ['linux', {}, '.config/helm', '.docker'],
  ['darwin', {}, 'Library/Preferences/helm', '.docker'],
  ['linux', { XDG_CONFIG_HOME: 'HOME/xdg' }, 'xdg/helm', '.docker'],
  ['linux', { HELM_CONFIG_HOME: 'HOME/own', DOCKER_CONFIG: 'HOME/dock' }, 'own', 'dock'],
  ['win32', { APPDATA: 'HOME/AppData' }, 'AppData/helm', '.docker'],
] as const)('where the files are on %s with %j', async (platform, variables, helm, docker) => {
  const home = await tempFolder();
  const env = Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [key, value.replace('HOME', home)]),
  );
  await mkdir(path.join(home, helm, 'registry'), { recursive: true });
  await mkdir(path.join(home, docker), { recursive: true });
  await writeFile(path.join(home, helm, 'repositories.yaml'), 'repositories');
  await writeFile(path.join(home, helm, 'registry/config.json'), 'registry');
  await writeFile(path.join(home, docker, 'config.json'), 'docker');
  const files = await readCredentialFiles({ platform, env, home });
  expect(files.repositories?.text).toBe('repositories');
  expect(files.registries.map(({ text }) => text)).toEqual(['registry', 'docker']);
});

test('single files may be named by variables', async () => {
  const home = await tempFolder();
  await writeFile(path.join(home, 'r.yaml'), 'repositories');
  await writeFile(path.join(home, 'c.json'), 'registry');
  const env = {
    HELM_REPOSITORY_CONFIG: path.join(home, 'r.yaml'),
    HELM_REGISTRY_CONFIG: path.join(home, 'c.json'),
  };
  const files = await readCredentialFiles({ platform: 'linux', env, home });
  expect(files.repositories?.text).toBe('repositories');
  expect(files.registries.map(({ text }) => text)).toEqual(['registry']);
});

test('F15 no home and no files are no error', async () => {
  const nothing = { repositories: undefined, registries: [] };
  expect(await readCredentialFiles({ platform: 'linux', env: {}, home: undefined })).toEqual(nothing);
  expect(await readCredentialFiles({ platform: 'linux', env: {}, home: await tempFolder() })).toEqual(
    nothing,
  );
});

test('a file that cannot be read is an error', async () => {
  const home = await tempFolder();
  const env = { HELM_REPOSITORY_CONFIG: home };
  const error = await failureOf(readCredentialFiles({ platform: 'linux', env, home }));
  expect(error).toMatchObject({ code: 'E_CREDENTIALS', subject: home });
});

test('the files of a client certificate', async () => {
  const folder = await tempFolder();
  for (const name of ['ca', 'cert', 'key']) await writeFile(path.join(folder, name), `the ${name}`);
  const file = (name: string): string => path.join(folder, name);
  const whole = await readTlsIdentity({ caFile: file('ca'), certFile: file('cert'), keyFile: file('key') });
  expect(whole).toEqual({ ca: 'the ca', cert: 'the cert', key: 'the key' });
  expect(await readTlsIdentity({ caFile: '', certFile: '', keyFile: '' })).toBeUndefined();
  expect(await failureOf(readTlsIdentity({ caFile: file('none') }))).toMatchObject({ code: 'E_CREDENTIALS' });
});
