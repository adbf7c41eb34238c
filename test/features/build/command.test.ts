import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { claim, deployment, plainApp } from '../../support/preview-fixture.ts';
import { makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipwayIn } from '../../support/slipway.ts';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {word: Zmlyc3R3b3Jk}\n';

function repository(): string {
  return makeRepository({
    ...plainApp('dev/web', {
      'd.yaml': deployment('web'),
      's.yaml': SECRET,
      'n.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n',
      'c.yaml': claim('web'),
    }),
    ...plainApp('dev/other', { 'd.yaml': deployment('other') }),
  });
}

test('the objects of an app come in the order to apply them, and no value of a Secret is among them', async () => {
  const run = await slipwayIn(repository(), 'build', 'web');
  const objects = parseAllDocuments(run.stdout).map(
    document => document.toJS() as { kind: string; data?: unknown },
  );
  expect(objects.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'Secret',
    'PersistentVolumeClaim',
    'Deployment',
  ]);
  expect(objects[1]?.data).toEqual({ word: Buffer.from('masked').toString('base64') });
  expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('the values of 1 Secret are masked')]);
});

test.runIf(canRender)('but for that it is what kustomize builds', async () => {
  const root = repository();
  const run = await slipwayIn(root, 'build', 'other');
  const built = parseAllDocuments(run.stdout).map(document => document.toJS() as unknown);
  expect(built).toEqual(renderOffline(root, 'dev/other').map(({ body }) => body));
});

test('an app that does not build costs the others nothing, and is said', async () => {
  const root = makeRepository({
    ...plainApp('dev/web', { 'd.yaml': deployment('web') }),
    'dev/bad/kustomization.yaml': 'resources: [gone.yaml]\n',
  });
  const run = await slipwayIn(root, 'build', '--json');
  const { apps } = readAs('build', run.stdout) as {
    apps: { app: string; objects: unknown[]; notRendered: string[] }[];
  };
  expect(apps.map(({ app, objects, notRendered }) => [app, objects.length, notRendered.length])).toEqual([
    ['dev/bad', 0, 1],
    ['dev/web', 1, 0],
  ]);
  expect(run.code).toBe(4);
});

test('what cannot be read is named, and no pipe passes without it', async () => {
  const root = makeRepository({
    ...plainApp('dev/web', { 'd.yaml': deployment('web') }),
    'dev/bad/kustomization.yaml': 'resources: [a\n',
  });
  const run = await slipwayIn(root, 'build', '--json');
  const { apps } = readAs('build', run.stdout) as { apps: { app: string; notRendered: string[] }[] };
  expect([run.code, apps.map(({ app, notRendered }) => [app, notRendered.length])]).toEqual([
    4,
    [
      ['dev/bad/kustomization.yaml', 1],
      ['dev/web', 0],
    ],
  ]);
});
