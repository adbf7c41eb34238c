import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { argoFiles, fluxMapFiles } from '../../support/map-fixture.ts';
import { commitAll, git, makeFolder, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, slipwayIn, testEnv } from '../../support/slipway.ts';
import { upgradeCharts, upgradeRepository } from '../../support/upgrade-fixture.ts';

type Node = { id: string; kind: string; name: string; status?: string; url?: string } & Record<
  string,
  unknown
>;
type Document = {
  nodes: Node[];
  edges: { kind: string }[];
  summary: Record<string, number>;
  commit?: string;
};

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
});
afterAll(() => charts.close());

const documentOf = ({ stdout }: Run): Document => readAs('map', stdout) as Document;

test('a tree from the clusters down, in both languages', async () => {
  const root = makeRepository(argoFiles());
  const { stdout, code } = await slipwayIn(root, 'map');
  expect(code).toBe(0);
  expect(stdout).toContain('3 apps in 3 clusters');
  expect(stdout).toContain('   └─ ApplicationSet shops → berlin, paris\n');
  expect(stdout).toContain(`berlin
└─ ApplicationSet shops → paris
   ├─ production/edge
   │  └─ gateway public
   └─ production/shop
      ├─ host shop.example.org → public, elsewhere
      ├─ SealedSecret shop-db
      ├─ Secret shop-token
      └─ image docker.io/acme/shop:2.0.0`);
  expect(stdout).toContain('Application monitor sync wave -2');
  expect((await slipwayIn(root, 'map', '--lang', 'zh')).stdout).toContain('3 个集群中的 3 个应用');
});

test('versions: unknown until somebody asked, and never asked for by the map itself', async () => {
  const root = upgradeRepository(charts.url, ['anchor', 'beacon']);
  const env = testEnv(makeFolder()) as Record<string, string>;
  const map = async (): Promise<Node[]> =>
    documentOf(await slipway(['map', '--json', '-C', root], { env })).nodes.filter(
      ({ kind }) => kind === 'chart',
    );
  expect((await map()).map(({ status }) => status)).toEqual(['unknown', 'unknown']);
  expect(charts.received).toEqual([]);
  await slipway(['outdated', '-C', root], { env });
  expect(await map()).toMatchObject([
    { name: 'anchor', version: '1.0.0', status: 'outdated', newest: '1.1.0', newestReleased: '2025-06-01' },
    { name: 'beacon', status: 'outdated', newest: '1.1.0' },
  ]);
});

test('JSON, a flowchart, a page: of some apps only, with addresses of their files', async () => {
  const root = makeRepository(fluxMapFiles());
  commitAll(root);
  git(root, 'remote', 'add', 'origin', 'https://user:hush@gitlab.com/acme/fleet.git');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  const { nodes, commit, summary } = documentOf(await slipwayIn(root, 'map', 'apps/anchor', '--json'));
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(summary).toMatchObject({ apps: 1, charts: 1, clusters: 1 });
  expect(nodes.find(({ id }) => id === 'app:apps/anchor')?.url).toBe(
    `https://gitlab.com/acme/fleet/-/blob/${commit}/apps/anchor/release.yaml`,
  );
  const chart = (await slipwayIn(root, 'map', '--mermaid')).stdout;
  expect(chart).toMatch(/^flowchart LR\n/);
  const page = path.join(makeFolder(), 'map.html');
  const run = await slipwayIn(root, 'map', '--html', page);
  expect(run.stderr).toContain('map.html');
  expect(readFileSync(page, 'utf8')).not.toContain('hush');
  const none = path.join(makeFolder(), 'map.html');
  await slipwayIn(root, 'map', '--html', none, '--dry-run');
  expect(existsSync(none)).toBe(false);
});

test('two forms of one answer, and a word that names no app', async () => {
  const root = makeRepository(argoFiles());
  const both = await slipwayIn(root, 'map', '--json', '--mermaid');
  expect([both.code, both.stdout + both.stderr]).toEqual([2, expect.stringContaining('E_USAGE')]);
  const none = await slipwayIn(root, 'map', 'shopp');
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Did you mean shop?')]);
});
