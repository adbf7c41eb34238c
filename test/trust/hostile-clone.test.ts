import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { C01, C02, C03, C04, C05, C06 } from '../support/attacks.ts';
import { deployment, serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { check, checkHome, type CheckRun } from '../support/check-repository.ts';
import { type Attack, FOREIGN, hostileClone, type Surroundings } from '../support/hostile-clone.ts';
import { type FixtureServer, serveHttp } from '../support/http-server.ts';
import { canRender } from '../support/kustomize.ts';
import { makeFolder } from '../support/repository.ts';
import { slipway } from '../support/slipway.ts';
import { findTool } from '../support/tools.js';

const ATTACKS: readonly Attack[] = [...C01, ...C02, ...C03, ...C04, ...C05, ...C06];
const GOOD: Attack = { id: 'good', files: {}, says: '' };

let server: FixtureServer;
beforeAll(async () => {
  server = await serveHttp({ '*': { body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fetched}\n' } });
});
afterAll(() => server.close());

type Renderer = { SLIPWAY_RENDERER: string };

const inside = findTool('slipway-renderer');
/** The tools of PATH, and slipway's own renderer where it is built. */
const RENDERERS: (readonly [string, Renderer])[] = [
  ['the tools', { SLIPWAY_RENDERER: '' }],
  ...(inside === undefined ? [] : [['the renderer inside', { SLIPWAY_RENDERER: inside }] as const]),
];

test.runIf(inside !== undefined)('slipway-renderer is built, so that it is tried', () => {
  expect(RENDERERS).toHaveLength(2);
});

/** No schemas from the network, whatever is on PATH. What slipway keeps for itself lies apart, as its cache does. */
function home(around: Surroundings, renderer: Renderer): Record<string, string> {
  const apart = { XDG_STATE_HOME: makeFolder() };
  const schemas = { SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json' };
  return around.env({ ...checkHome(), ...apart, ...schemas, ...renderer });
}

describe.runIf(canRender).each(RENDERERS)(
  'C01 C02 C03 C04 C05 C06 check --render of a hostile clone, with %s',
  (_with, renderer) => {
    let around: Surroundings;
    let before: string[];
    let run: CheckRun;
    beforeAll(async () => {
      around = hostileClone([...ATTACKS, GOOD], server.url);
      before = around.state();
      run = await check(around.clone, ['--render'], home(around, renderer));
    }, 120_000);

    test('writes nothing, runs nothing, asks nobody, shows nothing of other files; the good app is rendered', () => {
      expect(around.state()).toEqual(before);
      expect(server.received.map(({ path: asked }) => asked)).toEqual([]);
      expect(run.stdout + run.stderr).not.toContain(FOREIGN);
      expect([run.code, run.summary['rendered']]).toEqual([1, 1]);
    });

    test.each(ATTACKS.map(attack => [attack.id, attack] as const))('%s is refused by name', (id, attack) => {
      const folder = `production/${id}`;
      const own = run.findings.filter(
        ({ file, code }) => file.startsWith(`${folder}/`) && code.startsWith('render-'),
      );
      const said = own.map(finding => [finding.code, finding.file, JSON.stringify(finding)] as const);
      const code = attack.says === 'has to be fetched' ? 'render-failed' : 'render-refused';
      expect(said).toContainEqual([
        code,
        `${folder}/${attack.file ?? 'kustomization.yaml'}`,
        expect.stringContaining(attack.says),
      ]);
    });
  },
);

describe.runIf(canRender).each(RENDERERS)(
  'C06 a manifest that is listed by its URL, with %s',
  (_with, renderer) => {
    const app = (line: string): Attack[] => [
      { id: 'listed', files: { 'kustomization.yaml': `resources:\n  - ok.yaml\n${line}\n` }, says: '' },
    ];

    test('is fetched by slipway, once, and never offline', async () => {
      const around = hostileClone(app('  - SERVER/releases/download/v1.2.3/x.yaml # upstream'), server.url);
      const before = around.state();
      server.received.length = 0;
      const offline = await check(around.clone, ['--render', '--offline'], home(around, renderer));
      expect([offline.summary['rendered'], server.received.length]).toEqual([0, 0]);
      const online = await check(around.clone, ['--render'], home(around, renderer));
      expect([online.summary['rendered'], online.stdout]).toEqual([1, online.stdout]);
      expect(server.received.map(({ headers }) => headers['user-agent'])).toEqual([
        expect.stringMatching(/^slipway/),
      ]);
      expect(around.state()).toEqual(before);
    });

    test('is part of what an upgrade builds', async () => {
      const templates = {
        'values.yaml': 'port: 8080\n',
        'templates/a.yaml': deployment('shop', 'busybox:1.37'),
      };
      const charts = await serveCharts(
        ['1.0.0', '1.1.0'].map(version => ({ name: 'shop', version, files: templates })),
      );
      const [listed] = app('  - SERVER/releases/download/v1.2.3/x.yaml');
      const chart = `helmCharts:\n  - name: shop\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: shop\n    namespace: shop\n    valuesFile: values/shop-1.0.0.yaml\n`;
      const text = `${listed?.files['kustomization.yaml'] ?? ''}${chart}`;
      const files = { 'kustomization.yaml': text, 'values/shop-1.0.0.yaml': 'port: 8080\n' };
      const around = hostileClone([{ id: 'listed', files, says: '' }], server.url);
      const run = await slipway(['upgrade', '--dry-run', '--json', '-C', around.clone], {
        env: home(around, renderer),
      });
      await charts.close();
      const { apps } = JSON.parse(run.stdout) as {
        apps: { verification: { command: string; ok: boolean }[] }[];
      };
      const built = apps
        .flatMap(({ verification }) => verification)
        .filter(each => each.command.startsWith('kustomize'));
      expect(built).toMatchObject([{ ok: true, detail: '' }]);
    });

    test('is not fetched if its content may change', async () => {
      const around = hostileClone(app('  - SERVER/main/x.yaml'), server.url);
      server.received.length = 0;
      const run = await check(around.clone, ['--render'], home(around, renderer));
      expect([run.summary['rendered'], server.received.length]).toEqual([0, 0]);
      expect(run.stdout).toContain('/main/x.yaml has to be fetched');
    });
  },
);

/** Apps of a served chart with a newer version, each with an attack of its own. */
function upgradable(charts: TestRepository): Attack[] {
  const entry = (release: string): string =>
    `resources: [ok.yaml]\nhelmCharts:\n  - name: shop\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: ${release}\n    namespace: shop\n    includeCRDs: true\n    valuesFile: values/shop-1.0.0.yaml\n`;
  const chosen = [...C03, ...C05].filter(({ id }) =>
    ['c03-generator', 'c05-envs', 'c05-plugin-files'].includes(id),
  );
  const apps = chosen.map(({ id, files, says }) => ({
    id,
    says,
    files: {
      ...files,
      'kustomization.yaml': `${entry('shop')}${(files['kustomization.yaml'] ?? '').replace('resources: [ok.yaml]\n', '')}`,
    },
  }));
  const flag = { id: 'flag', files: { 'kustomization.yaml': entry('--post-renderer=OUTER/clone/evil.sh') } };
  return [...apps, { ...flag, says: 'helm would take it for a flag' }].map(app => ({
    ...app,
    files: { ...app.files, 'values/shop-1.0.0.yaml': 'port: 8080\n' },
  }));
}

describe.runIf(canRender).each(RENDERERS)(
  'C02 C03 C05 other commands on a hostile clone, with %s',
  (_with, renderer) => {
    let charts: TestRepository;
    let around: Surroundings;
    let apps: Attack[];
    beforeAll(async () => {
      const templates = {
        'values.yaml': 'port: 8080\n',
        'templates/a.yaml': deployment('shop', 'busybox:1.37'),
      };
      charts = await serveCharts(
        ['1.0.0', '1.1.0'].map(version => ({ name: 'shop', version, files: templates })),
      );
      apps = upgradable(charts);
      around = hostileClone(apps, server.url);
    });
    afterAll(() => charts.close());

    test('upgrade --dry-run renders none of them, and says why', async () => {
      const before = around.state();
      const args = ['upgrade', '--dry-run', '--json', '-C', around.clone];
      const run = await slipway(args, { env: home(around, renderer), cwd: around.clone });
      expect(around.state()).toEqual(before);
      expect(run.stdout + run.stderr).not.toContain(FOREIGN);
      for (const { says } of apps) expect(run.stdout).toContain(says);
    });

    test.each(['c03-generator', 'c05-envs', 'flag'])('add to %s renders nothing', async app => {
      const before = around.state();
      const args = ['add', 'route', app, '--host', 'docs', '--service', 'shop:80', '--dry-run', '--json'];
      const run = await slipway([...args, '-C', around.clone], {
        env: home(around, renderer),
        cwd: around.clone,
      });
      expect(around.state()).toEqual(before);
      expect(run.stdout + run.stderr).not.toContain(FOREIGN);
      expect([run.code, run.stdout]).toEqual([0, run.stdout]);
    });

    test('new-app takes no chart through a link', async () => {
      const linked: Attack = {
        id: 'linked',
        files: { 'chart/Chart.yaml': 'apiVersion: v2\nname: linked\nversion: 0.1.0\n' },
        links: { 'chart/templates': 'OUTER/foreign/templates' },
        says: '',
      };
      const own = hostileClone([linked], server.url);
      const before = own.state();
      const chart = path.join(own.clone, 'production/linked/chart');
      const args = ['new-app', 'fresh', '--chart', chart, '--env', 'production', '--dry-run', '--json'];
      const run = await slipway([...args, '-C', own.clone], { env: home(own, renderer), cwd: own.clone });
      expect(own.state()).toEqual(before);
      expect(existsSync(path.join(own.clone, '../ran'))).toBe(false);
      expect(run.stdout + run.stderr).not.toContain(FOREIGN);
      expect(run.stdout).toContain('E_SYMLINK');
    });
  },
);
