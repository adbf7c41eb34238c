import { cpSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { KeptMap } from '../../../src/data/kept-map.ts';
import {
  type CheckCache,
  emptyCheckCache,
  openCheckCache,
} from '../../../src/features/check/incremental/open-check-cache.ts';
import { openWorkTree } from '../../../src/features/check/incremental/open-work-tree.ts';
import { openCacheFiles } from '../../../src/system/cache/cache-files.ts';
import { openRepositoryFiles } from '../../../src/system/files/files.ts';
import { SeenTable } from '../../../src/system/files/seen-table.ts';
import { check, checkHome, edit, goodRepository, NOTES, read, WEB } from '../../support/check-repository.ts';
import { commitAll, git, makeFolder } from '../../support/repository.ts';

const openCache = (folder: string) =>
  openCacheFiles({ folder, warn: text => expect(text).toBeUndefined(), now: () => Date.now() });

/** All of a memory, as others read it. */
function plain(memory: CheckCache): unknown {
  return Object.fromEntries(Object.entries(memory).map(([name, part]) => [name, plainPart(part)]));
}

function plainPart(part: unknown): unknown {
  if (part instanceof SeenTable) return [[...part.states], [...part.words]];
  return isIterable(part) ? [...part] : part;
}

function isIterable(part: unknown): part is Iterable<unknown> {
  return typeof part === 'object' && part !== null && Symbol.iterator in part;
}

function tableOf(file: string, word: string): SeenTable<string> {
  const table = new SeenTable<string>();
  table.set(file, { mtimeMs: 1, ctimeMs: 2, size: 3, inode: 4 }, word);
  return table;
}

const signal = new AbortController().signal;

test('what is known by content comes along to another clone, what was seen of a disk does not', async () => {
  const cache = await openCache(path.join(makeFolder(), 'cache'));
  const memory = {
    ...emptyCheckCache(),
    files: tableOf('a.yaml', 'x'),
    folders: tableOf('', 'fa.yaml'),
    commits: new Map([['c', { folders: [], kustomizations: {} }]]),
    results: KeptMap.of(
      new Map([
        ['web', { key: 'k', asked: {}, result: { findings: [], suppressions: [], unknownDefaults: 0 } }],
      ]),
    ),
  };
  await openCheckCache(cache, '/first').save(memory);
  expect(plain(await openCheckCache(cache, '/first').load())).toEqual(plain(memory));
  const other = { ...emptyCheckCache(), results: memory.results };
  expect(plain(await openCheckCache(cache, '/second').load())).toEqual(plain(other));
});

test('a file that is read but not asked for its id is no news to those who know it', async () => {
  const root = goodRepository();
  const options = {
    files: openRepositoryFiles(root),
    algorithm: 'sha1',
    now: Date.now() + 60_000,
    signal,
  } as const;
  const first = await openWorkTree({ ...options, memory: emptyCheckCache() });
  await first.read([WEB]);
  const memory = { ...emptyCheckCache(), ...first.remember(emptyCheckCache()) };
  const second = await openWorkTree({ ...options, memory });
  await second.read([WEB]);
  expect([first.fresh > 0, second.fresh]).toEqual([true, 0]);
});

/** What happens to a repository between two runs. */
const STEPS: Record<string, (root: string) => void> = {
  breaks: root => edit(root, WEB, 'valuesFile: values', 'valuesFile: volues'),
  edits: root => writeFileSync(path.join(root, NOTES), `${read(root, NOTES)}# a note\n`),
  touches: root => utimesSync(path.join(root, WEB), new Date(0), new Date(0)),
  'keeps the time': root => {
    const file = path.join(root, WEB);
    const { atime, mtime } = statSync(file);
    edit(root, WEB, 'version: 1.2.3', 'version: 1.2.x');
    utimesSync(file, atime, mtime);
  },
  renames: root => renameSync(path.join(root, 'production/web'), path.join(root, 'production/web2')),
  'renames back': root => renameSync(path.join(root, 'production/web2'), path.join(root, 'production/web')),
  restores: root => git(root, 'checkout', '--quiet', '--force', 'HEAD', '--', '.'),
  commits: root => commitAll(root),
  'checks out': root => git(root, 'checkout', '--quiet', '--force', 'main'),
  removes: root => rmSync(path.join(root, NOTES), { force: true }),
};

function perform(step: string, root: string): void {
  try {
    STEPS[step]?.(root);
  } catch {
    // Not everything can be done at any time.
  }
}

/** A run that remembers, and one that has nothing to remember. */
async function twice(root: string, env: Record<string, string>, args: string[] = []) {
  const { findings, code, summary } = await check(root, args, env);
  const fresh = await check(root, args, { ...env, SLIPWAY_CACHE_DIR: path.join(makeFolder(), 'cache') });
  const right = { findings: fresh.findings, code: fresh.code, summary: fresh.summary };
  return { warm: { findings, code, summary }, fresh: right };
}

test('whatever happens between two runs, the second one says what a first one would', async () => {
  const root = goodRepository();
  const env = checkHome();
  utimesSync(path.join(root, WEB), new Date(1e12), new Date(1e12));
  // A state that is younger than the clock of a file system tells nothing yet, and is not remembered.
  await setTimeout(2100);
  await check(root, [], env);
  const some = fc.sample(fc.constantFrom(...Object.keys(STEPS)), { numRuns: 10, seed: 3 });
  const steps = ['keeps the time', 'restores', 'renames', 'renames back', ...some];
  const seen: unknown[] = [];
  for (const step of steps) {
    perform(step, root);
    const { warm, fresh } = await twice(root, env);
    expect([step, warm]).toEqual([step, fresh]);
    seen.push(JSON.stringify(warm));
  }
  // It has to be about more than one state of things.
  expect(new Set(seen).size).toBeGreaterThan(2);
}, 300_000);

/** What stands between the index and the disk, or hides one from the other. */
const BETWEEN: Record<string, (root: string) => void> = {
  'a filter that keeps the length': root => {
    git(root, 'config', 'filter.turn.smudge', 'tr 12 21');
    git(root, 'config', 'filter.turn.clean', 'tr 12 21');
    writeFileSync(path.join(root, '.gitattributes'), '*.yaml filter=turn\n');
    checkOutAnew(root);
  },
  'the filter is gone, what it wrote is not': root => {
    rmSync(path.join(root, '.gitattributes'));
    git(root, 'config', '--remove-section', 'filter.turn');
  },
  'all as it was committed': checkOutAnew,
  'line ends of another system': root => {
    git(root, 'config', 'core.autocrlf', 'true');
    checkOutAnew(root);
  },
  'line ends of this one': root => {
    git(root, 'config', 'core.autocrlf', 'false');
    checkOutAnew(root);
  },
  'an edit that git does not look at': root => {
    git(root, 'update-index', '--assume-unchanged', WEB);
    edit(root, WEB, 'version: 1.2.3', 'version: 1.2.x');
  },
  'git looks again': root => git(root, 'update-index', '--no-assume-unchanged', WEB),
  'a file that is left out of the work tree': root => {
    git(root, 'checkout', '--quiet', '--force', 'HEAD', '--', '.');
    git(root, 'update-index', '--skip-worktree', WEB);
    rmSync(path.join(root, WEB));
  },
  'and comes back': root => {
    git(root, 'update-index', '--no-skip-worktree', WEB);
    checkOutAnew(root);
  },
  'a file that is to be added': root => {
    writeFileSync(path.join(root, 'production/web/late.yaml'), 'kind: [\n');
    git(root, 'add', '--intent-to-add', 'production/web/late.yaml');
  },
  'which is staged now': root => git(root, 'add', 'production/web/late.yaml'),
  'a name in capitals': root =>
    renameSync(path.join(root, 'production/web/late.yaml'), path.join(root, 'production/web/LATE.yaml')),
  'a submodule in its place': root => {
    git(root, 'rm', '--quiet', '--cached', '-r', 'production/web/late.yaml');
    rmSync(path.join(root, 'production/web/LATE.yaml'));
    const id = git(root, 'rev-parse', 'HEAD').trim();
    git(root, 'update-index', '--add', '--cacheinfo', `160000,${id},production/web/late.yaml`);
  },
};

function checkOutAnew(root: string): void {
  for (const file of [WEB, NOTES]) rmSync(path.join(root, file), { force: true });
  git(root, 'checkout', '--quiet', '--force', 'HEAD', '--', '.');
}

test('whatever stands between the index and the disk, neither is taken for the other', async () => {
  const root = goodRepository();
  const env = checkHome();
  // As a minute later: what was written just now counts as settled, and is remembered.
  const now = Date.now() + 60_000;
  vi.spyOn(Date, 'now').mockReturnValue(now);
  onTestFinished(() => void vi.restoreAllMocks());
  await check(root, [], env);
  const seen = new Set<string>();
  for (const [step, happens] of Object.entries(BETWEEN)) {
    happens(root);
    for (const args of [[], ['--staged', 'production']]) {
      const { warm, fresh } = await twice(root, env, args);
      expect([step, args, warm]).toEqual([step, args, fresh]);
      seen.add(JSON.stringify(warm));
    }
  }
  expect(seen.size).toBeGreaterThan(4);
}, 300_000);

test('what git takes for clean may be another content on the disk: an id of the index proves none', async () => {
  const root = goodRepository();
  BETWEEN['a filter that keeps the length']?.(root);
  utimesSync(path.join(root, WEB), new Date(1e12), new Date(1e12));
  git(root, 'update-index', '--refresh');
  BETWEEN['the filter is gone, what it wrote is not']?.(root);
  expect(git(root, 'diff-files', '--name-only', '--', WEB)).toBe('');
  const files = openRepositoryFiles(root);
  const tree = await openWorkTree({
    files,
    algorithm: 'sha1',
    now: Date.now(),
    signal,
    memory: emptyCheckCache(),
  });
  const id = (await tree.idsOf([WEB])).get(WEB);
  expect(id).toBe(git(root, 'hash-object', '--no-filters', WEB).trim());
  expect(id).not.toBe(git(root, 'rev-parse', `:${WEB}`).trim());
});

/** What a pre-commit hook does after each step, and a job of CI with the cache of the one before. */
test('whatever is staged, and wherever a cache comes back, a run says what a first one would', async () => {
  const root = goodRepository();
  const env = checkHome();
  utimesSync(path.join(root, WEB), new Date(1e12), new Date(1e12));
  await setTimeout(2100);
  await check(root, [], env);
  const clone = path.join(makeFolder(), 'clone');
  const steps = ['breaks', 'restores', 'edits', 'renames', 'renames back', 'removes', 'checks out'];
  const seen = new Set<string>();
  for (const step of steps) {
    perform(step, root);
    git(root, 'add', '--all');
    const staged = await twice(root, env, ['--staged']);
    expect([step, staged.warm]).toEqual([step, staged.fresh]);
    const named = await twice(root, env, ['--staged', 'production']);
    expect([step, named.warm]).toEqual([step, named.fresh]);
    commitAll(root);
    rmSync(clone, { recursive: true, force: true });
    git(root, 'clone', '--quiet', '.', clone);
    const elsewhere = { ...env, SLIPWAY_CACHE_DIR: path.join(makeFolder(), 'cache') };
    cpSync(env['SLIPWAY_CACHE_DIR'] ?? '', elsewhere.SLIPWAY_CACHE_DIR, { recursive: true });
    const cloned = await twice(clone, elsewhere);
    expect([step, cloned.warm]).toEqual([step, cloned.fresh]);
    seen.add(JSON.stringify(named.warm));
  }
  expect(seen.size).toBeGreaterThan(2);
}, 300_000);
