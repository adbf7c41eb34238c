import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { command as add } from '../../src/features/add/command.ts';
import { runCommand } from '../support/command-runs.ts';
import { installFault } from '../support/fault.mjs';
import { AS_NOBODY, git, isRoot, makeFolder, readLeftovers, readTree } from '../support/repository.ts';
import { demoRepository, endOf, type Run, slipway, testEnv } from '../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');
const APP = 'production/wiki';
const ADD = ['add', 'secret', 'wiki', '--secret', 'api:token', '--yes'];
const ADDED = `${APP}/resources/api-sealedsecret.yaml`;

const IMAGE = ['--image', 'docker.io/library/nginx:1.29', '--port', '80', '--route', 'none'];

/** The binary with something in front of it, or with more flags of Node.js. */
function run(line: string[], root: string, env: Record<string, string | undefined>): Promise<Run> {
  const [program = '', ...args] = line;
  return endOf(spawn(program, args, { cwd: root, env }));
}

const env = (more: Record<string, string> = {}) => testEnv(makeFolder(), more) as Record<string, string>;
const isAdded = (root: string): boolean => Object.hasOwn(readTree(root), ADDED);

test.each([
  ['the app', `${APP}/resources`, 0o555],
  ['a folder that nobody may enter', `${APP}/resources`, 0o600],
  ['the place of the journal', '.git', 0o555],
])(
  'F05 no permission for %s: exit 6, nothing written; with it the same line works',
  async (_, folder, mode) => {
    const root = demoRepository();
    const nobody = isRoot ? 65_534 : (process.getuid?.() ?? 0);
    for (const name of ['', ...Object.keys(readTree(root)), '.git']) own(root, name, nobody);
    const before = readTree(root);
    chmodSync(path.join(root, folder), mode);
    const home = makeFolder();
    chmodSync(home, 0o777);
    const line = [...AS_NOBODY, process.execPath, BIN, ...ADD];
    const environment = {
      ...testEnv(home),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    };
    const { code, stderr } = await run(line, root, environment);
    chmodSync(path.join(root, folder), 0o755);
    expect([code, stderr]).toEqual([6, expect.stringContaining('error[E_FILE_SYSTEM]')]);
    expect(readTree(root)).toEqual(before);
    expect((await run(line, root, environment)).code).toBe(0);
    expect(isAdded(root)).toBe(true);
  },
);

/** A file, and the folders around it. */
function own(root: string, name: string, user: number): void {
  for (let at = path.join(root, name); at.startsWith(root); at = path.dirname(at)) chownSync(at, user, user);
}

test('F11 two runs at once: one after the other, and what both wrote is there', async () => {
  const root = demoRepository();
  const second = ['add', 'secret', 'notes', '--secret', 'other:token', '--yes'];
  const ends = await Promise.all([ADD, second].map(line => slipway(line, { cwd: root, env: env() })));
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  expect(isAdded(root)).toBe(true);
  expect(Object.keys(readTree(root))).toContain('production/notes/resources/other-sealedsecret.yaml');
  expect(readLeftovers(root)).toEqual([]);
});

test("G06 git's index is locked: a run that does not commit does not mind", async () => {
  const root = demoRepository();
  writeFileSync(path.join(root, '.git/index.lock'), '');
  expect((await slipway(ADD, { cwd: root, env: env() })).code).toBe(0);
  expect(isAdded(root)).toBe(true);
  expect(git(root, 'ls-files', ADDED)).toBe('');
});

test('F13 an editor saves the file between plan and writing: E_CHANGED, and what it saved stays', async () => {
  const root = demoRepository();
  const file = path.join(root, 'production/notes/kustomization.yaml');
  const saved = `${readFileSync(file, 'utf8')}# saved meanwhile\n`;
  // The lock is the first thing that a run writes: what it plans, it has planned then.
  const restore = installFault({
    calls: ['open'],
    at: 1,
    kind: 'run',
    run: () => writeFileSync(file, saved),
  });
  const route = ['route', 'notes', '--host', 'n', '--service', 'notes:8000'];
  const before = readTree(root);
  const code = await runCommand(add, route, { root, env: env() }).finally(restore);
  expect(code).toBe(6);
  expect(readTree(root)).toEqual({ ...before, 'production/notes/kustomization.yaml': `644 ${saved}` });
  expect(readLeftovers(root)).toEqual([]);
});

test.runIf(isRoot)('F16 the cache belongs to another user: not used, and the run works', async () => {
  const cache = path.join(makeFolder(), 'cache');
  mkdirSync(cache, { mode: 0o700 });
  chownSync(cache, 65_534, 65_534);
  const root = path.join(makeFolder(), 'demo');
  const line = ['new-app', `--demo=${root}`, '--chart', 'kiosk', '--yes'];
  const { code, stderr } = await slipway(line, { env: env({ SLIPWAY_CACHE_DIR: cache }) });
  expect([code, stderr]).toEqual([0, expect.stringContaining('it belongs to another user')]);
});

test('F15 no HOME: the run works', async () => {
  const root = demoRepository();
  const { HOME: _, ...bare } = env();
  expect((await slipway(ADD, { cwd: root, env: bare })).code).toBe(0);
  expect(isAdded(root)).toBe(true);
});

test('F20 a clock that goes back an hour with each look: the run ends and works', async () => {
  const root = demoRepository();
  const clock = 'let at = Date.now(); Date.now = () => (at -= 3600000);';
  const line = [
    process.execPath,
    '--import',
    `data:text/javascript,${encodeURIComponent(clock)}`,
    BIN,
    ...ADD,
  ];
  expect((await run(line, root, env())).code).toBe(0);
  expect(isAdded(root)).toBe(true);
  expect(readLeftovers(root)).toEqual([]);
});

describe('F05 a folder that nobody may look into is its own app’s problem', () => {
  const nobody = isRoot ? 65_534 : (process.getuid?.() ?? 0);
  const LINES = [
    ['check', '--json'],
    ['check', '--fix', '--dry-run', '--json'],
    ['check', '--staged', '--json'],
    ['outdated', '--offline', '--json'],
    ['diff', '--offline', '--json'],
    ['upgrade', '--offline', '--dry-run', '--json'],
    ['doctor', '--offline', '--json'],
    ['new-app', 'web', ...IMAGE, '--dry-run', '--yes', '--json'],
    ['add', 'secret', 'wiki', '--secret', 'api:token', '--dry-run', '--yes', '--json'],
    ['move', 'wiki', '--to', 'disabled', '--dry-run', '--yes', '--json'],
    ['seal', '--check', '--json'],
  ];

  /** With a folder that cannot be entered, as somebody to whom that matters. */
  async function runWith(closed: string, mode: number, line: string[]): Promise<Run> {
    const root = demoRepository();
    for (const name of ['', ...Object.keys(readTree(root)), '.git']) own(root, name, nobody);
    chmodSync(path.join(root, closed), mode);
    const home = makeFolder();
    chmodSync(home, 0o777);
    const trusting = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' };
    const done = await run([...AS_NOBODY, process.execPath, BIN, ...line], root, {
      ...testEnv(home),
      ...trusting,
    });
    chmodSync(path.join(root, closed), 0o755);
    return done;
  }

  test.each(LINES.map(line => [line.join(' '), line] as const))('%s', async (_, line) => {
    for (const mode of [0o000, 0o600]) {
      const { code, stdout, stderr } = await runWith('production/notes', mode, line);
      expect([mode, code, `${stdout}${stderr}`]).toEqual([
        mode,
        code,
        expect.not.stringMatching(/E_BUG|^{"schemaVersion":1,"error":/),
      ]);
      expect([mode, [0, 1, 3, 4]]).toEqual([mode, expect.arrayContaining([code])]);
    }
  });

  test.each([
    ['production/notes', 'production/notes/kustomization.yaml'],
    ['production/wiki/resources', 'production/wiki/resources'],
  ])('check says so: %s', async (folder, file) => {
    const { stdout, code } = await runWith(folder, 0o000, ['check', '--json']);
    const { findings } = JSON.parse(stdout) as {
      findings: { file: string; message: { en: string } | string }[];
    };
    expect(findings.filter(found => found.file === file).map(found => JSON.stringify(found))).toEqual([
      expect.stringContaining('EACCES'),
    ]);
    expect(code).toBe(1);
  });

  test('who names it is told why', async () => {
    const { stdout, stderr } = await runWith('production/notes', 0o000, ['diff', 'notes', '--json']);
    expect(stdout + stderr).toContain('production/notes: permission denied');
  });
});
