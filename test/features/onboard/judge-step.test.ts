import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeIn } from '../../../src/features/onboard/tour-plan.ts';
import type { StepId } from '../../../src/features/onboard/steps.ts';
import { openRepositoryFiles } from '../../../src/system/files/files.ts';
import { checkStep } from '../../../src/features/onboard/check-step.ts';
import type { Tour } from '../../../src/features/onboard/tour.ts';
import { isInTour } from '../../../src/system/files/tour-folder.ts';
import { readRepository } from '../../../src/repository/read-repository.ts';
import { commitAll, git, makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const APP = 'production/tour-book';
const SEALED = `${APP}/resources/tour-book-admin-sealedsecret.yaml`;
const ROUTE = `${APP}/resources/httproute.yaml`;

type Files = Record<string, string>;

function kustomization(version: string, resources: string[] = ['resources/httproute.yaml']): Files {
  return {
    [`${APP}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: tour-book
resources:
${resources.map(file => `- ${file}\n`).join('')}helmCharts:
- name: guestbook
  repo: http://charts.slipway.example
  version: ${version}
  releaseName: tour-book
  namespace: tour-book
  includeCRDs: true
  valuesFile: values/guestbook-${version}.yaml
`,
    [`${APP}/values/guestbook-${version}.yaml`]: 'replicaCount: 1\n',
    ...route(80),
  };
}

function route(port: number): Files {
  return {
    [ROUTE]: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: tour-book}
spec:
  parentRefs: [{name: public, namespace: gateway}]
  hostnames: [tour-book.apps.example.org]
  rules: [{backendRefs: [{name: tour-book-guestbook, port: ${port}}]}]
`,
  };
}

function sealed(value: string, name = 'tour-book-admin'): Files {
  return {
    [SEALED]: `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: ${name}}
spec: {encryptedData: {password: ${value}}}
`,
  };
}

const CIPHER = 'Ag'.repeat(400);
const LISTED = ['resources/httproute.yaml', 'resources/tour-book-admin-sealedsecret.yaml'];

async function tourIn(files: Files): Promise<Tour> {
  const folder = makeFolder();
  const root = makeRepository(files);
  const opened = openRepositoryFiles(root);
  const { conventions } = await readRepository(opened);
  const env = testEnv(folder) as Record<string, string>;
  return {
    folder,
    files: opened,
    place: placeIn(conventions),
    has: name => isInTour(folder, name),
    slipway: args => slipway([...args], { cwd: root, env }),
    git: async args => ({ code: 0, stdout: git(root, ...args) }),
  };
}

async function word(tour: Tour, step: StepId): Promise<string> {
  const verdict = await checkStep(tour, step);
  return verdict.done ? 'done' : verdict.word.en;
}

const ROWS: [step: StepId, name: string, files: Files, said: string][] = [
  ['add', 'nothing', {}, 'there is no app production/tour-book yet'],
  [
    'add',
    'another chart',
    {
      [`${APP}/kustomization.yaml`]: 'helmCharts: [{name: kiosk, repo: http://x.example, version: 1.0.0}]\n',
    },
    'not made from the chart guestbook',
  ],
  ['add', 'the newest version', kustomization('1.3.0'), 'take --version 1.2.0'],
  [
    'add',
    'no values file',
    { ...kustomization('1.2.0'), [`${APP}/values/guestbook-1.2.0.yaml`]: '' },
    'done',
  ],
  ['add', 'done', kustomization('1.2.0'), 'done'],
  ['add', 'broken YAML', { [`${APP}/kustomization.yaml`]: 'resources: [\n' }, 'kustomization.yaml:'],
  [
    'check',
    'a rule is broken',
    {
      ...kustomization('1.2.0'),
      [`${APP}/kustomization.yaml`]:
        kustomization('1.2.0', ['resources/gone.yaml'])[`${APP}/kustomization.yaml`] ?? '',
    },
    'gone.yaml',
  ],
  ['seal', 'nothing', kustomization('1.2.0'), `there is no ${SEALED} yet`],
  ['seal', 'a stub', { ...kustomization('1.2.0', LISTED), ...sealed('REPLACE_ME') }, 'is not sealed'],
  [
    'seal',
    'base64 of a password',
    { ...kustomization('1.2.0', LISTED), ...sealed('aHVudGVyMg==') },
    'is not sealed',
  ],
  [
    'seal',
    'another name',
    { ...kustomization('1.2.0', LISTED), ...sealed(CIPHER, 'x') },
    'not a SealedSecret named',
  ],
  ['seal', 'not listed', { ...kustomization('1.2.0'), ...sealed(CIPHER) }, 'is not listed under resources'],
  [
    'seal',
    'the plaintext left behind',
    {
      ...kustomization('1.2.0', LISTED),
      ...sealed(CIPHER),
      [`${APP}/secret.yaml`]:
        'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: hunter2}\n',
    },
    'secret.yaml holds a Secret in plaintext',
  ],
  ['seal', 'done', { ...kustomization('1.2.0', LISTED), ...sealed(CIPHER) }, 'done'],
  ['upgrade', 'not yet', kustomization('1.2.0'), 'guestbook is still at 1.2.0'],
  ['upgrade', 'the new defaults alone', kustomization('1.3.0'), 'the three replicas are lost'],
  [
    'upgrade',
    'the old values file',
    {
      ...kustomization('1.3.0'),
      [`${APP}/values/guestbook-1.3.0.yaml`]: 'replicaCount: 3\n',
      [`${APP}/values/guestbook-1.2.0.yaml`]: 'replicaCount: 3\n',
    },
    'is still there: delete it',
  ],
  [
    'upgrade',
    'no report',
    { ...kustomization('1.3.0'), [`${APP}/values/guestbook-1.3.0.yaml`]: 'replicaCount: 3\n' },
    'there is no ../report.md: undo the upgrade',
  ],
];

describe('each step refuses what does not do it', () => {
  test.each(ROWS)('%s: %s', async (step, _, files, said) => {
    expect(await word(await tourIn(files), step)).toContain(said);
  });
});

test('the report must be there, and the route must lead to the new port', async () => {
  const values = { [`${APP}/values/guestbook-1.3.0.yaml`]: 'replicaCount: 3\n' };
  const tour = await tourIn({ ...kustomization('1.3.0'), ...values });
  expect(await word(tour, 'report')).toContain('../report.md is missing');
  writeFileSync(path.join(tour.folder, 'report.md'), '# Report\n');
  expect(await word(tour, 'upgrade')).toBe('done');
  expect(await word(tour, 'report')).toContain('still leads to port 80');
  writeFiles(tour.files.root, route(8080));
  expect(await word(tour, 'report')).toBe('done');
});

test('everything must be committed, with a message in form', async () => {
  const tour = await tourIn(kustomization('1.3.0'));
  expect(await word(tour, 'commit')).toContain('the last message is "test"');
  writeFiles(tour.files.root, route(8080));
  expect(await word(tour, 'commit')).toContain('1 change is not committed');
  commitAll(tour.files.root);
  git(tour.files.root, 'commit', '--quiet', '--amend', '--message', 'feat(tour-book): upgraded');
  expect(await word(tour, 'commit')).toBe('done');
});
