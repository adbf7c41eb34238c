import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { openRepositoryFiles } from '../../../src/system/files/files.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof UserError ? error.code : error),
  );

/** A repository beside a folder whose name begins with the repository's. */
function makeNeighbours(): { root: string; outside: string } {
  const folder = makeFolder();
  const root = path.join(folder, 'repo');
  const outside = path.join(folder, 'repo-evil');
  writeFiles(root, { 'production/app/kustomization.yaml': 'kind: Kustomization\n', 'README.md': 'hello\n' });
  writeFiles(outside, { secret: 'canary', 'folder/secret': 'canary' });
  return { root, outside };
}

test('reads bytes, lists and walks', async () => {
  const { root } = makeNeighbours();
  writeFileSync(path.join(root, 'binary'), Buffer.from([0xff, 0, 0xfe]));
  mkdirSync(path.join(root, 'empty'));
  writeFiles(root, { '.git/config': 'x', 'production/.git/config': 'x' });
  const files = openRepositoryFiles(root);
  expect((await files.read('README.md'))?.toString()).toBe('hello\n');
  expect([...((await files.read('binary')) ?? [])]).toEqual([0xff, 0, 0xfe]);
  expect(await files.list('')).toEqual([
    { name: '.git', kind: 'folder' },
    { name: 'README.md', kind: 'file' },
    { name: 'binary', kind: 'file' },
    { name: 'empty', kind: 'folder' },
    { name: 'production', kind: 'folder' },
  ]);
  const paths = (await files.walk('')).map(entry => entry.path);
  expect(paths).toEqual([
    'README.md',
    'binary',
    'empty',
    'production',
    'production/app',
    'production/app/kustomization.yaml',
  ]);
  const shallow = await files.walk('production', folder => folder !== 'production/app');
  expect(shallow).toEqual([{ path: 'production/app', kind: 'folder' }]);
});

test('what does not exist is undefined, or left out', async () => {
  const files = openRepositoryFiles(makeNeighbours().root);
  expect(await files.read('nothing')).toBeUndefined();
  expect(await files.read('no/such/folder')).toBeUndefined();
  expect(await files.read('README.md/below')).toBeUndefined();
  expect(await files.list('nothing')).toBeUndefined();
  expect(await files.walk('nothing')).toEqual([]);
  expect([...(await files.readMany(['nothing', 'README.md'])).keys()]).toEqual(['README.md']);
});

test('many files come in the order asked for, more than one turn of them', async () => {
  const root = makeFolder();
  const names = Array.from({ length: 500 }, (_, index) => `apps/${index % 30}/${index}.yaml`);
  writeFiles(root, Object.fromEntries(names.map(name => [name, `content of ${name}`])));
  const found = await openRepositoryFiles(root).readMany(names);
  expect([...found].map(([name, content]) => [name, content.toString()])).toEqual(
    names.map(name => [name, `content of ${name}`]),
  );
});

test('whoever asks for one file after the other gives other work its turn as well', async () => {
  const files = openRepositoryFiles(makeNeighbours().root);
  let hadTurn = false;
  setImmediate(() => (hadTurn = true));
  for (let each = 0; each < 100; each++) await files.read('README.md');
  expect(hadTurn).toBe(true);
});

describe('M01 paths that leave the repository', () => {
  test.each(['../repo-evil/secret', '/etc/passwd', 'a/../../repo-evil/secret', 'a\0b', '', '.git/config'])(
    '%j',
    async file => {
      const files = openRepositoryFiles(makeNeighbours().root);
      expect(await codeOf(files.read(file))).toBe('E_OUTSIDE');
      expect(await codeOf(files.list(`${file}/x`))).toBe('E_OUTSIDE');
    },
  );
});

describe('F06 folders that are links', () => {
  test('outside, also to a folder whose name begins with the root', async () => {
    const { root, outside } = makeNeighbours();
    symlinkSync(outside, path.join(root, 'out'));
    const files = openRepositoryFiles(root);
    expect(await codeOf(files.read('out/secret'))).toBe('E_OUTSIDE');
    expect(await codeOf(files.read('out/folder/secret'))).toBe('E_OUTSIDE');
    expect(await codeOf(files.list('out'))).toBe('E_OUTSIDE');
    expect(await codeOf(files.walk('out'))).toBe('E_OUTSIDE');
    expect((await files.walk('')).find(entry => entry.path === 'out')).toEqual({ path: 'out', kind: 'link' });
  });

  test('inside the repository: read, but never walked into', async () => {
    const { root } = makeNeighbours();
    symlinkSync('production', path.join(root, 'alias'));
    const files = openRepositoryFiles(root);
    expect(await files.read('alias/app/kustomization.yaml')).toBeDefined();
    expect((await files.walk('')).map(entry => entry.path)).not.toContain('alias/app');
  });

  test('dangling, and in a loop', async () => {
    const { root } = makeNeighbours();
    symlinkSync('nowhere', path.join(root, 'dangling'));
    symlinkSync('loop', path.join(root, 'loop'));
    const files = openRepositoryFiles(root);
    expect(await files.read('dangling/x')).toBeUndefined();
    expect(await codeOf(files.read('loop/x'))).toBe('E_FILE_SYSTEM');
  });

  test('the root itself may be reached through a link', async () => {
    const { root, outside } = makeNeighbours();
    const link = path.join(outside, 'link');
    symlinkSync(root, link);
    const files = openRepositoryFiles(link);
    expect(files.root).toBe(root);
    expect(await files.read('README.md')).toBeDefined();
  });
});

describe('F07 files that are none', () => {
  test('a link, with its target in the message', async () => {
    const { root, outside } = makeNeighbours();
    symlinkSync(path.join(outside, 'secret'), path.join(root, 'values.yaml'));
    const error: unknown = await openRepositoryFiles(root)
      .read('values.yaml')
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'E_SYMLINK', exit: 6, subject: 'values.yaml' });
    expect(String(error)).toContain('repo-evil/secret');
  });

  test('a FIFO, which must not be waited for', async () => {
    const { root } = makeNeighbours();
    execFileSync('mkfifo', [path.join(root, 'fifo')]);
    expect(await codeOf(openRepositoryFiles(root).read('fifo'))).toBe('E_NOT_A_FILE');
  });

  test('a folder, and a socket', async () => {
    const { root } = makeNeighbours();
    const server = createServer().listen(path.join(root, 'socket'));
    await new Promise(resolve => server.once('listening', resolve));
    const files = openRepositoryFiles(root);
    expect(await codeOf(files.read('socket'))).toBe('E_NOT_A_FILE');
    expect(await codeOf(files.read('production'))).toBe('E_NOT_A_FILE');
    expect((await files.list(''))?.find(entry => entry.name === 'socket')?.kind).toBe('special');
    server.close();
  });

  test('a device', async () => {
    const files = openRepositoryFiles('/dev');
    expect(await codeOf(files.read('zero'))).toBe('E_NOT_A_FILE');
  });
});

test('a file beyond 10 MiB', async () => {
  const root = makeFolder();
  writeFileSync(path.join(root, 'huge'), Buffer.alloc(10 * 1024 * 1024 + 1));
  expect(await codeOf(openRepositoryFiles(root).read('huge'))).toBe('E_LIMIT');
});

test('a repository that is not there', () => {
  expect(() => openRepositoryFiles('/no/such/folder')).toThrow('/no/such/folder');
});

test('T7 control characters of a name do not reach the message', async () => {
  const root = makeFolder();
  symlinkSync('\u001b]0;pwn\u0007', path.join(root, 'a\u001b[31m'));
  const error: unknown = await openRepositoryFiles(root)
    .read('a\u001b[31m')
    .catch((caught: unknown) => caught);
  expect(String(error)).not.toMatch(/[\u0000-\u001f]/);
});

test('F09 hard links are plain files to a reader; a copy of the whole tree reads the same', async () => {
  const { root, outside } = makeNeighbours();
  linkSync(path.join(root, 'README.md'), path.join(root, 'second'));
  cpSync(root, path.join(outside, 'copy'), { recursive: true });
  const [here, there] = [openRepositoryFiles(root), openRepositoryFiles(path.join(outside, 'copy'))];
  expect(await here.read('second')).toEqual(await there.read('README.md'));
});
