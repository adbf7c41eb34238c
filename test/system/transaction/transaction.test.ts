import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type ChangeSet,
  createFile,
  createFolder,
  deleteFile,
  joinChangeSets,
  updateFile,
} from '../../../src/change-set.ts';
import { UserError } from '../../../src/errors.ts';
import { type ApplyOptions, requireApplicable } from '../../../src/system/transaction/transaction.ts';
import { apply, newFile, newFiles } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import {
  AS_NOBODY,
  canFreeze,
  canMount,
  commitAll,
  isRoot,
  makeFolder,
  makeRepository,
  readLeftovers,
  readTree,
  writeFiles,
} from '../../support/repository.ts';

const why = 'test';

/** The error of a run that is refused; fails if anything at all has changed. */
async function refusal(
  root: string,
  changes: ChangeSet,
  options: Partial<ApplyOptions> = {},
): Promise<UserError> {
  const before = readTree(root);
  const error: unknown = await apply(root, changes, options).catch((caught: unknown) => caught);
  if (!(error instanceof UserError)) throw new Error('the run was not refused', { cause: error });
  expect(readTree(root)).toEqual(before);
  expect(readLeftovers(root)).toEqual([]);
  return error;
}

/** Owned by the user that the run is going to have. */
function makeForeign(): string {
  const root = makeFolder();
  writeFiles(root, { 'production/a/k.yaml': 'old' });
  if (isRoot) execFileSync('chown', ['-R', '65534:65534', root]);
  return root;
}

function chartWith(name: string): ChangeSet {
  return createFolder({ path: 'charts/x', files: new Map([[name, 'ours']]), why });
}

describe('what a change set does', () => {
  test('creates, updates and deletes, and tells what it touched', async () => {
    const root = makeRepository({ 'production/a/k.yaml': 'old', 'production/a/values/1.yaml': 'one' });
    const set = joinChangeSets(
      createFile({ path: 'production/a/values/2.yaml', content: 'two', why }),
      updateFile({ path: 'production/a/k.yaml', before: 'old', content: 'new', why }),
      deleteFile({ path: 'production/a/values/1.yaml', before: 'one', why }),
    );
    const { touched, notices } = await apply(root, set);
    expect(touched).toEqual([
      'production/a/values/2.yaml',
      'production/a/k.yaml',
      'production/a/values/1.yaml',
    ]);
    expect(notices).toEqual([]);
    expect(readTree(root)).toEqual({
      'production/a/k.yaml': '644 new',
      'production/a/values/2.yaml': '644 two',
    });
    expect(readLeftovers(root)).toEqual([]);
  });

  test('makes an app of files and an unpacked chart', async () => {
    const root = makeRepository({ 'production/other/x': '' });
    const files = new Map<string, string | Uint8Array>([
      ['Chart.yaml', 'name: a'],
      ['templates/_helpers.tpl', 'b'],
      ['files/icon.bin', Buffer.from([0xff, 0x00])],
    ]);
    const set = joinChangeSets(
      newFiles(
        'production/g/kustomization.yaml',
        'production/g/resources/ns.yaml',
        'production/g/.gitignore',
      ),
      createFolder({ path: 'production/g/charts/g-1.0.0+b/g', files, why }),
    );
    await apply(root, set);
    const made = Object.keys(readTree(root)).filter(name => name.startsWith('production/g/'));
    expect(made).toEqual([
      'production/g/.gitignore',
      'production/g/charts/g-1.0.0+b/g/Chart.yaml',
      'production/g/charts/g-1.0.0+b/g/files/icon.bin',
      'production/g/charts/g-1.0.0+b/g/templates/_helpers.tpl',
      'production/g/kustomization.yaml',
      'production/g/resources/ns.yaml',
    ]);
    expect([...readFileSync(path.join(root, 'production/g/charts/g-1.0.0+b/g/files/icon.bin'))]).toEqual([
      0xff, 0,
    ]);
  });

  test('U04 done already: nothing is written, and no file gets a new time', async () => {
    const root = makeRepository();
    const chart = createFolder({ path: 'a/charts/x', files: new Map([['Chart.yaml', 'x']]), why });
    const set = joinChangeSets(newFile('a/b'), chart);
    expect((await apply(root, set)).touched).toHaveLength(2);
    const before = lstatSync(path.join(root, 'a/b')).mtimeMs;
    expect((await apply(root, set)).touched).toEqual([]);
    expect((await apply(root, joinChangeSets())).touched).toEqual([]);
    expect(lstatSync(path.join(root, 'a/b')).mtimeMs).toBe(before);
  });

  test('works without git, and leaves no folder of its own', async () => {
    const root = makeFolder();
    await apply(root, newFile('production/a/k.yaml'));
    expect(readdirSync(root)).toEqual(['production']);
  });

  test('G05 without git what is replaced or removed is kept, with the command that brings it back', async () => {
    const root = makeFolder();
    writeFiles(root, { "it's": 'old', gone: 'gone' });
    const set = joinChangeSets(
      updateFile({ path: "it's", before: 'old', content: 'new', why }),
      deleteFile({ path: 'gone', before: 'gone', why }),
    );
    const { notices } = await apply(root, set);
    expect(notices.map(notice => notice.kind)).toEqual(['saved', 'saved']);
    for (const notice of notices) {
      if (notice.kind === 'saved') execFileSync('sh', ['-c', notice.restore], { cwd: root });
    }
    expect(readFileSync(path.join(root, "it's"), 'utf8')).toBe('old');
    expect(readFileSync(path.join(root, 'gone'), 'utf8')).toBe('gone');
  });

  test('G05 without git a failed run keeps no backup', async () => {
    const root = makeFolder();
    writeFiles(root, { a: 'old', b: 'b' });
    const set = joinChangeSets(updateFile({ path: 'a', before: 'old', content: 'new', why }), newFile('c/d'));
    const cancelled = AbortSignal.abort(new UserError('E_CANCELLED', 'cancelled'));
    expect(await refusal(root, set, { signal: cancelled })).toMatchObject({ code: 'E_CANCELLED' });
  });
});

describe('a file that was to be created exists', () => {
  test('it is refused; with force it is replaced', async () => {
    const root = makeRepository({ 'a/b': 'theirs' });
    expect(await refusal(root, newFile('a/b', 'ours'))).toMatchObject({ code: 'E_EXISTS' });
    expect((await apply(root, newFile('a/b', 'ours'), { force: true })).touched).toEqual(['a/b']);
    expect(readTree(root)).toEqual({ 'a/b': '644 ours' });
  });

  test('a folder is never merged into another, not even with force', async () => {
    const root = makeRepository({ 'charts/x/Chart.yaml': 'theirs' });
    expect(await refusal(root, chartWith('Chart.yaml'), { force: true })).toMatchObject({ code: 'E_EXISTS' });
    expect(await refusal(root, chartWith('other.yaml'), { force: true })).toMatchObject({ code: 'E_EXISTS' });
  });

  test('a half-written chart folder is not taken for a whole one', async () => {
    const root = makeRepository();
    const files = new Map([
      ['Chart.yaml', 'x'],
      ['templates/a.yaml', 'y'],
    ]);
    const chart = createFolder({ path: 'charts/x', files, why });
    await apply(root, chart);
    writeFileSync(path.join(root, 'charts/x/templates/a.yaml'), '');
    expect(await refusal(root, chart)).toMatchObject({ code: 'E_EXISTS' });
  });
});

describe('F05 what forbids to write is found before anything is written', () => {
  const update = updateFile({ path: 'production/a/k.yaml', before: 'old', content: 'new', why });
  const plainUpdate = { path: 'production/a/k.yaml', before: 'old', content: 'new' };

  test.each([
    ['a file that may not be written', 'production/a/k.yaml', 0o444],
    ['a folder that may not be written', 'production/a', 0o555],
    ['a folder that may not be entered', 'production/a', 0o600],
  ])('%s', async (_, name, mode) => {
    const root = makeForeign();
    chmodSync(path.join(root, name), mode);
    const changes = [{ path: 'production/b/new.yaml', content: 'x' }, plainUpdate];
    const { result } = await runApply({ root, changes }, { prefix: AS_NOBODY });
    expect(result?.error).toMatchObject({ code: 'E_FILE_SYSTEM', exit: 6 });
    expect(result?.error?.message).toMatch(/^production\/a.*EACCES/);
    expect(readdirSync(path.join(root, 'production'))).toEqual(['a']);
    chmodSync(path.join(root, name), 0o755);
    expect(readTree(root)['production/a/k.yaml']).toMatch(/old$/);
  });

  test.runIf(canFreeze)('a file that nobody may change (chattr +i)', async () => {
    const root = makeRepository({ 'production/a/k.yaml': 'old' });
    const file = path.join(root, 'production/a/k.yaml');
    execFileSync('chattr', ['+i', file]);
    try {
      const error = await refusal(root, joinChangeSets(newFile('production/b/x'), update));
      expect(error).toMatchObject({ code: 'E_FILE_SYSTEM', exit: 6 });
      expect(error.message).toContain('EPERM');
    } finally {
      execFileSync('chattr', ['-i', file]);
    }
  });

  test.runIf(canMount)('G12 a read-only file system', async () => {
    const root = makeRepository({ 'production/a/k.yaml': 'old' });
    execFileSync('mount', ['--bind', root, root]);
    execFileSync('mount', ['-o', 'remount,bind,ro', root]);
    try {
      expect(await refusal(root, update)).toMatchObject({ code: 'E_FILE_SYSTEM' });
      const dry = { root, now: new Date(), signal: new AbortController().signal };
      await expect(requireApplicable(update, dry)).rejects.toThrow('EROFS');
    } finally {
      execFileSync('umount', [root]);
    }
  });

  test('a dry run finds the same, and writes nothing', async () => {
    const root = makeRepository({ 'production/a/k.yaml': 'old' });
    const options = { root, now: new Date(), signal: new AbortController().signal };
    const before = readTree(root);
    await requireApplicable(joinChangeSets(update, newFile('x/y')), options);
    await expect(requireApplicable(newFile('production/a/k.yaml'), options)).rejects.toMatchObject({
      code: 'E_EXISTS',
    });
    expect(readTree(root)).toEqual(before);
    expect(existsSync(path.join(root, '.git/slipway'))).toBe(false);
  });
});

describe('F06 folders that are links', () => {
  const outside = makeFolder();
  writeFiles(outside, { 'k.yaml': 'outside' });
  test.each([
    ['the app, inside the repository', 'production/app', '../real'],
    ['the app, outside', 'production/app', outside],
    ['the app, dangling', 'production/app', '/no/such/folder'],
    ['the app, to itself', 'production/app', 'app'],
    ['a parent', 'production', outside],
  ])('%s', async (_, link, target) => {
    const root = makeRepository({ 'real/k.yaml': 'real' });
    mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
    symlinkSync(target, path.join(root, link));
    const chart = createFolder({ path: 'production/app', files: new Map([['k.yaml', 'outside']]), why });
    for (const set of [newFile('production/app/new/x'), newFile('production/app/x'), chart]) {
      const error = await refusal(root, set, { force: true });
      expect(error.code).toBe('E_SYMLINK');
      expect(error.message).toContain(target);
    }
    expect(readTree(outside)).toEqual({ 'k.yaml': '644 outside' });
  });
});

describe('F07 targets that are no regular files', () => {
  const update = updateFile({ path: 'target', before: 'old', content: 'new', why });
  const removal = deleteFile({ path: 'target', before: 'old', why });

  test.each([
    ['a link', 'ln -s other target', 'E_SYMLINK'],
    ['a FIFO', 'mkfifo target', 'E_NOT_A_FILE'],
    ['a folder', 'mkdir target', 'E_NOT_A_FILE'],
  ])('%s', async (_, command, code) => {
    const root = makeRepository({ other: 'old' });
    shell(root, command);
    for (const set of [newFile('target'), update, removal])
      expect(await refusal(root, set, { force: true })).toMatchObject({ code: code });
  });

  test('a socket', async () => {
    const root = makeRepository();
    const server = createServer().listen(path.join(root, 'target'));
    await once(server, 'listening');
    for (const set of [newFile('target'), update, removal])
      expect(await refusal(root, set, { force: true })).toMatchObject({ code: 'E_NOT_A_FILE' });
    server.close();
  });

  test('a file where a folder is needed', async () => {
    const root = makeRepository({ production: 'a file' });
    expect(await refusal(root, newFile('production/app/k.yaml'))).toMatchObject({ code: 'E_NOT_A_FILE' });
  });
});

describe('F09 a target with other names', () => {
  test('is refused; with force only this name gets the new content', async () => {
    const root = makeRepository({ 'a/k': 'old' });
    linkSync(path.join(root, 'a/k'), path.join(root, 'second'));
    commitAll(root);
    const set = updateFile({ path: 'a/k', before: 'old', content: 'new', why });
    expect(await refusal(root, set)).toMatchObject({ code: 'E_FILE_SYSTEM' });
    const { notices } = await apply(root, set, { force: true });
    expect(notices).toEqual([{ kind: 'link-broken', path: 'a/k' }]);
    expect(readTree(root)).toEqual({ 'a/k': '644 new', second: '644 old' });
  });
});

describe('F10 permissions', () => {
  test.each([0o640, 0o755, 0o600, 0o664])('mode %o stays', async mode => {
    const root = makeRepository({ a: 'old' });
    chmodSync(path.join(root, 'a'), mode);
    commitAll(root);
    await apply(root, updateFile({ path: 'a', before: 'old', content: 'new', why }));
    expect(readTree(root)).toEqual({ a: `${mode.toString(8)} new` });
  });

  test('new files follow the umask; a mode that is asked for too', async () => {
    const root = makeRepository();
    const before = process.umask(0o027);
    try {
      await apply(
        root,
        joinChangeSets(newFile('a/b', ''), createFile({ path: 'a/run', content: '', mode: 0o755, why })),
      );
    } finally {
      process.umask(before);
    }
    expect(readTree(root)).toEqual({ 'a/b': '640 ', 'a/run': '750 ' });
    expect(statSync(path.join(root, 'a')).mode & 0o777).toBe(0o750);
  });

  test.runIf(isRoot)('the owner stays when root writes', async () => {
    const root = makeRepository({ a: 'old' });
    chownSync(path.join(root, 'a'), 65534, 65533);
    await apply(root, updateFile({ path: 'a', before: 'old', content: 'new', why }));
    expect(statSync(path.join(root, 'a'))).toMatchObject({ uid: 65534, gid: 65533 });
  });

  test.runIf(isRoot)('a file of somebody else becomes ours when we may not give it away', async () => {
    const root = makeFolder();
    chmodSync(root, 0o777);
    writeFiles(root, { a: 'old' });
    chmodSync(path.join(root, 'a'), 0o666);
    const { result } = await runApply(
      { root, changes: [{ path: 'a', before: 'old', content: 'new' }] },
      { prefix: AS_NOBODY },
    );
    expect(result?.touched).toEqual(['a']);
    expect(statSync(path.join(root, 'a')).uid).toBe(65534);
    expect(readTree(root)['a']).toBe('666 new');
  });
});

describe('F13 F14 somebody works on the files meanwhile', () => {
  const before = { 'a/k': 'old', 'a/v': 'one' };
  const plain = [
    { path: 'a/new', content: 'ours' },
    { path: 'a/k', before: 'old', content: 'new' },
    { path: 'a/v', before: 'one' },
  ];
  const set = joinChangeSets(
    newFile('a/new', 'ours'),
    updateFile({ path: 'a/k', before: 'old', content: 'new', why }),
    deleteFile({ path: 'a/v', before: 'one', why }),
  );
  const edits = {
    'the updated file is edited': 'printf mine > a/k',
    'the updated file is replaced': 'printf mine > a/k~; mv a/k~ a/k',
    'the updated file is removed': 'rm a/k',
    'the deleted file is edited': 'printf mine > a/v',
    'the deleted file is removed': 'rm a/v',
    'the created file is made': 'printf mine > a/new',
  };

  test.each(Object.entries(edits))('%s between plan and run', async (name, command) => {
    const root = makeRepository(before);
    shell(root, command);
    expect(await refusal(root, set)).toMatchObject({
      code: name.includes('created') ? 'E_EXISTS' : 'E_CHANGED',
    });
  });

  // The last of the writes is the note that all new content is on the disk: right before the first rename.
  test.each(Object.entries(edits))('%s during the run', async (_, command) => {
    const [root, expected] = [makeRepository(before), makeRepository(before)];
    shell(expected, command);
    const fault = { at: 5, kind: 'shell', command, calls: ['handle.writeFile'] };
    const { result, calls } = await runApply({ root, changes: plain }, { fault, cwd: root });
    expect(calls.slice(0, 5)).toHaveLength(5);
    expect(result?.error).toMatchObject({ code: 'E_CHANGED', exit: 6 });
    expect(readTree(root)).toEqual(readTree(expected));
    expect(readLeftovers(root)).toEqual([]);
  });
});

describe('H11 F18 names that differ only in case or Unicode form from one that exists', () => {
  test.each([
    ['production/Grafana/k.yaml', 'production/grafana/k.yaml'],
    ['production/grafana/K.yaml', 'production/grafana/k.yaml'],
    ['production/cafe\u0301/k.yaml', 'production/caf\u00e9/k.yaml'],
    ['Production/x', 'production/grafana/k.yaml'],
  ])('%j beside %j', async (name, existing) => {
    const root = makeRepository({ [existing]: '' });
    const error = await refusal(root, newFile(name), { force: true });
    expect(error.code).toBe('E_CASE_COLLISION');
    expect(error.exit).toBe(2);
  });

  test('the same name is no collision', async () => {
    const root = makeRepository({ 'production/Grafana/k.yaml': '' });
    await apply(root, newFile('production/Grafana/other.yaml'));
    expect(Object.keys(readTree(root))).toContain('production/Grafana/other.yaml');
  });
});

describe('H02 M01 names that are refused everywhere', () => {
  test.each(['con/x', 'a/aux.yaml', 'a:b', 'a/b.', 'a/b ', 'x/"y"', 'a\\b'])('%j', async name => {
    expect(await refusal(makeRepository(), newFile(name))).toMatchObject({ code: 'E_NAME' });
  });

  test.each(['../x', '/tmp/x', 'a/../../x', '.git/hooks/pre-commit', 'a/.GIT/config', 'a//b'])(
    '%j',
    async name => {
      expect(await refusal(makeRepository({ 'a/k': '' }), newFile(name), { force: true })).toMatchObject({
        code: 'E_OUTSIDE',
      });
    },
  );

  test.each(['../../../x', 'a/../b', '.git/config', '/x'])('%j in an unpacked chart', async name => {
    const set = createFolder({ path: 'charts/x', files: new Map([[name, '']]), why });
    expect(await refusal(makeRepository(), set)).toMatchObject({ code: 'E_OUTSIDE' });
  });

  test('a file that has such a name already may be edited', async () => {
    const root = makeRepository({ 'a/what?.yaml': 'old' });
    await apply(root, updateFile({ path: 'a/what?.yaml', before: 'old', content: 'new', why }));
    expect(readTree(root)).toEqual({ 'a/what?.yaml': '644 new' });
  });

  test('F18 a name of 255 bytes', async () => {
    const root = makeRepository({ 'a/k': '' });
    const name = `a/${'n'.repeat(250)}.yaml`;
    await apply(root, newFile(name, 'x'));
    await apply(root, updateFile({ path: name, before: 'x', content: 'y', why }), { uncommitted: 'save' });
    expect(readTree(root)[name]).toBe('644 y');
    expect(await refusal(root, newFile(`a/${'n'.repeat(251)}.yaml`))).toMatchObject({ code: 'E_NAME' });
  });
});

describe('F15 a poor environment', () => {
  test('the current folder is gone, there is no HOME and no TMPDIR', async () => {
    const root = makeRepository({ 'production/x': 'old' });
    const gone = makeFolder();
    const env = { HOME: undefined, TMPDIR: '/no/such/folder' };
    const script = 'rmdir "$1"; shift; exec "$@"';
    const changes = [
      { path: 'production/a/k.yaml', content: 'x' },
      { path: 'production/x', before: 'old', content: 'new' },
    ];
    const { result } = await runApply(
      { root, changes },
      { env, cwd: gone, prefix: ['sh', '-c', script, 'sh', gone] },
    );
    expect(result).toMatchObject({ touched: ['production/a/k.yaml', 'production/x'] });
  });

  test('a root that is not there', async () => {
    await expect(apply('/no/such/folder', newFile('a'))).rejects.toMatchObject({ code: 'E_FILE_SYSTEM' });
  });
});

describe('F19 a file that is held for a moment', () => {
  const changes = [{ path: 'a', before: 'old', content: 'new' }];

  test('the rename is tried again', async () => {
    const root = makeRepository({ a: 'old' });
    const { result } = await runApply(
      { root, changes },
      { fault: { at: 1, kind: 'EBUSY', calls: ['rename'] } },
    );
    expect(result?.touched).toEqual(['a']);
  });

  test('after two seconds the run gives up, and the file is the old one', async () => {
    const root = makeRepository({ a: 'old' });
    const { result } = await runApply(
      { root, changes },
      { fault: { from: 1, kind: 'EBUSY', calls: ['rename'] } },
    );
    expect(result?.error).toMatchObject({ code: 'E_FILE_SYSTEM', exit: 6 });
    expect(readTree(root)).toEqual({ a: '644 old' });
    expect(readLeftovers(root)).toEqual([]);
  });
});

test('no hard links on this file system: the old file is copied', async () => {
  const root = makeRepository({ a: 'old', b: 'old' });
  const changes = ['a', 'b'].map(name => ({ path: name, before: 'old', content: 'new' }));
  const done = await runApply({ root, changes }, { fault: { from: 1, kind: 'EPERM', calls: ['link'] } });
  expect(done.result?.touched).toEqual(['a', 'b']);
  expect(readTree(root)).toEqual({ a: '644 new', b: '644 new' });
  expect(readLeftovers(root)).toEqual([]);
});

function shell(root: string, command: string): void {
  execFileSync('sh', ['-c', command], { cwd: root });
}
