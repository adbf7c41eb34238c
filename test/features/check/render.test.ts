import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployment, serveCharts, service, type TestRepository } from '../../support/chart-repository.ts';
import { check, checkHome, edit, read } from '../../support/check-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { commitAll, git, makeRepository, writeFiles } from '../../support/repository.ts';
import { findTool } from '../../support/tools.js';

const APP = 'production/shop';
const KUSTOMIZATION = `${APP}/kustomization.yaml`;
const PREFIX = `apiVersion: builtin
kind: PrefixTransformer
metadata: {name: image-prefix}
prefix: mirror.example.test/
fieldSpecs:
  - path: spec/template/spec/containers[]/image
`;

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    {
      name: 'shop',
      version: '1.0.0',
      files: {
        'values.yaml': 'port: 8080\n',
        'templates/all.yaml': `${service('shop', { http: 8080 })}---\n${deployment('shop', 'busybox:1.37')}---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: homeless}\n`,
      },
    },
  ]);
});
afterAll(() => charts.close());

/** No schemas from the network, whatever is on PATH. */
function renderHome(): Record<string, string> {
  return { ...checkHome(), SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json' };
}

function namespaced(name: string, more: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: ${name}\nresources:\n  - namespace.yaml\n${more}`;
}

function namespace(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;
}

function entry(chart: string): string {
  return `helmCharts:\n  - name: shop\n${chart}    releaseName: shop\n    namespace: shop\n    includeCRDs: true\n`;
}

/** One app of the served chart, with a route to it. */
function shop(): string {
  return makeRepository({
    'image-prefix.yaml': PREFIX,
    [`${APP}/.gitignore`]: 'charts/*\n',
    [KUSTOMIZATION]: namespaced(
      'shop',
      `  - route.yaml\n${entry(`    repo: ${charts.url}\n    version: 1.0.0\n`)}    valuesFile: values/shop-1.0.0.yaml\ntransformers:\n  - ../../image-prefix.yaml\n`,
    ),
    [`${APP}/namespace.yaml`]: namespace('shop'),
    [`${APP}/route.yaml`]:
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  rules:\n    - backendRefs:\n        - name: shop\n          port: 80\n',
    [`${APP}/values/shop-1.0.0.yaml`]: 'port: 8080\n',
    'production/twin/kustomization.yaml': namespaced('twin', 'transformers:\n  - ../../image-prefix.yaml\n'),
    'production/twin/namespace.yaml': namespace('twin'),
  });
}

describe.runIf(canRender)('--render', () => {
  test('a chart that is fetched once tells its images, Services and objects without namespace', async () => {
    const root = shop();
    const env = renderHome();
    const first = await check(root, ['--render'], env);
    expect(first.found).toEqual([
      `image-name-short ${KUSTOMIZATION}:8`,
      `object-namespace ${KUSTOMIZATION}:8`,
      `route-backend ${APP}/route.yaml:9`,
    ]);
    expect(first.summary['rendered']).toBe(2);
    expect(git(root, 'status', '--porcelain', '--ignored')).toBe('');
    const again = await check(root, ['--render', '--offline'], env);
    // The lines that go on, or run it again, say so too.
    const found = ({ stdout }: { stdout: string }): object => ({
      ...JSON.parse(stdout),
      command: '',
      next: [],
      nextArgv: [],
    });
    expect(found(again)).toEqual(found(first));
    edit(root, KUSTOMIZATION, 'releaseName: shop', 'releaseName: other');
    const edited = await check(root, ['--render', '--offline'], env);
    // With what was said, so that a failure tells its reason.
    expect([edited.summary['rendered'], edited.stdout]).toEqual([2, edited.stdout]);
  });

  test('what is mended is rendered again', async () => {
    const root = shop();
    const run = await check(root, ['--render', '--fix'], renderHome());
    expect(read(root, KUSTOMIZATION)).toContain('newName: docker.io/library/busybox');
    expect(run.found.map(line => line.split(' ')[0])).toEqual(['object-namespace', 'route-backend']);
  });

  test('a chart that nobody has is a note offline, a broken one an error', async () => {
    const root = shop();
    const note = await check(root, ['--render', '--offline'], renderHome());
    expect([note.code, note.findings.map(({ code, severity }) => `${severity} ${code}`)]).toEqual([
      0,
      ['note render-failed'],
    ]);
    writeFiles(root, {
      [`${APP}/charts/shop-1.0.0/shop/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      [`${APP}/charts/shop-1.0.0/shop/templates/a.yaml`]: '{{ fail "no" }}\n',
    });
    const broken = await check(root, ['--render', '--offline'], renderHome());
    expect(broken.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error render-failed',
    ]);
    expect(broken.stdout).toContain('no');
  });

  test('a local chart gets what it depends on: a folder beside it, and an archive of its repository', async () => {
    const root = makeRepository({
      [`${APP}/.gitignore`]: 'charts/*\n!charts/shop\n!charts/library\n',
      [KUSTOMIZATION]: namespaced('shop', `${entry('')}    valuesFile: values/shop.yaml\n`),
      [`${APP}/namespace.yaml`]: namespace('shop'),
      [`${APP}/values/shop.yaml`]: '{}\n',
      [`${APP}/charts/shop/Chart.yaml`]: `apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n  - {name: library, version: 0.1.0, repository: "file://../library"}\n  - {name: shop, version: "^1", repository: "${charts.url}"}\n`,
      [`${APP}/charts/shop/Chart.lock`]: `dependencies:\n  - {name: library, version: 0.1.0, repository: "file://../library"}\n  - {name: shop, version: 1.0.0, repository: "${charts.url}"}\n`,
      [`${APP}/charts/library/Chart.yaml`]: 'apiVersion: v2\nname: library\nversion: 0.1.0\n',
      [`${APP}/charts/library/templates/a.yaml`]:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-library}\n',
    });
    const run = await check(root, ['--render'], renderHome());
    expect(run.found).toEqual([`object-namespace ${KUSTOMIZATION}:7`]);
    expect(run.stdout).toContain('ConfigMap from-library');
    expect(run.stdout).toContain('ServiceAccount homeless');
    expect(readdirSync(path.join(root, APP, 'charts/shop'))).toEqual(['Chart.lock', 'Chart.yaml']);
    edit(root, `${APP}/charts/shop/Chart.lock`, `"${charts.url}"`, '"@alias"');
    const unbuilt = await check(root, ['--render'], renderHome());
    expect(unbuilt.stdout).toContain('needs shop 1.0.0 of @alias');
  });

  test('--staged renders what is staged', async () => {
    const root = shop();
    const env = renderHome();
    await check(root, ['--render'], env);
    edit(root, `${APP}/route.yaml`, 'port: 80', 'port: 8080');
    git(root, 'add', '--all');
    edit(root, `${APP}/route.yaml`, 'port: 8080', 'port: 81');
    const run = await check(root, ['--render', '--staged'], env);
    expect(run.found.filter(line => line.startsWith('route-backend'))).toEqual([]);
  });

  test.runIf(findTool('kubeconform'))(
    'objects are held to their schemas where kubeconform is at hand',
    async () => {
      const root = shop();
      const schema = {
        type: 'object',
        properties: { metadata: { type: 'object' }, kind: {}, apiVersion: {} },
        additionalProperties: false,
      };
      writeFiles(root, { 'schemas/serviceaccount_v1.json': JSON.stringify(schema) });
      edit(
        root,
        `${APP}/namespace.yaml`,
        '}\n',
        '}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nsecret: []\n',
      );
      const env = {
        ...checkHome(),
        SLIPWAY_KUBECONFORM_SCHEMAS: `${root}/schemas/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`,
      };
      const run = await check(root, ['--render'], env);
      const invalid = run.findings.filter(({ code }) => code === 'schema-invalid');
      expect(invalid.map(({ file, line }) => `${file}:${line}`)).toEqual([`${APP}/namespace.yaml:5`]);
    },
  );

  test.runIf(findTool('kubeconform'))(
    'a schema that changes is held against what was clean; the deepest cause is told, where it stands',
    async () => {
      const root = shop();
      const schemas = path.join(root, 'schemas');
      const within = (type: string): string =>
        ['port', 'items', 'backendRefs', 'items', 'rules', 'spec'].reduce(
          (inner, step) =>
            `{"${step === 'items' ? '' : 'properties":{"'}${step}":${inner}}${step === 'items' ? '' : '}'}`,
          JSON.stringify({ type }),
        );
      writeFiles(root, { 'schemas/v1/httproute.json': within('integer') });
      const places = { SLIPWAY_KUBECONFORM_SCHEMAS: `${schemas}/v1/{{.ResourceKind}}.json` };
      const env = { ...checkHome(), ...places };
      const invalid = async (): Promise<string[]> =>
        (await check(root, ['--render'], env)).findings
          .filter(({ code }) => code === 'schema-invalid')
          .map(({ line, message }) => `${line} ${message}`);
      expect(await invalid()).toEqual([]);
      writeFiles(root, { 'schemas/v1/httproute.json': within('string') });
      const cause = '9 HTTPRoute shop: /spec/rules/0/backendRefs/0/port got number, want string';
      expect(await invalid()).toEqual([cause]);
      writeFiles(root, { 'elsewhere/httproute.json': within('integer') });
      rmSync(path.join(schemas, 'v1'), { recursive: true });
      symlinkSync(path.join(root, 'elsewhere'), path.join(schemas, 'v1'));
      expect(await invalid()).toEqual([]);
      writeFiles(root, { 'elsewhere/httproute.json': within('string') });
      expect(await invalid()).toEqual([cause]);
    },
  );
});

test('--outdated notes newer versions, and versions that were published again', async () => {
  const root = makeRepository({
    [`${APP}/.gitignore`]: 'charts/*\n',
    [KUSTOMIZATION]: namespaced(
      'shop',
      `${entry(`    repo: ${charts.url}\n    version: 0.9.0\n`)}    valuesFile: values/shop-0.9.0.yaml\n`,
    ),
    [`${APP}/namespace.yaml`]: namespace('shop'),
    [`${APP}/values/shop-0.9.0.yaml`]: 'port: 8080\n',
  });
  const newer = await check(root, ['--outdated']);
  expect([newer.code, newer.found]).toEqual([0, [`chart-outdated ${KUSTOMIZATION}:9`]]);
  edit(root, KUSTOMIZATION, 'version: 0.9.0', 'version: 1.0.0');
  edit(root, KUSTOMIZATION, 'shop-0.9.0.yaml', 'shop-1.0.0.yaml');
  git(root, 'mv', `${APP}/values/shop-0.9.0.yaml`, `${APP}/values/shop-1.0.0.yaml`);
  writeFiles(root, {
    '.slipway/lock/production/shop.yaml': `schemaVersion: 1\ncharts:\n  - {name: shop, repo: "${charts.url}", version: 1.0.0, digest: "sha256:${'a'.repeat(64)}"}\n`,
  });
  commitAll(root);
  const other = await check(root, ['--outdated']);
  expect([other.code, other.found]).toEqual([1, [`chart-republished ${KUSTOMIZATION}:9`]]);
});
