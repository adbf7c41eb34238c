import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArgoJudge } from '../../support/crd-schemas.ts';
import {
  chartRelease,
  type FluxServers,
  helmRepository,
  listing,
  ociRepository,
  releaseOf,
  serveFluxCharts,
} from '../../support/flux-fixture.ts';
import { changedLines, commitAll, git, makeRepository, readTree } from '../../support/repository.ts';
import { slipwayIn, slipwayJson } from '../../support/slipway.ts';

let servers: FluxServers;
beforeAll(async () => {
  servers = await serveFluxCharts();
});
afterAll(() => servers.close());

type Item = { app: string; name: string; source: string; current: string; delivery: string };
type Outdated = { items: Item[]; unread: unknown[] };

const CHARTS = ['anchor', 'beacon', 'cargo', 'derrick', 'ensign'];
const chartAt = (number: number, of = CHARTS.length): string => CHARTS[number % of] ?? '';
/** So many of them are in the registry. */
const PUSHED = 3;

/** As large repositories have them: a source beside each release, one elsewhere, several of one name and one address. */
function fleet(
  { beside: own, sites, shared: many } = { beside: 147, sites: 60, shared: 24 },
): Record<string, string> {
  const { http, registry } = servers;
  const beside = Array.from({ length: own }, (_, number) => {
    const folder = `kubernetes/apps/group-${number % 9}/app-${number}/app`;
    return {
      [`${folder}/kustomization.yaml`]: listing(['./helmrelease.yaml', './ocirepository.yaml']),
      [`${folder}/helmrelease.yaml`]: releaseOf(chartAt(number, PUSHED), `app-${number}`),
      [`${folder}/ocirepository.yaml`]: ociRepository(chartAt(number, PUSHED), registry.host),
    };
  });
  const repositories = Array.from({ length: sites }, (_, number) => {
    const folder = `clusters/one/site-${number}`;
    return {
      [`${folder}/release.yaml`]: chartRelease(chartAt(number), '1.0.0'),
      [`${folder}/repository.yaml`]: helmRepository(http.url),
    };
  });
  // Of one name in three folders, all with the same address.
  const siblings = Array.from({ length: many }, (_, number) => ({
    [`base/shared/${number}/release.yaml`]: chartRelease(chartAt(number), '1.0.0'),
  }));
  const shared = [1, 2, 3].map(number => ({
    [`base/shared/sources-${number}/repository.yaml`]: helmRepository(http.url),
  }));
  return Object.assign({}, ...beside, ...repositories, ...siblings, ...shared) as Record<string, string>;
}

test('231 of 231 releases are named with source and version, and nothing is written', async () => {
  const root = makeRepository(fleet());
  const { items, unread } = await slipwayJson<Outdated>(root, 'outdated');
  expect([items.length, unread]).toEqual([231, []]);
  expect(items.filter(({ source, current }) => source === '' || current !== '1.0.0')).toEqual([]);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('an upgrade of such a fleet changes one line for each release, and a second one nothing', async () => {
  const root = makeRepository(fleet({ beside: 9, sites: 6, shared: 5 }));
  expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
  const lines = changedLines(root);
  expect([...new Set(lines.map(line => line.trim()))].toSorted()).toEqual([
    '+      version: 1.1.0',
    '+    tag: 1.1.0',
    '-      version: 1.0.0',
    '-    tag: 1.0.0',
  ]);
  expect(lines).toHaveLength(2 * 20);
  const after = readTree(root);
  expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
  expect(readTree(root)).toEqual(after);
});

function application(name: string, url: string, more = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: '10' # after the operators
spec:
  project: default
  source:
    repoURL: "${url}"
    targetRevision: 1.0.0
    helm:
      values: |-
        replicaCount: 2   # two zones
    chart: ${chartAt(name.length, PUSHED)}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${name}
${more}`;
}

function applications(length: number): Record<string, string> {
  const { http, registry } = servers;
  const files = Array.from({ length }, (_, number) => {
    const url = number % 5 === 0 ? `${registry.host}/charts` : http.url;
    return [
      `cloud-${number % 4}/components/app-${number}/application.yaml`,
      application(`app-${number}`, url),
    ];
  });
  return Object.fromEntries(files) as Record<string, string>;
}

test('413 of 413 Applications are named, and an upgrade changes nothing but their revisions', async () => {
  const { items, unread } = await slipwayJson<Outdated>(makeRepository(applications(413)), 'outdated');
  expect([items.length, unread]).toEqual([413, []]);
  const root = makeRepository(applications(20));
  expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
  const lines = changedLines(root);
  expect([...new Set(lines)].toSorted()).toEqual([
    '+    targetRevision: 1.1.0',
    '-    targetRevision: 1.0.0',
  ]);
  expect(lines).toHaveLength(2 * 20);
});

/** Comments, quotes, orders and spaces as people have them. */
const KINDS: [kind: string, files: () => Record<string, string>, tidied: RegExp][] = [
  [
    'kustomize',
    () => ({
      'production/anchor/kustomization.yaml': `# ours\nnamespace:   anchor\nhelmCharts:\n- version: '1.0.0'   # with the operator\n  name: "anchor"\n  releaseName: anchor\n\n  repo: ${servers.http.url}\n  valuesInline:\n    replicaCount: 3   # agreed\n    # from before\n    service: {legacy: false}\nresources: []\n`,
    }),
    /    # from before\n    service: \{legacy: false\}\n/,
  ],
  [
    'Flux, chart',
    () => ({
      'apps/a.yaml': `${helmRepository(servers.http.url)}---\n${chartRelease('anchor', '"1.0.0" # with the operator', '  values:\n    replicaCount: 3   # agreed\n    # from before\n    service: {legacy: false}\n')}`,
    }),
    /    # from before\n    service: \{legacy: false\}\n/,
  ],
  [
    'Flux, chartRef',
    () => ({
      'apps/s.yaml': ociRepository('anchor', servers.registry.host, "tag: '1.0.0'   # with the operator"),
      'apps/r.yaml': releaseOf(
        'anchor',
        'anchor',
        "replicaCount: 3   # agreed\n    'service':   # from before\n      legacy: false",
      ),
    }),
    /    'service': {3}# from before\n      legacy: false\n/,
  ],
  [
    'Argo CD, a text',
    () => ({
      'argo/a.yaml': application('anchor', servers.http.url).replace(
        '   # two zones',
        '   # two zones\n        # from before\n        service: {legacy: false}',
      ),
    }),
    /        # from before\n        service: \{legacy: false\}\n/,
  ],
  [
    'Argo CD, an object',
    () => ({
      'argo/a.yaml': application('anchor', servers.http.url).replace(
        'values: |-\n        replicaCount: 2   # two zones',
        "valuesObject:\n        replicaCount: 2   # two zones\n\n        'service':\n            legacy: false # from before",
      ),
    }),
    /        'service':\n            legacy: false # from before\n/,
  ],
  [
    'umbrella',
    () => ({
      'platform/Chart.yaml': `apiVersion: v2\n# ours\nversion: 0.1.0\nname:  platform\ndependencies:\n- repository: "${servers.http.url}"\n  version: '1.0.0'   # as in dev\n  name: anchor\n`,
      'platform/values.yaml':
        '# all of it\nanchor:\n    replicaCount: 3   # agreed\n    # from before\n    service: {legacy: false}\n',
    }),
    /    # from before\n    service: \{legacy: false\}\n/,
  ],
];

test.each(KINDS)(
  '%s: the bytes of the version alone, those that --tidy names, and nothing twice',
  async (_, files, tidied) => {
    const all = files();
    const moved = (text: string): string => text.replaceAll('1.0.0', '1.1.0');
    for (const [words, changed] of [
      [[], moved],
      [['--tidy'], (text: string) => moved(text).replace(tidied, '')],
    ] as const) {
      const root = makeRepository(all);
      const texts = (): Record<string, string> =>
        Object.fromEntries(Object.keys(all).map(file => [file, readFileSync(path.join(root, file), 'utf8')]));
      expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render', ...words)).code).toBe(0);
      const wanted = Object.entries(all).map(([file, text]) => [file, changed(text)]);
      expect(texts()).toEqual(Object.fromEntries(wanted));
      const before = readTree(root);
      expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render', ...words)).code).toBe(0);
      expect(readTree(root)).toEqual(before);
    }
  },
);

test('values in another repository are said to be out of sight, and the chart moves', async () => {
  const sources = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: anchor, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: anchor}
  sources:
    - repoURL: ${servers.http.url}
      chart: anchor
      targetRevision: 1.0.0
      helm: {valueFiles: [$values/anchor.yaml]}
    - {repoURL: https://git.example.org/other.git, targetRevision: HEAD, ref: values}
`;
  const root = makeRepository({ 'argo/anchor.yaml': sources });
  type Diff = { notCompared: { place: string }[] };
  const { notCompared } = await slipwayJson<Diff>(root, 'diff');
  expect(notCompared.map(({ place }) => place)).toEqual([expect.stringContaining('$values/anchor.yaml')]);
  expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
  expect(changedLines(root)).toEqual(['-      targetRevision: 1.0.0', '+      targetRevision: 1.1.0']);
});

test('a variable that nothing gives: outdated goes on, check names file and line', async () => {
  const root = makeRepository({
    'flux/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: web, namespace: flux-system}
spec:
  interval: 1h
  path: ./apps/web
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substitute: {KNOWN: here}}
`,
    'apps/web/kustomization.yaml': listing(['release.yaml', 'repository.yaml'], 'namespace: web\n'),
    'apps/web/release.yaml': chartRelease(
      'anchor',
      '1.0.0',
      '  values:\n    note: ${KNOWN}\n    other: ${NOBODY}\n',
    ),
    'apps/web/repository.yaml': helmRepository(servers.http.url),
  });
  const outdated = await slipwayIn(root, 'outdated', '--json');
  const { items } = JSON.parse(outdated.stdout) as Outdated;
  expect([outdated.code, items.map(({ current }) => current)]).toEqual([0, ['1.0.0']]);
  type Check = { findings: { code: string; file: string; line: number; message: string }[] };
  const { findings } = await slipwayJson<Check>(root, 'check');
  expect(findings.filter(({ code }) => code === 'release-substitution')).toEqual([
    expect.objectContaining({
      file: 'apps/web/release.yaml',
      line: 16,
      message: expect.stringMatching(/NOBODY/) as string,
    }),
  ]);
});

const argo = openArgoJudge();

describe.runIf(argo.can)('by the schemas of Argo CD', () => {
  const textsOf = (root: string): string[] =>
    Object.entries(readTree(root))
      .filter(([file]) => file.endsWith('.yaml'))
      .map(([, text]) => text.replace(/^\d+ /, ''));

  test('a field that nobody knows is refused', () => {
    const wrong = application('web', servers.http.url).replace(
      '      values',
      '      valuesFiles: [a]\n      values',
    );
    expect(argo.judge([wrong]).wrong).toEqual([expect.stringContaining("'valuesFiles' not allowed")]);
  });

  test('what an upgrade leaves is valid, values in a text taken out of it too', async () => {
    const root = makeRepository({
      'argo/anchor.yaml': application('anchor', servers.http.url).replace(
        'replicaCount: 2   # two zones',
        'replicaCount: 2\n        service: {legacy: false}',
      ),
      'argo/beacon.yaml': application('beacon', servers.http.url),
    });
    expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render', '--tidy')).code).toBe(0);
    expect(changedLines(root)).toContain('-        service: {legacy: false}');
    expect(argo.judge(textsOf(root))).toEqual({ valid: 2, wrong: [] });
  });

  test.each([
    ['repository', () => ['cargo', '--repo', servers.http.url]],
    ['registry', () => [`oci://${servers.registry.host}/charts/cargo`]],
  ])('a new one from a %s is, alone, beside siblings, and after an upgrade', async (_, chart) => {
    const alone = makeRepository({ 'README.md': 'x\n', 'apps/.gitkeep': '' });
    const beside = makeRepository({
      'apps/anchor.yaml': application('anchor', servers.http.url),
      'apps/beacon.yaml': application('beacon', servers.http.url),
    });
    const words = ['--env', 'apps', '--delivery', 'argo', '--version', '1.0.0', '--route', 'none'];
    for (const [root, count] of [
      [alone, 1],
      [beside, 3],
    ] as const) {
      const made = await slipwayIn(
        root,
        'new-app',
        'shop',
        '--chart',
        ...chart(),
        ...words,
        '--yes',
        '--json',
      );
      expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('"changes"')]);
      expect(argo.judge(textsOf(root))).toEqual({ valid: count, wrong: [] });
      commitAll(root);
      expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
      expect(argo.judge(textsOf(root))).toEqual({ valid: count, wrong: [] });
    }
  });

  test('what init writes for Argo CD is', async () => {
    const root = makeRepository({});
    const words = ['--environments', 'production', '--repo-url', 'https://git.example.org/team/fleet.git'];
    const made = await slipwayIn(
      root,
      'init',
      '--gitops',
      'argocd',
      ...words,
      '--domains',
      'apps.example.org',
      '--no-charts',
      '--yes',
      '--json',
    );
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('"changes"')]);
    const { valid, wrong } = argo.judge(textsOf(root));
    expect([valid > 0, wrong]).toEqual([true, []]);
  });
});
