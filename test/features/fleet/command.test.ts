import { expect, test } from 'vitest';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const deploying = (name: string, folder: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argo-cd}\nspec:\n  project: default\n  source: {repoURL: https://git.example.org/team/cluster.git, path: ${folder}}\n  destination: {name: ${name}, namespace: web}\n`;
const app = (version: string): string =>
  `namespace: web\nhelmCharts:\n  - {name: web, repo: http://127.0.0.1:9, version: ${version}, releaseName: web, namespace: web}\n`;

const FILES = {
  'clusters/eu.yaml': 'name: eu\ncontrolledBy: hub\n',
  'clusters/us.yaml': 'name: us\ncontrolledBy: hub\n',
  'hub/applications.yaml': `${deploying('eu', 'web/eu')}---\n${deploying('us', 'web/us')}`,
  'web/eu/kustomization.yaml': app('1.0.0'),
  'web/us/kustomization.yaml': app('2.0.0'),
};

test('outdated says where clusters differ, and fleet shows it', async () => {
  const root = makeRepository(FILES);
  const env = testEnv(makeFolder()) as Record<string, string>;
  const run = (...args: string[]) => slipway([...args, '-C', root], { env });
  const { stdout } = await run('outdated', '--offline');
  expect(stdout).toContain('Clusters run different versions of web: slipway fleet shows which.');
  const { next } = readAs('outdated', (await run('outdated', '--offline', '--json')).stdout) as {
    next: string[];
  };
  expect(next).toEqual([`slipway fleet -C ${root}`]);
  const shown = await run('fleet', '--json');
  expect([shown.code, readAs('fleet', shown.stdout)]).toMatchObject([
    0,
    { charts: [{ name: 'web', versions: [{ version: '2.0.0', clusters: ['us'] }, { version: '1.0.0' }] }] },
  ]);
});
