import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRenderer } from '../../renderer/support.ts';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { chartRelease, helmRepository, listing } from '../../support/flux-fixture.ts';
import { proofCharts } from '../../support/proof-fixture.ts';
import {
  commitAll,
  git,
  makeFolder,
  makeRepository,
  readTree,
  writeFiles,
} from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/adopt.schema.json'), 'utf8')) as object,
);

/** Asks the cluster for a password, and makes one up where it does not answer. */
const ASKING = {
  'values.yaml': '# how many\nreplicas: 1\nextra: {}\n',
  'templates/all.yaml': `apiVersion: v1
kind: Secret
metadata: { name: asking }
data:
  {{- $known := lookup "v1" "Secret" .Release.Namespace "asking" }}
  password: {{ if $known }}{{ $known.data.password }}{{ else }}{{ randAlphaNum 20 | b64enc }}{{ end }}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: asking }
data: { replicas: {{ .Values.replicas | quote }}, extra: {{ .Values.extra | toJson | quote }} }
`,
};

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([...proofCharts(), { name: 'asking', version: '1.0.0', files: ASKING }]);
});
afterAll(() => charts.close());

const APP = 'production/shop';

/** An app of kustomize that gives its chart values in three places. */
function layered(more = '', chart = 'shop'): string {
  return `namespace: shop
helmCharts:
  - name: ${chart}
    repo: ${charts.url}
    version: 1.0.0
    releaseName: shop
    namespace: shop
${more}`;
}

type Answer = {
  written: boolean;
  apps: {
    charts: { valuesFile: string; folded: string[]; stays: string[]; lookups: string[] }[];
    render?: { status: string; masked: { kind: string }[]; differences?: { kind: string; name: string }[] };
  }[];
  changes: { path: string; action: string }[];
  nextArgv: string[][];
};

async function run(root: string, words: readonly string[], variables: Record<string, string> = {}) {
  const env = testEnv(makeFolder(), variables) as Record<string, string>;
  return slipway(['-C', root, ...words], { env });
}

async function answerOf(root: string, words: readonly string[], code = 0): Promise<Answer> {
  const done = await run(root, [...words, '--json']);
  const answer = JSON.parse(done.stdout) as Answer;
  expect([done.code, isAnswer(answer), isAnswer.errors, done.stderr]).toEqual([code, true, null, '']);
  return answer;
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Two apps that keep copies, named after the version. */
function siblings(): Record<string, string> {
  return Object.fromEntries(
    ['one', 'two'].flatMap(name => [
      [
        `production/${name}/kustomization.yaml`,
        layered('    valuesFile: values/shop-1.0.0.yaml\n')
          .replaceAll(': shop\n', `: ${name}\n`)
          .replace(`name: ${name}`, 'name: shop'),
      ],
      [`production/${name}/values/shop-1.0.0.yaml`, String(proofCharts()[0]?.files['values.yaml'])],
    ]),
  );
}

describe.runIf(hasRenderer)('adopt', () => {
  test('folds every place of kustomize into one full copy, comments and precedence included, and points there', async () => {
    const root = makeRepository({
      ...siblings(),
      [`${APP}/kustomization.yaml`]: layered(`    valuesFile: shop.yaml
    # what the team says on top
    valuesInline:
      replicas: 4
      text:
        # as agreed in May
        tone: warm
    additionalValuesFiles:
      - more.yaml
`),
      [`${APP}/shop.yaml`]: '# three of them\nreplicas: 3\ncache:\n  size: 20 # GiB\n',
      [`${APP}/more.yaml`]: 'first: 7\ntext:\n  greeting: null\n',
    });
    commitAll(root);
    const answer = await answerOf(root, ['adopt', 'shop', '--yes']);
    expect(answer.apps[0]).toMatchObject({
      charts: [
        {
          valuesFile: `${APP}/values/shop-1.0.0.yaml`,
          folded: [
            `${APP}/shop.yaml`,
            `${APP}/kustomization.yaml#0:helmCharts.0.valuesInline`,
            `${APP}/more.yaml`,
          ],
          stays: [],
          lookups: [],
        },
      ],
      render: { status: 'same', masked: [{ kind: 'Secret' }] },
    });
    expect(read(root, `${APP}/values/shop-1.0.0.yaml`)).toBe(`# three of them
replicas: 4
text:
  # as agreed in May
  tone: warm
  greeting: null
cache:
  size: 20 # GiB
debug:
  enabled: false
  level: info
first: 7
second: 0
ingress:
  enabled: false
  host: shop.example.org
`);
    expect(read(root, `${APP}/kustomization.yaml`)).toBe(
      layered('    valuesFile: values/shop-1.0.0.yaml\n    # what the team says on top\n'),
    );
    expect(['shop.yaml', 'more.yaml'].map(name => existsSync(path.join(root, APP, name)))).toEqual([
      false,
      false,
    ]);
    expect(read(root, '.slipway/lock/production/shop.yaml')).toContain('sha256:');
    const before = git(root, 'rev-parse', 'HEAD');
    const again = await answerOf(root, ['adopt', 'shop', '--yes']);
    expect([again.written, again.changes, before]).toEqual([false, [], git(root, 'rev-parse', 'HEAD')]);
  });

  test('keeps its name where no app keeps copies; null survives, an anchor is resolved, of a key that comes twice the last counts', async () => {
    const values = 'text: &own\n  greeting: hi\nmore: *own\nreplicas: 2\nreplicas: 5\nsecond: null\n';
    const root = makeRepository({
      [`${APP}/kustomization.yaml`]: layered('    valuesFile: values.yaml\n'),
      [`${APP}/values.yaml`]: values,
    });
    // What is kept to undo by is sealed with a key of this home.
    const home = { HOME: makeFolder() };
    const answer = JSON.parse((await run(root, ['adopt', 'shop', '--yes', '--json'], home)).stdout) as Answer;
    expect(answer.apps[0]?.render?.status).toBe('same');
    const copy = read(root, `${APP}/values.yaml`);
    expect(copy).toContain('second: null\n');
    expect(copy).toContain('replicas: 5\n');
    expect(copy).toContain('ingress:\n  enabled: false\n');
    const undone = await run(root, ['undo', '--yes', '--json'], home);
    expect([undone.code, read(root, `${APP}/values.yaml`)]).toEqual([0, values]);
  });

  test('a chart that asks the cluster is masked, and that is said', async () => {
    const root = makeRepository({
      [`${APP}/kustomization.yaml`]: layered('    valuesInline: { extra: { a: 1 } }\n', 'asking'),
    });
    const answer = await answerOf(root, ['adopt', 'shop', '--yes']);
    expect(answer.apps[0]).toMatchObject({
      charts: [{ valuesFile: `${APP}/values/asking-1.0.0.yaml`, lookups: ['templates/all.yaml'] }],
      render: { status: 'same', masked: [{ kind: 'Secret', name: 'asking', fields: ['data.password'] }] },
    });
    expect(read(root, `${APP}/values/asking-1.0.0.yaml`)).toBe('# how many\nreplicas: 1\nextra:\n  a: 1\n');
  });

  test('what would render otherwise ends with 3, shows it, and writes nothing', async () => {
    const files = {
      [`${APP}/kustomization.yaml`]: `${layered('    valuesFile: values.yaml\n')}configMapGenerator:\n  - name: seen\n    files: [values.yaml]\n`,
      [`${APP}/values.yaml`]: 'replicas: 2\n',
    };
    const root = makeRepository(files);
    const answer = await answerOf(root, ['adopt', 'shop', '--yes'], 3);
    expect(answer).toMatchObject({
      written: false,
      nextArgv: [],
      apps: [{ render: { status: 'differs', masked: [{ kind: 'Secret' }] } }],
    });
    expect(answer.apps[0]?.render?.differences?.map(({ kind }) => kind)).toEqual(['ConfigMap', 'ConfigMap']);
    const before = readTree(root);
    expect(before[`${APP}/values.yaml`]).toBe('644 replicas: 2\n');
    const shown = await run(root, ['adopt', 'shop', '--yes']);
    expect([shown.code, shown.stdout]).toEqual([3, expect.stringContaining('+    ingress:')]);
    expect(readTree(root)).toEqual(before);
  });

  test('without a renderer the values alone are compared, and that is said; a file with work that no commit holds stays', async () => {
    const files = {
      [`${APP}/kustomization.yaml`]: layered('    valuesFile: values.yaml\n'),
      [`${APP}/values.yaml`]: 'replicas: 2\nauth:\n  password: hunter2-of-ours\n',
    };
    const root = makeRepository(files);
    commitAll(root);
    const bare = {
      SLIPWAY_RENDERER: '',
      SLIPWAY_HELM: '/nowhere/helm',
      SLIPWAY_KUSTOMIZE: '/nowhere/kustomize',
    };
    const dry = await run(root, ['adopt', 'shop', '--dry-run', '--json'], bare);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      written: false,
      apps: [{ render: { status: 'not-rendered' } }],
      nextArgv: [['slipway', 'adopt', 'shop', '-C', root]],
    });
    const said = await run(root, ['adopt', 'shop', '--dry-run'], bare);
    expect(said.stdout).toMatch(/not rendered: /);
    // What is shown around what changes holds no secret.
    expect(said.stdout).not.toContain('hunter2');
    expect(said.stdout).toContain('password: •••');
    writeFiles(root, { [`${APP}/values.yaml`]: 'replicas: 9\n' });
    const dirty = await run(root, ['adopt', 'shop', '--yes', '--json']);
    expect([dirty.code, JSON.parse(dirty.stdout)]).toMatchObject([6, { error: { code: 'E_DIRTY' } }]);
    // No command that refuses this has the flag.
    expect(dirty.stdout).not.toContain('--force');
    expect(read(root, `${APP}/values.yaml`)).toBe('replicas: 9\n');
  });

  test('of Flux the file below becomes the copy and what is in line stays; values in line alone are refused', async () => {
    const flux = 'clusters/one/shop';
    const from = '  valuesFrom:\n    - { kind: ConfigMap, name: shop-values }\n';
    const files = {
      [`${flux}/kustomization.yaml`]: listing(
        ['source.yaml', 'release.yaml'],
        'configMapGenerator:\n  - name: shop-values\n    files: [values.yaml=values.yaml]\ngeneratorOptions: { disableNameSuffixHash: true }\n',
      ),
      [`${flux}/source.yaml`]: helmRepository(charts.url),
      [`${flux}/release.yaml`]: chartRelease('shop', '1.0.0', `${from}  values: { first: 7 }\n`),
      [`${flux}/values.yaml`]: '# ours\nreplicas: 2\n',
    };
    const root = makeRepository(files);
    const answer = await answerOf(root, ['adopt', flux, '--yes']);
    expect(answer.apps[0]).toMatchObject({
      charts: [
        {
          valuesFile: `${flux}/values.yaml`,
          folded: [`${flux}/values.yaml`],
          stays: [expect.stringContaining('spec.values')],
        },
      ],
      render: { status: 'same', masked: [{ kind: 'Secret' }] },
    });
    expect(read(root, `${flux}/values.yaml`)).toMatch(/^# ours\nreplicas: 2\ntext:\n/);
    expect(read(root, `${flux}/release.yaml`)).toBe(files[`${flux}/release.yaml`]);
    const inline = makeRepository({
      ...files,
      [`${flux}/release.yaml`]: chartRelease('shop', '1.0.0', '  values: { first: 7 }\n'),
    });
    const refused = await run(inline, ['adopt', flux, '--yes', '--json']);
    expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([2, { error: { code: 'E_VALUE' } }]);
  });

  test('makes an app of a release that runs, from the values that helm has of it', async () => {
    const root = makeRepository(siblings());
    commitAll(root);
    const values = path.join(makeFolder(), 'got.yaml');
    writeFiles(path.dirname(values), {
      'got.yaml': 'USER-SUPPLIED VALUES:\n# by hand\nreplicas: 4\nsecond: null\n',
    });
    const words = ['adopt', '--release', 'web', '--values', values, '--chart', 'shop', '--repo', charts.url];
    const lacking = await run(root, [...words, '--json']);
    expect([lacking.code, JSON.parse(lacking.stdout)]).toMatchObject([
      2,
      { error: { code: 'E_MISSING', missing: [{ flag: 'version' }] } },
    ]);
    const elsewhere = await run(root, [
      'adopt',
      'site',
      ...words.slice(1),
      '--version',
      '1.0.0',
      '--namespace',
      'web',
      '--json',
    ]);
    expect([elsewhere.code, JSON.parse(elsewhere.stdout)]).toMatchObject([2, { error: { code: 'E_VALUE' } }]);
    const more = ['--version', '1.0.0', '--namespace', 'site', '--yes'];
    const answer = await answerOf(root, [...words, ...more]);
    expect(answer).toMatchObject({
      written: true,
      apps: [
        {
          app: 'production/site',
          charts: [{ valuesFile: 'production/site/values/shop-1.0.0.yaml', folded: [values] }],
          render: { status: 'same', masked: [{ kind: 'Secret' }] },
        },
      ],
    });
    expect(read(root, 'production/site/values/shop-1.0.0.yaml')).toMatch(
      /^# by hand\nreplicas: 4\ntext:\n {2}greeting/,
    );
    expect(read(root, 'production/site/kustomization.yaml')).toContain('releaseName: web');
    for (const [program = '', ...rest] of answer.nextArgv) if (program === 'git') git(root, ...rest);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect((await answerOf(root, [...words, ...more])).written).toBe(false);
    writeFiles(path.dirname(values), { 'got.yaml': 'replicas: 5\n' });
    const again = await run(root, [...words, ...more, '--json']);
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([2, { error: { code: 'E_APP_EXISTS' } }]);
  });

  test('--audit says which version a copy stems from, and writes nothing', async () => {
    const [old, fresh] = proofCharts().map(({ files }) => String(files['values.yaml']));
    const root = makeRepository({
      ...siblings(),
      [`${APP}/kustomization.yaml`]: layered('    valuesFile: values/shop-1.0.0.yaml\n'),
      [`${APP}/values/shop-1.0.0.yaml`]: String(fresh).replace('replicas: 1', '# two of them\nreplicas: 2'),
      'production/few/kustomization.yaml': layered('    valuesFile: values.yaml\n'),
      'production/few/values.yaml': 'replicas: 2\n',
    });
    expect(old).not.toBe(fresh);
    const before = readTree(root);
    const answer = (await answerOf(root, ['adopt', '--audit'], 1)) as unknown as {
      audit: { app: string; status: string; nearest: string[]; differing: object }[];
    };
    expect(answer.audit.map(({ app, status, nearest }) => [app, status, nearest])).toEqual([
      ['production/few', 'overrides', []],
      ['production/one', 'right', ['1.0.0']],
      [APP, 'other', ['1.1.0']],
      ['production/two', 'right', ['1.0.0']],
    ]);
    expect(answer.audit[2]?.differing).toEqual({ pinned: 5, nearest: 1 });
    const told = await run(root, ['adopt', '--audit', 'shop']);
    expect([told.code, told.stdout]).toEqual([
      1,
      expect.stringContaining('stems from shop 1.1.0 (1 value of its own)'),
    ]);
    expect(readTree(root)).toEqual(before);
  });
});
