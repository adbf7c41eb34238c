import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Renderer } from '../../src/system/renderer/renderer.ts';
import { type FixtureServer, serveHttp } from '../support/http-server.ts';
import { makeFolder } from '../support/repository.ts';
import { APPS } from './apps.ts';
import { chart, type Files, under } from './charts.ts';
import { bytesOf, hasRenderer, openRenderer, PROGRAM, quickLimits } from './support.ts';

if (!hasRenderer) process.stderr.write('skipping the hostile inputs of the renderer: there is none\n');

const CHART = 'helmCharts:\n- name: web\n  releaseName: shop\n';

/** An app whose chart has this template. */
function withTemplate(text: string, kustomization = CHART): Files {
  return under('app', {
    'kustomization.yaml': kustomization,
    ...chart('charts', 'web', { 'templates/hostile.yaml': text }),
  });
}

function plain(kustomization: string, files: Files = {}): Files {
  return under('app', { 'kustomization.yaml': kustomization, ...files });
}

/** Builds the hostile app between good ones, which all have to succeed. */
async function attack(renderer: Renderer, files: Files): Promise<unknown> {
  const good = async (): Promise<void> => {
    const [app] = APPS;
    const built = await renderer.build(bytesOf(app?.files ?? {}), `production/${app?.name}`);
    expect(built.manifests).toContain('kind: Deployment');
  };
  const before = Promise.all([good(), good()]);
  const ended = renderer.build(bytesOf(files), 'app').then(
    ({ manifests }) => manifests,
    (error: unknown) => error,
  );
  await Promise.all([before, good(), good(), good()]);
  return ended;
}

const COUNT = '{{ range $i := until 100000 }}{{ range $j := until 100000 }}';

const EXHAUSTING: [string, Files, string | RegExp][] = [
  ['an endless template', withTemplate(`${COUNT}{{ end }}{{ end }}`), 'took more than 2s'],
  ['a huge string', withTemplate('a: {{ repeat 400000000 "a" }}'), /memory/],
  ['a string beyond all memory', withTemplate('a: {{ repeat 40000000000 "a" }}'), /memory/],
  [
    '1 GB of output',
    withTemplate('{{ range until 1000 }}{{ repeat 1000000 "x" }}{{ end }}'),
    /memory|MiB|took/,
  ],
  ['a list beyond memory', withTemplate('a: {{ until 400000000 | len }}'), /memory/],
  [
    'many strings',
    withTemplate('{{ $s := "" }}{{ range until 1000000 }}{{ $s = cat $s $s "xxxxxxxx" }}{{ end }}'),
    /memory|took/,
  ],
  [
    'a template that includes itself',
    withTemplate('{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'),
    /nested reference name: x|too deep/,
  ],
  [
    'a template that is itself',
    withTemplate('{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}'),
    /exceeded maximum template depth|too deep|memory/,
  ],
  [
    'a template within itself',
    withTemplate(
      '{{ define "x" }}{{ tpl .Values.me . }}{{ end }}{{ include "x" . }}',
      `${CHART}  valuesInline: { me: '{{ include "x" . }}' }\n`,
    ),
    /nested reference name|too deep|memory|took/,
  ],
  ['many brackets in a template', withTemplate(`a: {{ ${'('.repeat(1_000_000)}1 }}`), /./],
  ['deep YAML', withTemplate(`a: ${'['.repeat(1_000_000)}`), /./],
  [
    'deep values',
    plain(`${CHART}  valuesFile: v.yaml\n`, {
      'v.yaml': `a: ${'{a: '.repeat(200_000)}`,
      ...chart('charts', 'web'),
    }),
    /./,
  ],
  ['deep kustomization', plain(`resources: ${'['.repeat(500_000)}`), /./],
  [
    'aliases of aliases',
    plain(`${CHART}  valuesFile: v.yaml\n`, { 'v.yaml': bomb(), ...chart('charts', 'web') }),
    /./,
  ],
  [
    'aliases of aliases in a resource',
    plain('resources: [r.yaml]\n', {
      'r.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${bomb()}`,
    }),
    /memory|took|aliasing/,
  ],
  [
    'a regular expression',
    withTemplate(`a: {{ regexMatch "(a*)*(a*)*{1000}(b{1000}){1000}" "${'a'.repeat(30_000)}" }}`),
    /./,
  ],
  [
    'a key for every core',
    withTemplate('{{ range until 100000 }}{{ genPrivateKey "rsa" }}{{ end }}'),
    'took more than 2s',
  ],
];

function bomb(): string {
  const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
  return `l0: &l0 [x]\n${levels.join('\n')}\n`;
}

describe.skipIf(!hasRenderer)('C08 what exhausts a process is an error of its own job', () => {
  test.each(EXHAUSTING)('%s', async (_, files, reason) => {
    // A loaded machine takes its time to meet a limit of memory.
    const timeLimitMs = /took/.test(String(reason)) ? quickLimits.timeLimitMs : 30_000;
    const renderer = openRenderer({ ...quickLimits, timeLimitMs, workers: 2 });
    const ended = await attack(renderer, files);
    expect(ended).toMatchObject({ code: 'E_RENDER' });
    expect(String(ended)).toMatch(reason);
  });
});

const EXEC = (annotation: string): string =>
  `apiVersion: v1\nkind: Odd\nmetadata:\n  name: odd\n  annotations:\n    config.kubernetes.io/function: |\n      ${annotation}\n`;

const REACHING: [string, Files, string | RegExp][] = [
  ['a file above the repository', plain('resources: [../../../../etc/hostname]\n'), 'no such file'],
  ['an absolute file', plain('configMapGenerator:\n- { name: a, files: [/etc/hostname] }\n'), 'no such file'],
  ['absolute values', plain(`${CHART}  valuesFile: /etc/hostname\n`, chart('charts', 'web')), 'no such file'],
  ['an absolute chart home', plain(`helmGlobals: { chartHome: /etc }\n${CHART}`), /no such file|no chart/],
  [
    'a patch above',
    plain('resources: [r.yaml]\npatches: [{ path: ../../../../../proc/self/environ }]\n', { 'r.yaml': '' }),
    /./,
  ],
  [
    'an openapi file',
    plain('openapi: { path: /etc/hostname }\nresources: [r.yaml]\n', { 'r.yaml': '' }),
    'no such file',
  ],
  [
    'a program as a generator',
    plain('generators: [g.yaml]\n', { 'g.yaml': EXEC('exec: { path: /bin/true }') }),
    /runs no functions.*external plugins disabled/,
  ],
  [
    'a program as a transformer',
    plain('transformers: [g.yaml]\n', { 'g.yaml': EXEC('exec: { path: ./x.sh }') }),
    /runs no functions.*external plugins disabled/,
  ],
  [
    'a container',
    plain('validators: [g.yaml]\n', { 'g.yaml': EXEC('container: { image: x }') }),
    /runs no functions.*external plugins disabled/,
  ],
  ['the environment', withTemplate('a: {{ env "HOME" }}'), 'function "env" not defined'],
  [
    'the environment in a name',
    plain('helmCharts:\n- name: web\n  nameTemplate: \'{{ env "HOME" }}\'\n', chart('charts', 'web')),
    'function "env" not defined',
  ],
  [
    'a base in git',
    plain('resources: ["https://example.org/a/b.git?ref=main"]\n'),
    /fetches nothing.*example\.org\/a\/b\.git/,
  ],
  ['a base by ssh', plain('resources: ["git@example.org:a/b.git"]\n'), /fetches nothing.*git@example\.org/],
  ['a base in a file', plain('resources: ["file:///etc//x"]\n'), /./],
  ['a remote component', plain('components: ["github.com/a/b//c"]\n'), /fetches nothing/],
  [
    'a chart that is not there',
    plain('helmCharts:\n- { name: web, version: 1.0.0, repo: "https://charts.example.org" }\n'),
    /charts\.example\.org is not in 'app\/charts\/web-1\.0\.0\/web', and the renderer fetches nothing/,
  ],
];

describe.skipIf(!hasRenderer)('what reaches out of the job is an error that names it', () => {
  test.each(REACHING)('%s', async (_, files, reason) => {
    const ended = await attack(openRenderer({ workers: 2 }), files);
    expect(ended).toMatchObject({ code: 'E_RENDER' });
    expect(String(ended)).toMatch(reason);
  });

  test('HTTP: the server is never asked', async () => {
    const { url, received } = await countingServer();
    const renderer = openRenderer({ workers: 1 });
    for (const text of [
      `resources: [${url}/r.yaml]\n`,
      `configMapGenerator:\n- { name: a, files: ["${url}/f"] }\n`,
      `transformers: [${url}/t.yaml]\n`,
      `crds: [${url}/c.json]\n`,
      `patches: [{ path: ${url}/p.yaml }]\nresources: [r.yaml]\n`,
      `openapi: { path: ${url}/o.json }\nresources: [r.yaml]\n`,
    ])
      await expect(renderer.build(bytesOf(plain(text, { 'r.yaml': '' })), 'app')).rejects.toThrow(
        `the renderer fetches nothing`,
      );
    expect(received).toEqual([]);
  });

  test('a values schema that refers elsewhere is not used, and nothing is asked for it', async () => {
    const { url, received } = await countingServer();
    const renderer = openRenderer({ workers: 1 });
    const schemas = [`${url}/s.json`, 'file:///etc/hostname', 'other.json', '/etc/hostname'].flatMap(
      reference => [
        `{ "properties": { "replicas": { "$ref": "${reference}", "type": "object" } } }`,
        `{ "properties": { "replicas": { "\\u0024ref": "${reference}", "type": "object" } } }`,
        `{ "definitions": { "x": { "$ref": "${reference}" } }, "properties": { "replicas": { "$ref": "#/definitions/x" } } }`,
      ],
    );
    for (const schema of [
      ...schemas,
      `{ "$schema": "${url}/meta", "properties": { "replicas": { "type": "object" } } }`,
    ]) {
      const own = chart('charts', 'web', { 'values.schema.json': schema });
      const built = await renderer.build(bytesOf(plain(CHART, own)), 'app');
      const warning = expect.stringContaining(
        'the values schema of chart web was not used: it refers to',
      ) as unknown;
      expect(built.warnings).toEqual([warning]);
    }
    expect(received).toEqual([]);
  });

  test('configHome, environment files and DNS give nothing', async () => {
    const files = withTemplate(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dns }\ndata: { a: {{ getHostByName "localhost" | quote }}, f: {{ .Files.Get "../../../../etc/hostname" | quote }} }\n',
      `helmGlobals: { configHome: /etc }\n${CHART}configMapGenerator:\n- { name: e, envs: [e.env] }\n`,
    );
    const { manifests } = await openRenderer().build(
      bytesOf({ ...files, 'app/e.env': 'HOME\nPATH\n' }),
      'app',
    );
    expect(manifests).toContain('data:\n  a: ""\n  f: ""\n');
    expect(manifests).toContain('data:\n  HOME: ""\n  PATH: ""\n');
  });

  test.each(['../x', '/x', 'a/../../x', '', '.', 'a//b', 'a/'])('a file at %j is refused', async place => {
    const files = bytesOf({ ...plain('resources: []\n'), [place]: '' });
    await expect(openRenderer().build(files, 'app')).rejects.toThrow('is no path within the repository');
  });

  test("one job's schema is not the next one's", async () => {
    const files = plain('resources: [r.yaml]\npatches: [{ path: p.yaml }]\n', {
      'r.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: x, image: y }] } } }\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: z, image: y }] } } }\n',
    });
    const own = {
      ...files,
      'app/kustomization.yaml': `${files['app/kustomization.yaml']}openapi: { path: o.json }\n`,
      'app/o.json': '{"definitions":{}}',
    };
    const renderer = openRenderer({ workers: 1 });
    const clean = await renderer.build(bytesOf(files), 'app');
    const other = await renderer.build(bytesOf(own), 'app');
    expect(other).not.toEqual(clean);
    expect(other).toEqual(await openRenderer().build(bytesOf(own), 'app'));
    expect(await renderer.build(bytesOf(files), 'app')).toEqual(clean);
  });
});

async function countingServer(): Promise<FixtureServer> {
  const server = await serveHttp({ '*': { body: '{}' } });
  onTestFinished(() => server.close());
  return server;
}

const canTrace = hasRenderer && process.platform === 'linux' && tracerWorks();

function tracerWorks(): boolean {
  return ['/usr/bin/strace', '/usr/local/bin/strace'].some(file => {
    try {
      return readFileSync(file).length > 0;
    } catch {
      return false;
    }
  });
}

test.skipIf(!canTrace)('a process opens no file, starts no program and makes no connection', async () => {
  const folder = makeFolder();
  const trace = path.join(folder, 'trace');
  const program = path.join(folder, 'traced');
  const script = `#!/bin/sh\nexec strace -f -qq -e trace=%file,%network,%process -o ${trace} ${PROGRAM} "$@"\n`;
  writeFileSync(program, script, { mode: 0o755 });
  const renderer = openRenderer({ program, workers: 1 });
  onTestFinished(() => renderer.close());
  await renderer.engines();
  const started = readFileSync(trace, 'utf8').length;
  for (const { name, files } of APPS) await renderer.build(bytesOf(files), `production/${name}`);
  for (const [, files] of REACHING) await renderer.build(bytesOf(files), 'app').catch(() => undefined);
  const calls = readFileSync(trace, 'utf8').slice(started).split('\n');
  const own = calls.filter(
    line =>
      line !== '' && !/\b(clone3?|exit|rt_sigreturn|futex|tgkill|SIGURG)\b|resumed|^\d+ \+\+\+/.test(line),
  );
  expect(own).toEqual([]);
});
