import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseKeptRun, printKeptRun } from '../../../src/features/check/again/kept-run.ts';
import { findKeptRun } from '../../../src/features/check/again/run-again.ts';
import { sealOf, SEAL_BYTES, knownCacheKey } from '../../../src/system/cache/seal.ts';
import { sha256Of } from '../../../src/data/digest.ts';
import { lockPath, renderLockEntry } from '../../../src/repository/lock-entry.ts';
import { tgz } from '../../support/tar.ts';
import { findProgram } from '../../../src/system/tools/find-program.ts';
import { checkHome, edit, goodRepository, NOTES, read, WEB } from '../../support/check-repository.ts';
import { commitAll, git, makeFolder, writeFiles } from '../../support/repository.ts';
import { slipway, slipwayProcess } from '../../support/slipway.ts';

const BIN = path.resolve(import.meta.dirname, '../../../bin/slipway.js');
const MINUTE_MS = 60_000;

type Env = Record<string, string>;
type Place = { root: string; env: Env };

/** A key that the test knows as well. */
const KEY = { SLIPWAY_CACHE_KEY: 'k'.repeat(32) };

function makePlace(): Place {
  const root = goodRepository();
  const programs = makeFolder();
  const env = { ...checkHome(), ...KEY };
  // Nothing that renders, whatever this machine has.
  symlinkSync(findProgram('git', process.env) ?? '', path.join(programs, 'git'));
  return { root, env: { ...env, PATH: programs } };
}

/** A run of slipway as a minute later: what was written just now counts as settled. */
async function later({ root, env }: Place, ...args: string[]) {
  vi.stubEnv('SLIPWAY_CACHE_KEY', KEY.SLIPWAY_CACHE_KEY);
  const now = Date.now() + MINUTE_MS;
  vi.spyOn(Date, 'now').mockReturnValue(now);
  try {
    return await slipway(['check', ...args], { cwd: root, env });
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
}

/** What runs before slipway finds, with the same words in the same place. */
function again({ root, env }: Place, ...args: string[]) {
  const argv = [BIN, 'check', ...args];
  const found = findKeptRun({ argv, cwd: root, env, columns: undefined, node: process.version });
  return found && { code: found.code, stdout: found.text, stderr: '' };
}

/** What a run says that has nothing to remember. */
async function fresh({ root, env }: Place, ...args: string[]) {
  const cache = path.join(makeFolder(), 'cache');
  mkdirSync(cache, { mode: 0o700 });
  // Archives are no memory of runs.
  if (existsSync(blobsOf({ env }))) cpSync(blobsOf({ env }), path.join(cache, 'blobs'), { recursive: true });
  return slipway(['check', ...args], { cwd: root, env: { ...env, SLIPWAY_CACHE_DIR: cache } });
}

function blobsOf({ env }: Pick<Place, 'env'>): string {
  return path.join(env['SLIPWAY_CACHE_DIR'] ?? '', 'blobs');
}

afterEach(() => vi.restoreAllMocks());

const CHART = 'production/web/charts/web-1.2.3/web';

const ARCHIVE = tgz(
  { path: 'web/Chart.yaml', content: 'apiVersion: v2\nname: web\nversion: 1.2.3\n' },
  { path: 'web/values.yaml', content: 'replicas: 1\n' },
);

const LOCK = {
  charts: [
    {
      name: 'web',
      repo: 'https://charts.example.test',
      version: '1.2.3',
      digest: `sha256:${sha256Of(ARCHIVE)}`,
    },
  ],
  manifests: [],
};

/** What happens between two runs. */
const STEPS: Record<string, (place: Place) => void> = {
  touches: ({ root }) => utimesSync(path.join(root, WEB), new Date(0), new Date(0)),
  'keeps the time and the size': ({ root }) => {
    const file = path.join(root, WEB);
    const { atime, mtime } = statSync(file);
    edit(root, WEB, 'version: 1.2.3', 'version: 1.2.x');
    utimesSync(file, atime, mtime);
  },
  restores: ({ root }) => void git(root, 'checkout', '--quiet', '--force', 'HEAD', '--', '.'),
  breaks: ({ root }) => edit(root, WEB, 'valuesFile: values', 'valuesFile: volues'),
  edits: ({ root }) => writeFileSync(path.join(root, NOTES), `${read(root, NOTES)}# a note\n`),
  renames: ({ root }) => renameSync(path.join(root, 'production/web'), path.join(root, 'production/web2')),
  commits: ({ root }) => commitAll(root),
  'goes back a commit': ({ root }) => void git(root, 'reset', '--quiet', '--soft', 'HEAD^'),
  'renames back': ({ root }) =>
    renameSync(path.join(root, 'production/web2'), path.join(root, 'production/web')),
  'commits nothing': ({ root }) => void git(root, 'commit', '--quiet', '--allow-empty', '--message', 'x'),
  'packs refs': ({ root }) => void git(root, 'pack-refs', '--all'),
  'takes a branch of its own': ({ root }) => void git(root, 'checkout', '--quiet', '-B', 'other', 'main'),
  'checks out': ({ root }) => void git(root, 'checkout', '--quiet', '--force', 'main'),
  removes: ({ root }) => rmSync(path.join(root, NOTES), { force: true }),
  'puts a link in its place': ({ root }) => {
    unlinkSync(path.join(root, NOTES));
    symlinkSync('../web/kustomization.yaml', path.join(root, NOTES));
  },
  'adds an app': ({ root }) =>
    writeFiles(root, { 'production/more/kustomization.yaml': 'resources: [absent.yaml]\n' }),
  'sets a rule': ({ root }) =>
    writeFiles(root, { '.slipway/config.yaml': 'rules:\n  values-file-missing: off\n' }),
  'drops the chart': ({ root }) =>
    rmSync(path.join(root, path.dirname(CHART)), { recursive: true, force: true }),
  'pulls the chart': ({ root }) => writeFiles(root, { [`${CHART}/values.yaml`]: 'replicas: 1\n' }),
  'adds a schema to it': ({ root }) =>
    writeFiles(root, {
      [`${CHART}/Chart.yaml`]: 'apiVersion: v2\nname: web\nversion: 1.2.3\n',
      [`${CHART}/values.schema.json`]: '{ "type": "array" }',
    }),
  'drops it all': ({ root }) =>
    rmSync(path.join(root, path.dirname(CHART)), { recursive: true, force: true }),
  'locks an archive': ({ root }) => writeFiles(root, { [lockPath('production/web')]: renderLockEntry(LOCK) }),
  'fetches it': place => {
    mkdirSync(blobsOf(place), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(blobsOf(place), sha256Of(ARCHIVE)), ARCHIVE, { mode: 0o600 });
  },
  'loses it': place => rmSync(path.join(blobsOf(place), sha256Of(ARCHIVE))),
  'installs kustomize': ({ env }) => {
    const program = path.join(env['PATH'] ?? '', 'kustomize');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o755);
  },
  'removes kustomize': ({ env }) => rmSync(path.join(env['PATH'] ?? '', 'kustomize')),
  'leaves a journal': ({ root }) => {
    mkdirSync(path.join(root, '.git/slipway'), { recursive: true });
    writeFileSync(path.join(root, '.git/slipway/journal'), 'x');
  },
  'loses the journal': ({ root }) => rmSync(path.join(root, '.git/slipway/journal')),
};

function perform(step: string, place: Place): void {
  try {
    STEPS[step]?.(place);
  } catch {
    // Not everything can be done at any time.
  }
}

describe('an answer is given again', () => {
  test.each([['--json'], ['--format', 'terminal']])(
    'whatever happens in between, only if a first run would say the same: %j',
    async (...args) => {
      const place = makePlace();
      const some = fc.sample(fc.constantFrom(...Object.keys(STEPS)), { numRuns: 4, seed: args.length });
      const answers = new Set<string>();
      const stale: string[] = [];
      let given = 0;
      await later(place, ...args);
      for (const step of [...Object.keys(STEPS), ...some]) {
        perform(step, place);
        const [kept, right] = [again(place, ...args), await fresh(place, ...args)];
        if (kept && !isDeepStrictEqual(kept, right)) stale.push(step);
        await later(place, ...args);
        const unchanged = again(place, ...args);
        if (unchanged && !isDeepStrictEqual(unchanged, right)) stale.push(`after it ${step}`);
        if (unchanged) given++;
        answers.add(JSON.stringify(right));
      }
      expect(stale).toEqual([]);
      // It has to be about more than one state of things, and about answers that were given.
      expect(answers.size).toBeGreaterThan(5);
      expect(given).toBeGreaterThan(20);
    },
    600_000,
  );

  test('to the same question only', async () => {
    const place = makePlace();
    await later(place, '--json');
    const other = makeFolder();
    expect(again(place, '--json')).toBeDefined();
    expect(again(place)).toBeUndefined();
    expect(again({ ...place, env: { ...place.env, LANG: 'zh_CN.UTF-8' } }, '--json')).toBeUndefined();
    expect(again({ ...place, env: { ...place.env, SHLVL: '2' } }, '--json')).toBeDefined();
    expect(again({ ...place, root: other }, '--json')).toBeUndefined();
    const asked = { argv: [BIN, 'check', '--json'], cwd: place.root, env: place.env };
    expect(findKeptRun({ ...asked, columns: 80, node: process.version })).toBeUndefined();
    expect(findKeptRun({ ...asked, columns: undefined, node: 'v1.0.0' })).toBeUndefined();
  });

  test('of the repository that a link leads to now', async () => {
    const [first, second] = [makePlace(), makePlace()];
    const link = path.join(makeFolder(), 'current');
    symlinkSync(first.root, link);
    await later(first, '-C', link);
    expect(again(first, '-C', link)).toBeDefined();
    unlinkSync(link);
    symlinkSync(second.root, link);
    expect(again(first, '-C', link)).toBeUndefined();
  });

  test('in a linked work tree, until its last commit is another one', async () => {
    const { root, env } = makePlace();
    const place = { root: path.join(makeFolder(), 'linked'), env };
    git(root, 'worktree', 'add', '--quiet', '-b', 'linked', place.root);
    await later(place);
    expect(again(place)).toMatchObject({ code: 0 });
    git(place.root, 'commit', '--quiet', '--allow-empty', '--message', 'x');
    expect(again(place)).toBeUndefined();
  });

  test.each([[['--staged']], [['--since', 'HEAD']], [['--fix']], [['--outdated', '--offline']]])(
    'not of %j, which looks at more',
    async args => {
      const place = makePlace();
      await later(place, ...args);
      expect(again(place, ...args)).toBeUndefined();
    },
  );

  test('not of what was written just now, nor in CI, nor beside what was said', async () => {
    const place = makePlace();
    vi.stubEnv('SLIPWAY_CACHE_KEY', KEY.SLIPWAY_CACHE_KEY);
    await slipway(['check'], { cwd: place.root, env: place.env });
    expect(again(place)).toBeUndefined();
    const ci = { ...place, env: { ...place.env, CI: 'true' } };
    await later(ci);
    expect(again(ci)).toBeUndefined();
    const file = 'README.md';
    writeFileSync(path.join(place.root, file), '');
    expect((await later(place, file)).stderr).not.toBe('');
    expect(again(place, file)).toBeUndefined();
  });
});

function keptFile({ env }: Place): string {
  const folder = path.join(env['SLIPWAY_CACHE_DIR'] ?? '', 'kept');
  return path.join(folder, readdirSync(folder)[0] ?? '');
}

/** Puts other words into a kept answer, and seals it with a key. */
function forge(place: Place, env: Env): void {
  const file = keptFile(place);
  const { run, states } = parseKeptRun(readFileSync(file).subarray(SEAL_BYTES));
  const seen = states.paths.map((name, index) => {
    const [mtimeMs = 0, ctimeMs = 0, size = 0, inode = 0] = states.numbers.subarray(index * 4);
    return [name, mtimeMs < 0 ? undefined : { mtimeMs, ctimeMs, size, inode }] as const;
  });
  const bytes = printKeptRun({ ...run, text: 'said before\n', code: 1 }, new Map(seen));
  const key = knownCacheKey(env) ?? Buffer.alloc(0);
  writeFileSync(file, Buffer.concat([Buffer.from(sealOf(key, `kept/${path.basename(file)}`, bytes)), bytes]));
}

describe('C10 what is kept', () => {
  test('is printed by bin/slipway.js as it is, with its exit code, before slipway is loaded', async () => {
    const place = makePlace();
    await later(place);
    const run = () => slipwayProcess(['check'], { cwd: place.root, env: place.env });
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing found') });
    forge(place, KEY);
    expect(await run()).toEqual({ code: 1, stdout: 'said before\n', stderr: '' });
  });

  test.each<[string, (place: Place) => void]>([
    ['of another key', place => forge(place, { SLIPWAY_CACHE_KEY: 'x'.repeat(32) })],
    ['damaged', place => writeFileSync(keptFile(place), readFileSync(keptFile(place)).fill('x', 100, 101))],
    ['cut', place => writeFileSync(keptFile(place), readFileSync(keptFile(place)).subarray(0, 80))],
    ['empty', place => writeFileSync(keptFile(place), '')],
    ['that others may write', place => chmodSync(keptFile(place), 0o622)],
    ['in a folder that others may write', ({ env }) => chmodSync(env['SLIPWAY_CACHE_DIR'] ?? '', 0o777)],
    [
      'behind a link',
      place => {
        const file = keptFile(place);
        renameSync(file, `${file}.real`);
        symlinkSync(`${file}.real`, file);
      },
    ],
    [
      'in a folder behind a link',
      place => {
        const folder = path.dirname(keptFile(place));
        renameSync(folder, `${folder}.real`);
        symlinkSync(`${folder}.real`, folder);
      },
    ],
  ])('is not believed %s', async (_, happens) => {
    const place = makePlace();
    await later(place);
    expect(again(place)).toBeDefined();
    happens(place);
    expect(again(place)).toBeUndefined();
  });

  test('is private, and one for each folder', async () => {
    const place = makePlace();
    await later(place);
    await later(place, '--json');
    const file = keptFile(place);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toHaveLength(1);
  });
});
