import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { commitAll, git, makeFolder, writeFiles } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const BASE = 'image:\n  tag: "1.0" # pinned by CI\n  pull: Always\nreplicas: 1\nresources: {}\n';
const OURS =
  'image:\n  tag: "1.0" # pinned by CI\n  pull: Never\n# two, for the budget\nreplicas: 2\nresources: {}\n';
const THEIRS =
  'image:\n  tag: "1.1" # pinned by CI\n  pull: Always\nreplicas: 1\n\nresources: {}\n# new\nextra: []\n';
const MERGED =
  'image:\n  tag: "1.1" # pinned by CI\n  pull: Never\n# two, for the budget\nreplicas: 2\n\nresources: {}\n# new\nextra: []\n';
const CONTESTED = THEIRS.replace('Always', 'IfNotPresent');

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const isResult = ajv.compile(
  JSON.parse(readFileSync(path.resolve('schemas/merge-values.schema.json'), 'utf8')) as object,
);
const env = testEnv(makeFolder()) as Record<string, string>;

function folder(files: Record<string, string> = {}): string {
  const root = makeFolder();
  writeFiles(root, { 'base.yaml': BASE, 'ours.yaml': OURS, 'theirs.yaml': THEIRS, ...files });
  return root;
}

function merge(cwd: string, ...args: string[]): Promise<Run> {
  const files = ['--base', 'base.yaml', '--ours', 'ours.yaml', '--theirs', 'theirs.yaml'];
  return slipway(['merge-values', ...files, ...args], { cwd, env });
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

describe('merge-values', () => {
  test('the text goes to stdout byte for byte, the rest to stderr', async () => {
    const { code, stdout, stderr } = await merge(folder());
    expect([code, stdout]).toEqual([0, MERGED]);
    expect(stderr).toContain('2 applied, 1 comments carried');
  });

  test('a file without a final newline stays one', async () => {
    const { stdout } = await merge(folder({ 'theirs.yaml': THEIRS.trimEnd() }));
    expect(stdout).toBe(MERGED.trimEnd());
  });

  test('says what is left to decide, in Chinese too', async () => {
    const root = folder({ 'theirs.yaml': CONTESTED });
    expect((await merge(root)).stderr).toMatch(
      /\? image\.pull#\w{8}: both sides changed it \(ours, theirs\)/,
    );
    expect((await merge(root, '--lang', 'zh-CN')).stderr).toMatch(/\? image\.pull#\w{8}: 双方都修改了/);
  });

  test('--json is one document of the shipped schema', async () => {
    const clean = await merge(folder(), '--json');
    const open = await merge(folder({ 'theirs.yaml': CONTESTED }), '--json');
    for (const { stdout } of [clean, open])
      expect([isResult(JSON.parse(stdout)), isResult.errors]).toEqual([true, null]);
    expect([clean.code, open.code]).toEqual([0, 3]);
    expect(JSON.parse(open.stdout)).toMatchObject({
      text: MERGED,
      decisions: [
        { path: 'image.pull', kind: 'both-changed', base: 'Always', ours: 'Never', theirs: 'IfNotPresent' },
      ],
    });
  });

  test.each([
    ['theirs', 'pull: IfNotPresent'],
    ['ours', 'pull: Never'],
    ['{ value: "1.10" }', 'pull: "1.10"'],
  ])('--decisions: the answer %s', async (answer, line) => {
    const root = folder({ 'theirs.yaml': CONTESTED });
    const { decisions } = JSON.parse((await merge(root, '--json')).stdout) as { decisions: { id: string }[] };
    writeFiles(root, { 'decisions.yaml': `${JSON.stringify(decisions[0]?.id)}: ${answer}\n` });
    const { code, stdout } = await merge(root, '--decisions', 'decisions.yaml');
    expect([code, stdout]).toEqual([0, MERGED.replace('pull: Never', line)]);
  });

  test('an answer to other evidence counts for nothing', async () => {
    const root = folder({ 'theirs.yaml': CONTESTED, 'decisions.yaml': 'image.pull#00000000: theirs\n' });
    const { code, stderr } = await merge(root, '--decisions', 'decisions.yaml');
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('note: no decision asked for the answer image.pull#00000000'),
    ]);
    const { stdout } = await merge(root, '--decisions', 'decisions.yaml', '--json');
    expect([isResult(JSON.parse(stdout)), isResult.errors]).toEqual([true, null]);
    expect(JSON.parse(stdout)).toMatchObject({ unusedAnswers: ['image.pull#00000000'] });
  });

  test('what cannot be proved is an error to act on, and nothing is printed', async () => {
    const root = folder({
      'base.yaml': 'a: {x: 1}\nb: {y: 1}\n',
      'ours.yaml': 'a: &a {x: 2, k: *a}\nb: {<<: *a, y: 2}\n',
      'theirs.yaml': 'b: {y: 1, x: 3}\n',
    });
    const { code, stdout, stderr } = await merge(root);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /error\[E_VALUES_MERGE\] .*ours\.yaml:[12] cannot be migrated by machine: .*by hand/,
    );
  });

  test('Y07 a key of ours twice: the last counts, and that is said', async () => {
    const files = { 'base.yaml': 'a: 1\n', 'ours.yaml': 'a: 2\na: 3\n', 'theirs.yaml': 'a: 1\nb: 1\n' };
    const { code, stdout, stderr } = await merge(folder(files));
    expect([code, stdout]).toEqual([0, 'a: 3\nb: 1\n']);
    expect(stderr).toContain(
      'a is defined twice in ours: Helm takes the last one, and line 1 counts for nothing',
    );
    const json = await merge(folder(files), '--json');
    expect([isResult(JSON.parse(json.stdout)), isResult.errors]).toEqual([true, null]);
  });

  test('changes of a list that are apart: both are in the result, exit 0, and another answer counts', async () => {
    const files = {
      'base.yaml': 'args: [a, b]\n',
      'ours.yaml': 'args: [a, b, mine]\n',
      'theirs.yaml': 'args: [a, b2]\n',
    };
    const root = folder(files);
    const { code, stdout, stderr } = await merge(root);
    expect([code, stdout]).toEqual([0, 'args: [a, b2, mine]\n']);
    expect(stderr).toMatch(/args#\w{8}: both sides changed it in different places/);
    const json = await merge(root, '--json');
    expect([isResult(JSON.parse(json.stdout)), isResult.errors]).toEqual([true, null]);
    const { decisions } = JSON.parse(json.stdout) as { decisions: { id: string }[] };
    writeFiles(root, { 'decisions.yaml': `${JSON.stringify(decisions[0]?.id)}: ours\n` });
    const answered = await merge(root, '--decisions', 'decisions.yaml');
    expect([answered.code, answered.stdout]).toEqual([0, 'args: [a, b, mine]\n']);
  });

  test('--into replaces a file and keeps its mode', async () => {
    const root = folder();
    chmodSync(path.join(root, 'ours.yaml'), 0o640);
    const { stdout } = await merge(root, '--into', 'ours.yaml');
    expect([stdout, read(root, 'ours.yaml')]).toEqual(['', MERGED]);
    expect(statSync(path.join(root, 'ours.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root).toSorted()).toEqual(['base.yaml', 'ours.yaml', 'theirs.yaml']);
  });

  test('F07 --into writes through no link', async () => {
    const root = folder();
    symlinkSync('ours.yaml', path.join(root, 'link.yaml'));
    const before = read(root, 'ours.yaml');
    const { code, stderr } = await merge(root, '--into', 'link.yaml');
    expect([code, stderr, read(root, 'ours.yaml')]).toEqual([
      6,
      expect.stringContaining('E_SYMLINK'),
      before,
    ]);
  });

  test('--dry-run writes nothing', async () => {
    const root = folder();
    await merge(root, '--into', 'new.yaml', '--dry-run');
    expect(existsSync(path.join(root, 'new.yaml'))).toBe(false);
  });

  test('--mark: a comment above each open decision, which the next run takes away', async () => {
    const root = folder({ 'theirs.yaml': CONTESTED });
    await merge(root, '--mark', '--into', 'ours.yaml');
    expect(read(root, 'ours.yaml')).toBe(
      MERGED.replace(
        '  pull',
        '  # slipway: decide image.pull: both-changed; it was "Always", upstream has "IfNotPresent"\n  pull',
      ),
    );
    expect((await merge(root)).stdout).toBe(MERGED);
  });

  test.each<[string, Record<string, string>, string[], number, string]>([
    ['a flag is missing', {}, [], 2, 'E_MISSING'],
    ['no such file', {}, ['--base', 'x.yaml', '--ours', 'x.yaml', '--theirs', 'x.yaml'], 2, 'E_USAGE'],
    ['a folder', {}, ['--base', '.', '--ours', 'ours.yaml', '--theirs', 'ours.yaml'], 6, 'E_NOT_A_FILE'],
    [
      'a list',
      { 'l.yaml': '- a\n' },
      ['--base', 'l.yaml', '--ours', 'l.yaml', '--theirs', 'l.yaml'],
      2,
      'l.yaml:1:1',
    ],
    [
      'Y10 an unclosed quote',
      { 'q.yaml': 'a: 1\nb: "x\n' },
      ['--base', 'base.yaml', '--ours', 'q.yaml', '--theirs', 'theirs.yaml'],
      2,
      'q.yaml:',
    ],
    [
      'Y10 a NUL',
      { 'n.yaml': 'a: "\u0000"\n' },
      ['--base', 'base.yaml', '--ours', 'n.yaml', '--theirs', 'theirs.yaml'],
      2,
      'n.yaml:1:5',
    ],
  ])('refuses: %s', async (_, files, args, exit, message) => {
    const root = folder(files);
    const { code, stdout, stderr } = await slipway(['merge-values', ...args], { cwd: root, env });
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toContain(message);
  });
});

describe('as a git merge driver', () => {
  const bin = `${process.execPath} ${path.resolve('bin/slipway.js')}`;

  /** Our edited copy on `main`, the chart's old and new defaults on `defaults`. */
  function vendored(theirs: string): string {
    const root = makeFolder();
    git(root, 'init', '--quiet', '--initial-branch=defaults');
    git(
      root,
      'config',
      'merge.slipway-values.driver',
      `${bin} merge-values --base %O --ours %A --theirs %B --into %A --mark`,
    );
    const file = 'values/chart with space.yaml';
    writeFiles(root, { '.gitattributes': '**/values/*.yaml merge=slipway-values\n', [file]: BASE });
    commitAll(root);
    git(root, 'switch', '--quiet', '--create', 'main');
    writeFiles(root, { [file]: OURS });
    commitAll(root);
    git(root, 'switch', '--quiet', 'defaults');
    writeFiles(root, { [file]: theirs });
    commitAll(root);
    git(root, 'switch', '--quiet', 'main');
    return root;
  }

  test('both changed neighbouring lines: merged and committed', () => {
    const root = vendored(THEIRS);
    git(root, 'merge', '--quiet', '--no-edit', 'defaults');
    expect(read(root, 'values/chart with space.yaml')).toBe(MERGED);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('an open decision is a conflict; the file holds ours with a comment, and no markers', () => {
    const root = vendored(CONTESTED);
    expect(() => git(root, 'merge', '--quiet', '--no-edit', 'defaults')).toThrow('Command failed: git');
    const text = read(root, 'values/chart with space.yaml');
    expect(git(root, 'status', '--porcelain')).toContain('UU ');
    expect(text).toContain('  # slipway: decide image.pull');
    expect(text.replace(/^ *# slipway.*\n/m, '')).toBe(MERGED);
  });
});

describe('--schema', () => {
  const SCHEMA = JSON.stringify({ properties: { replicas: { type: 'integer', maximum: 1 } } });

  test('names file, line, value and rule of what it refuses, and exits with 1', async () => {
    const root = folder({ 'values.schema.json': SCHEMA });
    const said = await merge(root, '--schema', 'values.schema.json');
    expect([said.code, said.stdout]).toEqual([1, MERGED]);
    expect(said.stderr).toContain(`${path.join(root, 'ours.yaml')}:5: replicas does not meet "maximum": 1`);
    const json = await merge(root, '--schema', 'values.schema.json', '--json');
    const answer = JSON.parse(json.stdout) as { schema: { refused: unknown[] } };
    expect([json.code, isResult(answer), isResult.errors]).toEqual([1, true, null]);
    expect(answer.schema.refused).toMatchObject([{ path: 'replicas', keyword: 'maximum', at: { line: 5 } }]);
  });

  test('takes the new chart, with the charts in it', async () => {
    const root = folder({
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/charts/image/Chart.yaml': 'apiVersion: v2\nname: image\nversion: 1.0.0\n',
      'web/charts/image/values.schema.json': JSON.stringify({ properties: { pull: { enum: ['Always'] } } }),
    });
    const said = await merge(root, '--schema', 'web', '--lang', 'zh-CN');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain(':3：image.pull 必须是 ["Always"] 之一');
  });

  test('what keeps to it is done', async () => {
    const root = folder({ 'values.schema.json': '{}' });
    expect((await merge(root, '--schema', 'values.schema.json')).code).toBe(0);
  });
});
