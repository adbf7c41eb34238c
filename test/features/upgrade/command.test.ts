import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deployment, serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { canRender, renderedImages, renderOffline } from '../../support/kustomize.ts';
import { CTRL_C, DOWN, ENTER, ESC, hasTerminals, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { commitAll, git, makeFolder, readLeftovers, readTree, writeFiles } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import {
  kustomization,
  migratedValues,
  NAMES,
  newValues,
  oldValues,
  ourValues,
  upgradeCharts,
  upgradeRepository,
} from '../../support/upgrade-fixture.ts';

let charts: TestRepository;
const home = makeFolder();

beforeAll(async () => {
  charts = await serveCharts(upgradeCharts());
});
afterAll(() => charts.close());

function run(root: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  const author = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.test',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.test',
  };
  return slipway(['upgrade', '-C', root, ...args], {
    cwd: root,
    env: testEnv(home, { ...author, ...env }) as Record<string, string>,
  });
}

const isUpgrade = new Ajv2020({ strict: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/upgrade.schema.json'), 'utf8')) as object,
);

function expectSchema(stdout: string): void {
  expect([isUpgrade(JSON.parse(stdout)), isUpgrade.errors]).toEqual([true, null]);
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** What an upgraded app looks like: nothing but the moved lines differ. */
function expectUpgraded(root: string, name: string): void {
  expect(read(root, `production/${name}/kustomization.yaml`)).toBe(
    kustomization(name, charts.url)
      .replace('version: 1.0.0', 'version: 1.1.0')
      .replace(`${name}-1.0.0.yaml`, `${name}-1.1.0.yaml`),
  );
  expect(read(root, `production/${name}/values/${name}-1.1.0.yaml`)).toBe(migratedValues(name));
  expect(existsSync(path.join(root, `production/${name}/values/${name}-1.0.0.yaml`))).toBe(false);
}

describe('upgrade --yes', () => {
  test('moves every chart, renders offline, and a second run changes nothing', async () => {
    const root = upgradeRepository(charts.url);
    const report = path.join(makeFolder(), 'report');
    const result = await run(root, [
      '--yes',
      '--json',
      '--report',
      `${report}.md`,
      '--report',
      `${report}.zh-CN.md`,
      '--report',
      `${report}.json`,
    ]);
    expect([result.code, result.stderr.replace(/^migrating.*\n/, '')]).toEqual([0, '']);
    for (const name of NAMES) expectUpgraded(root, name);
    expectSchema(result.stdout);
    const { apps } = JSON.parse(result.stdout);
    expect(apps.map(({ status }: { status: string }) => status)).toEqual(NAMES.map(() => 'upgraded'));
    expect(apps[0].charts[0].proof.unexplained).toEqual([]);
    expect(read(root, '.slipway/lock/production/cargo.yaml')).toContain(charts.digests['cargo-1.1.0']);
    for (const name of canRender ? NAMES : [])
      expect(renderedImages(renderOffline(root, `production/${name}`))).toEqual([
        `mirror.example.test/docker.io/acme/${name}:1.1`,
      ]);
    expect(read('', `${report}.md`)).toMatch(/### 1\. This update[\s\S]*### 7\. Decisions for you/);
    expect(read('', `${report}.zh-CN.md`)).toMatch(/### 1\. 本次更新[\s\S]*### 7\. 待确认事项/);
    expect(JSON.parse(read('', `${report}.json`)).apps).toHaveLength(NAMES.length);

    const before = readTree(root);
    const modified = statSync(path.join(root, 'production/cargo/kustomization.yaml')).mtimeMs;
    const again = await run(root, ['--yes']);
    expect([again.code, again.stdout]).toEqual([0, 'everything is up to date\n']);
    expect(readTree(root)).toEqual(before);
    expect(statSync(path.join(root, 'production/cargo/kustomization.yaml')).mtimeMs).toBe(modified);
    expect(readLeftovers(root)).toEqual([]);
  });

  test('the report says what reaches the cluster', async ({ skip }) => {
    if (!canRender) return skip('no helm and kustomize');
    const root = upgradeRepository(charts.url, ['cargo']);
    const report = path.join(makeFolder(), 'report.md');
    await run(root, ['--yes', '--report', report]);
    const text = read('', report);
    expect(text).toContain('`mirror.example.test/docker.io/acme/cargo`: `1.0` → `1.1`');
    expect(text).toMatch(
      /^rendered by .*Kustomize 5\.\d+\.\d+ and Helm 3\.\d+\.\d+.*, for Kubernetes v1\.36\.0 \(default\)$/im,
    );
    expect(text).toContain('`image.tag`: `"1.0"` → `"1.1"`');
    expect(text).toContain('`metrics.enabled`: `false`');
    expect(text).toContain('`service.legacy` (was `true`)');
    expect(text).toContain('carried over (3)');
    expect(text).toContain('✅ `kustomize build --enable-helm production/cargo`');
    expect(text.length).toBeLessThan(60_000);
  });

  test('U09 --dry-run writes nothing and reports the same', async () => {
    const root = upgradeRepository(charts.url, ['cargo', 'ferry']);
    const before = readTree(root);
    const dry = await run(root, ['--dry-run', '--json', '--no-render']);
    expect([dry.code, readTree(root)]).toEqual([0, before]);
    const real = await run(root, ['--yes', '--json', '--no-render']);
    expect(JSON.parse(dry.stdout).changes).toEqual(JSON.parse(real.stdout).changes);
  });

  test.each([
    ['/nope/x.md', 'E_VALUE', '/nope'],
    ['command.test.ts/x.json', 'E_VALUE', 'command.test.ts'],
    ['x.txt', 'E_USAGE', 'x.txt'],
  ])(
    'a report that could not be written, %s, is refused before anything is written',
    async (file, code, named) => {
      const root = upgradeRepository(charts.url, ['cargo']);
      writeFiles(root, { 'command.test.ts': '' });
      const before = readTree(root);
      const result = await run(root, [
        '--yes',
        '--no-render',
        '--json',
        '--report',
        'fine.md',
        '--report',
        file,
      ]);
      const { error } = JSON.parse(result.stdout) as { error: { code: string; message: string } };
      expect([result.code, error.code, readTree(root)]).toEqual([2, code, before]);
      expect(error.message).toContain(named);
    },
  );

  test('without a terminal and without --yes nothing is written', async () => {
    const root = upgradeRepository(charts.url, ['cargo']);
    const before = readTree(root);
    const result = await run(root, ['--no-render']);
    expect([result.code, result.stderr.includes('E_MISSING'), readTree(root)]).toEqual([2, true, before]);
  });

  test('a pin in a comment holds the chart, with its reason', async () => {
    const pinned = kustomization('ferry', charts.url, ' # upstream needs this one, so PIN it until 2027');
    const root = upgradeRepository(charts.url, ['cargo'], {
      'production/ferry/kustomization.yaml': pinned,
      'production/ferry/values/ferry-1.0.0.yaml': ourValues('ferry'),
    });
    const result = await run(root, ['--yes', '--json', '--no-render']);
    expectUpgraded(root, 'cargo');
    expect(read(root, 'production/ferry/kustomization.yaml')).toBe(pinned);
    expect(JSON.parse(result.stdout).leftAlone).toEqual([
      {
        app: 'production/ferry',
        name: 'ferry',
        current: '1.0.0',
        status: 'held',
        reason: 'upstream needs this one, so PIN it until 2027',
        newer: '1.1.0',
      },
    ]);
  });

  test('R25 a dead repository costs its own apps only, and the run ends with its code', async () => {
    const dead = 'http://127.0.0.1:1';
    const root = upgradeRepository(charts.url, ['cargo'], {
      'production/ferry/kustomization.yaml': kustomization('ferry', dead),
      'production/ferry/values/ferry-1.0.0.yaml': ourValues('ferry'),
    });
    const result = await run(root, ['--yes', '--json', '--no-render']);
    expectUpgraded(root, 'cargo');
    const { leftAlone } = JSON.parse(result.stdout);
    expect([result.code, leftAlone[0].app, leftAlone[0].status]).toEqual([
      4,
      'production/ferry',
      'unreachable',
    ]);
  });

  test('where nothing can be looked up, nothing is said to be up to date; a pin holds without an answer', async () => {
    const dead = 'http://127.0.0.1:1';
    const root = upgradeRepository(dead, ['cargo'], {
      'production/pinned/kustomization.yaml': kustomization('pinned', dead, ' # PIN: waits for the move'),
    });
    const report = path.join(makeFolder(), 'report.md');
    const result = await run(root, ['--yes', '--report', report]);
    expect([result.code, result.stdout.trim()]).toEqual([4, '1 held, 1 unreachable']);
    expect(read('', report)).toContain('Nothing was upgraded.');
    const outdated = await slipway(['outdated', '-C', root, '--json'], {
      env: testEnv(home) as Record<string, string>,
    });
    const items = JSON.parse(outdated.stdout).items as { name: string; status: string }[];
    expect(items.map(({ name, status }) => [name, status])).toEqual([
      ['cargo', 'unreachable'],
      ['pinned', 'held'],
    ]);
  });

  test.each([
    [
      'uncommitted work in its values',
      6,
      'E_DIRTY',
      (root: string) =>
        writeFileSync(
          path.join(root, 'production/ferry/values/ferry-1.0.0.yaml'),
          `${ourValues('ferry')}# more\n`,
        ),
    ],
    [
      'values that are no YAML',
      1,
      'E_YAML_SYNTAX',
      (root: string) => commitFile(root, 'production/ferry/values/ferry-1.0.0.yaml', 'a: [\n'),
    ],
    [
      'a missing values file',
      1,
      'E_VALUE',
      (root: string) => git(root, 'rm', '-q', 'production/ferry/values/ferry-1.0.0.yaml'),
    ],
    [
      'a version published again (R17)',
      5,
      'E_DIGEST_CHANGED',
      (root: string) =>
        commitFile(
          root,
          '.slipway/lock/production/ferry.yaml',
          `charts:\n- {name: ferry, repo: x, version: 1.0.0, digest: "sha256:${'0'.repeat(64)}"}\n`,
        ),
    ],
  ])('U01 an app with %s fails alone (exit %d, %s)', async (_, code, error, breakIt) => {
    const root = upgradeRepository(charts.url, ['cargo', 'ferry', 'galley']);
    breakIt(root);
    const before = readTree(path.join(root, 'production/ferry'));
    const result = await run(root, ['--yes', '--json', '--no-render']);
    expect(result.code).toBe(code);
    for (const name of ['cargo', 'galley']) expectUpgraded(root, name);
    expect(readTree(path.join(root, 'production/ferry'))).toEqual(before);
    const failed = JSON.parse(result.stdout).apps.find(
      ({ app }: { app: string }) => app === 'production/ferry',
    );
    // 2 would say that nothing was written.
    expect([failed.status, failed.error.code, failed.exit]).toEqual(['failed', error, code === 1 ? 2 : code]);
  });

  test('an app that no longer renders is not touched', async ({ skip }) => {
    if (!canRender) return skip('no helm');
    const broken = upgradeCharts(['cargo']).map(chart =>
      chart.version === '1.1.0'
        ? { ...chart, files: { ...chart.files, 'templates/bad.yaml': '{{ fail "set metrics.token" }}' } }
        : chart,
    );
    const server = await serveCharts([...broken, ...upgradeCharts(['ferry'])]);
    onTestFinished(() => server.close());
    const root = upgradeRepository(server.url, ['cargo', 'ferry']);
    const before = readTree(path.join(root, 'production/cargo'));
    const result = await run(root, ['--yes', '--json']);
    const [cargo, ferry] = JSON.parse(result.stdout).apps;
    expect([result.code, cargo.status, cargo.error.code, ferry.status]).toEqual([
      4,
      'failed',
      'E_RENDER',
      'upgraded',
    ]);
    expect(cargo.error.message).toContain('set metrics.token');
    expect(readTree(path.join(root, 'production/cargo'))).toEqual(before);
  });

  test('a short image name that only the new version renders is completed for the mirror', async ({
    skip,
  }) => {
    if (!canRender) return skip('no helm');
    const grown = upgradeCharts(['cargo']).map(chart =>
      chart.version === '1.1.0'
        ? { ...chart, files: { ...chart.files, 'templates/more.yaml': deployment('more', 'busybox:1.36') } }
        : chart,
    );
    const server = await serveCharts(grown);
    onTestFinished(() => server.close());
    const root = upgradeRepository(server.url, ['cargo']);
    const report = path.join(makeFolder(), 'report.md');
    expect((await run(root, ['--yes', '--report', report])).code).toBe(0);
    const text = read(root, 'production/cargo/kustomization.yaml');
    expect(text).toContain(
      'images:\n- {name: acme/cargo, newName: docker.io/acme/cargo}\n- name: busybox\n  newName: docker.io/library/busybox\n',
    );
    expect(renderedImages(renderOffline(root, 'production/cargo'))).toContain(
      'mirror.example.test/docker.io/library/busybox:1.36',
    );
    expect(read('', report)).toContain('completed for the mirror: `busybox` → `docker.io/library/busybox`');
  });

  test('a values file may be written with ./ and ../; what is wrong with one is its own app’s matter', async () => {
    const names = ['cargo', 'anchor', 'harbor', 'buoy', 'crane'] as const;
    const charted = await serveCharts(names.flatMap(name => upgradeCharts([name])));
    onTestFinished(() => charted.close());
    const at = (name: string, written: string): Record<string, string> => ({
      [`production/${name}/kustomization.yaml`]: kustomization(name, charted.url).replace(
        `valuesFile: values/${name}-1.0.0.yaml`,
        `valuesFile: ${written}`,
      ),
    });
    const root = upgradeRepository(charted.url, names, {
      ...at('cargo', './values/cargo-1.0.0.yaml'),
      ...at('anchor', '../../common/./anchor-1.0.0.yaml'),
      'common/anchor-1.0.0.yaml': 'replicaCount: 5\n',
      ...at('harbor', '../../../harbor-1.0.0.yaml'),
      ...at('buoy', '../../common/both.yaml'),
      ...at('crane', '../../common/both.yaml'),
      'common/both.yaml': 'replicaCount: 6\n',
    });
    const result = await run(root, ['--yes', '--json', '--no-render']);
    const { apps } = JSON.parse(result.stdout) as { apps: { app: string; status: string }[] };
    expect(Object.fromEntries(apps.map(({ app, status }) => [app, status]))).toEqual({
      'production/anchor': 'upgraded',
      'production/buoy': 'failed',
      'production/cargo': 'upgraded',
      'production/crane': 'failed',
      'production/harbor': 'failed',
    });
    expect(read(root, 'production/cargo/kustomization.yaml')).toContain(
      'valuesFile: ./values/cargo-1.1.0.yaml # a full copy',
    );
    expect(read(root, 'production/anchor/kustomization.yaml')).toContain(
      'valuesFile: ../../common/./anchor-1.1.0.yaml # a full copy',
    );
    expect(read(root, 'common/anchor-1.1.0.yaml')).toBe('replicaCount: 5\n');
    expect(result.stdout).toContain('E_OUTSIDE');
    expect(result.stdout).toContain('common/both.yaml is shared with production/');
  });

  test('a file of overrides is no full copy: it is renamed and kept as it is', async () => {
    const root = upgradeRepository(charts.url, ['cargo'], {
      'production/cargo/values/cargo-1.0.0.yaml': 'replicaCount: 5\n',
    });
    const result = await run(root, ['--yes', '--json', '--no-render']);
    expect(read(root, 'production/cargo/values/cargo-1.1.0.yaml')).toBe('replicaCount: 5\n');
    expect(JSON.parse(result.stdout).apps[0].charts[0].report.valuesFile.partial).toBe(true);
  });
});

function commitFile(root: string, file: string, content: string): void {
  writeFiles(root, { [file]: content });
  commitAll(root);
}

describe('decisions', () => {
  const theirs = newValues('cargo').replace('replicaCount: 1', 'replicaCount: 2');
  const decided = async () => {
    const versions = upgradeCharts(['cargo']).map(chart =>
      chart.version === '1.1.0' ? { ...chart, files: { ...chart.files, 'values.yaml': theirs } } : chart,
    );
    const server = await serveCharts([...versions, ...upgradeCharts(['ferry'])]);
    onTestFinished(() => server.close());
    return { root: upgradeRepository(server.url, ['cargo', 'ferry']), server };
  };

  test('both sides changed a value: nothing is written for that app, the others go on, exit 3', async () => {
    const { root } = await decided();
    const before = readTree(path.join(root, 'production/cargo'));
    const result = await run(root, ['--yes', '--json', '--no-render']);
    const { apps, next } = JSON.parse(result.stdout);
    expectSchema(result.stdout);
    expect([result.code, apps[0].status, apps[1].status]).toEqual([3, 'needs-decision', 'upgraded']);
    expect(apps[0].charts[0].decisions).toEqual([
      expect.objectContaining({ path: 'replicaCount', kind: 'both-changed', base: 1, ours: 3, theirs: 2 }),
    ]);
    expect(readTree(path.join(root, 'production/cargo'))).toEqual(before);
    expect(next[0]).toContain('--decisions');
  });

  test.each([
    ['ours', 'replicaCount: 3'],
    ['theirs', 'replicaCount: 2'],
    ['{value: 7}', 'replicaCount: 7'],
  ])('an answer of %s is written', async (answer, line) => {
    const { root } = await decided();
    const open = JSON.parse((await run(root, ['cargo', '--dry-run', '--json', '--no-render'])).stdout);
    const [{ id }] = open.apps[0].charts[0].decisions;
    const file = path.join(makeFolder(), 'answers.yaml');
    writeFileSync(file, `"${id}": ${answer}\n`);
    const result = await run(root, ['--yes', '--no-render', '--decisions', file]);
    expect(result.code).toBe(0);
    expect(read(root, 'production/cargo/values/cargo-1.1.0.yaml')).toContain(line);
  });

  test('without a terminal: the key, the three values, a file to copy and the line that takes it', async () => {
    const { root } = await decided();
    const open = await run(root, ['cargo', '--yes', '--no-render']);
    expect(open.code).toBe(3);
    expect(open.stdout).toContain('production/cargo cargo 1.0.0 → 1.1.0: replicaCount');
    expect(open.stdout).toMatch(
      /#   old default: 1\n#   ours: 3\n#   new default: 2\n#   ours \| theirs \| \{ value: … \}\n/,
    );
    const [, file = ''] = /\n\n(# [^]*?)\n\nthen run:/.exec(open.stdout) ?? [];
    const [, line = ''] = /then run:\n {2}slipway (.*)\n/.exec(open.stdout) ?? [];
    const [, place = ''] = /put this into (.*), with/.exec(open.stdout) ?? [];
    const cwd = makeFolder();
    writeFileSync(path.resolve(cwd, place), file);
    const answered = await slipway(line.split(' '), {
      cwd,
      env: testEnv(makeFolder()) as Record<string, string>,
    });
    expect([answered.code, answered.stderr.includes('note:')]).toEqual([0, false]);
    expect(read(root, 'production/cargo/values/cargo-1.1.0.yaml')).toContain('replicaCount: 3');
  });

  test.runIf(hasTerminals)(
    'in a terminal: 1 of 1 with its step, an own value, a preview; a no keeps the answers',
    async () => {
      const { root } = await decided();
      const terminal = new PseudoTerminal(
        `${process.execPath} ${path.resolve('bin/slipway.js')} upgrade cargo --no-render -C ${root}`,
        { cwd: '/', env: testEnv(makeFolder(), { TERM: 'xterm' }) },
      );
      await terminal.sees(/1 of 1 · production\/cargo cargo 1\.0\.0 → 1\.1\.0: replicaCount/);
      await terminal.sees(/another value/);
      terminal.types(DOWN + DOWN + ENTER);
      await terminal.sees(/The value, as YAML:/);
      terminal.types(`\u00157${ENTER}`);
      await terminal.sees(/~ {3}kustomization\.yaml/);
      await terminal.sees(/Write 1 app\?/);
      terminal.types(`n${ENTER}`);
      await terminal.sees(/your answers are kept in/);
      await terminal.ended;
      const [, kept = ''] = /kept in\s+(\S+decisions\.yaml)/.exec(terminal.text) ?? [];
      expect(readFileSync(kept, 'utf8')).toMatch(/replicaCount#[0-9a-f]{8}"?:\n? *\{? ?value: 7/);
      const [, line = ''] = /go on with:\n {2}slipway ([^]*)/.exec(terminal.text) ?? [];
      const words = line.split('cancelled')[0]?.replaceAll(/\\\n/g, ' ').trim().split(/\s+/) ?? [];
      const again = await slipway([...words, '--yes'], {
        cwd: makeFolder(),
        env: testEnv(makeFolder()) as Record<string, string>,
      });
      expect([words.includes('--no-render'), again.code]).toEqual([true, 0]);
      expect(read(root, 'production/cargo/values/cargo-1.1.0.yaml')).toContain('replicaCount: 7');
    },
  );

  test.runIf(hasTerminals)(
    'in a terminal: Esc goes back to the decision before; Ctrl+C keeps what was answered',
    async () => {
      const changed = upgradeCharts(['cargo', 'ferry']).map(chart => {
        if (chart.version !== '1.1.0') return chart;
        const values = newValues(chart.name).replace('replicaCount: 1', 'replicaCount: 2');
        return { ...chart, files: { ...chart.files, 'values.yaml': values } };
      });
      const server = await serveCharts(changed);
      onTestFinished(() => server.close());
      const root = upgradeRepository(server.url, ['cargo', 'ferry']);
      const terminal = new PseudoTerminal(
        `${process.execPath} ${path.resolve('bin/slipway.js')} upgrade --no-render -C ${root}`,
        { cwd: '/', env: testEnv(makeFolder(), { TERM: 'xterm' }) },
      );
      await terminal.sees(/1 of 2 [^]*decide later/);
      terminal.types(DOWN + ENTER);
      await terminal.sees(/2 of 2 [^]*decide later/);
      terminal.types(ESC);
      await terminal.sees(/1 of 2 [^]*❯ the new default[^]*decide later/);
      terminal.types(ENTER);
      await terminal.sees(/2 of 2 [^]*decide later/);
      terminal.types(CTRL_C);
      await terminal.sees(/your answers are kept in/);
      expect(await terminal.ended).toBe(130);
      const [, kept = ''] = /kept in\s+(\S+decisions\.yaml)/.exec(terminal.text) ?? [];
      expect(readFileSync(kept, 'utf8')).toMatch(
        /^"?production\/cargo: replicaCount#[0-9a-f]{8}"?: theirs\n$/,
      );
    },
  );

  test('two apps with one id: an answer with its app wins for that app alone', async () => {
    const changed = upgradeCharts(['cargo', 'ferry']).map(chart => {
      if (chart.version !== '1.1.0') return chart;
      const values = newValues(chart.name).replace('replicaCount: 1', 'replicaCount: 2');
      return { ...chart, files: { ...chart.files, 'values.yaml': values } };
    });
    const server = await serveCharts(changed);
    onTestFinished(() => server.close());
    const root = upgradeRepository(server.url, ['cargo', 'ferry']);
    const open = JSON.parse((await run(root, ['--dry-run', '--no-render', '--json'])).stdout) as {
      apps: { charts: { decisions: { id: string }[] }[] }[];
    };
    const [id, other] = open.apps.map(({ charts: [chart] }) => chart?.decisions[0]?.id);
    expect(id).toBe(other);
    const answers = {
      [`${id}`]: 'theirs',
      [`production/cargo: ${id}`]: 'ours',
      'production/dock: x#0': 'ours',
    };
    writeFiles(root, { 'answers.json': JSON.stringify(answers) });
    const result = await run(root, ['--yes', '--no-render', '--json', '--decisions', 'answers.json']);
    expect(result.code).toBe(0);
    expect(read(root, 'production/cargo/values/cargo-1.1.0.yaml')).not.toContain('replicaCount: 2');
    expect(read(root, 'production/ferry/values/ferry-1.1.0.yaml')).toContain('replicaCount: 2');
    expect((JSON.parse(result.stdout) as { unusedAnswers: string[] }).unusedAnswers).toEqual([
      'production/dock: x#0',
    ]);
  });

  test('an answer that no decision asks for is named', async () => {
    const { root } = await decided();
    const file = path.join(makeFolder(), 'answers.yaml');
    writeFileSync(file, 'replicaCount#00000000: ours\n');
    const shown = await run(root, ['--dry-run', '--no-render', '--decisions', file]);
    expect(shown.stderr).toContain('note: no decision asked for the answer replicaCount#00000000');
    const { stdout } = await run(root, ['--dry-run', '--no-render', '--json', '--decisions', file]);
    expectSchema(stdout);
    expect(JSON.parse(stdout).unusedAnswers).toEqual(['replicaCount#00000000']);
  });

  test('a values file that no migration can be proved for fails its app alone', async () => {
    const versions = ['1.0.0', '1.1.0'].map(version => ({
      name: 'cargo',
      version,
      files: { 'values.yaml': version === '1.0.0' ? 'a: {x: 1}\nb: {y: 1}\n' : 'b: {y: 1, x: 3}\n' },
    }));
    const server = await serveCharts([...versions, ...upgradeCharts(['ferry'])]);
    onTestFinished(() => server.close());
    const root = upgradeRepository(server.url, ['cargo', 'ferry'], {
      'production/cargo/values/cargo-1.0.0.yaml': 'a: &a {x: 2, k: *a}\nb: {<<: *a, y: 2}\n',
    });
    const { code, stdout } = await run(root, ['--yes', '--json', '--no-render']);
    expectSchema(stdout);
    const { apps } = JSON.parse(stdout);
    expect([code, apps[0].error.code, apps[1].status]).toEqual([1, 'E_VALUES_MERGE', 'upgraded']);
  });

  test('an answer that is none is refused before anything is written', async () => {
    const { root } = await decided();
    const before = readTree(root);
    const file = path.join(makeFolder(), 'answers.yaml');
    writeFileSync(file, 'x: maybe\n');
    const result = await run(root, ['--yes', '--no-render', '--decisions', file]);
    expect([result.code, result.stderr.includes('the answer to x is not one of'), readTree(root)]).toEqual([
      2,
      true,
      before,
    ]);
  });
});

describe('plans', () => {
  test('a plan is carried out app by app, and refused once an input has moved', async () => {
    const root = upgradeRepository(charts.url, ['cargo', 'ferry']);
    const plan = path.join(makeFolder(), 'plan.json');
    const planned = await run(root, ['--plan', plan, '--matrix']);
    expect(JSON.parse(planned.stdout)).toEqual({
      include: [{ app: 'production/cargo' }, { app: 'production/ferry' }],
    });
    expect(git(root, 'status', '--porcelain')).toBe('');
    const first = await run(root, ['--apply', plan, '--app', 'production/ferry', '--yes', '--no-render']);
    expect(first.code).toBe(0);
    expectUpgraded(root, 'ferry');
    expect(existsSync(path.join(root, 'production/cargo/values/cargo-1.0.0.yaml'))).toBe(true);
    const again = await run(root, ['--apply', plan, '--yes', '--no-render']);
    expect([again.code, again.stderr.includes('E_CHANGED')]).toEqual([6, true]);
    const rest = await run(root, ['--apply', plan, '--app', 'cargo', '--yes', '--no-render']);
    expect(rest.code).toBe(0);
    expectUpgraded(root, 'cargo');
  });

  test('U12 an app folder that went since the plan was made', async () => {
    const root = upgradeRepository(charts.url, ['cargo', 'ferry']);
    const plan = path.join(makeFolder(), 'plan.json');
    await run(root, ['--plan', plan]);
    rmSync(path.join(root, 'production/cargo'), { recursive: true });
    const result = await run(root, ['--apply', plan, '--yes', '--no-render']);
    expect([result.code, result.stderr.includes('there is no app production/cargo')]).toEqual([2, true]);
    const rest = await run(root, ['--apply', plan, '--app', 'ferry', '--yes', '--no-render']);
    expect(rest.code).toBe(0);
    expectUpgraded(root, 'ferry');
  });

  test('U12 two thousand apps, all but one without charts', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `plain-${index}`);
    const plain = names.map(name => [`production/${name}/kustomization.yaml`, `namespace: ${name}\n`]);
    const root = upgradeRepository(charts.url, ['cargo'], Object.fromEntries(plain));
    const result = await run(root, ['--yes', '--json', '--no-render']);
    expect([result.code, JSON.parse(result.stdout).apps.length]).toEqual([0, 1]);
    expectUpgraded(root, 'cargo');
  });

  test.each([
    ['no JSON', '{', 'is not JSON'],
    ['a plan of another version', '{"schemaVersion": 3}', 'is not an upgrade plan'],
    [
      'a move that is not whole',
      '{"schemaVersion": 1, "moves": [{"app": "production/cargo"}]}',
      'a move is not complete',
    ],
  ])('U11 %s is refused', async (_, text, message) => {
    const root = upgradeRepository(charts.url, ['cargo']);
    const file = path.join(makeFolder(), 'plan.json');
    writeFileSync(file, text);
    const result = await run(root, ['--apply', file, '--yes']);
    expect([result.code, result.stderr.includes(message)]).toEqual([2, true]);
  });
});

describe('versions', () => {
  const levels = async () => {
    const version = (text: string, created = '2025-06-01T00:00:00Z') => ({
      name: 'cargo',
      version: text,
      created,
      files: { 'values.yaml': oldValues('cargo') },
    });
    const server = await serveCharts([
      version('1.0.0'),
      version('1.0.4'),
      version('1.3.0'),
      version('2.0.0'),
      version('2.1.0-rc.1'),
      version('2.2.0', new Date().toISOString()),
    ]);
    onTestFinished(() => server.close());
    return upgradeRepository(server.url, ['cargo']);
  };

  test.each([
    [[], '1.3.0'],
    [['--minor'], '1.3.0'],
    [['--patch'], '1.0.4'],
    [['--major'], '2.0.0'],
    [['--major', '--min-age', '0'], '2.2.0'],
    [['--to', '2.0.0'], '2.0.0'],
    [['--to', '~1.0'], '1.0.4'],
    [['--to', '2.2.0'], '2.2.0'],
  ])('%j goes to %s', async (args, version) => {
    const root = await levels();
    expect((await run(root, ['--yes', '--no-render', ...args])).code).toBe(0);
    expect(read(root, 'production/cargo/kustomization.yaml')).toContain(`version: ${version}\n`);
  });

  test('U10 a version that does not exist, or an older one, is an error', async () => {
    const root = await levels();
    const missing = await run(root, ['--yes', '--to', '9.9.9']);
    const older = await run(await levels(), ['--yes', '--to', '0.1.0']);
    expect([missing.code, older.code]).toEqual([2, 2]);
    expect(missing.stderr).toContain('E_NO_VERSION');
    expect(missing.stderr).toMatch(/such as --to \d/);
  });
});

describe('--commit', () => {
  test('makes one commit per app, of its paths only, whatever else is staged', async () => {
    const root = upgradeRepository(charts.url, ['cargo', 'ferry']);
    writeFileSync(path.join(root, 'unrelated.txt'), 'staged\n');
    git(root, 'add', 'unrelated.txt');
    const result = await run(root, ['--yes', '--commit', '--no-render']);
    expect(result.code).toBe(0);
    expect(git(root, 'log', '--format=%s').trim().split('\n')).toEqual([
      'feat(ferry): upgrade ferry 1.0.0 → 1.1.0',
      'feat(cargo): upgrade cargo 1.0.0 → 1.1.0',
      'test',
    ]);
    expect(
      git(root, 'show', '--no-renames', '--name-status', '--format=', 'HEAD').trim().split('\n'),
    ).toEqual([
      'A\t.slipway/lock/production/ferry.yaml',
      'M\tproduction/ferry/kustomization.yaml',
      'D\tproduction/ferry/values/ferry-1.0.0.yaml',
      'A\tproduction/ferry/values/ferry-1.1.0.yaml',
    ]);
    expect(git(root, 'status', '--porcelain')).toBe('A  unrelated.txt\n');
  });
});

describe('interruption', () => {
  test.each(['SIGKILL', 'SIGINT'] as const)(
    'U03 %s in the middle and a rerun give the same tree',
    async signal => {
      const root = upgradeRepository(charts.url);
      const whole = upgradeRepository(charts.url);
      await run(whole, ['--yes', '--no-render']);
      const bin = path.resolve('bin/slipway.js');
      const child = spawn(process.execPath, [bin, 'upgrade', '-C', root, '--yes', '--no-render'], {
        env: testEnv(home),
        stdio: 'ignore',
      });
      const ended = new Promise(resolve => child.on('close', resolve));
      while (child.exitCode === null && !existsSync(path.join(root, '.slipway/lock/production/beacon.yaml')))
        await new Promise(resolve => setTimeout(resolve, 1));
      child.kill(signal);
      await ended;
      // The next run that may write repairs what a killed one left, so that each app is the old one or the new one.
      await run(root, ['no-such-app', '--yes', '--no-render']);
      for (const name of NAMES) {
        const files = readTree(path.join(root, `production/${name}/values`));
        expect(Object.keys(files).filter(file => file.startsWith(name))).toHaveLength(1);
      }
      expect((await run(root, ['--yes', '--no-render'])).code).toBe(0);
      expect(readTree(root)).toEqual(readTree(whole));
      expect(readLeftovers(root)).toEqual([]);
    },
  );
});
