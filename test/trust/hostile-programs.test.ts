import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packChart } from '../../src/archive/chart-archive.ts';
import { openGit } from '../../src/system/git/git.ts';
import { findKustomize } from '../../src/system/tools/kustomize.ts';
import { archiveOf, serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { check, type CheckRun } from '../support/check-repository.ts';
import { type FixtureServer, serveHttp } from '../support/http-server.ts';
import { canRender } from '../support/kustomize.ts';
import { commitAll, git, makeFolder, makeRepository, writeFiles } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import { findTool } from '../support/tools.js';

/** Every request to it is one too many. */
let stranger: FixtureServer;
beforeAll(async () => {
  stranger = await serveHttp({ '*': { body: '{"type":"object"}' } });
});
beforeEach(() => stranger.received.splice(0));
afterAll(() => stranger.close());

const APP = 'production/shop';
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made}\n';
/** The tools of PATH, though there be a renderer. */
const TOOLS = { SLIPWAY_RENDERER: '' };
const NO_SCHEMAS = { SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json' };

/** As on a machine that lets nobody make namespaces: what holds there holds by our own doing. */
function withoutSandbox(): Record<string, string> {
  const bin = makeFolder();
  for (const name of ['helm', 'kustomize', 'git', 'sh', 'env', 'cat'])
    symlinkSync(findTool(name) ?? '', path.join(bin, name));
  return { ...(testEnv(makeFolder(), { PATH: bin }) as Record<string, string>), ...NO_SCHEMAS, ...TOOLS };
}

function withSandbox(): Record<string, string> {
  return { ...(testEnv(makeFolder()) as Record<string, string>), ...NO_SCHEMAS, ...TOOLS };
}

/** slipway's own renderer, and no tools. */
function withRenderer(): Record<string, string> {
  const bin = makeFolder();
  for (const name of ['git', 'sh', 'env', 'cat']) symlinkSync(findTool(name) ?? '', path.join(bin, name));
  const more = {
    PATH: bin,
    SLIPWAY_RENDERER: findTool('slipway-renderer') ?? '',
    SLIPWAY_RENDER_MEMORY: '384',
  };
  return { ...(testEnv(makeFolder(), more) as Record<string, string>), ...NO_SCHEMAS };
}

const hasRenderer = findTool('slipway-renderer') !== undefined;

test.runIf(hasRenderer)('slipway-renderer is built, so that it is tried', () => {
  expect(hasRenderer).toBe(true);
});

const MACHINES = [
  ['with the sandbox', withSandbox],
  ['without', withoutSandbox],
  ...(hasRenderer ? [['with the renderer inside', withRenderer] as const] : []),
] as const;

function kustomization(more: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\n${more}`;
}

function entry(more = ''): string {
  return `helmCharts:\n  - name: evil\n    releaseName: shop\n    namespace: shop\n${more}`;
}

function chart(name = 'evil', more = ''): string {
  return `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${more}`;
}

/** A repository with one hostile app, and one that must be done in spite of it. */
function hostile(files: Record<string, string>): string {
  return makeRepository({
    [`${APP}/.gitignore`]: 'charts/*\n!charts/evil\n',
    [`${APP}/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
    'production/calm/kustomization.yaml': 'namespace: calm\nresources:\n  - map.yaml\n',
    'production/calm/map.yaml': CONFIG_MAP,
    [`${APP}/charts/evil/values.yaml`]: 'a: 1\n',
    ...files,
  });
}

/** A program that leaves a trace. */
function plant(root: string, file: string, trace: string): string {
  writeFiles(root, { [file]: `#!/bin/sh\necho ran >>${trace}\ncat\n` });
  chmodSync(path.join(root, file), 0o755);
  return path.join(root, file);
}

function failures({ findings, stdout }: CheckRun): string[] {
  expect(stdout).toContain('"rendered"');
  return findings.filter(({ code }) => code === 'render-failed').map(({ file }) => file);
}

function refusals({ findings, stdout }: CheckRun): string[] {
  expect(stdout).toContain('"rendered"');
  return findings.filter(({ code }) => code === 'render-refused').map(({ file }) => file);
}

/** Kustomize without the gate before it: the second line has to hold by itself. */
async function buildUngated(root: string, machine: Record<string, string>): Promise<string> {
  const env = machine['SLIPWAY_RENDERER'] ? withSandbox() : machine;
  const kustomize = await findKustomize({ env, signal: new AbortController().signal });
  const helm = { command: env['SLIPWAY_HELM'] ?? 'helm' };
  const built = await kustomize?.build(path.join(root, APP), helm).catch((error: unknown) => error);
  return String(built);
}

describe.runIf(canRender).each(MACHINES)('a clone, %s', (_, machine) => {
  test('C03 plugins of a helm home in the clone stay where they are', async () => {
    const trace = path.join(makeFolder(), 'trace');
    const root = hostile({
      [`${APP}/kustomization.yaml`]: kustomization('generators:\n  - generator.yaml\n'),
      [`${APP}/home/.data/plugins/evil/plugin.yaml`]:
        'name: evil\nversion: 0.1.0\nusage: u\ndescription: d\ncommand: "$HELM_PLUGIN_DIR/run.sh"\ndownloaders:\n  - command: run.sh\n    protocols: [evil]\n',
    });
    writeFiles(root, {
      [`${APP}/generator.yaml`]: `apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: missing\nrepo: evil://x\nversion: 1.0.0\nreleaseName: shop\nchartHome: charts\nconfigHome: ${root}/${APP}/home\n`,
    });
    plant(root, `${APP}/home/.data/plugins/evil/run.sh`, trace);
    commitAll(root);
    const run = await check(root, ['--render', '--offline'], machine());
    await slipway(['upgrade', '-C', root, '--dry-run', '--no-input'], { cwd: root, env: machine() });
    expect(existsSync(trace)).toBe(false);
    expect(refusals(run)).toEqual([`${APP}/generator.yaml`]);
    expect(await buildUngated(root, machine())).toContain('slipway runs no helm pull');
    expect(existsSync(trace)).toBe(false);
  });

  test('C03 a release whose name is a flag of helm runs no post-renderer', async () => {
    const trace = path.join(makeFolder(), 'trace');
    const root = hostile({
      [`${APP}/charts/evil/Chart.yaml`]: chart(),
      [`${APP}/charts/evil/templates/a.yaml`]: CONFIG_MAP,
    });
    const program = plant(root, `${APP}/render.sh`, trace);
    writeFiles(root, {
      [`${APP}/kustomization.yaml`]: kustomization(
        `helmCharts:\n  - name: evil\n    releaseName: --post-renderer=${program}\n    nameTemplate: shop\n    namespace: shop\n`,
      ),
    });
    commitAll(root);
    const run = await check(root, ['--render', '--offline'], machine());
    expect(refusals(run)).toEqual([`${APP}/kustomization.yaml`]);
    expect(await buildUngated(root, machine())).toContain(
      'slipway runs no helm template with --post-renderer',
    );
    expect(existsSync(trace)).toBe(false);
  });

  test('C03 values at an address reach nobody, not even the proxy of whoever runs slipway', async () => {
    const root = hostile({
      [`${APP}/kustomization.yaml`]: kustomization(
        entry('    additionalValuesFiles: ["http://values.example.test/values.yaml"]\n'),
      ),
      [`${APP}/charts/evil/Chart.yaml`]: chart(),
      [`${APP}/charts/evil/templates/a.yaml`]: CONFIG_MAP,
    });
    await check(root, ['--render'], { ...machine(), HTTP_PROXY: stranger.url, http_proxy: stranger.url });
    expect(stranger.received.map(({ path: asked }) => asked)).toEqual([]);
  });

  test.each(['--offline', '--render'])('C07 no schema makes a request (%s)', async flag => {
    const refer = (name: string): string =>
      JSON.stringify({ properties: { a: { $ref: `${stranger.url}/${name}` } } });
    const innermost = archiveOf({
      name: 'innermost',
      version: '0.1.0',
      files: { 'values.schema.json': refer('innermost') },
    });
    const inner = packChart('inner', [
      ['Chart.yaml', chart('inner', 'dependencies: [{name: innermost, version: 0.1.0}]\n')],
      ['charts/innermost-0.1.0.tgz', innermost],
      ['values.schema.json', `{"$id":"${stranger.url}/id/","properties":{"a":{"$dynamicRef":"dynamic"}}}`],
    ]);
    const root = hostile({
      [`${APP}/kustomization.yaml`]: kustomization(entry()),
      [`${APP}/charts/evil/Chart.yaml`]: chart(
        'evil',
        'dependencies: [{name: folder, version: 0.1.0}, {name: inner, version: 0.1.0}]\n',
      ),
      [`${APP}/charts/evil/values.schema.json`]: `{"$schema":"${stranger.url}/meta","\\u0024ref":"${stranger.url}/escaped"}`,
      [`${APP}/charts/evil/templates/a.yaml`]: CONFIG_MAP,
      [`${APP}/charts/evil/charts/folder/Chart.yaml`]: chart('folder'),
      [`${APP}/charts/evil/charts/folder/values.schema.json`]: refer('folder'),
    });
    const archive = path.join(root, APP, 'charts/evil/charts/inner-0.1.0.tgz');
    writeFiles(root, { [path.relative(root, archive)]: '' });
    writeFileSync(archive, inner);
    commitAll(root);
    const run = await check(
      root,
      ['--render', flag].filter((word, at, all) => all.indexOf(word) === at),
      machine(),
    );
    expect(failures(run)).toEqual([]);
    expect(stranger.received.map(({ path: asked }) => asked)).toEqual([]);
    const said = run.findings
      .filter(({ code }) => code === 'schema-invalid')
      .map(found => JSON.stringify(found));
    for (const word of [
      '/meta',
      '/escaped',
      '/folder',
      'inner-0.1.0.tgz/values.schema.json: dynamic',
      '/innermost',
    ])
      expect(said.some(text => text.includes(word) && text.includes('"note"'))).toBe(true);
    // The person's own file stays as it is.
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});

describe.runIf(canRender).each(MACHINES)('a chart repository, %s', (_, machine) => {
  let charts: TestRepository;
  beforeAll(async () => {
    const at = (version: string, schema: Record<string, string>) => ({
      name: 'evil',
      version,
      files: { 'values.yaml': 'a: 1\n', 'templates/a.yaml': CONFIG_MAP.replace('made', 'evil'), ...schema },
    });
    const schema = JSON.stringify({ $schema: `${stranger.url}/meta`, $ref: `${stranger.url}/ref` });
    charts = await serveCharts([at('1.0.0', {}), at('1.1.0', { 'values.schema.json': schema })]);
  });
  afterAll(() => charts.close());

  function shop(): string {
    return hostile({
      [`${APP}/kustomization.yaml`]: kustomization(
        entry(`    repo: ${charts.url}\n    version: 1.0.0\n    valuesFile: values/evil-1.0.0.yaml\n`),
      ),
      [`${APP}/values/evil-1.0.0.yaml`]: 'a: 1\n',
    });
  }

  test('C07 upgrade, new-app and add say that a schema was not used whole, and ask nobody for the rest', async () => {
    const root = shop();
    const run = (...args: string[]): Promise<Run> =>
      slipway([...args, '-C', root], { cwd: root, env: machine() });
    const upgraded = await run('upgrade', '--dry-run', '--no-input');
    const chosen = ['--chart', 'evil', '--repo', charts.url, '--yes', '--dry-run', '--route', 'none'];
    const made = await run('new-app', 'fresh', ...chosen);
    const added = await run('add', 'chart', 'calm', ...chosen.slice(0, -2));
    expect(stranger.received.map(({ path: asked }) => asked)).toEqual([]);
    for (const { stdout, stderr } of [upgraded, made, added])
      expect(stdout + stderr).toContain(`${stranger.url}/ref`);
  });
});

/** What helm grows to, in MiB, while work runs. */
async function peakOfHelm<Result>(work: () => Promise<Result>): Promise<{ peak: number; result: Result }> {
  let peak = 0;
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
      const status = readIfAlive(`/proc/${pid}/status`);
      if (!/^Name:\s*(?:helm|kustomize|slipway-rendere)$/m.test(status) || !isOurs(status)) continue;
      peak = Math.max(peak, Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024);
    }
  }, 5);
  try {
    return { result: await work(), peak };
  } finally {
    clearInterval(timer);
  }
}

/** Other test files start renderers at the same time: those that this process leads to count. */
function isOurs(status: string): boolean {
  const parent = /^PPid:\s*(\d+)$/m.exec(status)?.[1];
  if (parent === undefined || parent === '0' || parent === '1') return false;
  return parent === String(process.pid) || isOurs(readIfAlive(`/proc/${parent}/status`));
}

function readIfAlive(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const BOMBS = {
  'a long text': '{{ repeat 400000000 "a" }}',
  'a long list': '{{ until 100000000 | len }}',
  'a template in itself': '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
  'a gigabyte of output': '{{ range until 100000 }}\n- {{ repeat 10000 "a" }}{{ end }}',
  'text of text': '{{ $t := "{{ repeat 100000 \\"a\\" }}" }}{{ range until 100000 }}{{ tpl $t $ }}{{ end }}',
};

const BOMBED = MACHINES.filter(([, machine]) => machine !== withoutSandbox);

describe.runIf(canRender).each(BOMBED)('C08 bombs, %s', (_name, machine) => {
  test.each(Object.entries(BOMBS))('%s is the error of its app, within 512 MiB', async (_, bomb) => {
    const root = hostile({
      [`${APP}/kustomization.yaml`]: kustomization(entry()),
      [`${APP}/charts/evil/Chart.yaml`]: chart(),
      [`${APP}/charts/evil/templates/a.yaml`]: `${CONFIG_MAP}data: {a: ${bomb}}\n`,
    });
    const { result, peak } = await peakOfHelm(() => check(root, ['--render', '--offline'], machine()));
    expect(failures(result)).toEqual([`${APP}/kustomization.yaml`]);
    expect(result.stdout).toMatch(
      /does not render: .*(?:MiB of memory|error calling include|printed more|no answer|recurses too deep|more than \d+ ms)/,
    );
    expect(result.summary['rendered']).toBe(1);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(512 + 128);
  });

  test('upgrade leaves that app out, and does the others', async () => {
    const at = (name: string, version: string, text: string) => ({
      name,
      version,
      files: { 'values.yaml': 'a: 1\n', 'templates/a.yaml': `${CONFIG_MAP}data: {a: ${text}}\n` },
    });
    const charts = await serveCharts([
      at('evil', '1.0.0', 'b'),
      at('evil', '1.1.0', BOMBS['a long text']),
      at('good', '1.0.0', 'b'),
      at('good', '1.1.0', 'c'),
    ]);
    const app = (name: string) => ({
      [`production/${name}/.gitignore`]: 'charts/*\n',
      [`production/${name}/kustomization.yaml`]: `namespace: ${name}\nhelmCharts:\n  - name: ${name}\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: ${name}\n    namespace: ${name}\n    valuesFile: values/${name}-1.0.0.yaml\n`,
      [`production/${name}/values/${name}-1.0.0.yaml`]: 'a: 1\n',
    });
    const root = makeRepository({ ...app('evil'), ...app('good') });
    const { result, peak } = await peakOfHelm(() =>
      slipway(['upgrade', '-C', root, '--no-input', '--yes'], { cwd: root, env: machine() }),
    );
    await charts.close();
    expect([result.stdout + result.stderr]).toEqual([expect.stringContaining('MiB of memory')]);
    expect(
      git(root, 'status', '--porcelain')
        .split('\n')
        .some(line => line.includes('production/evil')),
    ).toBe(false);
    expect(readFileSync(path.join(root, 'production/good/kustomization.yaml'), 'utf8')).toContain(
      'version: 1.1.0',
    );
    expect(peak).toBeLessThan(512 + 128);
  });
});

describe('C19, T15 the configuration of a git repository', () => {
  /** Everything in it that git would start. */
  function trap(dir: string, program: string): void {
    const settings = {
      'core.fsmonitor': program,
      'core.hooksPath': path.dirname(program),
      'core.sshCommand': program,
      'core.pager': program,
      'core.editor': program,
      'core.askPass': program,
      'core.gitProxy': program,
      'core.alternateRefsCommand': program,
      'credential.helper': `!${program}`,
      'diff.external': program,
      'diff.evil.command': program,
      'diff.evil.textconv': program,
      'filter.evil.clean': program,
      'filter.evil.smudge': program,
      'filter.evil.process': program,
      'filter.evil.required': 'true',
      'gpg.program': program,
      'log.showSignature': 'true',
      'uploadpack.packObjectsHook': program,
      'remote.origin.url': `ext::${program}`,
      'remote.origin.uploadpack': program,
      'remote.origin.promisor': 'true',
      'extensions.partialClone': 'origin',
      'protocol.ext.allow': 'always',
      'submodule.fetchJobs': '1',
      'alias.status': `!${program}`,
      'alias.config': `!${program}`,
      'trace2.eventTarget': '/nonexistent/trace',
    };
    git(dir, 'config', 'core.repositoryFormatVersion', '1');
    for (const [name, value] of Object.entries(settings)) git(dir, 'config', name, value);
  }

  const COMMANDS = [
    ['check'],
    ['check', '--staged'],
    ['check', '--fix', '--dry-run'],
    ['outdated', '--offline'],
    ['diff'],
    ['doctor', '--offline'],
    ['upgrade', '--offline', '--no-input'],
    ['move', 'calm', 'tranquil', '--dry-run', '--yes'],
    [
      'new-app',
      'fresh',
      '--image',
      'docker.io/library/nginx:1.29',
      '--port',
      '80',
      '--route',
      'none',
      '--yes',
    ],
  ];

  test.each(COMMANDS.map(words => [words.join(' '), words]))('%s runs nothing of it', async (_, words) => {
    const folder = makeFolder();
    const trace = path.join(folder, 'trace');
    const root = hostile({
      '.gitattributes': '* filter=evil diff=evil\n',
      [`${APP}/kustomization.yaml`]: kustomization('resources:\n  - namespace.yaml\n'),
    });
    const program = plant(folder, 'run', trace);
    for (const hook of [
      'pre-commit',
      'post-index-change',
      'post-checkout',
      'reference-transaction',
      'query-watchman',
    ])
      plant(folder, hook, trace);
    // A repository in a folder of an app, as a clone can bring one.
    const bare = path.join(root, APP, 'nested');
    mkdirSync(bare);
    git(bare, 'init', '--quiet', '--bare', '--template=');
    trap(bare, program);
    trap(root, program);
    writeFiles(root, {
      [`${APP}/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {}}\n',
    });
    const env = testEnv(makeFolder()) as Record<string, string>;
    for (const cwd of [root, bare]) await slipway([...words, '-C', cwd], { cwd, env });
    expect(existsSync(trace)).toBe(false);
  });

  test('C19 git takes no repository that merely lies in a folder', async () => {
    const bare = makeFolder();
    git(bare, 'init', '--quiet', '--bare', '--template=');
    trap(bare, plant(makeFolder(), 'run', path.join(bare, 'trace')));
    const run = openGit(bare, new AbortController().signal);
    await expect(run(['rev-parse', '--git-dir'])).rejects.toMatchObject({ code: 'E_GIT_STATE' });
  });

  test('--commit runs the hooks, which are the person’s, and nothing that watches files', async () => {
    const charts = await serveCharts(
      ['1.0.0', '1.1.0'].map(version => ({
        name: 'evil',
        version,
        files: { 'values.yaml': `a: ${version}\n` },
      })),
    );
    const folder = makeFolder();
    const [hooked = '', watched = ''] = ['hooked', 'watched'].map(name => path.join(folder, name));
    const root = hostile({
      [`${APP}/kustomization.yaml`]: kustomization(entry(`    repo: ${charts.url}\n    version: 1.0.0\n`)),
    });
    plant(root, '.git/hooks/pre-commit', hooked);
    writeFiles(root, { '.git/hooks/post-commit': `#!/bin/sh\nenv >${hooked}.env\n` });
    chmodSync(path.join(root, '.git/hooks/post-commit'), 0o755);
    git(root, 'config', 'core.fsmonitor', plant(folder, 'watch', watched));
    git(root, 'config', 'user.name', 'a');
    git(root, 'config', 'user.email', 'a@example.test');
    const env = testEnv(makeFolder(), { PASSWORD_OF_MINE: 'hunter2' }) as Record<string, string>;
    const run = await slipway(['upgrade', '--yes', '--commit', '-C', root], { cwd: root, env });
    await charts.close();
    expect([run.code, git(root, 'log', '--format=%s').split('\n').length]).toEqual([0, 3]);
    expect([existsSync(hooked), existsSync(watched)]).toEqual([true, false]);
    expect(readFileSync(`${hooked}.env`, 'utf8')).not.toContain('hunter2');
  });
});
