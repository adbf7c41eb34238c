import { expect, onTestFinished, test } from 'vitest';
import { inFolder } from '../../../src/charts/address.ts';
import { customisationsIn } from '../../../src/charts/customisations-in.ts';
import { parseChart } from '../../../src/charts/chart.ts';
import type { PulledChart } from '../../../src/charts/sources/chart-source.ts';
import type { ValuesPlace } from '../../../src/deliveries/chart-use.ts';
import { layerOf, proveUse } from '../../../src/render/effects/prove-use.ts';
import { UserError } from '../../../src/errors.ts';
import { createRenderers, type Renderers } from '../../../src/render/renderers.ts';
import { DEFAULT_KUBERNETES } from '../../../src/repository/conventions/kubernetes.ts';
import { openCacheFiles } from '../../../src/system/cache/cache-files.ts';
import { untranslated } from '../../../src/text/language.ts';
import { judgeOverrides } from '../../../src/values/overrides.ts';
import { editYaml } from '../../../src/yaml/edit.ts';
import { hasRenderer, PROGRAM } from '../../renderer/support.ts';
import { makeFolder } from '../../support/repository.ts';
import { testEnv } from '../../support/slipway.ts';

async function open(signal = new AbortController().signal): Promise<Renderers> {
  const renderers = await createRenderers({
    settings: {},
    cluster: {
      value: { kubeVersion: DEFAULT_KUBERNETES, apiVersions: [] },
      evidence: untranslated('default'),
    },
    env: testEnv(makeFolder(), { SLIPWAY_RENDERER: PROGRAM }),
    signal,
    jobs: 1,
    cache: await openCacheFiles({ folder: makeFolder(), warn: () => undefined, now: () => Date.now() }),
  });
  onTestFinished(() => renderers.close());
  return renderers;
}

/** A chart whose only template is a config map with these lines. */
function chartOf(values: string, lines: string): PulledChart {
  const files = new Map(
    Object.entries({
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'values.yaml': values,
      'templates/c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n${lines}`,
    }).map(([name, text]) => [name, Buffer.from(text)]),
  );
  return {
    address: inFolder('/nowhere'),
    version: { version: '1.0.0', deprecated: false, removed: false, urls: [] },
    chart: parseChart(files),
    files,
    archive: undefined,
    place: { files },
    digest: undefined,
  };
}

const USE = {
  name: 'web',
  delivery: 'kustomize' as const,
  release: { name: 'web', namespace: 'web' },
  values: [] as ValuesPlace[],
};

async function prove(
  renderers: Renderers,
  {
    chart,
    text,
    use = USE,
    tick = () => undefined,
  }: { chart: PulledChart; text: string; use?: typeof USE; tick?: () => void },
) {
  const layers = [layerOf(customisationsIn(chart, use, { text: () => text, name: 'ours' }))];
  return proveUse({ renderers, budget: 50, tick }, { use, chart, layers });
}

const SEEN = '  a: {{ .Values.a | quote }}\n  kube: {{ .Capabilities.KubeVersion }}\n';

test.runIf(hasRenderer)('values are those that Helm reads, YAML 1.1 and null included', async () => {
  const lines =
    '  a: {{ kindOf .Values.a }}-{{ .Values.b }}\n  {{- if hasKey .Values "c" }}\n  c: there\n  {{- end }}\n';
  const proved = await prove(await open(), {
    chart: chartOf('a: "true"\nb: 420\nc: 1\nd: 1\n', lines),
    text: 'a: yes\nb: 0644\nc: null\nd: 2\n',
  });
  // 0644 is 420, which is the default: no customisation.
  expect(proved.effects).toEqual([['effective', 'effective', 'none']]);
});

const CANCELLED = new UserError('E_CANCELLED', untranslated('cancelled'));

test.runIf(hasRenderer)('Ctrl+C ends it between two renderings', async () => {
  const stop = new AbortController();
  let ticks = 0;
  const proof = prove(await open(stop.signal), {
    chart: chartOf('a: 1\n', SEEN),
    text: 'a: 2\nb: 3\nc: 4\n',
    tick: () => void ((ticks += 1) === 3 && stop.abort(CANCELLED)),
  });
  await expect(proof).rejects.toBe(CANCELLED);
  expect(ticks).toBe(3);
});

test.runIf(hasRenderer)('the cluster that the use names is the one that counts', async () => {
  const lines =
    '  {{- if semverCompare ">=1.40" .Capabilities.KubeVersion.Version }}\n  a: {{ .Values.a }}\n  {{- end }}\n';
  const given = { chart: chartOf('a: one\n', lines), text: 'a: two\n' };
  const renderers = await open();
  const use = { ...USE, cluster: { kubeVersion: 'v1.40.0' } };
  expect((await prove(renderers, given)).effects).toEqual([['none']]);
  expect((await prove(renderers, { ...given, use })).effects).toEqual([['effective']]);
});

test.each([
  ['what only the cluster knows', { values: [{ kind: 'opaque', what: 'Secret web' }] }, 'Secret web'],
  ['a chart inside of another', { delivery: 'umbrella' }, 'inside of another'],
] as const)('%s is not proved, and that is said', async (_, more, reason) => {
  const use = { ...USE, ...more } as unknown as typeof USE;
  const proved = await prove(await open(), { chart: chartOf('a: 1\n', SEEN), text: 'a: 2\n', use });
  expect([proved.effects, proved.renders, proved.reason?.en]).toEqual([
    [['unknown']],
    0,
    expect.stringContaining(reason),
  ]);
});

test.runIf(hasRenderer)('what --tidy takes out of overrides has no effect: not a byte differs', async () => {
  const chart = chartOf('a: 1\nkept: 1\n', `${SEEN}  kept: {{ .Values.kept | quote }}\n`);
  const ours = 'a: 1 # as it was\nkept: 2\ngone: # dead\n  deep: 3\n';
  const isRead = (path: string): boolean => path === 'a' || path === 'kept';
  const base = 'a: 0\nkept: 1\ngone:\n  deep: 1\n';
  const { edits } = judgeOverrides({
    base,
    ours,
    theirs: 'a: 1\nkept: 1\n',
    decisions: {},
    names: { base: 'base', ours: 'ours', theirs: 'theirs' },
    stillRead: isRead,
    tidy: true,
  });
  const tidied = editYaml(
    ours,
    'ours',
    edits.map(edit => (edit.kind === 'remove' ? { ...edit, withComments: true } : edit)),
  );
  expect(tidied).toBe('kept: 2\n');
  const render = await (await open()).repeated({ release: 'web', namespace: 'web', chart: chart.place });
  expect(await render(Buffer.from(tidied))).toBe(await render(Buffer.from(ours)));
});
