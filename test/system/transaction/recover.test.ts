import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sealJournal } from '../../../src/system/transaction/journal.ts';
import { apply, newFile, recoverIn } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import type { PlainChange } from '../../support/plain-change.ts';
import { makeFolder, makeRepository, readLeftovers, readTree } from '../../support/repository.ts';

const BEFORE = { 'app/k': 'old', 'app/v': 'one', 'app/w': 'w' };
const CHANGES: PlainChange[] = [
  { path: 'new/x', content: 'new' },
  { path: 'app/n', content: 'new' },
  { path: 'app/k', before: 'old', content: 'new' },
  { path: 'app/v', before: 'one' },
];
const PATHS = ['new', 'app/n', 'app/k', 'app/v'];
const OLD = { 'app/k': '644 old', 'app/v': '644 one', 'app/w': '644 w' };
const NEW = { 'app/k': '644 new', 'app/n': '644 new', 'app/w': '644 w', 'new/x': '644 new' };

/** The calls of a whole run, to name the moment at which it is killed. */
let calls: string[] = [];
beforeAll(async () => {
  ({ calls } = await runApply({ root: makeRepository(BEFORE), changes: CHANGES }, { fault: {} }));
});

const MOMENTS = {
  'while it stages': () => calls.indexOf('rename') - 3,
  'before the first rename': () => calls.indexOf('rename') + 1,
  'before the last rename': () => calls.lastIndexOf('rename') + 1,
  'while it cleans up': () => calls.lastIndexOf('unlink') - 1,
};

async function makeWreck(moment: keyof typeof MOMENTS): Promise<string> {
  const root = makeRepository(BEFORE);
  const run = await runApply(
    { root, changes: CHANGES },
    { fault: { at: MOMENTS[moment](), kind: 'kill-before' } },
  );
  expect(run.signal).toBe('SIGKILL');
  return root;
}

function shell(root: string, command: string): void {
  execFileSync('sh', ['-ec', command], { cwd: root });
}

function recovered(direction: 'forward' | 'back', leftAlone: string[] = []) {
  return { kind: 'recovered', direction, paths: PATHS, leftAlone };
}

test('nothing to do: nothing is touched, not even a lock', async () => {
  const root = makeRepository(BEFORE);
  expect(await recoverIn(root)).toEqual([]);
  expect(existsSync(path.join(root, '.git/slipway'))).toBe(false);
  const plain = makeFolder();
  expect(await recoverIn(plain)).toEqual([]);
  expect(readdirSync(plain)).toEqual([]);
});

describe('F04 says which way it went', () => {
  test.each([
    ['while it stages', 'back', OLD],
    ['before the first rename', 'forward', NEW],
    ['before the last rename', 'forward', NEW],
    ['while it cleans up', 'forward', NEW],
  ] as const)('killed %s: %s', async (moment, direction, tree) => {
    const root = await makeWreck(moment);
    const notices = await recoverIn(root);
    expect(notices.map(notice => notice.kind)).toEqual(['lock-taken', 'recovered']);
    expect(notices[1]).toEqual(recovered(direction));
    expect(readTree(root)).toEqual(tree);
    expect(readLeftovers(root)).toEqual([]);
    expect(await recoverIn(root)).toEqual([]);
  });

  test('a run that was being undone is undone, though it could be finished', async () => {
    const root = await makeWreck('before the last rename');
    appendFileSync(path.join(root, '.git/slipway/journal'), '\nrollback\n');
    expect(await recoverIn(root)).toContainEqual(recovered('back'));
    expect(readTree(root)).toEqual(OLD);
    expect(readLeftovers(root)).toEqual([]);
  });

  test('applyChanges does it too, before it looks at its own changes', async () => {
    const root = await makeWreck('before the last rename');
    const { notices, touched } = await apply(root, newFile('other'));
    expect(touched).toEqual(['other']);
    expect(notices).toContainEqual(recovered('forward'));
    expect(readTree(root)).toEqual({ ...NEW, other: '644 content of other\n' });
  });
});

describe('somebody works on the files before the next run', () => {
  type Row = [keyof typeof MOMENTS, string, ReturnType<typeof recovered>, Record<string, string | undefined>];
  test.each<Row>([
    ['while it stages', 'printf mine > app/k', recovered('back'), { ...OLD, 'app/k': '644 mine' }],
    ['while it stages', 'rm app/v', recovered('back'), { ...OLD, 'app/v': undefined }],
    [
      'before the first rename',
      'printf mine > app/k',
      recovered('forward', ['app/k']),
      { ...NEW, 'app/k': '644 mine' },
    ],
    [
      'before the first rename',
      'printf mine > app/v',
      recovered('forward', ['app/v']),
      { ...NEW, 'app/v': '644 mine' },
    ],
    [
      'before the first rename',
      'mkdir new; printf mine > new/x',
      recovered('forward', ['new']),
      { ...NEW, 'new/x': '644 mine' },
    ],
    [
      'before the last rename',
      'printf mine > app/k',
      recovered('forward', ['app/k']),
      { ...NEW, 'app/k': '644 mine' },
    ],
    [
      'before the last rename',
      'printf mine > new/y; rm app/n',
      recovered('back', ['new']),
      { ...OLD, 'new/x': '644 new', 'new/y': '644 mine' },
    ],
    [
      'before the last rename',
      'cp -r new app/copy; rm -r new; ln -s app/copy new; rm app/n',
      recovered('back', ['new']),
      { ...OLD, new: '-> app/copy', 'app/copy/x': '644 new', 'new/x': '644 new' },
    ],
    ['before the first rename', 'rm app/.slipway-*.new', recovered('back'), OLD],
    ['before the first rename', 'rm -r .slipway-*.new/x', recovered('back'), OLD],
    ['before the first rename', 'for f in .slipway-*.new/x; do : > $f; done', recovered('back'), OLD],
    ['before the first rename', 'for f in app/.slipway-*.new; do : > $f; done', recovered('back'), OLD],
    ['while it cleans up', 'printf mine > app/k', recovered('forward'), { ...NEW, 'app/k': '644 mine' }],
  ])('killed %s, then %s', async (moment, command, notice, tree) => {
    const root = await makeWreck(moment);
    shell(root, command);
    expect(await recoverIn(root)).toContainEqual(notice);
    expect(readTree(root)).toEqual(Object.fromEntries(Object.entries(tree).filter(([, content]) => content)));
    expect(readLeftovers(root)).toEqual([]);
  });

  test('the folder is gone', async () => {
    const root = await makeWreck('before the first rename');
    shell(root, 'rm -r app');
    expect(await recoverIn(root)).toContainEqual(recovered('forward', ['app/n', 'app/k', 'app/v']));
    expect(readTree(root)).toEqual({ 'new/x': '644 new' });
  });

  test('F06 the folder is a link now: nothing is done behind it', async () => {
    const root = await makeWreck('before the first rename');
    const outside = makeFolder();
    shell(root, `cp -p app/* app/.slipway* ${outside}; rm -r app; ln -s ${outside} app`);
    const before = readTree(outside);
    expect(await recoverIn(root)).toContainEqual(recovered('forward', ['app/n', 'app/k', 'app/v']));
    expect(readTree(outside)).toEqual(before);
  });
});

function writeJournal(text: string): string {
  const root = makeRepository({ 'app/k': 'old' });
  mkdirSync(path.join(root, '.git/slipway'));
  writeFileSync(path.join(root, '.git/slipway/journal'), text);
  return root;
}

/** As a run of this user here would have noted it. */
function plan(steps: unknown[], format = 2): string {
  const noted = { format, id: '0123456789abcdef', steps };
  return `${JSON.stringify({ ...noted, seal: sealJournal(JSON.stringify(noted)) })}\ncommit\n`;
}

const digest = '0'.repeat(64);

describe('journals that are not as expected', () => {
  test.each(['', '\0\0\0\0', '{"format":1,"id":"0123456789abcdef","steps":['])(
    'cut short before anything was written: %j',
    async text => {
      const root = writeJournal(text);
      expect(await recoverIn(root)).toEqual([]);
      expect(readTree(root)).toEqual({ 'app/k': '644 old' });
      expect(readLeftovers(root)).toEqual([]);
    },
  );

  test.each([
    ['of a later version', plan([], 3)],
    ['no JSON', 'hello\ncommit\n'],
    ['an unknown kind of step', plan([{ kind: 'chmod', path: 'app/k' }])],
    ['a path that leads out', plan([{ kind: 'delete', path: '../x', before: digest }])],
    ["a path into git's folder", plan([{ kind: 'create', path: '.git/hooks/x', after: digest }])],
    ['a file of a folder that leads out', plan([{ kind: 'folder', path: 'a', files: { '../x': digest } }])],
    ['no digest', plan([{ kind: 'delete', path: 'app/k', before: 'x' }])],
  ])('U11 %s: nothing is touched, and the message names the file', async (_, text) => {
    const root = writeJournal(text);
    await expect(recoverIn(root)).rejects.toMatchObject({
      code: 'E_FILE_SYSTEM',
      subject: path.join(root, '.git/slipway/journal'),
    });
    await expect(apply(root, newFile('x'))).rejects.toMatchObject({ code: 'E_FILE_SYSTEM' });
    expect(readTree(root)).toEqual({ 'app/k': '644 old' });
    expect(readLeftovers(root)).toEqual(['.git/slipway/journal']);
  });

  test('a note cut short was never relied on', async () => {
    const root = writeJournal(
      plan([{ kind: 'delete', path: 'app/k', before: digest }]).replace('commit\n', 'comm'),
    );
    expect(await recoverIn(root)).toMatchObject([{ kind: 'recovered', direction: 'back', leftAlone: [] }]);
    expect(readTree(root)).toEqual({ 'app/k': '644 old' });
  });
});
