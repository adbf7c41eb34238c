import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestChart, type TestRepository } from '../support/chart-repository.ts';
import { forbiddenIn, HOSTILE, liveIn } from '../support/hostile.ts';
import { commitAll, git, makeFolder, writeFiles } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import {
  kustomization,
  newValues,
  oldValues,
  ourValues,
  upgradeRepository,
} from '../support/upgrade-fixture.ts';

/** In double quotes, as YAML and JSON write what cannot be seen. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\ud7ff\ue000-\uffff]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const Q = quoted(HOSTILE);
const INNER = Q.slice(1, -1);

function hostile(version: string, values: string): TestChart {
  const metadata = `apiVersion: v2
name: anchor
version: ${version}
appVersion: ${Q}
description: ${Q}
home: ${Q}
kubeVersion: ${Q}
icon: ${Q}
deprecated: ${String(version === '1.1.0')}
keywords: [${Q}]
maintainers: [{name: ${Q}, email: ${Q}, url: ${Q}}]
annotations:
  artifacthub.io/changes: |
    - kind: ${Q}
      description: ${Q}
  ${Q}: ${Q}
`;
  const text = `${values}${Q}: ${Q}\nhostile:\n  ${Q}: ${quoted(`${version} ${HOSTILE}`)}\n`;
  return {
    name: 'anchor',
    version,
    appVersion: INNER,
    created: version === '1.1.0' ? '2025-06-01T00:00:00Z' : '2025-01-15T08:00:00Z',
    files: { 'Chart.yaml': metadata, 'values.yaml': text, 'README.md': HOSTILE },
  };
}

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([hostile('1.0.0', oldValues('anchor')), hostile('1.1.0', newValues('anchor'))]);
});
afterAll(() => charts.close());

/** A repository in which every text that a person can write is hostile. */
function repository(): string {
  const root = upgradeRepository(charts.url, ['anchor']);
  const values = `# ${HOSTILE}\n${ourValues('anchor')}${Q}: ${quoted(`ours ${HOSTILE}`)}\nhostile:\n  ${Q}: ${quoted(`ours ${HOSTILE}`)} # ${HOSTILE}\n`;
  writeFiles(root, {
    'production/anchor/values/anchor-1.0.0.yaml': values.replaceAll(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
      '',
    ),
    'production/anchor/extra.yaml': `apiVersion: v1\nkind: ${Q}\nmetadata: {name: ${Q}, namespace: ${Q}}\n`,
    'production/held/kustomization.yaml': kustomization('anchor', charts.url).replace(
      'version: 1.0.0',
      `version: 1.0.0 # pin: @acme/owners #12 https://evil.example/ \u202e\u{e0041}`,
    ),
    'production/other/kustomization.yaml': `namespace: ${Q}\nresources: [${Q}]\nhelmCharts: [{name: ${Q}, repo: '${charts.url}', version: ${Q}, valuesFile: ${Q}}]\n${Q}: ${Q}\n`,
    'production/broken/kustomization.yaml': `resources: ${Q}: [`,
    'production/odd \u202e @acme #12/kustomization.yaml': 'resources: [x.yaml]\n',
  });
  commitAll(root);
  return root;
}

async function run(root: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  const done = await slipway([...args, '-C', root], {
    cwd: root,
    env: {
      ...(testEnv(makeFolder(), {
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b.test',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b.test',
      }) as Record<string, string>),
      ...env,
    },
  });
  const shown = `${done.stdout}${done.stderr}`;
  expect([args, forbiddenIn(shown)]).toEqual([args, []]);
  expect([args, /E_BUG[^]*/.exec(shown)?.[0]]).toEqual([args, undefined]);
  return done;
}

const LINES = [
  ['check'],
  ['outdated'],
  ['diff'],
  ['upgrade', '--dry-run', '--no-render'],
  ['doctor', '--offline'],
  ['new-app', 'fresh', '--chart', 'anchor', '--yes', '--dry-run', '--no-input'],
  ['add', 'route', 'anchor', '--host', HOSTILE.replaceAll('\u0000', ''), '--dry-run', '--no-input'],
  ['move', 'production/anchor', 'dev/anchor', '--dry-run', '--no-input'],
  ['diff', HOSTILE.replaceAll('\u0000', '')],
];

describe('C16 T7 hostile texts everywhere', () => {
  test.each(LINES)('%s', async (...args) => {
    const root = repository();
    await run(root, args.filter(Boolean));
    const { stdout } = await run(root, [...args.filter(Boolean), '--json']);
    expect(typeof JSON.parse(stdout)).toBe('object');
  });

  test('JSON keeps the value', async () => {
    const { stdout } = await run(repository(), ['diff', 'anchor', '--json']);
    const { charts: found } = JSON.parse(stdout) as { charts: { customisations: { ours: unknown }[] }[] };
    expect(found.flatMap(chart => chart.customisations.map(({ ours }) => ours))).toContain(`ours ${HOSTILE}`);
  });

  test.each(['sarif', 'junit', 'github', 'terminal'])('check --format %s', async format => {
    const { stdout } = await run(repository(), ['check', '--format', format]);
    expect(stdout).not.toBe('');
    expect(format === 'junit' && stdout.includes('<img')).toBe(false);
    const orders = stdout.split('\n').filter(line => /^\s*(::|##\[)/.test(line));
    const own = orders.filter(line =>
      /^::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+,title=[^,:]*::/.test(line),
    );
    expect(orders).toEqual(format === 'github' ? own : []);
    if (format !== 'github') return;
    expect(own.length).toBe(stdout.trimEnd().split('\n').length);
  });

  test.each(['en', 'zh-CN'])('the report in Markdown, %s', async language => {
    const root = repository();
    const file = path.join(root, `report.${language}.md`);
    await run(root, ['upgrade', '--dry-run', '--no-render', '--report', file]);
    const report = readFileSync(file, 'utf8');
    expect(report).toContain('evil.example');
    expect(forbiddenIn(report.replaceAll('⚠\ufe0f', ''))).toEqual([]);
    expect(liveIn(report)).toEqual([]);
  });

  test('the report in JSON', async () => {
    const root = repository();
    const file = path.join(root, 'report.json');
    await run(root, ['upgrade', '--dry-run', '--no-render', '--report', file]);
    const report = readFileSync(file, 'utf8');
    expect([forbiddenIn(report), typeof JSON.parse(report)]).toEqual([[], 'object']);
  });

  test('a plan, and what is said of it', async () => {
    const root = repository();
    const file = path.join(makeFolder(), 'plan.json');
    await run(root, ['upgrade', '--plan', file]);
    expect(forbiddenIn(readFileSync(file, 'utf8'))).toEqual([]);
  });

  test('a commit message', async () => {
    const root = repository();
    const name = 'odd \u202e @acme #12';
    writeFiles(root, {
      [`production/${name}/kustomization.yaml`]: kustomization('anchor', charts.url).replace(
        'values/anchor-1.0.0.yaml',
        'values/anchor-1.0.0.yaml',
      ),
      [`production/${name}/values/anchor-1.0.0.yaml`]: ourValues('anchor'),
    });
    commitAll(root);
    await run(root, ['upgrade', `production/${name}`, '--yes', '--no-render', '--commit']);
    const message = git(root, 'log', '-1', '--format=%B');
    expect(message).toContain('upgrade anchor 1.0.0 → 1.1.0');
    expect([forbiddenIn(message), liveIn(message)]).toEqual([[], []]);
    expect(message.trim().split('\n').length).toBe(1);
  });

  test('progress and notes in colour', async () => {
    const { stderr } = await slipway(['outdated', '-C', repository()], {
      env: { ...(testEnv(makeFolder()) as Record<string, string>), NO_COLOR: '', FORCE_COLOR: '1' },
    });
    expect(stderr.replaceAll(/\u001b\[\d+m/g, '')).toSatisfy(
      (text: string) => forbiddenIn(text).length === 0,
    );
  });
});
