import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { isInShard, shardMatrix } from '../../../src/cli/shard.ts';
import { digestOfJson, sha256Of } from '../../../src/data/digest.ts';
import { commitAll, makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const OF = 3;
const APPS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'];

function route(name: string, host: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
spec:
  parentRefs:
    - name: edge
      namespace: gateway
  hostnames:
    - ${host}.example.org
  rules:
    - backendRefs:
        - name: ${name}
          port: 8080
`;
}

/** Faults of one app, between apps that lie in different shards, in a shared base, of no app; and comments that silence some. */
function fleet(): Record<string, string> {
  const files: Record<string, string> = {
    '.slipway/config.yaml': 'environments: [east, west]\nrules:\n  image-tag-mutable: note\n',
    'base/kustomization.yaml':
      'resources:\n  - deployment.yaml\n  - missing.yaml # slipway-ignore: listed-but-absent made elsewhere\n',
    'base/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: base\n',
    'charts.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: lost\nspec:\n  chart:\n    spec: {chart: lost, sourceRef: {kind: HelmRepository, name: nowhere}}\n',
    'chart/Chart.yaml': 'apiVersion: v2\nname: local\nversion: 1.0.0\n',
    'chart/templates/x.yaml': 'kind: {{ .Values.kind }}\n',
  };
  for (const environment of ['east', 'west'])
    for (const [at, name] of APPS.entries()) {
      const folder = `${environment}/${name}`;
      const ignored = at % 4 === 3 ? ' # slipway-ignore: listed-twice on purpose' : '';
      files[`${folder}/kustomization.yaml`] =
        `namespace: ${name}\nresources:\n  - route.yaml\n  - route.yaml${ignored}\n  - ../../base\n`;
      const host = at % 3 === 0 ? 'shared' : `${name}-${environment}`;
      const silent = name === 'golf' ? '# slipway-ignore: route-host-taken moves soon\n' : '';
      files[`${folder}/route.yaml`] = silent + route(name, host);
    }
  return files;
}

let root: string;
let home: Record<string, string>;

function run(...args: string[]): Promise<Run> {
  return slipway(args, {
    cwd: root,
    env: { ...home, SLIPWAY_CACHE_DIR: path.join(makeFolder(), 'cache') },
  });
}

/** Checks each share for itself, as on machines of their own. */
async function share(folder: string, ...flags: string[]): Promise<string[]> {
  const files: string[] = [];
  for (let index = 1; index <= OF; index++) {
    const { stdout } = await run('check', '--shard', `${index}/${OF}`, '--json', ...flags);
    const file = path.join(folder, `${index}.json`);
    writeFileSync(file, stdout);
    files.push(file);
  }
  return files;
}

const made = makeFolder();
let shards: string[];

beforeAll(async () => {
  root = makeRepository(fleet());
  home = testEnv(makeFolder()) as Record<string, string>;
  shards = await share(made);
});

/** Without what says who ran: the line that repeats it. */
function body(stdout: string): string {
  return stdout.replace(/"command":"[^"]*"/, '');
}

describe('shards that are joined say what one run says', () => {
  test('they share out what there is to be found: something in each, and faults between them', () => {
    const found = shards.map(file => readAs('check', readFileSync(file, 'utf8')) as { findings: object[] });
    expect(found.every(({ findings }) => findings.length > 0)).toBe(true);
    const folders = ['east', 'west'].flatMap(environment => APPS.map(name => `${environment}/${name}`));
    const of = (index: number): string[] => folders.filter(each => isInShard({ index, of: OF }, each));
    expect([1, 2, 3].flatMap(of).toSorted()).toEqual(folders.toSorted());
  });

  test.for(['json', 'terminal', 'lines', 'sarif', 'junit', 'github', 'html'])('as %s', async format => {
    const how = format === 'json' ? ['--json'] : ['--format', format];
    const whole = await run('check', ...how);
    const joined = await run('join', ...how, ...shards.toReversed());
    expect([joined.code, body(joined.stdout), joined.stderr]).toEqual([1, body(whole.stdout), whole.stderr]);
    expect(joined.stdout).toMatch(/route-host-taken/);
  });

  test('in Chinese, and as the schema has it', async () => {
    const whole = await run('check', '--lang', 'zh-CN');
    const joined = await run('join', '--lang', 'zh-CN', ...shards);
    expect(joined.stdout).toBe(whole.stdout);
    const document = readAs('check', (await run('join', '--json', ...shards)).stdout) as { command: string };
    expect(document.command).toContain('slipway join');
  });

  test('with a plan each looks at its own files only, and the whole is the same', async () => {
    const plan = path.join(makeFolder(), 'plan.json');
    const planned = await run('check', '--matrix', String(OF), '--plan', plan);
    expect(JSON.parse(planned.stdout)).toEqual(shardMatrix(OF));
    const own = await share(makeFolder(), '--apply', plan);
    expect(body((await run('join', '--json', ...own)).stdout)).toBe(
      body((await run('check', '--json')).stdout),
    );
    // They can be joined with those that had none.
    const mixed = [own[0] ?? '', ...shards.slice(1)];
    expect((await run('join', ...mixed)).code).toBe(1);
  });

  test('with the flags that decide how it ends', async () => {
    const lenient = await share(makeFolder(), '--fail-on', 'error', 'east');
    const whole = await run('check', '--fail-on', 'error', 'east', '--json');
    const joined = await run('join', '--json', ...lenient);
    expect([joined.code, body(joined.stdout)]).toEqual([whole.code, body(whole.stdout)]);
  });
});

const RENDERS = findTool('kustomize') !== undefined;

/** Two Applications of other namespaces whose folders lie in different shards, and that both make one ClusterRole. */
function rivals(): Record<string, string> {
  const folders = APPS.map(name => `production/${name}`);
  const one = folders.find(each => isInShard({ index: 1, of: 2 }, each)) ?? '';
  const two = folders.find(each => isInShard({ index: 2, of: 2 }, each)) ?? '';
  const files: Record<string, string> = { '.slipway/config.yaml': 'environments: [production]\n' };
  for (const folder of [one, two]) {
    const name = path.posix.basename(folder);
    files[`${folder}/kustomization.yaml`] = `namespace: ${name}\nresources: [role.yaml]\n`;
    files[`${folder}/role.yaml`] =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: operator}\nrules: []\n';
    files[`argo/${name}.yaml`] = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.org/team/cluster.git, targetRevision: HEAD, path: ${folder}}
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
`;
  }
  return files;
}

test.runIf(RENDERS)('Applications that are rendered in two shards fight as they do in one run', async () => {
  const folder = makeRepository(rivals());
  const check = (...args: string[]): Promise<Run> =>
    slipway([...args, '-C', folder], { env: { ...home, PATH: process.env['PATH'] ?? '' } });
  const whole = await check('check', '--render', '--offline', '--json');
  const parts: string[] = [];
  for (const index of [1, 2]) {
    const { stdout } = await check('check', '--render', '--offline', '--shard', `${index}/2`, '--json');
    const file = path.join(makeFolder(), `${index}.json`);
    writeFileSync(file, stdout);
    parts.push(file);
  }
  const joined = await check('join', '--json', ...parts);
  expect(whole.stdout).toContain('"code":"application-fight"');
  expect([joined.code, body(joined.stdout)]).toEqual([whole.code, body(whole.stdout)]);
});

test('too many objects to name, and kinds that one shard brings, are said not to be looked at', async () => {
  const contender = {
    at: 0,
    name: 'one',
    from: 'argo/one.yaml',
    folder: 'one',
    namespace: 'one',
    cluster: 'c',
  };
  const about = { isThere: true, isRendered: true, isHeard: true, objects: [], isLeft: true };
  const files = shards.map((file, index) => {
    const document = JSON.parse(readFileSync(file, 'utf8')) as { shard: Record<string, unknown> };
    const { digest: _, ...part } = document.shard;
    const facts = part['facts'] as { summary: object };
    Object.assign(facts, { contenders: index === 0 ? [{ ...contender, ...about }] : [] });
    Object.assign(facts.summary, { apart: index });
    const to = path.join(makeFolder(), `${index}.json`);
    writeFileSync(to, JSON.stringify({ shard: { ...part, digest: digestOfJson(part) } }));
    return to;
  });
  const { stdout } = await run('join', '--json', ...files);
  const { findings, summary } = readAs('check', stdout) as {
    findings: { code: string; message: string }[];
    summary: object;
  };
  expect(summary).toMatchObject({ apart: 3 });
  expect(findings.find(({ code }) => code === 'application-fight')?.message).toContain('more objects than');
  const spoken = await run('join', ...files);
  expect(spoken.stdout).toContain('3 custom kinds that charts of a shard bring');
});

describe('what is not of one run is refused', () => {
  const refused = async (...files: string[]): Promise<unknown> => {
    const { code, stdout } = await run('join', '--json', ...files);
    const { error } = readAs('error', stdout) as { error: { code: string; message: string } };
    return [code, error.code, error.message.replaceAll(/\S*\//g, '')];
  };

  test('a missing shard, one given twice, none at all', async () => {
    expect(await refused(...shards.slice(1))).toEqual([2, 'E_SHARDS', 'documents are missing: 3']);
    expect(await refused(...shards, shards[0] ?? '')).toEqual([
      2,
      'E_SHARDS',
      'shard 3 is given twice: 1.json and 1.json',
    ]);
    expect(await refused()).toEqual([2, 'E_MISSING', 'no documents to join']);
  });

  test.for([
    ['another version of slipway wrote it', { slipway: '9.9.9' }],
    ['it is of another commit', { commits: ['b'.repeat(40)] }],
    ['its run had other flags', { flags: ['--render'] }],
    ['it is of another configuration, or of other apps', { rests: 'x' }],
    ['its run has another number of shards', { of: 7 }],
    ['it is of another command', { command: 'preview' }],
  ] as const)('%s', async ([message, change]) => {
    const file = changed(shards[1] ?? '', change);
    expect(await refused(shards[0] ?? '', file, shards[2] ?? '')).toEqual([
      2,
      'E_SHARDS',
      `changed.json is not of the run of 1.json: ${message}`,
    ]);
  });

  test('another commit of this very repository', async () => {
    writeFiles(root, { 'east/alpha/more.yaml': 'a: 1\n' });
    commitAll(root);
    const folder = makeFolder();
    const { stdout } = await run('check', '--shard', `2/${OF}`, '--json');
    writeFiles(folder, { 'new.json': stdout });
    expect(await refused(shards[0] ?? '', path.join(folder, 'new.json'), shards[2] ?? '')).toEqual([
      2,
      'E_SHARDS',
      'new.json is not of the run of 1.json: it is of another commit',
    ]);
  });

  test.for<[string, (text: string) => string]>([
    ['it is not whole JSON', text => text.slice(0, text.length / 2)],
    [
      'it is not what slipway wrote, but cut off or changed',
      text => text.replace('listed-twice', 'listed-never'),
    ],
    ['it does not say of which shard it is, and what that found', () => '{"schemaVersion":1,"findings":[]}'],
    ['it does not say of which shard it is, and what that found', () => '[1]'],
    ['it is not whole JSON', () => ''],
  ])('%s', async ([message, change]) => {
    const text = readFileSync(shards[1] ?? '', 'utf8');
    const folder = makeFolder();
    // In the facts: what programs read of the document is not joined.
    const at = text.indexOf('"shard":');
    const odd = message.includes('changed') ? text.slice(0, at) + change(text.slice(at)) : change(text);
    writeFiles(folder, { 'odd.json': odd });
    expect(await refused(shards[0] ?? '', path.join(folder, 'odd.json'), shards[2] ?? '')).toEqual([
      2,
      'E_VALUE',
      `odd.json is no result of a shard: ${message}`,
    ]);
  });

  test.for([
    { found: null },
    { found: { findings: [{ code: 'x' }], suppressions: [], rules: {}, habits: {}, available: {} } },
    { found: { findings: { length: 1e9 } } },
    {},
  ])('facts that no check leaves, though their digest is right: %j', async facts => {
    const files = shards.map(file => changed(file, { facts }));
    expect(await refused(...files)).toEqual([2, 'E_VALUE', expect.stringContaining('no result of a shard')]);
  });

  test('a key that stands for the prototype of all objects, a file that is not there', async () => {
    const folder = makeFolder();
    writeFiles(folder, { 'odd.json': '{"shard":{"__proto__":{"index":1}}}' });
    expect(await refused(path.join(folder, 'odd.json'))).toEqual([
      2,
      'E_VALUE',
      expect.stringContaining('__proto__'),
    ]);
    expect(await refused('nowhere.json')).toEqual([2, 'E_VALUE', expect.stringContaining('nowhere.json')]);
  });

  test.for([
    ['--shard', '4/3'],
    ['--shard', '0/3'],
    ['--shard', '1/999'],
    ['--shard', 'x'],
    ['--matrix', '0'],
    ['--shard', '1/3', '--fix'],
    ['--shard', '1/3', '--matrix', '3'],
    ['--plan', 'x.json'],
    ['--apply', 'x.json'],
    ['--matrix', '3', '--plan', 'x.json', '--since', 'HEAD'],
  ])('check %j is a wrong call', async args => {
    expect((await run('check', ...args)).code).toBe(2);
  });
});

/** A document with something else in it, and the digest that this has. */
function changed(file: string, change: object): string {
  const document = JSON.parse(readFileSync(file, 'utf8')) as { shard: object };
  const { digest: _, ...own } = { ...document.shard, ...change } as Record<string, unknown>;
  const folder = makeFolder();
  const shard = { ...own, digest: sha256Of(JSON.stringify(own)) };
  writeFiles(folder, { 'changed.json': JSON.stringify({ ...document, shard }) });
  return path.join(folder, 'changed.json');
}

describe('a plan holds for its commit', () => {
  const apply = async (plan: string): Promise<unknown> => {
    const { code, stdout } = await run('check', '--shard', '1/3', '--apply', plan, '--json');
    return code === 1
      ? 'checked'
      : (JSON.parse(stdout) as { error: { code: string; message: string } }).error;
  };

  test('and for nothing that changed since, nor for what no plan says', async () => {
    const own = makeRepository(fleet());
    const before = root;
    root = own;
    try {
      const plan = path.join(makeFolder(), 'plan.json');
      await run('check', '--matrix', '3', '--plan', plan);
      expect(await apply(plan)).toBe('checked');
      const text = readFileSync(plan, 'utf8');
      writeFileSync(plan, text.replace('"east/alpha"', '"east/omega"'));
      expect(await apply(plan)).toMatchObject({ code: 'E_VALUE' });
      writeFileSync(plan, sealed(text, { apps: [{ name: 'x', folder: '../..', environment: 'east' }] }));
      expect(await apply(plan)).toMatchObject({ code: 'E_VALUE' });
      writeFileSync(plan, sealed(text, { slipway: '9.9.9' }));
      expect(await apply(plan)).toMatchObject({ code: 'E_CHANGED' });
      writeFileSync(plan, text);
      writeFiles(own, { 'west/golf/route.yaml': route('golf', 'other') });
      expect(await apply(plan)).toMatchObject({
        code: 'E_CHANGED',
        message: expect.stringContaining('west/golf/route.yaml'),
      });
      expect((await run('check', '--matrix', '3', '--plan', plan)).code).toBe(6);
      commitAll(own);
      expect(await apply(plan)).toMatchObject({ code: 'E_CHANGED' });
    } finally {
      root = before;
    }
  });

  function sealed(text: string, change: object): string {
    const { digest: _, ...plan } = { ...(JSON.parse(text) as Record<string, unknown>), ...change };
    return JSON.stringify({ ...plan, digest: sha256Of(JSON.stringify(plan)) });
  }
});
