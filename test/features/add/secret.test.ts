import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../../src/repository/manifest.ts';
import { readDocuments } from '../../../src/yaml/read.ts';
import { commitAll, makeFolder, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, slipway, testEnv } from '../../support/slipway.ts';

const ENC = 'ENC[AES256_GCM,data:Zm9v,iv:YWJj,tag:ZGVm,type:str]';
const RULES = `creation_rules:
  - path_regex: \\.sops\\.yaml$
    encrypted_regex: ^(data|stringData)$
    age: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
`;
const EXTERNAL = `apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata:
  name: notes-api
spec:
  refreshInterval: 15m
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  target: {name: notes-api, creationPolicy: Owner}
  data:
    - {secretKey: token, remoteRef: {key: apps/notes, property: token}}
`;

/** The demo repository, its app notes with one more resource. */
function open(files: Record<string, string>) {
  const root = demoRepository();
  const env = testEnv(makeFolder()) as Record<string, string>;
  const at = (file: string): string => path.join(root, file);
  const list = at('production/notes/kustomization.yaml');
  const listed = Object.keys(files).filter(file => file.startsWith('production/notes/'));
  const lines = listed.map(file => `- ${file.slice('production/notes/'.length)}\n`).join('');
  writeFileSync(
    list,
    readFileSync(list, 'utf8').replace(/^resources:\n/m, match => match + lines),
  );
  writeFiles(root, files);
  commitAll(root);
  const run = (...args: string[]) => slipway(args, { cwd: root, env });
  const read = (file: string): string => readFileSync(at(file), 'utf8');
  return { root, run, read };
}

type Result = { changes: { path: string }[]; next: string[]; notes: string[] };

async function addSecret(it: ReturnType<typeof open>, ...args: string[]): Promise<Result> {
  const { stdout, stderr } = await it.run('add', 'secret', ...args, '--json');
  expect(stdout).not.toBe('');
  return readAs('add', stdout || stderr) as Result;
}

const pathsOf = ({ changes }: Result): string[] => changes.map(({ path: file }) => file).toSorted();

describe('a repository of ExternalSecrets', () => {
  test('another one, as its siblings are written, listed; the same again changes nothing', async () => {
    const it = open({ 'production/notes/resources/notes-api-external.yaml': EXTERNAL });
    const file = 'production/wiki/resources/db-external.yaml';
    const made = await addSecret(it, 'wiki', '--secret', 'db:password,user');
    expect(pathsOf(made)).toEqual(['production/wiki/kustomization.yaml', file]);
    expect([made.notes, made.next[0]]).toEqual([[], expect.stringContaining('kustomize build')]);
    const [object] = parseManifests(readDocuments(it.read(file), file));
    expect(object).toMatchObject({
      apiVersion: 'external-secrets.io/v1beta1',
      kind: 'ExternalSecret',
      body: {
        metadata: { name: 'db', namespace: 'wiki' },
        spec: {
          refreshInterval: '15m',
          secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
          target: { name: 'db', creationPolicy: 'Owner' },
          data: [
            { secretKey: 'password', remoteRef: { key: 'apps/wiki', property: 'password' } },
            { secretKey: 'user', remoteRef: { key: 'apps/wiki', property: 'user' } },
          ],
        },
      },
    });
    expect((await addSecret(it, 'wiki', '--secret', 'db:password,user')).changes).toEqual([]);
    const more = await it.run('add', 'secret', 'wiki', '--secret', 'db:other');
    expect([more.code, more.stderr]).toEqual([6, expect.stringContaining('spec.data')]);
  });

  test('new-app makes one as well', async () => {
    const it = open({ 'production/notes/resources/notes-api-external.yaml': EXTERNAL });
    const line =
      'new-app web --image docker.io/library/nginx:1.29 --port 80 --route none --secret web-db:password --yes --json';
    const made = await it.run(...line.split(' '));
    const paths = pathsOf(readAs('new-app', made.stdout) as Result);
    expect(paths).toContain('production/web/resources/web-db-external.yaml');
    expect(it.read('production/web/kustomization.yaml')).toContain('resources/web-db-external.yaml');
    expect(paths.join()).not.toContain('sealedsecret');
  });

  test('seal says what fits', async () => {
    const it = open({ 'production/notes/resources/notes-api-external.yaml': EXTERNAL });
    const { code, stderr } = await it.run('seal', '--name', 'db', '--namespace', 'wiki', '--generate', 'a');
    expect([code, stderr]).toEqual([2, expect.stringContaining('1 of 1 app with secrets')]);
    expect(stderr).toContain('slipway add secret');
  });
});

describe('a repository of SOPS', () => {
  const sops = (value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: notes-api\nstringData:\n  token: ${value}\nsops:\n  mac: ${ENC}\n  encrypted_regex: ^(data|stringData)$\n`;
  const FILES = {
    '.sops.yaml': RULES,
    'production/notes/resources/notes-api.sops.yaml': sops(ENC),
  };

  test('a Secret that holds no value, named as .sops.yaml takes it, with the line that encrypts it', async () => {
    const it = open(FILES);
    const file = 'production/wiki/resources/db.sops.yaml';
    const made = await addSecret(it, 'wiki', '--secret', 'db:password,user');
    expect(pathsOf(made)).toEqual(['production/wiki/kustomization.yaml', file]);
    expect(made.next.slice(0, 2)).toEqual([`sops --encrypt --in-place ${file}`, `sops ${file}`]);
    expect(it.read(file)).toContain(`#   sops --encrypt --in-place ${file}\n`);
    const [object] = parseManifests(readDocuments(it.read(file), file));
    expect(object?.body['stringData']).toEqual({ password: 'REPLACE_ME', user: 'REPLACE_ME' });
    expect((await addSecret(it, 'wiki', '--secret', 'db:password,user')).changes).toEqual([]);

    const found = await it.run('check', 'wiki', '--json');
    const { findings } = readAs('check', found.stdout) as { findings: { file: string; message: string }[] };
    expect(findings.filter(each => each.file === file).map(({ message }) => message)).toEqual([
      'the Secret db waits for its values: password, user',
    ]);
  });

  test('one that was encrypted meanwhile stays as it is, and no line is left', async () => {
    const it = open(FILES);
    const file = 'production/wiki/resources/db.sops.yaml';
    await addSecret(it, 'wiki', '--secret', 'db:token');
    writeFiles(it.root, { [file]: sops(ENC).replace('notes-api', 'db') });
    expect(await addSecret(it, 'wiki', '--secret', 'db:token')).toMatchObject({ changes: [], next: [] });
  });

  test('seal says what fits, unless a certificate is named', async () => {
    const it = open(FILES);
    const into = 'production/wiki/resources/db.sops.yaml';
    const { code, stderr } = await it.run('seal', '--into', into, '--name', 'db', '--generate', 'a');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`sops --encrypt --in-place ${into}`)]);
    const named = await it.run('seal', '--into', into, '--name', 'db', '--cert', 'none.pem');
    expect(named.stderr).not.toContain('SOPS');
  });
});

test('nothing to be seen: a SealedSecret stub, and a word that nothing was learned', async () => {
  const it = open({});
  const made = await addSecret(it, 'wiki', '--secret', 'db:password');
  expect(pathsOf(made)).toEqual(['production/wiki/resources/db-sealedsecret.yaml']);
  expect(made.notes.join()).toContain('nothing here shows how secrets are kept');
});
