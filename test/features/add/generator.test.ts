import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { canRender } from '../../support/kustomize.ts';
import { commitAll, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

function open(): { root: string; run(...args: string[]): Promise<Run> } {
  const root = demoRepository();
  const env = testEnv(makeFolder()) as Record<string, string>;
  env['PATH'] = `${path.dirname(findTool('kubeconform') ?? '')}${path.delimiter}${env['PATH'] ?? ''}`;
  return { root, run: (...args) => slipway(args, { cwd: root, env }) };
}

async function findings(it: ReturnType<typeof open>, ...args: string[]): Promise<string[]> {
  const run = await it.run('check', ...args, '--json');
  const found = (JSON.parse(run.stdout) as { findings: { file: string; code: string }[] }).findings;
  return found.map(({ file, code }) => `${file} ${code}`);
}

describe.each([
  ['starter', ['--name', 'shop'], 'production/shop'],
  ['database', ['--name', 'orders'], 'production/orders'],
  [
    'cron-job',
    ['--app', 'notes', '--name', 'tidy', '--image', 'registry.example.org/a/tidy:1.0'],
    'production/notes',
  ],
])('the example %s', (example, answers, app) => {
  test('is copied with its test cases, which pass; what it makes breaks no rule and is valid', async () => {
    const it = open();
    const added = await it.run('add', 'generator', 'mine', '--from-example', example, '--json');
    expect([added.code, readAs('add-generator', added.stdout)]).toMatchObject([0, { generator: 'mine' }]);
    expect(await findings(it)).toEqual([]);
    const made = await it.run('new', 'mine', ...answers, '--yes', '--json');
    expect([made.code, readAs('new', made.stdout)]).toMatchObject([0, { generator: 'mine', app }]);
    commitAll(it.root);
    expect(await findings(it, app, ...(canRender ? ['--render'] : []))).toEqual([]);
  });
});

describe('check runs the test cases', () => {
  const AT = '.slipway/generators/mine';

  test('of the work tree, also where a run is kept; a change is seen at once', async () => {
    const it = open();
    await it.run('add', 'generator', 'mine');
    commitAll(it.root);
    expect(await findings(it)).toEqual([]);
    expect(await findings(it)).toEqual([]);
    writeFiles(it.root, { [`${AT}/tests/defaults/answers.yaml`]: 'environment: production\nname: shop2\n' });
    expect((await findings(it)).every(line => line.endsWith(' generator-test-fails'))).toBe(true);
    expect((await findings(it)).length).toBeGreaterThan(3);
    expect(await findings(it, '--staged')).not.toEqual([]);
    expect(await findings(it, 'production/wiki')).toEqual([]);
    expect(await findings(it, AT)).not.toEqual([]);
  });
});

describe('what is refused, with nothing written', () => {
  test.each([
    ['a name that is there', ['mine'], 'E_EXISTS'],
    ['no name', [], 'E_MISSING'],
    ['a name that leads out', ['../mine'], 'E_NAME'],
    ['an example that there is not', ['other', '--from-example', 'kafka'], 'E_VALUE'],
    ['a flag of another addition', ['other', '--host', 'a'], 'E_USAGE'],
  ])('%s', async (_, args, code) => {
    const it = open();
    writeFiles(it.root, { '.slipway/generators/mine/generator.yaml': 'description: x\n' });
    const before = readTree(it.root);
    const run = await it.run('add', 'generator', ...args, '--json');
    expect((readAs('error', run.stdout) as { error: { code: string } }).error.code).toBe(code);
    expect(readTree(it.root)).toEqual(before);
  });

  test('an example for an addition that has none', async () => {
    const { stdout } = await open().run('add', 'storage', 'wiki', '--from-example', 'database', '--json');
    expect((readAs('error', stdout) as { error: { code: string } }).error.code).toBe('E_USAGE');
  });
});
