import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { git, makeFolder, writeFiles } from './support/repository.ts';
import { demoRepository, testEnv } from './support/slipway.ts';
import { findTool } from './support/tools.js';

const CLONE = path.resolve(import.meta.dirname, '..');
const MOST_BYTES = 6 << 20;

/** npm as a person has it, without a network. Scripts would build what the tests have built. */
function npm(home: string, ...args: string[]): string {
  return npmIn(CLONE, home, ...args, '--ignore-scripts');
}

function npmIn(cwd: string, home: string, ...args: string[]): string {
  const quietly = ['--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  const env = { ...testEnv(home), npm_config_cache: path.join(home, 'npm') };
  return execFileSync('npm', [...quietly, ...args], { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

test('what is installed is one package, small, that runs', { timeout: 180_000 }, () => {
  const home = makeFolder();
  const [packed] = JSON.parse(npm(home, 'pack', '--json', '--pack-destination', home)) as {
    filename: string;
  }[];
  npm(home, 'install', '--global', '--prefix', home, path.join(home, packed?.filename ?? ''));

  const modules = path.join(home, 'lib/node_modules');
  expect(readdirSync(modules)).toEqual(['slipway']);
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' });
  expect(files.filter(name => name.includes('node_modules'))).toEqual([]);
  const bytes = files.map(name => statSync(path.join(modules, name))).filter(stats => stats.isFile());
  expect(bytes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(MOST_BYTES);

  const fleet = path.join(home, 'fleet');
  const run = (...args: string[]): string =>
    execFileSync(path.join(home, 'bin/slipway'), args, { cwd: home, env: testEnv(home), encoding: 'utf8' });
  run('new-app', 'shop', '--chart', 'ledger', '--demo', fleet, '--yes');
  expect(JSON.parse(run('check', 'production/wiki', '-C', fleet, '--json'))).toMatchObject({ findings: [] });
  // `npx ./slipway-0.1.0.tgz` from elsewhere.
  expect(npmIn(home, home, 'exec', '--yes', '--', `./${packed?.filename}`, '--version')).toBe('0.1.0\n');
});

test(
  'the build says nothing where npm says what it packed, which pre-commit takes as a name',
  { timeout: 180_000 },
  () => {
    const home = makeFolder();
    expect(npmIn(CLONE, home, 'pack', '--pack-destination', home)).toBe('slipway-0.1.0.tgz\n');
  },
);

// Minutes, and a network: npm brings all that the build needs. SLIPWAY_TEST_GIT=1 runs it.
test.runIf(process.env['SLIPWAY_TEST_GIT'])(
  'is installed from the address of a repository, by npm, npx and pre-commit',
  () => {
    const home = makeFolder();
    const address = `git+file://${CLONE}#${git(CLONE, 'rev-parse', 'HEAD').trim()}`;
    const env = { ...process.env, HOME: home };
    const sh = (line: string): string =>
      execFileSync('sh', ['-ec', line], { cwd: home, env, encoding: 'utf8' });
    sh(`npm install --global --prefix ${home} "./$(npm pack --silent '${address}')"`);
    expect(sh(`${home}/bin/slipway --version`)).toBe('0.1.0\n');
    expect(sh(`npx --yes '${address}' --version`)).toBe('0.1.0\n');
    if (!findTool('pre-commit')) return;
    const [, file = '', rev = ''] = /^git\+(.*)#(.*)$/.exec(address) ?? [];
    const root = demoRepository();
    const config = { repos: [{ repo: file, rev, hooks: [{ id: 'slipway-check' }] }] };
    writeFiles(root, { '.pre-commit-config.yaml': JSON.stringify(config) });
    git(root, 'add', '--all');
    expect(sh(`cd ${root} && pre-commit run`)).toContain('Passed');
  },
  900_000,
);
