import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { commitAll, git, makeFolder } from './support/repository.ts';
import { testEnv } from './support/slipway.ts';

const CLONE = path.resolve(import.meta.dirname, '..');

function read(file: string): string {
  return readFileSync(path.join(CLONE, 'integrations', file), 'utf8');
}

/** The first fenced blocks of a page, as data. */
function blocks(file: string, language: string): unknown[] {
  const fence = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g');
  return [...read(file).matchAll(fence)].map(([, text = '']) => parse(text) as unknown);
}

const home = makeFolder();
const made = path.join(home, 'fleet');
let tarball = '';

/** A copy of the demo with charts at hand, under git. */
function demo(): string {
  const folder = path.join(makeFolder(), 'fleet');
  cpSync(made, folder, { recursive: true });
  return folder;
}

beforeAll(() => {
  const words = ['new-app', 'shop', '--chart', 'ledger', '--demo', made, '--yes'];
  execFileSync('slipway', words, { env: testEnv(home), stdio: 'ignore' });
  commitAll(made);
  const line = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', home];
  const env = { ...testEnv(home), npm_config_cache: path.join(home, 'npm') };
  const [packed] = JSON.parse(execFileSync('npm', line, { cwd: CLONE, env, encoding: 'utf8' })) as {
    filename: string;
  }[];
  tarball = path.join(home, packed?.filename ?? '');
});

describe('GitHub Action', () => {
  type Step = { name: string; run: string; env: Record<string, string> };
  const action = parse(read('github/action.yml')) as { runs: { steps: Step[] }; inputs: object };

  /** As a runner does it: each step by bash, inputs put into its variables, one file for what it hands on. */
  function runAction(inputs: Record<string, string>, folder: string) {
    const temp = makeFolder();
    const [added, output] = [path.join(temp, 'path'), path.join(temp, 'output')];
    writeFileSync(added, '');
    writeFileSync(output, '');
    let searched = testEnv(temp)['PATH'] ?? '';
    let last = { status: 0 as number | null, stdout: '' };
    for (const { run, env = {} } of action.runs.steps) {
      const given = Object.fromEntries(
        Object.entries(env).map(([name, text]) => [
          name,
          text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => inputs[input] ?? ''),
        ]),
      );
      last = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...testEnv(temp),
          ...given,
          npm_config_cache: path.join(home, 'npm'),
          npm_config_offline: 'true',
          PATH: searched,
          RUNNER_TEMP: temp,
          GITHUB_PATH: added,
          GITHUB_OUTPUT: output,
        },
      });
      if (last.status !== 0) break;
      searched = [readFileSync(added, 'utf8').trim(), searched].filter(Boolean).join(path.delimiter);
    }
    return { ...last, output: readFileSync(output, 'utf8') };
  }

  test('installs a package and runs the command', () => {
    const ended = runAction({ package: tarball, command: 'check --format github' }, demo());
    expect([ended.status, ended.output]).toEqual([0, 'exit-code=0\n']);
  });

  test('hands on how slipway ended, and ends so', () => {
    const folder = demo();
    const file = path.join(folder, 'production/shop/kustomization.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('httproute.yaml', 'gone.yaml'));
    const ended = runAction({ package: tarball, command: 'check --format github production/shop' }, folder);
    expect([ended.status, ended.output]).toEqual([1, 'exit-code=1\n']);
    expect(ended.stdout).toContain('::error file=production/shop/kustomization.yaml');
  });

  test('reads words as a shell does and expands nothing', () => {
    const folder = demo();
    const command = `check --format json "production/$(touch pwned)" 'a; touch pwned'`;
    const ended = runAction({ package: tarball, command }, folder);
    expect([ended.status, git(folder, 'status', '--porcelain')]).toEqual([2, '']);
  });
});

describe('GitLab component', () => {
  const [head, body] = parseAllDocuments(read('gitlab/templates/check.yml')).map(each => each.toJS()) as [
    { spec: { inputs: Record<string, { default?: string }> } },
    { 'slipway-check': { script: string[]; variables: Record<string, string> } },
  ];

  test('every input that is used is declared', () => {
    const used = [...read('gitlab/templates/check.yml').matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)];
    expect(new Set(used.map(([, name]) => name))).toEqual(new Set(Object.keys(head.spec.inputs)));
  });

  test('its script leaves a report as GitLab reads it', () => {
    const folder = demo();
    const file = path.join(folder, 'production/shop/kustomization.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('httproute.yaml', 'gone.yaml'));
    const lines = body['slipway-check'].script.map(line =>
      line.replaceAll('$[[ inputs.arguments ]]', '').replaceAll('/tmp/slipway', path.join(home, 'component')),
    );
    const env = { ...testEnv(home), npm_config_cache: path.join(home, 'npm'), SLIPWAY: tarball };
    const ended = spawnSync('sh', ['-ec', lines.join('\n')], { cwd: folder, env, encoding: 'utf8' });
    expect(ended.status).toBe(1);
    const report = readFileSync(path.join(folder, 'check.xml'), 'utf8');
    expect(report).toContain('<testsuites');
    expect(report).toContain('production/shop/kustomization.yaml');
  });
});

test('the script of the Tekton Task passes its arguments on and says how slipway ended', () => {
  const task = parse(read('tekton/task.yaml')) as { spec: { steps: { script: string }[] } };
  const result = path.join(makeFolder(), 'exit-code');
  const script = path.join(makeFolder(), 'script');
  const text = task.spec.steps[0]?.script.replace('$(results.exit-code.path)', result) ?? '';
  expect(text).not.toContain('$(');
  writeFileSync(script, text, { mode: 0o755 });
  const ended = spawnSync(script, ['check', 'no such app'], { cwd: demo(), env: testEnv(home) });
  expect([ended.status, readFileSync(result, 'utf8')]).toEqual([2, '2']);
});

test('the image has the programs that the tests drive, at these versions', () => {
  const wanted = [
    ...read('container/Containerfile').matchAll(/(\S+\/(?:helm|v5|kubeconform|kubeseal))@(v\S+)/g),
  ];
  const tools = readFileSync(path.join(CLONE, 'test/support/tools.js'), 'utf8');
  expect(wanted.length).toBe(4);
  for (const [whole] of wanted) expect(tools).toContain(`'${whole}'`);
  expect(read('container/Containerfile')).toMatch(/^USER node$/m);
});

describe('Renovate', () => {
  type Recipe = { packageRules: { postUpgradeTasks: { commands: string[] } }[] };
  const [recipe, settings] = blocks('renovate/README.md', 'json') as [Recipe, { allowedCommands: string[] }];
  const { commands } = recipe.packageRules[0]?.postUpgradeTasks ?? { commands: [] };
  const fill = (facts: Record<string, string>) =>
    commands.map(line => line.replaceAll(/\{\{\{(\w+)\}\}\}/g, (_, name: string) => facts[name] ?? ''));

  test('its lines carry the values over after an edit as Renovate makes it', () => {
    const [edited, direct] = [demo(), demo()];
    const file = 'production/wiki/kustomization.yaml';
    const text = readFileSync(path.join(edited, file), 'utf8');
    writeFileSync(path.join(edited, file), text.replace('version: 1.2.0', 'version: 1.3.0'));
    const lines = fill({ packageFile: file, packageFileDir: 'production/wiki', newVersion: '1.3.0' });
    for (const line of lines)
      execFileSync('sh', ['-ec', line], { cwd: edited, env: testEnv(home), stdio: 'pipe' });
    execFileSync('slipway', ['upgrade', 'production/wiki', '--to', '1.3.0', '--yes'], {
      cwd: direct,
      env: testEnv(home),
      stdio: 'pipe',
    });
    const state = (folder: string) => git(folder, 'status', '--porcelain', '--untracked-files=all');
    expect(state(edited)).toContain('values');
    expect(state(edited)).toBe(state(direct));
    expect(git(edited, 'diff')).toBe(git(direct, 'diff'));
  });

  test.each([
    {
      packageFile: 'production/wiki/kustomization.yaml',
      packageFileDir: 'production/wiki',
      newVersion: '1.3.0',
      allowed: 2,
    },
    { packageFile: '-p', packageFileDir: '--force', newVersion: '1.3.0', allowed: 0 },
    { packageFile: 'a; id', packageFileDir: 'a $(id)', newVersion: '1', allowed: 0 },
    { packageFile: 'a', packageFileDir: 'a', newVersion: '1 --force', allowed: 1 },
  ])(
    'its settings allow these lines and nothing else: $packageFileDir $newVersion',
    ({ allowed, ...facts }) => {
      const patterns = settings.allowedCommands.map(each => new RegExp(each));
      expect(fill(facts).filter(line => patterns.some(each => each.test(line))).length).toBe(allowed);
    },
  );
});

test('the plugin of Argo CD renders the app of the folder in which it is started', () => {
  const [plugin] = blocks('argo-cd/README.md', 'yaml') as [{ spec: { generate: { command: string[] } } }];
  const [program = '', ...words] = plugin.spec.generate.command;
  const folder = demo();
  rmSync(path.join(folder, '.git'), { recursive: true });
  const rendered = execFileSync(program, words, {
    cwd: path.join(folder, 'production/wiki'),
    env: testEnv(home, { ARGOCD_APP_SOURCE_PATH: 'production/wiki' }),
    encoding: 'utf8',
  });
  const kinds = parseAllDocuments(rendered).map(each => (each.toJS() as { kind: string }).kind);
  expect(kinds).toContain('Deployment');
});
