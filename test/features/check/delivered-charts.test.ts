import { expect, test } from 'vitest';
import { openDeliveries } from '../../../src/features/check/deliveries/delivery-facts.ts';
import { summarizeCharts } from '../../../src/features/check/facts/chart-summary.ts';
import { summarizeRepository } from '../../../src/features/check/facts/repository-summary.ts';
import { emptyCheckCache } from '../../../src/features/check/incremental/open-check-cache.ts';
import { openWorkTree } from '../../../src/features/check/incremental/open-work-tree.ts';
import type { ChartsRead } from '../../../src/repository/unread/charts-read.ts';
import { openRepositoryFiles } from '../../../src/system/files/files.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: shop, namespace: web}
spec: {url: https://charts.example}
`;
const release = (source: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: web}
spec:
  chart:
    spec:
      chart: web
      version: 1.0.0
      sourceRef: {kind: HelmRepository, name: ${source}}
`;
const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: redis, namespace: argocd}
spec:
  destination: {namespace: redis}
  source: {repoURL: https://charts.example, chart: redis, targetRevision: 1.0.0}
`;
const UMBRELLA =
  'apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n- {name: redis, version: 1.0.0, repository: https://charts.example}\n';

async function countOf(files: Record<string, string>): Promise<ChartsRead> {
  const root = makeFolder();
  writeFiles(root, files);
  const memory = emptyCheckCache();
  const signal = AbortSignal.timeout(60_000);
  const opened = openRepositoryFiles(root);
  const tree = await openWorkTree({ files: opened, memory, algorithm: 'sha1', now: 0, signal });
  const { summary } = await summarizeRepository(tree, memory, {});
  const { deliveries } = await openDeliveries(tree, summary, memory);
  return summarizeCharts(summary, undefined, deliveries?.facts.reads ?? []);
}

test.each([
  ['Flux', { 'apps/web/release.yaml': SOURCE + '---\n' + release('shop') }],
  ['Argo CD', { 'apps/redis.yaml': APPLICATION }],
  ['an umbrella chart', { 'charts/shop/Chart.yaml': UMBRELLA }],
])('check counts as read what outdated, diff and upgrade read: %s', async (_, files) => {
  expect(await countOf(files)).toEqual({ read: 1, unread: [] });
});

test('what nobody reads is still said', async () => {
  const files = { 'apps/redis.yaml': APPLICATION, 'apps/web/release.yaml': 'kind: HelmRelease\n' };
  const script = { 'install.sh': 'helm install a b/c\n' };
  expect(await countOf({ ...files, ...script })).toMatchObject({ read: 1, unread: [{ count: 1 }] });
});
