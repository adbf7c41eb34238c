import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './support/repository.ts';
import { testEnv } from './support/slipway.ts';

const CLONE = path.resolve(import.meta.dirname, '..');
const ADDRESS = 'https://git.campus.example/team/slipway';

const out = makeFolder();
const env = { ...testEnv(out), npm_config_cache: path.join(out, 'npm') };
const line = ['scripts/release.js', out, '--address', ADDRESS, '--executable'];
const made = execFileSync(process.execPath, line, { cwd: CLONE, env, encoding: 'utf8' }).trim().split('\n');
const [tarball = ''] = made;

function read(name: string): string {
  return readFileSync(path.join(out, name), 'utf8');
}

test('says what it made, and made it', () => {
  expect(made.filter(file => !existsSync(file))).toEqual([]);
  expect(made.length).toBe(7);
});

test('formula and flake name the tarball by its address and its checksum', () => {
  const sha256 = createHash('sha256').update(readFileSync(tarball)).digest('hex');
  const url = `${ADDRESS}/releases/download/v0.1.0/slipway-0.1.0.tgz`;
  expect(read('slipway-0.1.0.tgz.sha256')).toBe(`${sha256}  slipway-0.1.0.tgz\n`);
  for (const name of ['slipway.rb', 'flake.nix']) {
    expect(read(name)).toContain(`"${url}"`);
    expect(read(name)).toContain(`"${sha256}"`);
    expect(read(name)).not.toMatch(/@[A-Z0-9]+@/);
  }
});

test('the list of parts names what is in the bundle, each with its hash, and nothing of this machine', () => {
  const { components } = JSON.parse(read('slipway-0.1.0.cdx.json')) as {
    components: { name: string; version: string; hashes: unknown[] }[];
  };
  const { packages: bundled } = JSON.parse(readFileSync(path.join(CLONE, 'dist/build.json'), 'utf8')) as {
    packages: { name: string; version: string }[];
  };
  const shown = (list: typeof bundled) => list.map(({ name, version }) => `${name}@${version}`).toSorted();
  expect(shown(components)).toEqual(shown(bundled));
  expect(components.filter(({ hashes }) => hashes.length === 0)).toEqual([]);
  expect(read('slipway-0.1.0.cdx.json')).not.toContain(CLONE);
});

test('the tarball says where it comes from, has the licences of what is inside, and asks for nothing else', () => {
  const list = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  const { homepage, bugs, repository, scripts, devDependencies, dependencies } = JSON.parse(list) as Record<
    string,
    unknown
  >;
  expect([homepage, bugs, repository]).toEqual([
    ADDRESS,
    `${ADDRESS}/issues`,
    { type: 'git', url: `git+${ADDRESS}.git` },
  ]);
  expect([scripts, devDependencies, dependencies]).toEqual([undefined, undefined, undefined]);
  const licences = execFileSync('tar', ['-xzOf', tarball, 'package/dist/THIRD-PARTY.txt'], {
    encoding: 'utf8',
  });
  expect(licences).toMatch(/^handlebars 4\S+ \(MIT\)$/m);
  expect(licences).toContain('Permission is hereby granted, free of charge');
});

test('the executable needs no Node, and names itself as the way to start it again', () => {
  const file = path.join(out, `slipway-${process.platform}-${process.arch}`);
  const home = makeFolder();
  const fleet = path.join(home, 'fleet');
  const run = (...args: string[]): string =>
    execFileSync(file, args, { cwd: home, env: { HOME: home, PATH: '/nowhere' }, encoding: 'utf8' });
  expect(run('--version')).toBe('0.1.0\n');
  expect(run('new-app', 'shop', '--chart', 'ledger', '--demo', fleet, '--yes')).toContain(`${file} check`);
  expect(JSON.parse(run('outdated', '-C', fleet, '--offline', '--json'))).toMatchObject({ schemaVersion: 1 });
  const folder = path.join(home, '.cache/slipway-program');
  expect(readdirSync(folder).map(name => /^[0-9a-f]{64}$/.test(name))).toEqual([true]);
  expect(statSync(folder).mode & 0o077).toBe(0);
});

test('the executable runs nothing out of a folder that others can write', () => {
  const file = path.join(out, `slipway-${process.platform}-${process.arch}`);
  const home = makeFolder();
  const cache = path.join(home, '.cache/slipway-program');
  execFileSync('mkdir', ['-p', cache]);
  execFileSync('chmod', ['777', cache]);
  const run = () =>
    execFileSync(file, ['--version'], { env: { HOME: home, PATH: '' }, encoding: 'utf8', stdio: 'pipe' });
  expect(run).toThrow(/can be written by others/);
});
