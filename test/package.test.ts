import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './support/repository.ts';
import { testEnv } from './support/slipway.ts';

const CLONE = path.resolve(import.meta.dirname, '..');
const MOST_BYTES = 6 << 20;

/** npm as a person has it, without a network. Scripts would build what the tests have built. */
function npm(home: string, ...args: string[]): string {
  const line = [...args, '--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  const env = { ...testEnv(home), npm_config_cache: path.join(home, 'npm') };
  return execFileSync('npm', line, { cwd: CLONE, env, encoding: 'utf8' });
}

test('what is installed is one package, small, that runs', () => {
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
});
