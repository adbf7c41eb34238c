import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasTerminals, ENTER, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { commitAll, git, makeFolder, readLeftovers, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { canOpen, makeSealingPair, openWithController } from '../../support/sealing.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');

type Case = { root: string; home: string; run(...args: string[]): Promise<Run> };

/** The demo repository, whose notes app has no chart, so that nothing has to be fetched to see its objects. */
function open(files: Record<string, string> = {}): Case {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, files);
  commitAll(root);
  const env = testEnv(home) as Record<string, string>;
  return { root, home, run: (...args) => slipway(args, { cwd: root, env }) };
}

type Moved = {
  changes: { path: string; action: string }[];
  cluster: { deletes: string[]; lost: string[]; kept: string[] };
  reseal: { file: string; namespace: string; name: string; keys: string[]; command: string }[];
  mentions: { file: string; line: number }[];
  next: string[];
};

const read = (it: Case, file: string): string => readFileSync(path.join(it.root, file), 'utf8');

/** The files below a folder, with their content. */
function treeOf(it: Case, folder: string): Record<string, string> {
  return readTree(path.join(it.root, folder));
}

describe('move', () => {
  test('to disabled: every byte goes along, nothing is left, and what the cluster deletes is said', async () => {
    const it = open({
      'production/notes/run.sh': '#!/bin/sh\n',
      'kustomization.yaml': 'resources:\n- production/notes # all of it\n',
    });
    chmodSync(path.join(it.root, 'production/notes/run.sh'), 0o755);
    const before = treeOf(it, 'production/notes');
    const result = await it.run('move', 'notes', '--to', 'disabled', '--yes', '--json');
    const moved = readAs('move', result.stdout) as Moved;
    expect(treeOf(it, 'disabled/notes')).toEqual(before);
    expect(existsSync(path.join(it.root, 'production/notes'))).toBe(false);
    expect(statSync(path.join(it.root, 'disabled/notes/run.sh')).mode & 0o777).toBe(0o755);
    expect(read(it, 'kustomization.yaml')).toBe('resources:\n- disabled/notes # all of it\n');
    expect(moved.cluster.deletes).toEqual([
      'Deployment/notes',
      'HTTPRoute/notes',
      'Namespace/notes',
      'PersistentVolumeClaim/notes-data',
      'Service/notes',
    ]);
    expect(moved.cluster.lost).toEqual(['Namespace/notes', 'PersistentVolumeClaim/notes-data']);
    expect(readLeftovers(it.root)).toEqual([]);
  });

  test.each([
    ['move', 'lab', '--to', 'disabled'],
    ['rename', 'lab', 'fab'],
  ])('%s %s: a Cluster is moved by clusterctl, not by a folder', async (...line) => {
    const cluster = 'apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: {name: lab}\n';
    const kustomization = 'namespace: lab\nresources: [cluster.yaml]\n';
    const it = open({
      'production/lab/kustomization.yaml': kustomization,
      'production/lab/cluster.yaml': cluster,
    });
    const before = readTree(it.root);
    const result = await it.run(...line, '--yes', '--json');
    const { error } = readAs('error', result.stdout) as { error: { code: string; hint: string } };
    expect([result.code, error.code]).toEqual([6, 'E_CLUSTER_MOVE']);
    expect(error.hint).toContain('clusterctl move -n lab ');
    expect(readTree(it.root)).toEqual(before);
  });

  test('and back again: nothing was deleted, everything is as before', async () => {
    const it = open();
    const before = readTree(it.root);
    expect((await it.run('move', 'production/notes', '--to', 'disabled', '--yes')).code).toBe(0);
    const back = await it.run('move', 'disabled/notes', '--to', 'production', '--yes', '--json');
    expect((readAs('move', back.stdout) as Moved).cluster.deletes).toEqual([]);
    expect(readTree(it.root)).toEqual(before);
  });

  test.runIf(canRender)(
    'to a deeper place: relative paths are written anew, and it still builds',
    async () => {
      const it = open({ 'clusters/north/x/kustomization.yaml': 'resources: []\n' });
      const objects = renderOffline(it.root, 'production/notes');
      await it.run('move', 'notes', '--to', 'clusters/north', '--yes');
      expect(read(it, 'clusters/north/notes/kustomization.yaml')).toContain('- ../../../image-prefix.yaml');
      expect(renderOffline(it.root, 'clusters/north/notes')).toEqual(objects);
    },
  );

  test('the lock entry and pulled charts go along', async () => {
    const chart = 'production/wiki/charts/guestbook-1.2.0/guestbook/Chart.yaml';
    const it = open({ '.slipway/lock/production/wiki.yaml': 'schemaVersion: 1\n' });
    writeFiles(it.root, { [chart]: 'name: guestbook\n' });
    const result = await it.run('move', 'wiki', '--to', 'disabled', '--yes');
    expect([result.code, result.stderr]).toEqual([0, expect.not.stringContaining('uncommitted')]);
    expect(existsSync(path.join(it.root, chart.replace('production', 'disabled')))).toBe(true);
    expect(existsSync(path.join(it.root, 'production/wiki'))).toBe(false);
    expect(read(it, '.slipway/lock/disabled/wiki.yaml')).toBe('schemaVersion: 1\n');
  });

  test('what promotions remember of it goes along, as source and as target; what is no record stays as it is', async () => {
    const id = 'a'.repeat(40);
    const record = (source: string, target: string): string =>
      `# What slipway promote promoted last, as ids of git: the base of the next one. Commit it.\nschemaVersion: 1\nfrom: dev\ndate: "2026-01-02"\nsource:\n  ${source}: ${id}\ntarget:\n  .slipway/lock/${target}.yaml: ${id}\n  ${target}/a.yaml: ${id}\n`;
    const it = open({
      '.slipway/promotions/production/notes.yaml': record('dev/notes/a.yaml', 'production/notes'),
      '.slipway/promotions/live/notes.yaml': record('production/notes/a.yaml', 'live/notes'),
      '.slipway/generated/production/notes.yaml': 'production/notes: [\n',
    });
    const before = readTree(it.root);
    const result = await it.run('rename', 'notes', 'memos', '--yes', '--json');
    expect([result.code, result.stderr]).toEqual([0, '']);
    expect(read(it, '.slipway/promotions/production/memos.yaml')).toBe(
      record('dev/notes/a.yaml', 'production/memos'),
    );
    expect(read(it, '.slipway/promotions/live/notes.yaml')).toBe(
      record('production/memos/a.yaml', 'live/notes'),
    );
    expect(read(it, '.slipway/generated/production/memos.yaml')).toBe('production/notes: [\n');
    expect(existsSync(path.join(it.root, '.slipway/promotions/production/notes.yaml'))).toBe(false);
    expect((await it.run('undo', '--yes')).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
  });
});

const SEALED = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: notes
spec:
  encryptedData:
    password: REPLACE_ME
  template:
    metadata:
      name: db
      namespace: notes
`;

describe('rename', () => {
  test.each([
    ['a folded text', 'namespace: >-\n  notes\n', 'namespace: memos\n'],
    ['a literal text with a comment', 'namespace: |- # ours\n  notes\n', 'namespace: |- # ours\n  memos\n'],
    ['a text on the next line', 'namespace:\n  "notes"\n', 'namespace:\n  "memos"\n'],
    ['a text with a tag', "namespace: !!str 'notes'\n", "namespace: !!str 'memos'\n"],
  ])('of an app whose namespace is %s: only that text is different', async (_, before, after) => {
    const kustomization = 'production/notes/kustomization.yaml';
    const it = open();
    const written = read(it, kustomization).replace('namespace: notes\n', before);
    writeFiles(it.root, { [kustomization]: written });
    commitAll(it.root);
    const result = await it.run('rename', 'notes', 'memos', '--yes', '--json');
    expect(result.code).toBe(0);
    expect(read(it, 'production/memos/kustomization.yaml')).toBe(written.replace(before, after));
  });

  test('S10 the namespace goes along; check explains what must be sealed again, and sealing it is enough', async () => {
    const pair = makeSealingPair();
    const file = 'production/notes/resources/db-sealedsecret.yaml';
    const it = open({
      [file]: SEALED,
      '.slipway/config.yaml': `sealing:\n  certificate: ${pair.certFile}\n`,
      'production/wiki/resources/note.yaml': '# see http://notes.notes:8000 and production/notes\n',
    });
    await it.run('seal', '--into', file, '--generate', 'password');
    commitAll(it.root);
    expect((await it.run('seal', '--check')).code).toBe(0);
    const result = await it.run('rename', 'notes', 'memos', '--yes', '--json');
    const moved = readAs('move', result.stdout) as Moved;
    const now = 'production/memos/resources/db-sealedsecret.yaml';
    expect(moved.reseal).toEqual([
      {
        file: now,
        namespace: 'memos',
        name: 'db',
        scope: 'strict',
        keys: ['password'],
        command: `slipway seal --into ${now}`,
      },
    ]);
    expect(moved.mentions).toEqual([
      expect.objectContaining({ file: 'production/wiki/resources/note.yaml', line: 1 }),
    ]);
    expect(read(it, 'production/memos/kustomization.yaml')).toContain('namespace: memos\n');
    expect(read(it, 'production/memos/resources/namespace.yaml')).toContain('name: memos\n');
    const check = await it.run('seal', '--check');
    expect([check.code, check.stdout]).toEqual([1, expect.stringContaining(`E_SCOPE_RENAME`)]);
    expect(check.stdout).toContain(`slipway seal --into ${now}`);
    expect((await it.run('seal', '--into', now, '--generate', 'password')).code).toBe(0);
    expect((await it.run('seal', '--check')).code).toBe(0);
    const opened = canOpen ? openWithController(read(it, now), pair.keyFile) : { password: '' };
    expect(Object.keys(opened)).toEqual(['password']);
  });

  test('the next step is one that git takes, whether it knew the app or not', async () => {
    const it = open();
    const known = await it.run('rename', 'notes', 'memos', '--yes', '--json');
    const [stage = ''] = ((readAs('move', known.stdout) as Moved).next.at(-1) ?? '').split(' && ');
    git(it.root, ...stage.split(' ').slice(1));
    git(it.root, 'reset', '--hard', '--quiet');
    writeFiles(it.root, { 'production/fresh/kustomization.yaml': 'namespace: fresh\n' });
    const fresh = await it.run('rename', 'fresh', 'stale', '--yes', '--json');
    const [add = ''] = ((readAs('move', fresh.stdout) as Moved).next.at(-1) ?? '').split(' && ');
    git(it.root, ...add.split(' ').slice(1));
    expect(git(it.root, 'status', '--porcelain').trim()).toBe('A  production/stale/kustomization.yaml');
  });

  test('a lock that git does not know is not staged as gone', async () => {
    const it = open();
    writeFiles(it.root, { '.slipway/lock/production/notes.yaml': 'schemaVersion: 1\ncharts: []\n' });
    const result = await it.run('rename', 'notes', 'memos', '--yes', '--json');
    const [add = ''] = ((readAs('move', result.stdout) as Moved).next.at(-1) ?? '').split(' && ');
    expect(add).toContain('.slipway/lock/production/memos.yaml');
    expect(add).not.toContain('.slipway/lock/production/notes.yaml');
    git(it.root, ...add.split(' ').slice(1));
  });

  test.each([
    [['move'], '<app>'],
    [['rename'], '<app>'],
    [['rename', 'notes'], '<new-name>'],
  ])('%j says what is missing, for programs too', async (args, flag) => {
    const { code, stdout } = await open().run(...args, '--json');
    const { error } = JSON.parse(stdout) as { error: { code: string; missing: unknown } };
    expect([code, error.code, error.missing]).toEqual([2, 'E_MISSING', [{ flag }]]);
  });

  test('an app whose namespace bears another name keeps it', async () => {
    const it = open({
      'production/notes/kustomization.yaml': 'namespace: office\nresources: [resources/service.yaml]\n',
    });
    await it.run('rename', 'notes', 'memos', '--yes');
    expect(read(it, 'production/memos/kustomization.yaml')).toBe(
      'namespace: office\nresources: [resources/service.yaml]\n',
    );
  });
});

describe('refused, and nothing is written', () => {
  test.each([
    ['move without a place', ['move', 'notes', '--yes'], 2, /--to is missing/],
    [
      'move to a folder of nothing',
      ['move', 'notes', '--to', 'prodution', '--yes'],
      2,
      /is not a folder of apps/,
    ],
    [
      'move without --yes where nobody can be asked',
      ['move', 'notes', '--to', 'disabled'],
      2,
      /whether to move production\/notes to disabled\/notes\. Next: Give --yes/,
    ],
    [
      'the same in Chinese',
      ['move', 'notes', '--to', 'disabled', '--lang', 'zh'],
      2,
      /无法交互确认是否要把 production\/notes 移到 disabled\/notes/,
    ],
    [
      'move of an app that is not there',
      ['move', 'nots', '--to', 'disabled', '--yes'],
      2,
      /there is no app nots/,
    ],
    ['rename without a name', ['rename', 'notes'], 2, /the new name is missing/],
    ['rename to a name that cannot be', ['rename', 'notes', 'No_Tes', '--yes'], 2, /cannot be an app name/],
    [
      'rename to a namespace of every cluster',
      ['rename', 'notes', 'kube-system', '--yes'],
      2,
      /every cluster has a namespace of that name/,
    ],
    [
      'rename to one that is there',
      ['rename', 'notes', 'wiki', '--yes'],
      2,
      /production\/wiki already exists/,
    ],
  ])('%s', async (_, args, code, message) => {
    const it = open();
    const before = readTree(it.root);
    const result = await it.run(...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(readTree(it.root)).toEqual(before);
  });

  test('a link inside of the app, which could lead elsewhere from the new place', async () => {
    const it = open();
    symlinkSync('../wiki', path.join(it.root, 'production/notes/other'));
    const result = await it.run('move', 'notes', '--to', 'disabled', '--yes');
    expect([result.code, result.stderr]).toEqual([6, expect.stringContaining('production/notes/other')]);
    expect(existsSync(path.join(it.root, 'disabled'))).toBe(false);
  });

  test('--dry-run says all of it', async () => {
    const it = open();
    mkdirSync(path.join(it.root, 'disabled'));
    const result = await it.run('rename', 'notes', 'memos', '--dry-run');
    expect([result.code, result.stdout]).toEqual([0, expect.stringContaining('would move')]);
    expect(result.stderr).toContain('Lost for good, data and everything inside included: Namespace/notes');
    expect(git(it.root, 'status', '--porcelain')).toBe('');
  });
});

test.runIf(hasTerminals)('in a terminal the answer is no unless somebody says yes', async () => {
  const it = open();
  const before = readTree(it.root);
  const terminal = new PseudoTerminal(`${process.execPath} ${BIN} move notes --to disabled --lang zh-CN`, {
    cwd: it.root,
    env: testEnv(it.home, { TERM: 'xterm' }),
  });
  await terminal.sees(/无法恢复/);
  await terminal.sees(/移动这些文件？/);
  terminal.types(ENTER);
  expect(await terminal.ended).toBe(130);
  expect(readTree(it.root)).toEqual(before);
});

test('in a repository of Flux it says what Flux deletes, and what names the folder follows', async () => {
  const build = (name: string, folder: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ./${folder}\n  prune: true\n`;
  const root = makeFolder();
  writeFiles(root, {
    'flux/apps.yaml': build('apps', 'apps'),
    'flux/docs.yaml': build('docs', 'office/docs'),
    ...Object.fromEntries(
      ['apps/wiki', 'apps/notes', 'office/docs'].flatMap(folder => [
        [`${folder}/kustomization.yaml`, 'namespace: web\nresources:\n  - release.yaml\n'],
        [
          `${folder}/release.yaml`,
          `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${path.basename(folder)}\nspec: {}\n`,
        ],
      ]),
    ),
  });
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root);
  const run = (...args: string[]): Promise<Run> =>
    slipway([...args, '--json'], { cwd: root, env: testEnv(makeFolder()) as Record<string, string> });
  type Effects = Moved & { cluster: { flux: Record<'stays' | 'leaves', { name: string }[]> } };
  const away = await run('move', 'apps/wiki', '--to', 'disabled', '--dry-run');
  const { cluster } = readAs('move', away.stdout) as Effects;
  expect([cluster.deletes, cluster.lost]).toEqual([['HelmRelease/wiki'], ['HelmRelease/wiki']]);
  expect(cluster.flux.leaves).toMatchObject([{ name: 'apps' }]);
  const along = await run('move', 'office/docs', '--to', 'apps', '--yes');
  expect((readAs('move', along.stdout) as Effects).cluster.deletes).toEqual([]);
  expect(readFileSync(path.join(root, 'flux/docs.yaml'), 'utf8')).toBe(build('docs', 'apps/docs'));
});
