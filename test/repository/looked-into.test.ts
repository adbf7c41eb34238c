import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { openGitSnapshot } from '../../src/features/check/incremental/git-snapshot.ts';
import { emptyCheckCache } from '../../src/features/check/incremental/open-check-cache.ts';
import { openWorkTree } from '../../src/features/check/incremental/open-work-tree.ts';
import { readRepository } from '../../src/repository/read-repository.ts';
import { openRepositoryFiles } from '../../src/system/files/files.ts';
import type { GitTree } from '../../src/system/git/git-tree.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';

const APP = 'namespace: web\nresources: []\n';
const CHART =
  'apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n- {name: redis, version: 1.0.0, repository: https://charts.example}\n';

function folderOf(files: Record<string, string>): string {
  const root = makeFolder();
  writeFiles(root, files);
  return root;
}

/** What the three readers of a repository see of these files: commands, check on disk, check of the index. */
async function seenOf(files: Record<string, string>): Promise<string[][]> {
  const root = folderOf(files);
  const opened = openRepositoryFiles(root);
  const signal = AbortSignal.timeout(60_000);
  const memory = emptyCheckCache();
  const disk = await openWorkTree({ files: opened, memory, algorithm: 'sha1', now: 0, signal });
  const entries = new Map(Object.keys(files).map(file => [file, { kind: 'file' as const, id: file }]));
  const index = openGitSnapshot({ entries } as unknown as GitTree);
  const { repository } = await readRepository(opened);
  return [repository.text, disk.files, index.files].map(each => [...each.keys()].toSorted());
}

describe('what all readers of a repository look into', () => {
  test.each([
    [
      'copies that slipway keeps are no apps',
      { 'prod/web/kustomization.yaml': APP, '.slipway/lock/prod/web.yaml': 'charts: []\n' },
      { '.slipway/run/backup/2026/prod/web/kustomization.yaml': APP, '.hidden/web/kustomization.yaml': APP },
    ],
    [
      'a folder of charts of its own is one like any other',
      {
        'charts/shop/Chart.yaml': CHART,
        'charts/shop/values.yaml': 'redis: {}\n',
        'apps/charts/a/kustomization.yaml': APP,
      },
      { 'charts/shop/charts/redis/values.yaml': 'a: 1\n' },
    ],
    [
      'pulled charts lie beside what names them',
      { 'prod/web/kustomization.yaml': APP, 'base/Kustomization': APP, 'platform/shop/Chart.yaml': CHART },
      {
        'prod/web/charts/redis-1.0.0/redis/values.yaml': 'a: 1\n',
        'base/charts/redis/values.yaml': 'a: 1\n',
        'platform/shop/charts/redis/Chart.yaml': CHART,
      },
    ],
  ])('%s', async (_, wanted, other) => {
    const expected = Object.keys(wanted).toSorted();
    expect(await seenOf({ ...wanted, ...other })).toEqual([expected, expected, expected]);
  });

  test('umbrella charts in a top folder of that name are found, and their dependencies', async () => {
    const { repository } = await readRepository(
      openRepositoryFiles(folderOf({ 'charts/shop/Chart.yaml': CHART })),
    );
    expect(findUses(repository)).toMatchObject([
      { name: 'redis', version: { text: '1.0.0', at: { file: 'charts/shop/Chart.yaml' } } },
    ]);
  });
});

describe('a large repository does not make the process deaf', () => {
  function makeMany(): string {
    const root = makeFolder();
    for (let index = 0; index < 1100; index++)
      mkdirSync(path.join(root, `${index % 10}/${index}`), { recursive: true });
    return root;
  }

  test.each([
    ['a walk', (root: string, signal: AbortSignal) => openRepositoryFiles(root, signal).walk('')],
    [
      'a scan',
      (root: string, signal: AbortSignal) =>
        openWorkTree({
          files: openRepositoryFiles(root),
          memory: emptyCheckCache(),
          algorithm: 'sha1',
          now: 0,
          signal,
        }),
    ],
  ])('%s lets others have a turn, and ends when it is to', async (_, look) => {
    const root = makeMany();
    let turns = 0;
    const looking = { now: true };
    const others = (async () => {
      for (; looking.now; await nextTurn()) turns++;
    })();
    await look(root, new AbortController().signal);
    looking.now = false;
    await others;
    expect(turns).toBeGreaterThan(1);

    const cancel = new AbortController();
    const ended = look(root, cancel.signal);
    cancel.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
  });
});
