import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { canRender } from '../support/kustomize.ts';
import { measured, MOST } from '../support/measured.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import { migratedValues, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

const NAMES = ['anchor', 'beacon'];
const GOOD = 'production/beacon';
const BAD = 'production/anchor';
const MANY = Buffer.alloc(10 * 2 ** 20 + 1, '#');

/** What one file of one app may be. */
const ODD = {
  'over 10 MiB': file => writeFileSync(file, MANY),
  'two sparse GiB': file => {
    writeFileSync(file, '');
    truncateSync(file, 2 * 2 ** 30);
  },
  'a FIFO': file => execFileSync('mkfifo', [file]),
  'a link': file => symlinkSync('/etc/passwd', file),
  'a folder': file => mkdirSync(file),
  'a pointer of Git LFS': file =>
    writeFileSync(
      file,
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`,
    ),
  'a list': file => writeFileSync(file, '- replicaCount: 3\n'),
  'a text': file => writeFileSync(file, 'nothing\n'),
  'UTF-16': file => writeFileSync(file, Buffer.from('\ufeffreplicaCount: 3\n', 'utf16le')),
} satisfies Record<string, (file: string) => void>;

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(NAMES));
});
afterAll(() => charts.close());

function put(kind: keyof typeof ODD, file: string): string {
  const root = upgradeRepository(charts.url, NAMES);
  rmSync(path.join(root, file), { force: true });
  ODD[kind](path.join(root, file));
  return root;
}

async function run(root: string, ...args: string[]): Promise<Run> {
  const done = await slipway([...args, '-C', root], { env: testEnv(makeFolder()) as Record<string, string> });
  expect([args, done.stdout.includes('E_BUG') || done.stderr.includes('E_BUG')]).toEqual([args, false]);
  return done;
}

const kinds = Object.keys(ODD) as (keyof typeof ODD)[];

describe('C09 a values file that is none is its own app’s problem', () => {
  const file = `${BAD}/values/anchor-1.0.0.yaml`;

  test.each(kinds)('%s', async kind => {
    const root = put(kind, file);
    const check = JSON.parse((await run(root, 'check', '--json')).stdout) as {
      findings: { file: string; severity: string }[];
    };
    const about = check.findings.filter(
      finding => finding.severity === 'error' && finding.file.startsWith(BAD),
    );
    expect([kind, about.length > 0]).toEqual([kind, true]);
    expect(
      check.findings.filter(finding => finding.severity === 'error' && finding.file.startsWith(GOOD)),
    ).toEqual([]);

    const diff = JSON.parse((await run(root, 'diff', '--json')).stdout) as {
      charts: { app: string; status: string }[];
    };
    expect(diff.charts.map(({ app, status }) => `${app} ${status}`)).toEqual([
      `${BAD} failed`,
      `${GOOD} compared`,
    ]);

    const outdated = JSON.parse((await run(root, 'outdated', '--images', '--json')).stdout) as {
      items: { app: string }[];
    };
    expect(outdated.items.map(({ app }) => app)).toContain(GOOD);

    const upgrade = await run(root, 'upgrade', '--yes', '--no-render', '--json');
    const { apps } = JSON.parse(upgrade.stdout) as { apps: { app: string; status: string }[] };
    expect(apps.map(({ app, status }) => `${app} ${status}`)).toEqual([`${BAD} failed`, `${GOOD} upgraded`]);
    expect(upgrade.code).toBeGreaterThan(0);
    expect(readFileSync(path.join(root, GOOD, 'values/beacon-1.1.0.yaml'), 'utf8')).toBe(
      migratedValues('beacon'),
    );
  });
});

describe('C09 a kustomization that is none is its own app’s problem', () => {
  const file = `${BAD}/kustomization.yaml`;
  const unusable = kinds.filter(kind => kind !== 'a folder');

  test.each(unusable)('%s', async kind => {
    const root = put(kind, file);
    const check = JSON.parse((await run(root, 'check', '--json')).stdout) as { findings: { file: string }[] };
    expect(check.findings.map(finding => finding.file)).toContain(file);
    for (const args of [['diff'], ['outdated'], ['upgrade', '--yes', '--no-render']]) {
      const done = await run(root, ...args, '--json');
      expect([args, done.stderr]).toEqual([args, expect.stringContaining(`left out: ${file}`)]);
      expect(done.stdout).toContain(GOOD);
    }
    const named = await run(root, 'diff', 'anchor', '--json');
    expect(JSON.parse(named.stdout)).toMatchObject({ error: { subject: file } });
  });
});

describe('C09 a plain resource that is none', () => {
  test.each(kinds.filter(kind => kind !== 'a folder'))('%s', async kind => {
    const root = put(kind, `${BAD}/extra.yaml`);
    await run(root, 'check', '--json');
    const diff = JSON.parse((await run(root, 'diff', '--json')).stdout) as {
      charts: { app: string; status: string }[];
    };
    expect(diff.charts.map(({ app, status }) => `${app} ${status}`)).toEqual([
      `${BAD} compared`,
      `${GOOD} compared`,
    ]);
  });
});

test('C09 a file in the index that is larger than what git may answer is its own app’s problem', async () => {
  const root = put('a text', `${BAD}/extra.yaml`);
  const file = `${BAD}/huge.yaml`;
  truncateSync(path.join(root, `${BAD}/extra.yaml`), 530 * 2 ** 20);
  const hashed = ['hash-object', '-w', '--no-filters', `${BAD}/extra.yaml`];
  const id = execFileSync('git', hashed, { cwd: root, encoding: 'utf8' }).trim();
  rmSync(path.join(root, `${BAD}/extra.yaml`));
  for (const name of [file, `${BAD}/kustomization.yaml`, `${GOOD}/kustomization.yaml`])
    execFileSync(
      'git',
      ['update-index', '--add', '--cacheinfo', `100644,${name === file ? id : idOf(root, name)},${name}`],
      { cwd: root },
    );
  const done = await run(root, 'check', '--staged', '--json', BAD, GOOD);
  const { findings } = JSON.parse(done.stdout) as { findings: { file: string }[] };
  expect(findings.map(finding => finding.file)).toContain(file);
});

/** Of a file with a change, so that its app is looked at. */
function idOf(root: string, name: string): string {
  const text = `${readFileSync(path.join(root, name), 'utf8')}# staged\n`;
  return execFileSync('git', ['hash-object', '-w', '--stdin'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  }).trim();
}

test.each(['--decisions', '--apply'])('C09 a device as %s is refused, not read for ever', async flag => {
  const root = upgradeRepository(charts.url, NAMES);
  const done = await run(root, 'upgrade', flag, '/dev/zero', '--dry-run', '--no-render', '--json');
  expect([done.code, done.stdout]).toEqual([5, expect.stringContaining('E_LIMIT')]);
});

test.each(['base', 'ours', 'theirs', 'decisions'])(
  'C09 a device as --%s of merge-values is refused',
  async flag => {
    const folder = makeFolder();
    const file = path.join(folder, 'values.yaml');
    writeFileSync(file, 'a: 1\n');
    const named = Object.entries({ base: file, ours: file, theirs: file, [flag]: '/dev/zero' });
    const args = named.flatMap(([name, value]) => [`--${name}`, value]);
    const done = await slipway(['merge-values', ...args, '--json'], {
      env: testEnv(folder) as Record<string, string>,
    });
    expect([done.code, done.stdout]).toEqual([5, expect.stringContaining('E_LIMIT')]);
  },
);

describe('C20 the configuration is everybody’s: what cannot be read is no empty one', () => {
  test.each(['over 10 MiB', 'a FIFO', 'a link', 'a list'] as const)('%s', async kind => {
    const root = upgradeRepository(charts.url, NAMES);
    mkdirSync(path.join(root, '.slipway'));
    ODD[kind](path.join(root, '.slipway/config.yaml'));
    for (const args of [['check'], ['diff']]) {
      const done = await run(root, ...args, '--json');
      expect([args, done.code]).toEqual([args, expect.toSatisfy((code: number) => [2, 5, 6].includes(code))]);
      expect(done.stdout).toContain('.slipway/config.yaml');
    }
  });
});

describe.runIf(canRender)(
  'C09 a local chart that is larger than a chart may be is its own app’s problem',
  () => {
    test.each([
      ['by its files', (folder: string) => writeFiles(folder, numbered(10_001))],
      [
        'by its bytes',
        (folder: string) => {
          for (const name of Object.keys(numbered(12))) {
            writeFiles(folder, { [name]: '' });
            truncateSync(path.join(folder, name), 9 << 20);
          }
        },
      ],
    ])('%s', async (_, fill) => {
      const root = upgradeRepository(charts.url, NAMES);
      const chart = path.join(root, BAD, 'charts/big');
      const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: anchor}\n';
      writeFiles(root, {
        [`${BAD}/kustomization.yaml`]:
          'namespace: anchor\nhelmCharts:\n  - {name: big, releaseName: big, namespace: anchor}\n',
        [`${GOOD}/kustomization.yaml`]: 'namespace: beacon\nresources: [map.yaml]\n',
        [`${GOOD}/map.yaml`]: map,
      });
      writeFiles(chart, { 'Chart.yaml': 'apiVersion: v2\nname: big\nversion: 1.0.0\n' });
      fill(chart);
      const args = ['check', '--render', '--offline', '--json', '-C', root];
      const done = await measured(args, testEnv(makeFolder(), NO_SCHEMAS));
      const { findings, summary } = JSON.parse(done.stdout) as Report;
      expect(summary.rendered).toBe(1);
      expect(findings.filter(({ code }) => code === 'render-failed')).toMatchObject([
        { file: `${BAD}/kustomization.yaml` },
      ]);
      expect(done.peakMib).toBeLessThan(MOST.peakMib);
    });
  },
);

const NO_SCHEMAS = { SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json' };
type Report = { findings: { code: string; file: string }[]; summary: { rendered: number } };

function numbered(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`files/${at}`, '']));
}
