import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  branchedRepository,
  change,
  deployment,
  everyPile,
  plainApp,
} from '../../support/preview-fixture.ts';
import { makeFolder } from '../../support/repository.ts';
import { hasTerminals, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const home = makeFolder();

function preview(root: string, args: string[] = [], more: Record<string, string> = {}): Promise<Run> {
  return slipway(['preview', '-C', root, ...args], {
    cwd: root,
    env: { ...(testEnv(home) as Record<string, string>), ...more },
  });
}

function pilesRepository(): string {
  const { files, changes } = everyPile();
  const root = branchedRepository(files);
  change(root, changes);
  return root;
}

/** An app whose chart stands in the repository. */
function chartApp(template: string, values: string): Record<string, string> {
  return {
    'dev/a/kustomization.yaml':
      'namespace: a\nhelmGlobals: {chartHome: charts}\nhelmCharts:\n  - {name: own, releaseName: a, valuesFile: values.yaml}\n',
    'dev/a/values.yaml': values,
    'dev/a/charts/own/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
    'dev/a/charts/own/templates/a.yaml': template,
  };
}

const CONFIG =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {text: {{ .Values.text | quote }}}\n';

describe('what a person sees', () => {
  test('pile by pile, the gravest first, each field with what stood there and what stands there', async () => {
    const { stdout } = await preview(pilesRepository());
    const heads = stdout.split('\n').filter(line => /^\S .+ \(\d\)$/.test(line));
    expect(heads).toEqual([
      '✗ does not build (1)',
      '✗ needs a decision (1)',
      '! with care (1)',
      '~ changes (1)',
      '✓ routine (1)',
    ]);
    expect(stdout).toContain(
      '    ~ Service open/open\n      spec.type\n      - "ClusterIP"\n      + "LoadBalancer"\n',
    );
    expect(stdout).toContain('    docker.io/acme/tag:1.0.0 → docker.io/acme/tag:1.0.1\n');
    expect(stdout).not.toContain('\u001b');
  });

  test('of a long text only its own lines', async () => {
    const config = (port: number): string =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c' },
        data: { file: `first\nport ${port}\nlast\n` },
      });
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': config(80) }));
    change(root, { 'dev/a/a.yaml': config(81) });
    const { stdout } = await preview(root);
    expect(stdout).toContain('      data.file\n      - port 80\n      + port 81\n\n');
  });

  test('a thousand fields are counted', async () => {
    const apps = (replicas: number): Record<string, string> =>
      Object.assign(
        {},
        ...Array.from({ length: 90 }, (_, index) =>
          plainApp(`dev/app${index}`, { 'a.yaml': deployment(`app${index}`, { replicas }) }),
        ),
      ) as Record<string, string>;
    const root = branchedRepository(apps(1));
    change(root, apps(2));
    const { stdout } = await preview(root);
    expect(stdout.split('\n').length).toBeLessThan(300);
    expect(stdout).toContain('200 more lines of differences: --html <file> writes all of them.');
  });

  test.runIf(hasTerminals)('in forty columns, with colours unless NO_COLOR forbids them', async () => {
    const root = pilesRepository();
    const shown = async (noColour: string): Promise<string> => {
      const env = testEnv(home, { TERM: 'xterm', NO_COLOR: noColour });
      const terminal = new PseudoTerminal(`${process.execPath} ${path.resolve('bin/slipway.js')} preview`, {
        cwd: root,
        env,
        columns: 40,
      });
      await terminal.ended;
      return terminal.raw.slice(terminal.raw.indexOf('Preview:'));
    };
    const plain = await shown('1');
    expect(plain).not.toContain('\u001b[3');
    const lines = plain.split(/\r*\n/).filter(line => !line.includes('gone.yaml'));
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(40);
    expect(await shown('')).toMatch(/\u001b\[31m *- "ClusterIP"/);
  });
});

describe('where it goes', () => {
  test('- is stdout, and nothing else goes there', async () => {
    const root = pilesRepository();
    const markdown = await preview(root, ['--markdown', '-']);
    expect(markdown.stdout).toMatch(/^<!-- slipway preview -->\n## Preview: /);
    const html = await preview(root, ['--html', '-', '--dry-run']);
    expect(html.stdout).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(existsSync(path.join(root, '-'))).toBe(false);
    for (const args of [
      ['--html', '-', '--markdown', '-'],
      ['--html', '-', '--json'],
    ])
      expect((await preview(root, args)).code).toBe(2);
  });

  test('a folder that is not there is named, and what to do', async () => {
    const { code, stderr } = await preview(pilesRepository(), ['--html', 'nowhere/page.html']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/there is no folder \S*nowhere to write into\. Next: Make the folder/),
    ]);
  });

  test('what keeps the cache from being used is said once', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o777);
    const { stderr } = await preview(pilesRepository(), [], { SLIPWAY_CACHE_DIR: folder });
    expect(stderr.match(/the cache \S+ is not used/g)).toHaveLength(1);
  });
});

test('the demo has a branch to look at', async () => {
  const { code, stdout } = await preview(makeFolder(), ['--demo', './demo']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Preview: main → demo\n/)]);
  expect(stdout).toMatch(
    /production\/notes[^]*data-removed[^]*production\/gateway[^]*route-lost[^]*production\/wiki/,
  );
});

describe('what cannot be rendered', () => {
  test('without helm where a chart needs it, the run fails', async () => {
    const root = branchedRepository(chartApp(CONFIG, 'text: old\n'));
    change(root, { 'dev/a/values.yaml': 'text: new\n' });
    expect((await preview(root)).code).toBe(0);
    const { code, stdout } = await preview(root, [], { SLIPWAY_HELM: '/nowhere/helm' });
    expect([code, stdout]).toEqual([4, expect.stringContaining('✗ does not build (1)')]);
  });

  test.each([
    '{{ fail (printf "not %s" .Values.auth.password) }}',
    '{{ fail (.Values.auth.password | b64enc) }}',
  ])('what a chart says when it fails holds no secret: %s', async template => {
    const root = branchedRepository(chartApp(CONFIG, 'text: old\nauth: {password: hunter22222}\n'));
    change(root, { 'dev/a/charts/own/templates/b.yaml': template });
    const files = ['page.html', 'comment.md'].map(name => path.join(home, name));
    const args = ['--html', files[0] ?? '', '--markdown', files[1] ?? ''];
    const runs = [await preview(root, args), await preview(root, ['--json'])];
    const texts = [...runs.map(({ stdout }) => stdout), ...files.map(file => readFileSync(file, 'utf8'))];
    for (const text of texts) {
      expect(text).toContain('•••');
      expect(text).not.toMatch(/hunter2|aHVudGVy/);
    }
  });
});
