import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listing } from '../../support/flux-fixture.ts';
import { makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';
import { canOpen, makeSealingPair, openWithController } from '../../support/sealing.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const pair = makeSealingPair();

function stub(name: string): string {
  return `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: ${name}
spec:
  encryptedData:
    password: REPLACE_ME
`;
}

function build(name: string, folder: string, more: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./${folder}
  prune: true
${more}`;
}

function open() {
  const root = makeRepository({
    '.slipway/config.yaml': `sealing:\n  certificate: ${pair.certFile}\n`,
    'flux/wiki.yaml': build(
      'wiki',
      'apps/wiki',
      '  targetNamespace: office\n  postBuild: { substitute: { APP: wiki } }\n',
    ),
    'flux/notes.yaml': build('notes', 'apps/notes', '  targetNamespace: pages\n  namePrefix: my-\n'),
    'apps/wiki/kustomization.yaml': listing(['db.yaml'], 'namespace: elsewhere\n'),
    'apps/wiki/db.yaml': stub('${APP}-db'),
    'apps/notes/kustomization.yaml': listing(['settings.yaml']),
    'apps/notes/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
  });
  const env = testEnv(makeFolder()) as Record<string, string>;
  return {
    root,
    check: () => slipway(['check', '--json'], { cwd: root, env }),
    run: (args: string[], input = 'hunter2') =>
      slipway(['seal', ...args, '--json'], { cwd: root, env, input }),
  };
}

type Sealed = { sealed: { file: string; namespace: string; name: string }[] };

const FROM = ['--from-file', 'password=-'];

function opened(root: string, file: string, placed: { name: string; namespace: string }): string {
  const { name, namespace } = placed;
  const text = readFileSync(path.join(root, file), 'utf8')
    .replace('name: ${APP}-db', `name: ${name}`)
    .replace(/^ {2}name: .*$/m, `  name: ${name}\n  namespace: ${namespace}`);
  return openWithController(text, pair.keyFile)['password']?.toString() ?? '';
}

test('what Flux puts elsewhere, under a name that it fills in, is sealed for there', async () => {
  const it = open();
  const { code, stdout } = await it.run(['--into', 'apps/wiki/db.yaml', ...FROM]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('"sealed"')]);
  const [sealed] = (JSON.parse(stdout) as Sealed).sealed;
  expect(sealed).toMatchObject({ file: 'apps/wiki/db.yaml', namespace: 'office', name: 'wiki-db' });
  const other = await it.run(['--into', 'apps/wiki/db.yaml', '--namespace', 'elsewhere', ...FROM]);
  expect(JSON.parse(other.stdout)).toMatchObject({ error: { code: 'E_SCOPE' } });
  expect((await it.run(['--check'], '')).code).toBe(0);
  const placed = { name: 'wiki-db', namespace: 'office' };
  expect(canOpen ? opened(it.root, 'apps/wiki/db.yaml', placed) : 'hunter2').toBe('hunter2');
});

test('a new one goes into the app that Flux puts into its namespace, under the name that comes out', async () => {
  const it = open();
  const { code, stdout } = await it.run(['--name', 'keys', '--namespace', 'pages', ...FROM]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('"sealed"')]);
  const { sealed } = JSON.parse(stdout) as Sealed;
  expect(sealed).toMatchObject([{ namespace: 'pages', name: 'my-keys' }]);
  expect((await it.run(['--check', sealed[0]?.file ?? ''], '')).code).toBe(0);
});

test('one that is sealed for another namespace than Flux puts it into is found', async () => {
  const it = open();
  writeFiles(it.root, {
    'apps/notes/settings.yaml': stub('keys')
      .replace('name: keys', 'name: keys\n  namespace: notes')
      .replace('REPLACE_ME', 'AgBy8hCi'),
  });
  const { findings } = JSON.parse((await it.check()).stdout) as {
    findings: { code: string; message: string }[];
  };
  expect(findings.filter(({ code }) => code === 'sealed-secret-scope')).toMatchObject([
    { message: expect.stringContaining('pages') as unknown },
  ]);
});
