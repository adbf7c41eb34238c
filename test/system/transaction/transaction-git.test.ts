import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type ChangeSet, deleteFile, joinChangeSets, updateFile } from '../../../src/change-set.ts';
import type { ApplyOptions } from '../../../src/system/transaction/transaction.ts';
import { readCommitted } from '../../../src/system/transaction/uncommitted.ts';
import { apply, newFile } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import { spyOnGit } from '../../support/spy-on-git.ts';
import type { PlainChange } from '../../support/plain-change.ts';
import {
  AS_NOBODY,
  commitAll,
  git,
  isRoot,
  makeFolder,
  makeRepository,
  readLeftovers,
  readTree,
  writeFiles,
} from '../../support/repository.ts';

const why = 'test';
const K = 'production/app/k.yaml';

function updateFrom(before: string): ChangeSet {
  return updateFile({ path: K, before, content: 'new\n', why });
}

async function codeOf(
  root: string,
  changes: ChangeSet,
  options: Partial<ApplyOptions> = {},
): Promise<string> {
  const before = readTree(root);
  const status = git(root, 'status', '--porcelain=v2');
  const code = await apply(root, changes, options).then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
  if (code === 'done') return code;
  expect(readTree(root)).toEqual(before);
  expect(git(root, 'status', '--porcelain=v2')).toBe(status);
  expect(readLeftovers(root)).toEqual([]);
  return code;
}

/** What is on disk in K after the commands, in a repository where K was committed as "old". */
function makeState(command: string): { root: string; content: string } {
  const root = makeRepository({ [K]: 'old\n', 'production/app/other.yaml': 'other\n' });
  execFileSync('sh', ['-ec', command.replaceAll('{K}', K)], { cwd: root, stdio: 'pipe' });
  return { root, content: readFileSync(path.join(root, K), 'utf8') };
}

const UNCOMMITTED = {
  modified: 'echo mine > {K}',
  staged: 'echo mine > {K}; git add {K}',
  'staged, then modified again': 'echo mine > {K}; git add {K}; echo more >> {K}',
  'removed from the index': 'git rm -q --cached {K}',
  untracked: 'git rm -q --cached {K}; git -c user.name=t -c user.email=t@t commit -qm x',
  ignored: 'git rm -q --cached {K}; echo {K} > .gitignore; git -c user.name=t -c user.email=t@t commit -qm x',
  'assume-unchanged': 'git update-index --assume-unchanged {K}; echo mine > {K}',
  'skip-worktree': 'git update-index --skip-worktree {K}; echo mine > {K}',
  'in conflict':
    'echo a > {K}; git stash -q; echo b > {K}; git -c user.name=t -c user.email=t@t commit -qam b; git stash pop || true',
  'intent to add':
    'git rm -q --cached {K}; git -c user.name=t -c user.email=t@t commit -qm x; git add -N {K}',
};

describe('G01 G03 content that no commit has', () => {
  test.each(Object.entries(UNCOMMITTED))('%s: refused, and named', async (_, command) => {
    const { root, content } = makeState(command);
    expect(await codeOf(root, updateFrom(content))).toBe('E_DIRTY');
    expect(await codeOf(root, deleteFile({ path: K, before: content, why }))).toBe('E_DIRTY');
    await expect(apply(root, updateFrom(content))).rejects.toThrow(K);
  });

  test.each(Object.entries(UNCOMMITTED))(
    '%s: with force, saved, with the command that restores it',
    async (_, command) => {
      const { root, content } = makeState(command);
      const { notices } = await apply(root, updateFrom(content), { force: true });
      expect(readFileSync(path.join(root, K), 'utf8')).toBe('new\n');
      const [notice] = notices;
      expect(notice).toMatchObject({ kind: 'saved', path: K });
      execFileSync('sh', ['-c', notice?.kind === 'saved' ? notice.restore : ''], { cwd: root });
      expect(readFileSync(path.join(root, K), 'utf8')).toBe(content);
    },
  );

  test('a file that was to be created, and exists in no commit: saved too', async () => {
    const root = makeRepository();
    writeFiles(root, { [K]: 'mine' });
    expect(await codeOf(root, newFile(K, 'ours'))).toBe('E_EXISTS');
    const { notices } = await apply(root, newFile(K, 'ours'), { force: true });
    expect(notices.map(notice => notice.kind)).toEqual(['saved']);
  });

  test('an edit that keeps the work may ask to save only', async () => {
    const { root, content } = makeState('echo mine > {K}');
    expect(await codeOf(root, updateFrom(content), { uncommitted: 'save' })).toBe('done');
    expect(await codeOf(root, newFile('production/app/other.yaml'), { uncommitted: 'save' })).toBe(
      'E_EXISTS',
    );
  });

  test('committed content is not saved twice', async () => {
    const { root, content } = makeState(':');
    expect((await apply(root, updateFrom(content), { force: true })).notices).toEqual([]);
  });

  test('many dirty files: five are named, all are counted', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `f${index}`);
    const root = makeRepository();
    writeFiles(root, Object.fromEntries(names.map(name => [name, 'x'])));
    const set = joinChangeSets(...names.map(name => deleteFile({ path: name, before: 'x', why })));
    await expect(apply(root, set)).rejects.toThrow(/f0 is in no commit.* f4 is in no commit and 3 more$/);
  });

  test('sparse checkout: a file that git has, but not here, is not made anew', async () => {
    const root = makeRepository({ [K]: 'old\n', 'other/x': 'x' });
    git(root, 'sparse-checkout', 'set', 'other');
    expect(existsSync(path.join(root, K))).toBe(false);
    expect(await codeOf(root, newFile(K, 'ours'))).toBe('E_DIRTY');
    expect(await codeOf(root, newFile('production/new/k.yaml', 'ours'))).toBe('done');
  });

  test('a file whose removal is not committed yet can be made again', async () => {
    const { root } = makeState(':');
    rmSync(path.join(root, 'production'), { recursive: true });
    expect(await codeOf(root, newFile(K))).toBe('done');
  });
});

test('G02 other files may be dirty', async () => {
  const { root, content } = makeState(
    'echo mine >> production/app/other.yaml; echo x > untracked; git add production',
  );
  expect(await codeOf(root, updateFrom(content))).toBe('done');
  expect(readTree(root)['production/app/other.yaml']).toBe('644 other\nmine\n');
});

describe('G04 an operation is under way', () => {
  const side =
    'git checkout -q -b side; echo side > {K}; git commit -qam side; git checkout -q main; echo main > {K}; git commit -qam main;';
  test.each([
    ['a merge', `${side} git merge side || true`],
    ['a merge without conflict', `${side} git merge -s ours --no-commit side || true`],
    ['a rebase', `${side} git rebase side || true`],
    ['a cherry-pick', `${side} git cherry-pick side || true`],
    [
      'a revert',
      `${side} git commit -qm empty --allow-empty; git revert --no-commit HEAD~1; echo x > .git/REVERT_HEAD`,
    ],
    ['a bisect', 'git bisect start'],
    ['git am', 'mkdir .git/rebase-apply'],
  ])('%s', async (_, command) => {
    const identity =
      'export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t;';
    const { root, content } = makeState(identity + command);
    expect(await codeOf(root, updateFrom(content), { force: true })).toBe('E_GIT_STATE');
    expect(await codeOf(root, newFile('production/new/k.yaml'))).toBe('E_GIT_STATE');
  });
});

describe('G05 kinds of repositories', () => {
  test.each([
    ['detached HEAD', 'git checkout -q --detach'],
    ['a tag as branch name', 'git tag main'],
    ['a newer index format', 'git update-index --index-version 4'],
    ['a split index', 'git update-index --split-index'],
  ])('%s', async (_, command) => {
    const { root, content } = makeState(command);
    expect(await codeOf(root, updateFrom(content))).toBe('done');
    const dirty = makeState(`${command}; echo mine > {K}`);
    expect(await codeOf(dirty.root, updateFrom(dirty.content))).toBe('E_DIRTY');
  });

  test('an unborn branch: nothing is committed, so nothing may be overwritten', async () => {
    const root = makeFolder();
    git(root, 'init', '--quiet');
    writeFiles(root, { [K]: 'mine' });
    expect(await codeOf(root, updateFrom('mine'))).toBe('E_DIRTY');
    git(root, 'add', '--all');
    expect(await codeOf(root, updateFrom('mine'))).toBe('E_DIRTY');
    expect(await codeOf(root, newFile('production/new/x'))).toBe('done');
  });

  test('a shallow clone', async () => {
    const { root: origin } = makeState(
      'git -c user.name=t -c user.email=t@t commit -q --allow-empty -m more',
    );
    const root = path.join(makeFolder(), 'clone');
    git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, root);
    expect(await codeOf(root, updateFrom('old\n'))).toBe('done');
  });

  test('a linked work tree: its own state counts, and git status stays clean', async () => {
    const { root: main } = makeState('echo mine > {K}');
    const root = path.join(makeFolder(), 'linked');
    git(main, 'worktree', 'add', '--quiet', '--detach', root);
    expect(await codeOf(root, updateFrom('old\n'))).toBe('done');
    expect(git(root, 'status', '--porcelain=v1')).toBe(` M ${K}\n`);
  });

  test('a submodule: its own state counts', async () => {
    const { root: part } = makeState(':');
    const whole = makeRepository({ readme: '' });
    git(whole, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', part, 'part');
    const root = path.join(whole, 'part');
    expect(await codeOf(root, updateFrom('old\n'))).toBe('done');
    writeFileSync(path.join(root, K), 'mine');
    expect(await codeOf(root, updateFrom('mine'))).toBe('E_DIRTY');
  });

  test('a GitOps repository within a git repository', async () => {
    const top = makeRepository({ [`infra/${K}`]: 'old\n', [K]: 'old\n' });
    writeFileSync(path.join(top, K), 'mine');
    const root = path.join(top, 'infra');
    expect(await codeOf(root, updateFrom('old\n'))).toBe('done');
    expect(await codeOf(root, updateFile({ path: K, before: 'new\n', content: 'x', why }))).toBe('E_DIRTY');
  });

  test('core.bare: no work tree', async () => {
    const { root, content } = makeState('git config core.bare true');
    await expect(apply(root, updateFrom(content))).rejects.toMatchObject({ code: 'E_GIT_STATE' });
  });

  test('core.worktree that points elsewhere: what git does not know is not overwritten', async () => {
    const { root, content } = makeState('echo mine > {K}');
    git(root, 'config', 'core.worktree', makeRepository({ [K]: 'mine\n' }));
    await expect(apply(root, updateFrom(content))).rejects.toMatchObject({ exit: 6 });
  });

  test('T15 a bare repository inside the tree is not taken for ours', async () => {
    const { root } = makeState(':');
    const trap = path.join(root, 'production/app/trap');
    git(root, 'init', '--quiet', '--bare', trap);
    git(trap, 'config', 'core.fsmonitor', `touch ${root}/pwned`);
    await apply(trap, newFile('x')).catch(() => undefined);
    await apply(
      trap,
      updateFile({ path: 'HEAD', before: readFileSync(path.join(trap, 'HEAD')), content: '', why }),
    ).catch(() => undefined);
    expect(existsSync(path.join(root, 'pwned'))).toBe(false);
  });
});

test("G06 another git's index.lock does not matter", async () => {
  const { root, content } = makeState(': > .git/index.lock');
  const done = await apply(root, updateFrom(content));
  expect(done.touched).toEqual([K]);
  expect(existsSync(path.join(root, '.git/index.lock'))).toBe(true);
});

describe('G07 a repository of somebody else', () => {
  const changes: PlainChange[] = [{ path: K, before: 'old\n', content: 'new\n' }];

  test.runIf(isRoot)('is refused with what git says', async () => {
    const { root } = makeState(':');
    execFileSync('chmod', ['-R', 'a+rwX', root]);
    const env = { HOME: makeFolder(), GIT_CONFIG_NOSYSTEM: '1' };
    const { result } = await runApply({ root, changes }, { prefix: AS_NOBODY, env });
    expect(result?.error).toMatchObject({ code: 'E_GIT_STATE', exit: 6 });
    expect(result?.error?.message).toContain('belongs to another user');
    expect(result?.error?.hint).toContain(`safe.directory ${root}`);
    expect(readTree(root)[K]).toMatch(/old\n$/);
  });

  test.runIf(isRoot)('is written to when its person trusts it', async () => {
    const { root } = makeState(':');
    execFileSync('chmod', ['-R', 'a+rwX', root]);
    const home = makeFolder();
    writeFiles(home, { '.gitconfig': `[safe]\n\tdirectory = ${root}\n` });
    const { result } = await runApply({ root, changes }, { prefix: AS_NOBODY, env: { HOME: home } });
    expect(result?.touched).toEqual([K]);
  });
});

describe('G08 nothing that the configuration names is run', () => {
  const evil = 'echo "* filter=evil" > .gitattributes;';
  /** Traps that plain `git status` walks into. */
  const live = {
    'core.fsmonitor': 'git config core.fsmonitor "TRAP"',
    'a clean filter': `${evil} git config filter.evil.clean "TRAP; cat"; git config filter.evil.required true`,
    'a process filter': `mkdir .git/info; ${evil} mv .gitattributes .git/info/attributes; git config filter.evil.process "TRAP"`,
    'a filter from an included file': `${evil} printf '[filter "evil"]\n\tclean = TRAP; cat\n' > .git/more; git config include.path more`,
    'a filter with capitals': `${evil} git config filter.Evil.clean "TRAP; cat"; echo "* filter=Evil" > .gitattributes`,
    'a filter of the work tree': `${evil} git config extensions.worktreeConfig true; git config --worktree filter.evil.clean "TRAP; cat"`,
  };
  /** Traps for other commands, and those that only sometimes snap. */
  const others = {
    hooks:
      'mkdir hooks; printf "#!/bin/sh\\nTRAP\\n" > hooks/post-index-change; chmod +x hooks/*; git config core.hooksPath "$PWD/hooks"',
    'a smudge filter': `${evil} git config filter.evil.smudge "TRAP; cat"`,
    'an external diff':
      'git config diff.external "TRAP"; git config diff.evil.command "TRAP"; echo "* diff=evil" > .gitattributes',
    'an alias': 'git config alias.status "!TRAP"; git config alias.ls-files "!TRAP"',
    'a pager': 'git config core.pager "TRAP"; git config pager.status "TRAP"',
    'an editor and ssh':
      'git config core.editor "TRAP"; git config core.sshCommand "TRAP"; git config core.askPass "TRAP"',
  };

  test.each(Object.entries({ ...live, ...others }))('%s', async (name, command) => {
    const sign = path.join(makeFolder(), 'pwned');
    const { root } = makeState(`echo mine > {K}; ${command.replaceAll('TRAP', `touch ${sign}`)}`);
    rmSync(sign, { force: true });
    await expect(apply(root, updateFrom('mine\n'))).rejects.toMatchObject({ exit: 6 });
    expect((await apply(root, updateFrom('mine\n'), { force: true })).touched).toEqual([K]);
    expect(existsSync(sign)).toBe(false);
    spawnSync('git', ['status'], { cwd: root });
    expect(existsSync(sign) || name in others).toBe(true);
  });

  test('a filter whose name could not be switched off', async () => {
    const { root, content } = makeState(
      'echo "* filter=a=b" > .gitattributes; git config filter.a=b.clean "touch pwned; cat"; touch {K}',
    );
    await expect(apply(root, updateFrom(content), { force: true })).rejects.toMatchObject({
      code: 'E_GIT_STATE',
    });
    expect(existsSync(path.join(root, 'pwned'))).toBe(false);
  });

  test('a partial clone fetches nothing', async () => {
    const sign = path.join(makeFolder(), 'pwned');
    const { root, content } = makeState(
      `git config extensions.partialClone origin; git config remote.origin.url "$PWD"; git config remote.origin.promisor true;
       git config remote.origin.uploadpack "touch ${sign}; git-upload-pack"; rm -rf .git/objects/??`,
    );
    await expect(apply(root, updateFrom(content))).rejects.toMatchObject({ exit: 6 });
    expect(existsSync(sign)).toBe(false);
    expect(() => git(root, 'status')).toThrow('Command failed');
    expect(existsSync(sign)).toBe(true);
  });
});

describe('G09 odd paths', () => {
  test.each([
    'new\nline',
    'quo"te',
    "it's",
    '-rf',
    '--help',
    ':(glob)*',
    '*',
    'a[b]',
    'tab\there',
    'ünïcode',
    ' leading',
    '$(id)',
  ])('%j', async name => {
    const file = `dir/${name}`;
    const root = makeRepository({ [file]: 'old', 'dir/plain': 'old', a: 'old' });
    expect(await codeOf(root, updateFile({ path: file, before: 'old', content: 'new', why }))).toBe('done');
    expect(await codeOf(root, updateFile({ path: file, before: 'new', content: 'x', why }))).toBe('E_DIRTY');
    const { notices } = await apply(root, updateFile({ path: file, before: 'new', content: 'x', why }), {
      force: true,
    });
    execFileSync('sh', ['-c', notices[0]?.kind === 'saved' ? notices[0].restore : 'false'], { cwd: root });
    expect(readFileSync(path.join(root, file), 'utf8')).toBe('new');
  });

  test.each([':(glob)*', ':!x', '*', ':'])(
    'at the top, where git would take it for a pattern: %j',
    async file => {
      const root = makeRepository({ [file]: 'old', x: 'old' });
      expect(await codeOf(root, updateFile({ path: file, before: 'old', content: 'new', why }))).toBe('done');
      expect(await codeOf(root, updateFile({ path: file, before: 'new', content: 'x', why }))).toBe(
        'E_DIRTY',
      );
    },
  );

  test('names beside it that are not UTF-8', async () => {
    const root = makeRepository({ 'dir/a': 'old' });
    const odd = Buffer.concat([Buffer.from(`${root}/dir/`), Buffer.from([0xff, 0xfe])]);
    writeFileSync(odd, 'x');
    commitAll(root);
    const update = updateFile({ path: 'dir/a', before: 'old', content: 'new', why });
    expect((await apply(root, update)).touched).toEqual(['dir/a']);
    expect(readFileSync(odd, 'utf8')).toBe('x');
  });

  test('more paths than a command line takes', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `dir/${'n'.repeat(150)}${index}`);
    const root = makeRepository(Object.fromEntries(names.map(name => [name, 'old'])));
    writeFileSync(path.join(root, names.at(-1) ?? ''), 'mine');
    const set = joinChangeSets(
      ...names.map((name, index) =>
        updateFile({ path: name, before: index === 399 ? 'mine' : 'old', content: 'new', why }),
      ),
    );
    await expect(apply(root, set)).rejects.toThrow(`${'n'.repeat(150)}399 is modified`);
  });
});

describe('how git is called', () => {
  test('a new app starts no git at all', async () => {
    const root = makeRepository({ 'production/other/x': '' });
    const { env, calls } = spyOnGit();
    const changes: PlainChange[] = [
      { path: K, content: 'x' },
      { path: 'production/app/charts/x/x', files: { 'Chart.yaml': 'x' } },
    ];
    expect((await runApply({ root, changes }, { env })).result?.touched).toHaveLength(2);
    expect(calls()).toEqual([]);
  });

  test('without git on PATH a new app works, and an update says what is missing', async () => {
    const root = makeRepository({ 'a/k': 'old' });
    const env = { PATH: makeFolder() };
    expect((await runApply({ root, changes: [{ path: K, content: 'x' }] }, { env })).result?.touched).toEqual(
      [K],
    );
    const update = await runApply(
      { root, changes: [{ path: 'a/k', before: 'old', content: 'new' }] },
      { env },
    );
    expect(update.result?.error).toMatchObject({ code: 'E_GIT_STATE', hint: 'Install git, then run again.' });
  });

  test('several transactions: once for all, as long as their files stay as they were', async () => {
    const other = 'production/app/other.yaml';
    const { root } = makeState(':');
    const { signal } = new AbortController();
    const committed = await readCommitted(root, [K, other, 'none.yaml'], signal);
    const { env, calls } = spyOnGit();
    vi.stubEnv('PATH', env['PATH']);
    await apply(root, updateFrom('old\n'), { committed });
    expect(calls()).toEqual([]);
    writeFiles(root, { [other]: 'mine\n' });
    const update = updateFile({ path: other, before: 'mine\n', content: 'new\n', why });
    await expect(apply(root, update, { committed })).rejects.toThrow(`${other} is modified`);
    expect(calls()).not.toEqual([]);
    vi.unstubAllEnvs();
  });

  test.each(Object.entries(UNCOMMITTED))('%s, once it was asked: the content decides', async (_, command) => {
    const root = makeRepository({ [K]: 'old\n', 'production/app/other.yaml': 'other\n' });
    const committed = await readCommitted(root, [K], new AbortController().signal);
    execFileSync('sh', ['-ec', command.replaceAll('{K}', K)], { cwd: root, stdio: 'pipe' });
    const content = readFileSync(path.join(root, K), 'utf8');
    const isKept = content === 'old\n';
    expect(await codeOf(root, updateFrom(content), { committed })).toBe(isKept ? 'done' : 'E_DIRTY');
  });

  test.each(Object.entries(UNCOMMITTED))(
    '%s, before it was asked: each is asked about',
    async (_, command) => {
      const { root, content } = makeState(command);
      const committed = await readCommitted(root, [K], new AbortController().signal);
      expect(await codeOf(root, updateFrom(content), { committed })).toBe('E_DIRTY');
    },
  );

  test('a git that does not answer, or content that git stores as another: asked anew', async () => {
    const { signal } = new AbortController();
    const { root } = makeState('git config core.autocrlf true; rm {K}; git checkout -q {K}');
    const committed = await readCommitted(root, [K], signal);
    expect(await codeOf(root, updateFrom('old\r\n'), { committed })).toBe('done');
    vi.stubEnv('PATH', makeFolder());
    expect(await readCommitted(root, [K], signal)).toEqual(new Map());
    vi.unstubAllEnvs();
  });

  test("a hook's variables do not lead to another index or repository", async () => {
    const other = makeRepository({ [K]: 'mine\n' });
    const { root, content } = makeState('echo mine > {K}');
    const env = {
      GIT_DIR: path.join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: path.join(other, '.git/index'),
      GIT_LITERAL_PATHSPECS: '0',
    };
    const { result } = await runApply(
      { root, changes: [{ path: K, before: content, content: 'new' }] },
      { env },
    );
    expect(result?.error?.code).toBe('E_DIRTY');
  });
});
