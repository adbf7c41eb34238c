import {
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { checkFiles } from '../../support/check-case.ts';
import { check, checkHome, edit, goodRepository, NOTES, read, WEB } from '../../support/check-repository.ts';
import { commitAll, git, makeRepository, readTree, writeFiles } from '../../support/repository.ts';
import { toFinding } from '../../../src/features/check/finding.ts';
import { untranslated } from '../../../src/text/language.ts';
import { slipway } from '../../support/slipway.ts';

const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };
/** Cuts a file off in the middle of its first line. */
const SHORT = 16;

describe('what a run is about', () => {
  test('nothing found ends with 0, findings with 1, a wrong call with 2', async () => {
    const root = goodRepository();
    expect((await check(root)).code).toBe(0);
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    const broken = await check(root);
    expect([broken.code, broken.found]).toEqual([1, [`chart-include-crds ${WEB}:18`]]);
    expect((await check(root, ['--format', 'xml'])).code).toBe(2);
    expect((await check(root, ['--fail-on', 'much'])).code).toBe(2);
    expect((await check(root, ['production/nothing'])).code).toBe(2);
    expect((await check(root, ['nothing'])).code).toBe(2);
    expect((await check(root, ['--since', 'no-such-branch'])).code).toBe(2);
  });

  test('a repository without apps was not found to be in order', async () => {
    const root = makeRepository({ '.slipway/config.yaml': 'environments: [production]\n' });
    expect((await slipway(['check', '-C', root], { env: checkHome() })).stdout).toContain('no apps here');
    const chinese = await slipway(['check', '-C', root, '--lang', 'zh'], { env: checkHome() });
    expect(chinese.stdout).toContain('这里没有可检查的应用');
  });

  test('what a server answered stands at the end of a long message, and is kept', () => {
    const text = `${'x'.repeat(600)} GET https://charts.example.org/index.yaml answered 503`;
    const diagnostic = { file: 'a', line: 1, column: 1, message: untranslated(text), hint: untranslated('') };
    expect(toFinding('render-failed', 'error', diagnostic).message.en).toBe(text);
  });

  test('--fail-on decides which findings end with 1', async () => {
    const root = goodRepository();
    writeFiles(root, { 'production/web/values/old.yaml': 'a: 1\n' });
    expect((await check(root)).code).toBe(1);
    expect((await check(root, ['--fail-on', 'error'])).code).toBe(0);
  });

  test('rules: of the configuration hold in every format, at once, and for the exit code', async () => {
    const root = goodRepository();
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    const config = readFileSync(path.join(root, '.slipway/config.yaml'), 'utf8');
    const run = async (level: string, ...args: string[]) => {
      writeFiles(root, { '.slipway/config.yaml': `${config}rules: {chart-include-crds: ${level}}\n` });
      return slipway(['check', '-C', root, ...args], { env: checkHome() });
    };
    expect((await run('error')).code).toBe(1);
    expect((await run('note')).code).toBe(0);
    expect((await run('note', '--fail-on', 'note')).code).toBe(1);
    expect((await run('off', '--fail-on', 'note')).code).toBe(0);
    for (const [format, word] of [
      ['sarif', '"level":"warning"'],
      ['github', '::warning '],
      ['json', '"severity":"warning"'],
    ] as const) {
      expect((await run('warning', '--format', format)).stdout).toContain(word);
      expect((await run('off', '--format', format)).stdout).not.toContain(`includeCRDs: false`);
    }
    expect((await run('off', '--format', 'junit')).stdout).not.toContain('<failure');
  });

  test('a rule that does not exist is refused with the nearest one', async () => {
    const root = goodRepository();
    writeFiles(root, { '.slipway/config.yaml': 'rules: {chart-outdatet: off}\n' });
    const { code, stderr } = await slipway(['check', '-C', root], { env: checkHome() });
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean chart-outdated?')]);
    expect(stderr).toContain('rules.chart-outdatet');
  });

  test('a path stands for its app, a shared file for all that use it, an unused one for none', async () => {
    const root = goodRepository();
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    edit(root, NOTES, 'namespace: notes', 'namespace: other');
    const apps = async (...paths: string[]) => (await check(root, paths)).summary['apps'];
    expect((await check(root, [WEB])).found).toEqual([`chart-include-crds ${WEB}:18`]);
    expect(await apps('production/web/values/web-1.2.3.yaml')).toBe(1);
    expect(await apps('production/web', 'production/notes/resources')).toBe(2);
    expect(await apps('image-prefix.yaml')).toBe(3);
    expect(await apps('production')).toBe(4);
    expect(await apps('web')).toBe(1);
    expect(await apps('.slipway/config.yaml')).toBe(0);
    expect((await slipway(['check', '-C', root, '../x'], { env: checkHome(), cwd: root })).code).toBe(6);
  });

  test('--since takes the apps that changed since the lines of history parted', async () => {
    const root = goodRepository();
    git(root, 'checkout', '--quiet', '-b', 'work');
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    commitAll(root);
    git(root, 'checkout', '--quiet', 'main');
    edit(root, NOTES, 'namespace: notes', 'namespace: other');
    commitAll(root);
    git(root, 'checkout', '--quiet', 'work');
    const run = await check(root, ['--since', 'main']);
    expect([run.summary['apps'], run.found]).toEqual([1, [`chart-include-crds ${WEB}:18`]]);
  });

  test('a second run finds the same, a changed file is read again, a damaged memory is dropped', async () => {
    const root = goodRepository();
    const env = checkHome();
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    const first = await check(root, [], env);
    expect((await check(root, [], env)).stdout).toBe(first.stdout);
    edit(root, WEB, 'includeCRDs: false', 'includeCRDs: true');
    expect((await check(root, [], env)).found).toEqual([]);
    const folder = path.join(env['SLIPWAY_CACHE_DIR'] ?? '', 'check');
    for (const name of readdirSync(folder)) truncateSync(path.join(folder, name), SHORT);
    expect((await check(root, [], env)).found).toEqual([]);
  });

  test('odd-file: links, devices, large files and other encodings are found, never followed', async () => {
    const root = goodRepository();
    const folder = path.join(root, 'production/web/resources');
    symlinkSync('/etc/passwd', path.join(folder, 'link.yaml'));
    writeFileSync(path.join(folder, 'large.yaml'), 'a: 1\n'.repeat(2_300_000));
    writeFileSync(path.join(folder, 'latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    const run = await check(root);
    const odd = ['large.yaml', 'latin.yaml', 'link.yaml'];
    expect(run.found).toEqual(odd.map(name => `odd-file production/web/resources/${name}:1`));
    expect(run.stdout).not.toContain('root:');
  });
});

describe('YAML that other programs write or fill in', () => {
  test('a map as a key is a finding of its file, tags are read, and nothing crashes', async () => {
    const root = goodRepository();
    writeFiles(root, {
      'production/web/extra.yaml': 'kind: {{ .Values.kind }}\n',
      'loose/map.yaml': 'kind: HTTPRoute\n? {a: 1}\n: b\n',
      'production/web/blueprint.yaml': 'id: !Find [a, b]\nenv: !env_var HOME\npw: !secret x\n',
    });
    const { code, found } = await check(root);
    expect(code).toBe(1);
    expect(found.filter(line => !line.startsWith('present-but-unlisted'))).toEqual([
      'yaml-syntax production/web/extra.yaml:1',
    ]);
  });

  test('templates of charts and skeletons are left out, counted and named', async () => {
    const root = goodRepository();
    const before = await check(root);
    expect(before.summary['templates']).toBeUndefined();
    writeFiles(root, {
      'production/web/chart/Chart.yaml': 'name: web\n',
      'production/web/chart/templates/a.yaml': '{{- if .Values.a }}\na: 1\n{{- end }}\n',
      'golden/template.yaml': 'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\n',
      'golden/skeleton/production/x/kustomization.yaml': 'namespace: ${{ values.x }}\n{{ a }}: 1\n',
      'production/{{cookiecutter.app}}/kustomization.yaml': '{{ cookiecutter.a }}: 1\n',
    });
    const after = await check(root);
    expect(after.found.filter(line => line.startsWith('yaml-syntax'))).toEqual([]);
    expect(after.summary).toEqual({ ...before.summary, templates: 3, ...pick(after.summary, ['warnings']) });
    const text = await slipway(['check', '-C', root], { env: checkHome() });
    expect(text.stdout).toContain('3 template files were left out');
    const chinese = await slipway(['check', '-C', root, '--lang', 'zh-CN'], { env: checkHome() });
    expect(chinese.stdout).toContain('略过 3 个模板文件');
  });

  test('an app in another app’s folder is checked by its own name, and its files are its own', async () => {
    const root = goodRepository();
    writeFiles(root, {
      '.slipway/config.yaml': read(root, '.slipway/config.yaml').replace(
        '[production, staging]',
        '[production, staging, production/web]',
      ),
      'production/web/inner/kustomization.yaml': 'namespace: inner\nresorces: []\n',
    });
    const shape = (found: string[]): string[] => found.filter(line => line.startsWith('kustomization-shape'));
    const inner = ['kustomization-shape production/web/inner/kustomization.yaml:2'];
    expect(shape((await check(root, ['production/web/inner'])).found)).toEqual(inner);
    expect(shape((await check(root, ['production/web/inner/kustomization.yaml'])).found)).toEqual(inner);
    expect(shape((await check(root, ['production/web'])).found)).toEqual([]);
    expect(shape((await check(root)).found)).toEqual(inner);
  });
});

function pick<Value>(data: Record<string, Value>, keys: string[]): Record<string, Value> {
  return Object.fromEntries(keys.flatMap(key => (key in data ? [[key, data[key] as Value]] : [])));
}

describe('comments', () => {
  test('silence one line, or a file from its top, with a reason', async () => {
    const root = goodRepository();
    edit(
      root,
      WEB,
      '    includeCRDs: true',
      '    includeCRDs: false # slipway-ignore: chart-include-crds has none',
    );
    edit(root, WEB, '    releaseName: web-cache\n', '');
    const run = await check(root);
    expect([run.found, run.summary['suppressed']]).toEqual([[`chart-release-name ${WEB}:21`], 1]);
    writeFileSync(
      path.join(root, WEB),
      `# slipway-ignore: chart-release-name made up on purpose\n${read(root, WEB)}`,
    );
    expect((await check(root)).found).toEqual([]);
  });

  test('silence findings about several apps too', async () => {
    const root = goodRepository();
    const route = 'production/web/resources/httproute.yaml';
    edit(root, route, '- web.a.', '# slipway-ignore: route-host-taken both answer\n    - notes.a.');
    edit(root, route, '- web.apps.', '# slipway-ignore: route-host-taken both answer\n    - notes.apps.');
    const run = await check(root);
    expect([run.found, run.summary['suppressed']]).toEqual([[], 2]);
  });
});

describe('--fix', () => {
  test('G01 a file with unstaged changes is left alone; --force mends it and tells how to get it back', async () => {
    const root = goodRepository();
    edit(root, WEB, 'resources:\n', 'bases:\n');
    const before = read(root, WEB);
    const left = await check(root, ['--fix']);
    expect(left.left).toEqual([
      { file: WEB, reason: 'has changes that are not staged (--force fixes it all the same)' },
    ]);
    expect([left.code, read(root, WEB)]).toEqual([1, before]);
    const forced = await check(root, ['--fix', '--force']);
    expect([forced.code, forced.found, git(root, 'diff')]).toEqual([0, [], '']);
    const restore = /git cat-file blob ([0-9a-f]+)/.exec(forced.stderr)?.[1] ?? '';
    expect(git(root, 'cat-file', 'blob', restore)).toBe(before);
  });

  test('G02 other files may be dirty; committed and staged content is mended, and shown', async () => {
    const root = goodRepository();
    edit(root, WEB, 'resources:\n', 'bases:\n');
    commitAll(root);
    edit(root, NOTES, 'resources:\n', 'bases:\n');
    git(root, 'add', NOTES);
    writeFiles(root, {
      'production/web/resources/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n',
    });
    const run = await slipway(['check', '-C', root, '--fix'], { env: checkHome(), cwd: root });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('+resources:');
    expect(read(root, NOTES)).toContain('resources:\n');
  });

  test('G03 untracked, ignored and hidden files are left alone', async () => {
    const root = goodRepository();
    edit(root, WEB, 'resources:\n', 'bases:\n');
    commitAll(root);
    git(root, 'update-index', '--assume-unchanged', WEB);
    writeFiles(root, {
      '.gitignore': 'secret-app/\n',
      'production/new/kustomization.yaml': 'namespace: new\nbases: []\n',
      'production/secret-app/kustomization.yaml': 'namespace: secret-app\nbases: []\n',
    });
    const before = readTree(root);
    const run = await check(root, ['--fix']);
    expect(run.left.map(({ file, reason }) => `${file} ${reason.slice(0, 12)}`)).toEqual([
      'production/new/kustomization.yaml is in no com',
      'production/secret-app/kustomization.yaml is in no com',
      `${WEB} is hidden fr`,
    ]);
    expect(readTree(root)).toEqual(before);
  });

  test('G04 nothing is written in the middle of a merge', async () => {
    const root = goodRepository();
    edit(root, WEB, 'resources:\n', 'bases:\n');
    commitAll(root);
    writeFileSync(path.join(root, '.git/MERGE_HEAD'), git(root, 'rev-parse', 'HEAD'));
    expect((await check(root)).code).toBe(1);
    expect((await check(root, ['--fix'])).code).toBe(6);
    expect(read(root, WEB)).toContain('bases:\n');
  });

  test('a dry run shows the difference and writes nothing', async () => {
    const root = goodRepository();
    edit(root, WEB, 'resources:\n', 'bases:\n');
    commitAll(root);
    const run = await check(root, ['--fix', '--dry-run']);
    expect(run.changes.map(change => change.path)).toEqual([WEB]);
    expect(run.stderr).toContain('+resources:');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('what is silenced is not mended', async () => {
    const root = goodRepository();
    edit(
      root,
      WEB,
      '    includeCRDs: true',
      '    includeCRDs: false # slipway-ignore: chart-include-crds has none',
    );
    commitAll(root);
    expect((await check(root, ['--fix'])).changes).toEqual([]);
  });

  test('G10 with --staged the index is read, and nothing is staged', async () => {
    const root = goodRepository();
    edit(root, WEB, 'resources:\n', 'bases:\n');
    git(root, 'add', WEB);
    edit(root, WEB, 'bases:\n', 'resources:\n');
    const index = git(root, 'ls-files', '--stage');
    const staged = await check(root, ['--staged']);
    expect([staged.code, staged.found]).toEqual([1, [`deprecated-field ${WEB}:7`]]);
    expect((await check(root)).found).toEqual([]);
    const mended = await check(root, ['--staged', '--fix', '--force']);
    expect(mended.left).toEqual([{ file: WEB, reason: 'is not as it is staged' }]);
    git(root, 'checkout-index', '--force', WEB);
    const again = await check(root, ['--staged', '--fix']);
    expect([again.code, again.changes.length]).toEqual([1, 1]);
    expect(read(root, WEB)).toContain('resources:\n');
    expect(git(root, 'ls-files', '--stage')).toBe(index);
  });
});

describe('git and the machine', () => {
  test('G05 detached, unborn, another work tree, none at all', async () => {
    const root = goodRepository();
    git(root, 'checkout', '--quiet', '--detach');
    expect((await check(root)).code).toBe(0);
    const other = path.join(root, '../', `${path.basename(root)}-tree`);
    git(root, 'worktree', 'add', '--quiet', other);
    expect((await check(other)).code).toBe(0);
    expect((await check(other, ['--staged'])).code).toBe(0);
    rmSync(other, { recursive: true });
    rmSync(path.join(root, '.git'), { recursive: true });
    expect((await check(root)).code).toBe(0);
    expect((await check(root, ['--staged'])).code).toBe(6);
    git(root, 'init', '--quiet', '--template=');
    expect((await check(root)).code).toBe(0);
    git(root, 'add', '.');
    expect((await check(root, ['--staged'])).summary['apps']).toBe(4);
  });

  test('G06 a lock of the index does not matter', async () => {
    const root = goodRepository();
    writeFileSync(path.join(root, '.git/index.lock'), '');
    expect((await check(root, ['--staged'])).code).toBe(0);
    expect((await check(root)).code).toBe(0);
  });

  test('G08 nothing that the configuration of the repository names is run', async () => {
    const root = goodRepository();
    const trap = path.join(root, '../', `${path.basename(root)}-trap`);
    const evil = path.join(root, '.git/evil.sh');
    writeFileSync(evil, `#!/bin/sh\ntouch ${trap}\ncat\n`);
    chmodSync(evil, 0o755);
    for (const key of ['core.fsmonitor', 'diff.external', 'filter.x.clean', 'filter.x.smudge', 'core.pager'])
      git(root, 'config', key, evil);
    writeFiles(root, { '.git/info/attributes': '* filter=x\n' });
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    await check(root, ['--staged']);
    await check(root, ['--since', 'HEAD']);
    await check(root, ['--fix', '--force']);
    expect(readdirSync(path.dirname(trap))).not.toContain(path.basename(trap));
  });

  test('G09 odd names come through git as they are', async () => {
    const root = goodRepository();
    const file = 'production/web/resources/a "b"\n\u00e9.yaml';
    writeFiles(root, { [file]: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n' });
    git(root, 'add', '--all');
    const run = await check(root, ['--staged']);
    expect(run.found).toEqual([`present-but-unlisted ${file}:1`]);
  });

  test('G11 eight at once find the same and leave a memory that can be read', async () => {
    const root = goodRepository();
    const env = checkHome();
    edit(root, WEB, 'includeCRDs: true', 'includeCRDs: false');
    const runs = await Promise.all(Array.from({ length: 8 }, () => check(root, [WEB], env)));
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect((await check(root, [WEB], env)).stdout).toBe(runs[0]?.stdout);
  });

  test('G12 without a place for a cache, without network, in CI', async () => {
    const root = goodRepository();
    const before = readTree(root);
    const env = { ...checkHome(), SLIPWAY_CACHE_DIR: '/dev/null/cache', CI: 'true' };
    expect((await check(root, ['--offline'], env)).code).toBe(0);
    expect(readTree(root)).toEqual(before);
  });
});

describe('hostile YAML', () => {
  const APP = 'production/evil/kustomization.yaml';
  const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: evil\n';
  const REFUSED: [id: string, text: string][] = [
    ['Y01 flow nested 5 000 deep', `${HEAD}a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`],
    ['Y02 dashes nested 5 000 deep', `${HEAD}a:\n  ${'- '.repeat(5000)}x\n`],
    ['Y03 billion laughs', `${HEAD}a: &a [x, x, x, x, x, x, x, x]\n${laughs()}`],
    ['Y04 an alias in itself', `${HEAD}a: &a [*a]\n`],
    ['Y07 a key twice', `${HEAD}namespace: twice\n`],
    ['Y08 a tag that makes code', `${HEAD}a: !!js/function 'x'\n`],
    ['Y10 an open quote', `${HEAD}a: 'x\n`],
    ['Y14 a template', `${HEAD}{{ if .Values.a }}\na: 1\n{{ end }}\n`],
  ];
  test.each(REFUSED)('%s is a finding, and --fix leaves the file', async (_, text) => {
    const root = makeRepository({ [APP]: text });
    const run = await check(root, ['--fix']);
    expect(run.findings.map(({ code, file }) => `${code} ${file}`)).toContain(`yaml-syntax ${APP}`);
    expect([run.code, read(root, APP)]).toEqual([1, text]);
  });

  function laughs(): string {
    const names = 'abcdefghij'.split('');
    return names
      .slice(1)
      .map(
        (name, index) =>
          `${name}: &${name} [${Array.from({ length: 8 }, () => `*${names[index]}`).join(', ')}]\n`,
      )
      .join('');
  }

  test('Y05 names of prototypes are fields like others', async () => {
    const root = makeRepository({
      [APP]: `${HEAD}__proto__: {polluted: true}\nconstructor: {prototype: {a: 1}}\n`,
    });
    const run = await check(root);
    expect(run.findings.map(({ code }) => code)).toEqual(['kustomization-shape', 'kustomization-shape']);
  });

  const CHART = `helmCharts:\n- name: a\n  repo: https://example.test\n  version: 1.0.0\n  releaseName: a\n  namespace: evil\n`;
  const FIXED: [id: string, before: string, after: string][] = [
    [
      'Y11 Windows line ends, a byte order mark, no last line end',
      `\ufeff${HEAD}# note\n${CHART}  # why not\n  includeCRDs: false   # spaces`.replaceAll('\n', '\r\n'),
      `\ufeff${HEAD}# note\n${CHART}  # why not\n  includeCRDs: true   # spaces`.replaceAll('\n', '\r\n'),
    ],
    [
      'Y12 numbers that parsers change stay',
      `${HEAD}${CHART}  includeCRDs: false\n  valuesInline: {a: 0x1F, b: 1.10, c: 012, d: 1_000, e: ~, f: 12345678901234567890}\n`,
      `${HEAD}${CHART}  includeCRDs: true\n  valuesInline: {a: 0x1F, b: 1.10, c: 012, d: 1_000, e: ~, f: 12345678901234567890}\n`,
    ],
    [
      'Y15 a map in one line',
      `${HEAD}helmCharts: [{name: a, repo: https://example.test, version: 1.0.0, releaseName: a, namespace: evil}]\n`,
      `${HEAD}helmCharts: [{name: a, repo: https://example.test, version: 1.0.0, releaseName: a, namespace: evil, includeCRDs: true}]\n`,
    ],
    ['Y06 a merged key is not written out', mergeKey(false), mergeKey(false)],
    ['Y17 a value with an anchor', anchored(), anchored()],
    ['Y18 an entry that is an alias', shared(), shared()],
  ];
  test.each(FIXED)('%s', async (_, before, after) => {
    // One app shows no habit: the repository has to say that it wants the rule.
    const wanted = '.slipway/config.yaml';
    const files = new Map([
      [APP, before],
      [wanted, 'rules: { chart-include-crds: error }\n'],
    ]);
    const { mended } = await checkFiles(files, NOTHING);
    expect(mended.get(APP)).toBe(after);
  });

  function mergeKey(value: boolean): string {
    return `${HEAD}helmCharts:\n- &a {name: a, repo: https://example.test, version: 1.0.0, releaseName: a, namespace: evil, includeCRDs: true}\n- <<: *a\n  releaseName: b\n  includeCRDs: ${!value}\n`;
  }

  function anchored(): string {
    return `${HEAD}${CHART}  includeCRDs: &no false\n  skipTests: *no\n`;
  }

  function shared(): string {
    return `${HEAD}helmCharts:\n- &a {name: a, repo: https://example.test, version: 1.0.0, namespace: evil, includeCRDs: true, releaseName: a}\n- *a\n`;
  }

  test('Y16 values of another kind than expected are named, nothing throws', async () => {
    const root = makeRepository({
      [APP]: `${HEAD}helmCharts: {name: a}\nresources: a\nimages: [1]\ntransformers: [{a: 1}]\n`,
      'production/evil/resources/a.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {hostnames: a, rules: {b: 1}}\n',
    });
    const run = await check(root, ['--fix']);
    expect(run.code).toBe(1);
    expect(run.findings.map(({ code }) => code)).toContain('kustomization-shape');
  });

  test('Y19 what steers a terminal stays in the file and is not printed', async () => {
    const name = '\u202egpj\u001b[31m';
    const root = makeRepository({
      [APP]: `${HEAD}resources:\n  - "${name.replace('\u001b', String.raw`\e`)}.yaml"\n`,
    });
    const run = await slipway(['check', '-C', root, '--fix'], { env: checkHome(), cwd: root });
    expect(run.code).toBe(1);
    expect(run.stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test('Y09 a map of 100 000 keys is checked', async () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}\n`).join('');
    const root = makeRepository({ [APP]: HEAD, 'production/evil/values/a.yaml': keys });
    expect((await check(root)).found).toEqual(['values-unused production/evil/values/a.yaml:1']);
  });
});

describe('formats', () => {
  const broken = (): string => {
    const root = goodRepository();
    edit(root, WEB, '    releaseName: web\n', '    releaseName: "a%b, <c>&"\n');
    edit(root, NOTES, 'transformers:\n  - ../../image-prefix.yaml\n', '');
    return root;
  };
  const print = async (root: string, format: string, ...more: string[]) =>
    (await slipway(['check', '-C', root, '--format', format, ...more], { env: checkHome(), cwd: root }))
      .stdout;

  test('json follows the shipped schema, with changes and what was left', async () => {
    const schema = JSON.parse(readFileSync('schemas/check.schema.json', 'utf8')) as object;
    const isValid = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    const root = broken();
    for (const args of [[], ['--fix'], ['--fix', '--force', '--dry-run']]) {
      const report: unknown = JSON.parse((await check(root, args)).stdout);
      expect([isValid(report), isValid.errors]).toEqual([true, null]);
    }
  });

  test('terminal groups by file and says how to mend, in both languages', async () => {
    const root = broken();
    const english = await print(root, 'terminal');
    expect(english).toContain(`${WEB}\n  16:5`);
    expect(english).toContain('[--fix]');
    expect(english).toContain('1 error, 1 warning, 0 notes in 2 files of 4 apps');
    expect(await print(root, 'terminal', '--lang', 'zh-CN')).toContain('1 个错误，1 个警告');
  });

  test('sarif names rules and places', async () => {
    const log = JSON.parse(await print(broken(), 'sarif')) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[] }[];
    };
    type Result = {
      ruleId: string;
      ruleIndex: number;
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
    };
    const run = log.runs[0];
    const first = run?.results.find(({ ruleId }) => ruleId === 'chart-release-name');
    expect(log.version).toBe('2.1.0');
    expect(run?.tool.driver.rules[first?.ruleIndex ?? -1]?.id).toBe('chart-release-name');
    expect(first?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: WEB },
      region: { startLine: 16 },
    });
  });

  test('github writes one command a line, its signs escaped', async () => {
    const lines = (await print(broken(), 'github')).trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe(
      `::error file=${WEB},line=16,col=5,title=chart-release-name::a%25b, <c>& is not a release name: use at most 53 lower-case letters, digits and "-"`,
    );
  });

  test('junit is XML with one failure for each finding', async () => {
    const xml = await print(broken(), 'junit');
    expect(xml).toContain('tests="2" failures="2"');
    expect(xml).toContain('message="a%b, &lt;c&gt;&amp; is not a release name"');
  });

  test('no secret is printed in any format', async () => {
    const root = goodRepository();
    const secret = 'k9Qz7LmX2vB4tR';
    edit(root, 'production/notes/resources/settings.yaml', 'LOG_LEVEL: info', `DB_PASSWORD: ${secret}`);
    writeFiles(root, {
      'production/notes/resources/s.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: ${secret}}\n`,
    });
    for (const format of ['terminal', 'json', 'sarif', 'github', 'junit']) {
      const text = await print(root, format);
      expect(text).toContain('secret-value');
      expect(text).not.toContain(secret);
    }
  });
});

test('S10 S17 a moved SealedSecret and a plain Secret are errors, and history is spoken of', async () => {
  const root = goodRepository();
  edit(root, NOTES, 'resources:\n', 'nameSuffix: -blue\nresources:\n');
  writeFiles(root, {
    'production/notes/more/s.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aHVudGVyMng=}\n',
  });
  const run = await check(root);
  expect(run.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'error secret-plaintext',
    'error sealed-secret-scope',
  ]);
  expect(run.stdout).toContain('history keeps the old one');
});
