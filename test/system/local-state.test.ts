import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCacheFiles } from '../../src/system/cache/cache-files.ts';
import { recoverIn } from '../support/apply.ts';
import { runApply } from '../support/apply-runs.ts';
import { git, makeFolder, makeRepository, readTree, writeFiles } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';

const FORGED = {
  format: 2,
  id: '0123456789abcdef',
  steps: [{ kind: 'update', path: 'README.md', before: 'a'.repeat(64), after: 'b'.repeat(64) }],
  seal: 'c'.repeat(64),
};

/** What somebody may have put where lock and journal go. */
const PLANTED = {
  'a FIFO': file => execFileSync('mkfifo', [file]),
  'a link to /dev/zero': file => symlinkSync('/dev/zero', file),
  'a link to a file': file => symlinkSync('/etc/passwd', file),
  'a folder': file => mkdirSync(file),
  'a forged one': file => writeFileSync(file, `\n${JSON.stringify(FORGED)}\n\ncommit\n`),
  'two sparse GiB': file => {
    writeFileSync(file, '');
    truncateSync(file, 2 * 2 ** 30);
  },
} satisfies Record<string, (file: string) => void>;

const READ_ONLY = [
  ['check'],
  ['diff', '--offline'],
  ['outdated', '--offline'],
  ['doctor', '--offline'],
  ['check', '--fix', '--dry-run'],
];

type Root = { root: string; state: string };

function demo(withGit: boolean): Root {
  const root = demoRepository();
  const state = withGit ? path.join(root, '.git/slipway') : path.join(root, '.slipway/run');
  if (!withGit) rmSync(path.join(root, '.git'), { recursive: true });
  mkdirSync(state, { recursive: true });
  return { root, state };
}

/** Everything below a folder, what is planted included. */
function look(root: string): string {
  return execFileSync('sh', ['-c', 'find . -printf "%p %y %s %l\\n" | grep -v "^./.git/index" | sort'], {
    cwd: root,
    encoding: 'utf8',
  });
}

const kinds = Object.keys(PLANTED) as (keyof typeof PLANTED)[];

describe.each([
  ['with git', true],
  ['without git', false],
])('C10 what stands where the journal goes, %s', (_, withGit) => {
  test.each(kinds)('%s: who only reads neither opens nor replays it', async kind => {
    const { root, state } = demo(withGit);
    PLANTED[kind](path.join(state, 'journal'));
    const home = makeFolder();
    const before = look(root);
    for (const args of READ_ONLY) {
      const run = await slipway([...args, '--no-input'], {
        cwd: root,
        env: testEnv(home) as Record<string, string>,
      });
      expect([args, run.code <= 4, run.stderr.includes('E_BUG')]).toEqual([args, true, false]);
      expect(run.stdout + run.stderr).toMatch(/every command that writes|the next command that writes/);
    }
    expect(look(root)).toBe(before);
  });

  test.each(kinds)('%s: who writes refuses, and says what to do', async kind => {
    const { root, state } = demo(withGit);
    PLANTED[kind](path.join(state, 'journal'));
    const before = look(root);
    const run = await slipway(['check', '--fix', '--no-input'], {
      cwd: root,
      env: testEnv(makeFolder()) as Record<string, string>,
    });
    expect([run.code, run.stderr]).toEqual([
      6,
      expect.stringMatching(/^error\[E_(JOURNAL|SYMLINK|NOT_A_FILE|FILE_SYSTEM)\] .*Next: /),
    ]);
    expect(look(root)).toBe(before);
  });

  test.each(kinds.filter(kind => kind !== 'a forged one'))('%s as the lock: no hang', async kind => {
    const { root, state } = demo(withGit);
    PLANTED[kind](path.join(state, 'lock'));
    writeFileSync(path.join(state, 'journal'), `\n${JSON.stringify(FORGED)}\n`);
    const env = testEnv(makeFolder()) as Record<string, string>;
    const run = await slipway(['check', '--fix', '--no-input'], { cwd: root, env });
    expect([run.code, run.stderr]).toEqual([
      6,
      expect.stringMatching(/^error\[E_(SYMLINK|NOT_A_FILE|FILE_SYSTEM)\]/),
    ]);
    const told = await slipway(['doctor', '--offline'], { cwd: root, env });
    expect(told.stderr).not.toContain('E_BUG');
    expect(told.stdout).toMatch(/leftovers/);
  });
});

test('C10 a folder of state behind a link is not used', async () => {
  const { root } = demo(true);
  const elsewhere = makeFolder();
  rmSync(path.join(root, '.git/slipway'), { recursive: true });
  symlinkSync(elsewhere, path.join(root, '.git/slipway'));
  await expect(recoverIn(root)).rejects.toMatchObject({ code: 'E_SYMLINK' });
  expect(readTree(elsewhere)).toEqual({});
});

describe('C10 whose journal it is', () => {
  const CHANGES = [{ path: 'a', before: 'old', content: 'new' }];

  async function wreck(state = makeFolder()): Promise<{ root: string; state: string }> {
    const env = { XDG_STATE_HOME: state };
    const { calls } = await runApply(
      { root: makeRepository({ a: 'old' }), changes: CHANGES },
      { fault: {}, env },
    );
    const root = makeRepository({ a: 'old' });
    const at = calls.indexOf('rename') + 1;
    const run = await runApply({ root, changes: CHANGES }, { fault: { at, kind: 'kill-before' }, env });
    expect(run.signal).toBe('SIGKILL');
    return { root, state };
  }

  async function writeNext(root: string, state: string) {
    const changes = [{ path: 'b', content: 'b' }];
    return (
      await runApply({ root, changes, options: { tornAfterMs: 0 } }, { env: { XDG_STATE_HOME: state } })
    ).result;
  }

  test('one’s own is finished', async () => {
    const { root, state } = await wreck();
    const result = await writeNext(root, state);
    expect([result?.error, result?.touched]).toEqual([undefined, ['b']]);
    expect(readTree(root)).toEqual({ a: '644 new', b: '644 b' });
  });

  test('one of another user or machine is refused, whatever it says', async () => {
    const { root } = await wreck();
    const result = await writeNext(root, makeFolder());
    expect([result?.error?.code, result?.error?.exit]).toEqual(['E_JOURNAL', 6]);
    expect(readFileSync(path.join(root, 'a'), 'utf8')).toBe('old');
  });

  test('one whose steps were changed is refused', async () => {
    const { root, state } = await wreck();
    const file = path.join(root, '.git/slipway/journal');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"path":"a"', '"path":"z"'));
    expect((await writeNext(root, state))?.error?.code).toBe('E_JOURNAL');
  });

  test('a key that others could read proves nothing', async () => {
    const { root, state } = await wreck();
    chmodSync(path.join(state, 'slipway/journal.key'), 0o644);
    expect((await writeNext(root, state))?.error?.code).toBe('E_JOURNAL');
  });

  test('not even one’s own behind a link', async () => {
    const { root, state } = await wreck();
    const [file, outside] = [path.join(root, '.git/slipway/journal'), path.join(makeFolder(), 'copy')];
    writeFileSync(outside, readFileSync(file));
    rmSync(file);
    symlinkSync(outside, file);
    expect((await writeNext(root, state))?.error?.code).toBe('E_SYMLINK');
    expect(git(root, 'status', '--porcelain')).not.toContain(' b');
  });
});

describe('C10 cache files', () => {
  const cases = kinds.filter(kind => kind !== 'a forged one');
  test.each(cases)('%s reads as empty', async kind => {
    const folder = path.join(makeFolder(), 'cache');
    const cache = await openCacheFiles({ folder, warn: () => undefined, now: () => Date.now() });
    const name = `notes/${'0'.repeat(64)}`;
    mkdirSync(path.join(folder, 'notes'));
    PLANTED[kind](path.join(folder, name));
    expect((await cache.read(name, 1 << 20))?.length).toBe(0);
  });
});

test('C10 SIGTERM ends a run whose lock is held elsewhere', async () => {
  const { root, state } = demo(false);
  const holder = {
    id: '0123456789abcdef',
    pid: 1,
    host: 'elsewhere',
    machine: 'm',
    boot: 'b',
    namespace: '',
    begun: '',
    started: 'now',
  };
  writeFileSync(path.join(state, 'lock'), `${JSON.stringify(holder)}\n`);
  writeFiles(root, { '.slipway/run/journal': `\n${JSON.stringify(FORGED)}\n` });
  appendFileSync(path.join(root, 'README.md'), '\n');
  const bin = path.resolve(import.meta.dirname, '../../bin/slipway.js');
  const child = spawn(process.execPath, [bin, 'check', '--fix'], { cwd: root, env: testEnv(makeFolder()) });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  setTimeout(() => child.kill('SIGTERM'), 1500);
  expect(await ended).toBe(130);
});
