import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeFolder } from './support/repository.ts';
import { testEnv } from './support/slipway.ts';
import { findTool } from './support/tools.js';

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

describe('the manual', () => {
  const MAN = path.join(CLONE, 'dist/man');
  const pages = readdirSync(MAN, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.gz'));
  const source = (page: string): Buffer => gunzipSync(readFileSync(path.join(MAN, page)));
  const help = JSON.parse(
    execFileSync(process.execPath, ['bin/slipway.js', '--help', '--json'], { cwd: CLONE, encoding: 'utf8' }),
  ) as { commands: { name: string; flags: { name: string }[]; examples: string[] }[] };
  const groff = (page: string) => {
    const flags = [
      '-K',
      'utf8',
      '-T',
      'utf8',
      '-P',
      '-cbou',
      '-m',
      'man',
      '-ww',
      '-W',
      'break',
      '-r',
      'LL=400n',
    ];
    return spawnSync('groff', flags, { input: source(page), encoding: 'utf8' });
  };

  test('has a page for slipway and for every command, in both languages', () => {
    const names = ['slipway', ...help.commands.map(({ name }) => `slipway-${name}`)];
    const wanted = names.flatMap(name => [`man1/${name}.1.gz`, `zh_CN/man1/${name}.1.gz`]);
    expect(pages.toSorted()).toEqual(wanted.toSorted());
  });

  test.runIf(findTool('groff'))(
    'is set by groff without a complaint, every flag and example as typed',
    () => {
      for (const page of pages) {
        const { stdout, stderr } = groff(page);
        const command = help.commands.find(({ name }) => page.endsWith(`/slipway-${name}.1.gz`));
        const typed = [
          ...(command?.flags.map(({ name }) => `--${name}`) ?? []),
          ...(command?.examples ?? []),
        ];
        expect([page, stderr, typed.filter(text => !stdout.includes(text))]).toEqual([page, '', []]);
      }
      expect(groff('man1/slipway.1.gz').stdout).toMatch(/^ +130 +cancelled$/m);
      expect(groff('zh_CN/man1/slipway.1.gz').stdout).toMatch(/^ +130 +已取消$/m);
    },
  );

  test.runIf(findTool('mandoc'))('passes the lint of mandoc', () => {
    for (const page of pages) {
      const flags = ['-T', 'lint', '-W', 'warning'];
      const { stdout } = spawnSync('mandoc', flags, { input: source(page), encoding: 'utf8' });
      expect([page, stdout]).toEqual([page, '']);
    }
  });

  test('is laid where man looks by npm, out of the tarball', () => {
    const prefix = makeFolder();
    const quiet = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
    execFileSync('npm', ['install', '--global', '--prefix', prefix, ...quiet, tarball], { env });
    const laid = path.join(prefix, 'share/man/man1');
    expect(
      readdirSync(laid)
        .map(name => `man1/${name}`)
        .toSorted(),
    ).toEqual(pages.filter(name => name.startsWith('man1/')).toSorted());
    const own = path.join(prefix, 'lib/node_modules/slipway/dist/man');
    if (!findTool('man')) return;
    const shown = (...args: string[]): string => {
      const plainly = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', MANPAGER: 'cat', HOME: prefix };
      return execFileSync('man', args, { env: plainly, encoding: 'utf8' });
    };
    expect(shown('-M', path.dirname(laid), 'slipway-upgrade')).toContain('the version to move to');
    expect(shown('-l', path.join(own, 'zh_CN/man1/slipway-upgrade.1.gz'))).toContain('目标版本');
  });
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
