import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ADDITIONS } from '../../generators/add/generator.ts';
import { appGenerator } from '../../generators/new-app/generator.ts';
import { GENERATORS } from '../../generators/index.ts';
import { UserError } from '../../src/errors.ts';
import { generate } from '../support/generate.ts';
import { makeFolder } from '../support/repository.ts';

const DEMO = path.resolve(import.meta.dirname, '../../templates/demo');
const IMAGE = { image: 'docker.io/library/nginx:1.29', port: '80' };

function repository(): string {
  const root = makeFolder();
  cpSync(path.join(DEMO, 'repository'), root, { recursive: true });
  return root;
}

const paths = ({ changes }: { changes: readonly { path: string; action: string }[] }): string[] =>
  changes.map(({ path: file, action }) => `${action} ${file}`);

test('each generator has its questions, and no two of one flag', () => {
  for (const { name, questions } of GENERATORS) {
    const flags = questions.map(({ flag }) => flag);
    expect([name, flags.length]).not.toEqual([name, 0]);
    expect([name, [...new Set(flags)]]).toEqual([name, flags]);
  }
});

test('an app of an image, and who answered what', async () => {
  const { answers, changes, context } = await generate(appGenerator, repository(), {
    ...IMAGE,
    name: 'web',
    route: 'none',
  });
  expect(paths(changes).toSorted()).toEqual([
    'create production/web/kustomization.yaml',
    'create production/web/resources/deployment.yaml',
    'create production/web/resources/namespace.yaml',
    'create production/web/resources/service.yaml',
  ]);
  expect(answers.request).toMatchObject({ name: 'web', environment: 'production' });
  const by = Object.fromEntries(context.ask.answers.map(({ flag, from }) => [flag, from]));
  expect(by).toMatchObject({ image: 'flag', port: 'flag', name: 'flag', env: 'slipway' });
});

test('an app of a chart in a local folder', async () => {
  const chart = path.join(DEMO, 'charts/guestbook-1.3.0');
  const { answers, context } = await generate(appGenerator, repository(), {
    chart,
    name: 'book',
    route: 'none',
  });
  expect(answers.request.source).toMatchObject({
    kind: 'charts',
    charts: [{ name: 'guestbook', repo: undefined, release: 'book' }],
  });
  const [draft] = answers.draft.kind === 'charts' ? answers.draft.charts : [];
  const { sourceOf } = context.charts;
  const flags = draft && sourceOf(draft.address).repeatFlags(draft.address, draft.version.version);
  expect(flags).toEqual([{ flag: 'chart', value: chart }]);
});

test('what is missing is said at once, with what would be taken', async () => {
  const error = await generate(appGenerator, repository(), { image: IMAGE.image }, { yes: false }).catch(
    thrown => thrown as unknown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({
    code: 'E_MISSING',
    message: expect.stringContaining('--port'),
    missing: expect.arrayContaining([expect.objectContaining({ flag: 'port' })]),
  });
});

test('the next step never names what was given', async () => {
  const hintWith = async (yes: boolean) =>
    (await generate(appGenerator, repository(), { image: IMAGE.image }, { yes }).catch(
      thrown => thrown as UserError,
    )) as UserError;
  expect((await hintWith(true)).hint).not.toContain('--yes');
});

test.each([
  [
    'storage',
    { app: 'wiki', storage: 'ceph-block:1Gi' },
    ['create production/wiki/resources/pvc.yaml', 'update production/wiki/kustomization.yaml'],
  ],
  [
    'secret',
    { app: 'wiki', secret: 'db:password' },
    ['create production/wiki/resources/db-sealedsecret.yaml'],
  ],
] as const)('add %s', async (word, answers, expected) => {
  const { changes } = await generate(ADDITIONS[word], repository(), answers);
  expect(paths(changes).toSorted()).toEqual([...expected].toSorted());
});

test('an app that is not there is refused', async () => {
  await expect(
    generate(ADDITIONS.storage, repository(), { app: 'nothing', storage: 'ceph-block:1Gi' }),
  ).rejects.toMatchObject({ code: 'E_VALUE' });
});

test.each([
  ['443', true],
  ['80', false],
])('a route to port %s of an image has a word about TLS: %s', async (port, has) => {
  const { answers } = await generate(appGenerator, repository(), {
    image: IMAGE.image,
    port,
    name: 'web',
    route: 'own',
    host: 'web.example.test',
  });
  expect(answers.request.route).toMatchObject({
    kind: 'own',
    backend: { service: 'web', port: Number(port) },
  });
  expect(answers.notes.some(({ en }) => en.includes('BackendTLSPolicy'))).toBe(has);
});
