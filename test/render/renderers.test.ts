import { untranslated } from '../../src/text/language.ts';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRenderers, type Renderers, type RenderersOptions } from '../../src/render/renderers.ts';
import { DEFAULT_KUBERNETES } from '../../src/repository/conventions/kubernetes.ts';
import { openCacheFiles } from '../../src/system/cache/cache-files.ts';
import { makeFolder } from '../support/repository.ts';
import { testEnv } from '../support/slipway.ts';
import { findTool } from '../support/tools.js';
import { hasRenderer, openRenderer, PROGRAM } from '../renderer/support.ts';

test.runIf(hasRenderer)('slipway-renderer is built, so that it is tried', () => {
  expect(ENGINES.map(([kind]) => kind)).toContain('inside');
});

type Opening = Partial<Omit<RenderersOptions, 'cache'>> & { folder?: string };

async function open({
  folder = path.join(makeFolder(), 'cache'),
  ...options
}: Opening = {}): Promise<Renderers> {
  const cache = await openCacheFiles({ folder, warn: () => undefined, now: () => Date.now() });
  const renderers = await createRenderers({
    settings: {},
    cluster: {
      value: { kubeVersion: DEFAULT_KUBERNETES, apiVersions: [] },
      evidence: untranslated('default'),
    },
    env: testEnv(makeFolder(), { SLIPWAY_RENDERER: PROGRAM }),
    signal: new AbortController().signal,
    jobs: 1,
    ...options,
    cache,
  });
  onTestFinished(() => renderers.close());
  return renderers;
}

const TOOLS = { SLIPWAY_RENDERER: '' };
const canUseTools = findTool('helm') !== undefined && findTool('kustomize') !== undefined;

describe.runIf(hasRenderer)('what renders', () => {
  const env = (more: Record<string, string>) => testEnv(makeFolder(), { SLIPWAY_RENDERER: PROGRAM, ...more });
  test.each([
    ['the renderer inside where there is one', {}, {}, 'inside'],
    ['tools where none is wanted', TOOLS, {}, 'tools'],
    ['tools that the machine names', { SLIPWAY_HELM: 'helm' }, {}, 'tools'],
    [
      'tools that a flag names, though inside is configured',
      { SLIPWAY_KUSTOMIZE: 'k' },
      { renderer: 'inside' },
      'tools',
    ],
    ['tools that are configured', {}, { renderer: 'tools' }, 'tools'],
    ['a configured helm', {}, { helmCommand: 'helm3' }, 'tools'],
    ['a configured kustomize', {}, { kustomizeCommand: 'kustomize5' }, 'tools'],
    [
      'inside, though commands are configured for where it is not',
      {},
      { renderer: 'inside', helmCommand: 'helm3' },
      'inside',
    ],
  ] as const)('%s', async (_, variables, settings, kind) => {
    expect((await open({ env: env(variables), settings })).kind).toBe(kind);
  });

  test('a renderer that is named and not there is an error, and so is one that has to be inside', async () => {
    await expect(open({ env: env({ SLIPWAY_RENDERER: '/nowhere' }) })).rejects.toThrow('no program /nowhere');
    await expect(open({ env: env(TOOLS), settings: { renderer: 'inside' } })).rejects.toThrow('no renderer');
  });
});

const bytes = (files: Record<string, string>): Map<string, Uint8Array> =>
  new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));

const CAPABILITIES = `apiVersion: v1
kind: ConfigMap
metadata: {name: seen}
data:
  kube: {{ .Capabilities.KubeVersion }}
  monitors: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" | quote }}
`;

function app(entry = ''): Map<string, Uint8Array> {
  return bytes({
    'production/shop/kustomization.yaml': `namespace: shop\nhelmCharts:\n  - name: web\n    releaseName: web\n${entry}`,
    'production/shop/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'production/shop/charts/web/values.yaml': 'a: 1\n',
    'production/shop/charts/web/templates/seen.yaml': CAPABILITIES,
  });
}

const ENGINES = [
  ...(hasRenderer ? [['inside', { SLIPWAY_RENDERER: PROGRAM }] as const] : []),
  ...(canUseTools ? [['tools', TOOLS] as const] : []),
];

describe.each(ENGINES)('the cluster that charts see, %s', (kind, variables) => {
  const env = testEnv(makeFolder(), variables);
  const seen = async (renderers: Renderers, entry = ''): Promise<unknown> =>
    (await renderers.objects(app(entry), 'production/shop')).manifests[0]?.body['data'];

  test('is the default, the configured one, and the one of a chart', async () => {
    const renderers = await open({ env });
    expect(renderers.kind).toBe(kind);
    expect(await seen(renderers)).toEqual({ kube: 'v1.36.0', monitors: 'false' });
    const value = { kubeVersion: 'v1.33.0', apiVersions: ['monitoring.coreos.com/v1'] };
    const configured = await open({
      env,
      cluster: { value, evidence: untranslated('.slipway/config.yaml') },
    });
    expect(await seen(configured)).toEqual({ kube: 'v1.33.0', monitors: 'true' });
    expect(await seen(configured, '    kubeVersion: 1.31.2\n')).toEqual({
      kube: 'v1.31.2',
      monitors: 'true',
    });
  });

  test('is the same for a chart alone', async () => {
    const files = new Map(
      [...app()].flatMap(([file, content]) =>
        file.includes('/web/') ? [[file.slice(27), content] as const] : [],
      ),
    );
    const request = { release: 'web', namespace: 'shop', chart: { files }, values: Buffer.from('') };
    const renderers = await open({ env });
    const own = async (cluster = {}): Promise<unknown> =>
      (await renderers.template({ ...request, cluster })).manifests[0]?.body['data'];
    expect(await own()).toEqual({ kube: 'v1.36.0', monitors: 'false' });
    expect(await own({ kubeVersion: 'v1.30.1', apiVersions: ['monitoring.coreos.com/v1'] })).toEqual({
      kube: 'v1.30.1',
      monitors: 'true',
    });
  });
});

describe.runIf(hasRenderer)('what was rendered', () => {
  test('the default cluster is that of the renderer', async () => {
    expect((await openRenderer().engines()).kubeVersion).toBe(DEFAULT_KUBERNETES);
  });

  const random = (): Map<string, Uint8Array> =>
    new Map([
      ...app(),
      ...bytes({
        'production/shop/charts/web/templates/seen.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {r: {{ randAlphaNum 20 }}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: b}\nstringData: {password: hunter2-{{ .Values.a }}}\n',
      }),
    ]);

  test('is rendered once for equal inputs, in another run too, and again for others', async () => {
    const folder = path.join(makeFolder(), 'cache');
    const render = async (tree = random()) =>
      (await (await open({ folder })).objects(tree, 'production/shop')).manifests;
    const first = await render();
    expect(await render()).toEqual(first);
    const other = random().set('production/shop/charts/web/values.yaml', Buffer.from('a: 2\n'));
    expect(await render(other)).not.toEqual(first);
  });

  test('leaves no value of a Secret on the disk, and tells that one changed', async () => {
    const folder = path.join(makeFolder(), 'cache');
    const render = async (tree = random()) =>
      (await (await open({ folder })).objects(tree, 'production/shop')).manifests;
    const first = await render();
    const second = await render(
      random().set('production/shop/charts/web/values.yaml', Buffer.from('a: 2\n')),
    );
    const secretOf = (manifests: typeof first) =>
      manifests.find(({ kind }) => kind === 'Secret')?.body['stringData'];
    expect(secretOf(first)).toEqual({ password: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(secretOf(second)).not.toEqual(secretOf(first));
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry =>
      entry.isFile(),
    );
    const texts = kept.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'));
    expect([texts.length, texts.some(text => text.includes('hunter2'))]).toEqual([2, false]);
  });

  test('says what a chart looks up in the cluster', async () => {
    const tree = app().set(
      'production/shop/charts/web/templates/seen.yaml',
      Buffer.from(
        '{{ $s := lookup "v1" "Secret" "a" "b" }}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      ),
    );
    const { warnings } = await (await open()).objects(tree, 'production/shop');
    expect(warnings).toEqual([expect.stringContaining('looks v1 Secret up in the cluster')]);
  });
});
