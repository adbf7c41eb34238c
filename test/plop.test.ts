import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GENERATORS } from '../generators/index.ts';
import { bypassOf } from '../generators/plop-arguments.ts';
import { thrown } from './support/thrown.ts';
import { DOWN, ENTER, hasTerminals, PseudoTerminal } from './support/pseudo-terminal.ts';
import { makeFolder, readTree, writeFiles } from './support/repository.ts';
import { demoRepository, testEnv } from './support/slipway.ts';

const CLONE = path.resolve(import.meta.dirname, '..');
const PLOP = path.join(CLONE, 'node_modules/.bin/plop');

/** The real `npx plop`, as npm starts it: in the clone, with the folder of the person in INIT_CWD. */
function plop(args: string[], folder: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(PLOP, args, {
    cwd: CLONE,
    env: testEnv(makeFolder(), { INIT_CWD: folder, SLIPWAY_HELM: '/nonexistent/helm', ...env }),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const APP = ['--', '--image', 'docker.io/library/nginx:1.29', '--port', '80', '--route', 'none', '--yes'];

test('a value answers the question at its place, in the GitOps repository around the current folder', () => {
  const root = demoRepository();
  const { status, stdout } = plop(['new-app', 'myapp', ...APP], path.join(root, 'production'));
  expect(status).toBe(0);
  expect(stdout).toContain('made production/myapp');
  expect(existsSync(path.join(root, 'production/myapp/kustomization.yaml'))).toBe(true);
});

test('_ skips a question; --dest names the repository', () => {
  const root = demoRepository();
  const { status } = plop(['new-app', 'fresh', '_', '--dest', root, ...APP], '/');
  expect(status).toBe(0);
  expect(existsSync(path.join(root, 'production/fresh/kustomization.yaml'))).toBe(true);
});

test('add takes its words and values', () => {
  const root = demoRepository();
  const { status, stdout } = plop(
    ['add', 'storage', 'wiki', 'ceph-block:1Gi', '--', '--yes', '--dry-run'],
    root,
  );
  expect(stdout).toContain('would change production/wiki');
  expect(status).toBe(0);
});

test('a generator of the repository around is run by its name', () => {
  const root = demoRepository();
  writeFiles(root, {
    '.slipway/generators/note/generator.yaml':
      'description: A note\nquestions: [{ name: to }, { name: text }]\n',
    '.slipway/generators/note/files/notes/{{to}}.txt.hbs': '{{text}}\n',
  });
  const { status, stderr } = plop(['note', 'wiki', 'hello', '--', '--yes'], path.join(root, 'production'));
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  expect(readTree(root)['notes/wiki.txt']).toBe('644 hello\n');
});

test('what slipway refuses ends with its exit code, and nothing is written', () => {
  const root = demoRepository();
  const before = readTree(root);
  const { status, stderr } = plop(['new-app', 'Bad Name', ...APP], root);
  expect(stderr).toContain('error[E_NAME]');
  expect(status).toBe(2);
  expect(readTree(root)).toEqual(before);
});

test.each([
  ['the clone itself', ''],
  ['a folder of it', 'docs'],
])('%s is never written to', (_, folder) => {
  const { status, stderr } = plop(['new-app', 'myapp', ...APP], path.join(CLONE, folder));
  expect(stderr).toContain("slipway's own clone");
  expect(stderr).toContain('npx plop --dest');
  expect(status).toBe(1);
  expect(existsSync(path.join(CLONE, 'production'))).toBe(false);
});

test('a link to the clone is the clone', () => {
  const link = path.join(makeFolder(), 'link');
  symlinkSync(CLONE, link);
  expect(plop(['init', '--', '--no-charts', '--yes'], link).stderr).toContain("slipway's own clone");
});

test('the command line takes no part of plop with it', () => {
  const bundled = readFileSync(path.join(CLONE, 'dist/slipway.cjs'), 'utf8');
  expect(bundled).toContain('slipway');
  expect(bundled).not.toContain('rxjs');
});

describe.runIf(hasTerminals)('in a terminal', () => {
  const start = (args: string, root: string, env: Record<string, string> = {}): PseudoTerminal =>
    new PseudoTerminal(`${process.execPath} ${PLOP} ${args}`, {
      cwd: CLONE,
      env: testEnv(makeFolder(), {
        TERM: 'xterm',
        INIT_CWD: root,
        SLIPWAY_HELM: '/nonexistent/helm',
        ...env,
      }),
    });

  test('plop lists every generator by the name of its command', async () => {
    const terminal = start('', '/');
    for (const { name, description } of GENERATORS.slice(0, 7))
      await terminal.sees(new RegExp(`${name} - ${description.en.slice(0, 20)}`));
    terminal.types(DOWN + DOWN);
    await terminal.sees(/❯ add route/);
    terminal.types('\u0003');
    expect(await terminal.ended).not.toBe(0);
  });

  test('what is chosen from the list asks in the same terminal and writes', async () => {
    const root = demoRepository();
    const terminal = start('', root);
    await terminal.sees(/new-app/);
    terminal.types(ENTER);
    await terminal.sees(/What is the app made of\?/);
    terminal.types(DOWN + ENTER);
    await terminal.sees(/Image with tag/);
    terminal.types(`docker.io/library/nginx:1.29${ENTER}`);
    await terminal.sees(/Port that it listens on/);
    terminal.types(`80${ENTER}`);
    await terminal.sees(/Storage/);
    terminal.types(ENTER);
    await terminal.sees(/Name of the app/);
    terminal.types(ENTER);
    await terminal.sees(/How is it reached/);
    terminal.types(ENTER);
    await terminal.sees(/Host names/);
    terminal.types(ENTER);
    await terminal.sees(/Service behind|Secrets to prepare/);
    terminal.types(ENTER);
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    expect(await terminal.ended).toBe(0);
    expect(terminal.text).toContain('made production/nginx');
    expect(existsSync(path.join(root, 'production/nginx/kustomization.yaml'))).toBe(true);
  });
});

describe('the words of the command line', () => {
  const generator = {
    name: 'add thing',
    questions: [
      { flag: 'app', value: '<app>', positional: true as const, help: { en: '', 'zh-CN': '' } },
      { flag: 'size', value: '<size>', help: { en: '', 'zh-CN': '' } },
    ],
  };

  test.each([
    [[], ['add', 'thing']],
    [
      ['add', 'thing'],
      ['add', 'thing'],
    ],
    [
      ['add', 'thing', 'wiki', '5'],
      ['add', 'thing', 'wiki', '--size=5'],
    ],
    [
      ['add', 'thing', '_', '5'],
      ['add', 'thing', '--size=5'],
    ],
    [
      ['--dest', '/x', 'add', 'thing', 'wiki'],
      ['add', 'thing', 'wiki'],
    ],
    [
      ['add', 'thing', 'wiki', '--', '--size', '5', 'x'],
      ['add', 'thing', 'wiki', '--size', '5', 'x'],
    ],
  ])('%j', (given, words) => {
    expect(bypassOf(generator, given)).toEqual(words);
  });

  test.each([
    ['more values than questions', ['add', 'thing', 'a', 'b', 'c'], /takes 2 answers, but 3 were given/],
    ["slipway's flag before --", ['add', 'thing', '--size', '5'], /plop has no flag --size/],
  ])('%s are refused', (_, given, message) => {
    expect(thrown(() => bypassOf(generator, given)).message).toMatch(message);
  });
});
