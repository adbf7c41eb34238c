import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  commitAll,
  git,
  makeFolder,
  makeRepository,
  readTree,
  writeFiles,
} from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const AT = '.slipway/generators/db';
const HERE = 'production/orders';
const CONFIG = `${AT}/files/production/{{name}}/config.yaml.hbs`;
const KUSTOMIZATION = 'namespace: {{name}}\nresources:\n  - config.yaml\n';
const BASE =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{name}}\n  labels:\n    team: shop\ndata:\n  size: "{{size}}"\n  mode: plain\n';
const GENERATOR = {
  'production/wiki/kustomization.yaml': 'namespace: wiki # ours\nresources:\n  - config.yaml\n',
  'production/wiki/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wiki}\n',
  [`${AT}/generator.yaml`]:
    'description: A database\nquestions:\n  - { name: name }\n  - { name: size, type: number, default: 5 }\nchanges:\n  - kustomization: production/wiki\n    images: [{ name: db, newTag: "1" }]\n',
  [`${AT}/files/production/{{name}}/kustomization.yaml.hbs`]: KUSTOMIZATION,
  [CONFIG]: BASE,
  [`${AT}/files/production/{{name}}/notes.txt.hbs`]: 'one\ntwo\nthree\nfour\nfive\n',
};

type Case = {
  root: string;
  run(...args: string[]): Promise<Run>;
  read(file: string): string;
  write(files: Record<string, string>): void;
};

/** A repository in which the generator has made an app, all of it committed. */
async function open(): Promise<Case> {
  const root = makeRepository(GENERATOR);
  const env = testEnv(makeFolder()) as Record<string, string>;
  const run = (...args: string[]): Promise<Run> => slipway(args, { cwd: root, env });
  const made = await run('new', 'db', '--name', 'orders', '--yes', '--json');
  expect([made.code, made.stderr]).toEqual([0, '']);
  commitAll(root);
  return {
    root,
    run,
    read: file => readFileSync(path.join(root, file), 'utf8'),
    write: files => {
      writeFiles(root, files);
      commitAll(root);
    },
  };
}

type Decision = { id: string; file: string; base: unknown; ours: unknown; theirs: unknown };
type Document = {
  apps: { app: string; status: string; decisions: Decision[]; gone: string[]; error?: { code: string } }[];
  changes: { path: string; action: string }[];
};

async function update(it: Case, ...args: string[]): Promise<Document & { code: number }> {
  const run = await it.run('update', ...args, '--json');
  return { ...(readAs('update', run.stdout) as Document), code: run.code };
}

const changed = ({ changes }: Document): string[] =>
  changes.map(({ path: file, action }) => `${action} ${file}`).filter(line => !line.includes('.slipway/'));

test('nothing has changed: nothing is done', async () => {
  const it = await open();
  expect(await update(it)).toMatchObject({
    code: 0,
    changes: [],
    apps: [{ app: HERE, status: 'unchanged' }],
  });
});

describe('what only one side changed', () => {
  test('the generator: it is taken over, new files come, what it makes no more goes; undo takes it back', async () => {
    const it = await open();
    rmSync(path.join(it.root, AT, 'files/production/{{name}}/notes.txt.hbs'));
    it.write({
      [CONFIG]: BASE.replace('mode: plain', 'mode: tls'),
      [`${AT}/files/production/{{name}}/more.txt.hbs`]: 'more\n',
    });
    const before = readTree(it.root);
    const dry = await update(it, '--dry-run');
    expect([dry.code, readTree(it.root)]).toEqual([0, before]);
    const done = await update(it, 'orders');
    expect(changed(done).toSorted()).toEqual([
      `create ${HERE}/more.txt`,
      `delete ${HERE}/notes.txt`,
      `update ${HERE}/config.yaml`,
    ]);
    expect(it.read(`${HERE}/config.yaml`)).toContain('mode: tls');
    commitAll(it.root);
    expect((await update(it)).changes).toEqual([]);
    expect((await it.run('undo', '--yes')).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
  });

  test('people: it stays, with their comments, beside what the generator changed elsewhere', async () => {
    const it = await open();
    const own = it.read(`${HERE}/config.yaml`).replace('team: shop', 'team: sales # moved');
    it.write({
      [`${HERE}/config.yaml`]: `# ours\n${own}`,
      [CONFIG]: BASE.replace('mode: plain', 'mode: tls'),
    });
    expect((await update(it)).code).toBe(0);
    const now = it.read(`${HERE}/config.yaml`);
    expect(now).toBe(`# ours\n${own.replace('mode: plain', 'mode: tls')}`);
  });

  test('what people deleted stays deleted, also where the generator changed it', async () => {
    const it = await open();
    rmSync(path.join(it.root, HERE, 'notes.txt'));
    it.write({ [`${AT}/files/production/{{name}}/notes.txt.hbs`]: 'other\n' });
    const done = await update(it);
    expect([done.code, changed(done), done.apps[0]?.gone]).toEqual([0, [], [`${HERE}/notes.txt`]]);
  });

  test('texts that are no YAML are merged by lines', async () => {
    const it = await open();
    it.write({
      [`${HERE}/notes.txt`]: 'ONE\ntwo\nthree\nfour\nfive\n',
      [`${AT}/files/production/{{name}}/notes.txt.hbs`]: 'one\ntwo\nthree\nfour\nFIVE\n',
    });
    expect((await update(it)).code).toBe(0);
    expect(it.read(`${HERE}/notes.txt`)).toBe('ONE\ntwo\nthree\nfour\nFIVE\n');
  });

  test('a repository without history, and one whose edit came before the first commit', async () => {
    const it = await open();
    rmSync(path.join(it.root, '.git'), { recursive: true });
    git(it.root, 'init', '--quiet', '--initial-branch=main', '--template=');
    it.write({
      [`${HERE}/config.yaml`]: it.read(`${HERE}/config.yaml`).replace('team: shop', 'team: sales'),
      [CONFIG]: BASE.replace('mode: plain', 'mode: tls'),
    });
    expect((await update(it)).code).toBe(0);
    expect(it.read(`${HERE}/config.yaml`)).toMatch(/team: sales\n[^]*mode: tls/);
  });
});

describe('where both changed', () => {
  async function contested(): Promise<Case> {
    const it = await open();
    it.write({
      [`${HERE}/config.yaml`]: it.read(`${HERE}/config.yaml`).replace('mode: plain', 'mode: mine'),
      [`${HERE}/notes.txt`]: 'ONE\ntwo\nthree\nfour\nfive\n',
      [CONFIG]: BASE.replace('mode: plain', 'mode: tls').replace('team: shop', 'team: core'),
      [`${AT}/files/production/{{name}}/notes.txt.hbs`]: '1\ntwo\nthree\nfour\nfive\n',
    });
    return it;
  }

  test('there is a decision for each place, exit 3, and nothing is written', async () => {
    const it = await contested();
    const before = readTree(it.root);
    const { code, apps, changes } = await update(it, 'orders');
    expect([code, changes, readTree(it.root)]).toEqual([3, [], before]);
    expect(apps[0]).toMatchObject({
      status: 'needs-decision',
      decisions: [
        { path: 'data.mode', base: 'plain', ours: 'mine', theirs: 'tls', file: `${HERE}/config.yaml` },
        { file: `${HERE}/notes.txt`, ours: 'ONE\ntwo\nthree\nfour\nfive\n' },
      ],
    });
    const shown = (await it.run('update', '--lang', 'zh-CN')).stdout;
    expect(shown).toContain('2 项待决定');
    expect(shown).not.toMatch(/^(?:<<<<<<<|>>>>>>>)/m);
  });

  test.each([
    ['ours', 'mode: mine', 'ONE'],
    ['theirs', 'mode: tls', '1'],
  ])('answered by %s it is written, and never asked again', async (answer, mode, first) => {
    const it = await contested();
    const { apps } = await update(it);
    const answers = (apps[0]?.decisions ?? []).map(({ id }) => `${JSON.stringify(id)}: ${answer}\n`).join('');
    it.write({ 'decisions.yaml': answers });
    expect((await update(it, '--decisions', 'decisions.yaml')).code).toBe(0);
    const now = it.read(`${HERE}/config.yaml`);
    expect([
      now.includes(mode),
      now.includes('team: core'),
      it.read(`${HERE}/notes.txt`).split('\n')[0],
    ]).toEqual([true, true, first]);
    commitAll(it.root);
    expect(await update(it)).toMatchObject({ code: 0, changes: [] });
  });

  test('a file that the generator makes no more, and people changed, is one too', async () => {
    const it = await open();
    rmSync(path.join(it.root, AT, 'files/production/{{name}}/notes.txt.hbs'));
    it.write({ [`${HERE}/notes.txt`]: 'mine\n' });
    const { code, apps } = await update(it);
    expect([code, apps[0]?.decisions]).toMatchObject([3, [{ theirs: null, ours: 'mine\n' }]]);
  });
});

describe('kustomizations that are there', () => {
  const change = (images: string): Record<string, string> => ({
    [`${AT}/generator.yaml`]:
      GENERATOR[`${AT}/generator.yaml`]?.replace(/images: .*/, `images: ${images}`) ?? '',
  });

  test('an entry that changed or is new is edited in; what people wrote stays', async () => {
    const it = await open();
    it.write(change('[{ name: db, newTag: "2" }, { name: tool, newTag: "1" }]'));
    expect((await update(it)).code).toBe(0);
    const now = it.read('production/wiki/kustomization.yaml');
    expect(now).toContain('namespace: wiki # ours');
    expect(now).toMatch(/name: db\n +newTag: "2"\n +- name: tool\n +newTag: "1"/);
  });

  test('both changed it: a decision; people took it away: it stays so', async () => {
    const it = await open();
    const own = it.read('production/wiki/kustomization.yaml');
    it.write({
      ...change('[{ name: db, newTag: "2" }]'),
      'production/wiki/kustomization.yaml': own.replace('"1"', '"9"'),
    });
    expect(await update(it)).toMatchObject({ code: 3, apps: [{ decisions: [{ ours: '9', theirs: '2' }] }] });
    rmSync(path.join(it.root, 'production/wiki'), { recursive: true });
    commitAll(it.root);
    expect(await update(it)).toMatchObject({ code: 0, apps: [{ gone: ['production/wiki'] }] });
  });
});

describe('answers', () => {
  const asks = (more: string): Record<string, string> => ({
    [`${AT}/generator.yaml`]:
      GENERATOR[`${AT}/generator.yaml`]?.replace('changes:', `  - ${more}\nchanges:`) ?? '',
  });

  test('a new question takes its default, or is asked for by --set', async () => {
    const it = await open();
    it.write({ ...asks('{ name: zone, default: a }'), [CONFIG]: BASE.replace('plain', '{{zone}}') });
    expect((await update(it)).code).toBe(0);
    expect(it.read(`${HERE}/config.yaml`)).toContain('mode: a\n');
    it.write({ ...asks('{ name: zone }\n  - { name: town }'), [CONFIG]: BASE.replace('plain', '{{town}}') });
    expect((await update(it)).apps[0]).toMatchObject({ status: 'failed', error: { code: 'E_MISSING' } });
    expect((await update(it, 'orders', '--set', 'town=b', '--set', 'size=7')).code).toBe(0);
    expect(it.read(`${HERE}/config.yaml`)).toMatch(/size: "7"\n +mode: b\n/);
  });

  test.each([
    [['nothing'], 'E_VALUE'],
    [['orders', '--set', 'nam=b'], 'E_USAGE'],
    [['orders', '--decisions', 'none.yaml'], 'E_USAGE'],
  ])('%j is refused', async (args, code) => {
    const it = await open();
    const run = await it.run('update', ...args, '--json');
    const document = JSON.parse(run.stdout) as {
      error?: { code: string };
      apps?: { error?: { code: string } }[];
    };
    expect([run.code === 0, document.error?.code ?? document.apps?.[0]?.error?.code]).toEqual([false, code]);
  });
});

describe('odd states', () => {
  test('a generator that is gone, an app that moved, a record that is no YAML: said, nothing written', async () => {
    const it = await open();
    git(it.root, 'mv', HERE, 'production/sales');
    commitAll(it.root);
    expect((await update(it)).apps[0]).toMatchObject({ status: 'failed', error: { code: 'E_GENERATOR' } });
    git(it.root, 'mv', 'production/sales', HERE);
    rmSync(path.join(it.root, AT), { recursive: true });
    commitAll(it.root);
    expect((await update(it)).apps[0]).toMatchObject({ status: 'failed', error: { code: 'E_GENERATOR' } });
    it.write({ '.slipway/generated/production/orders.yaml': 'runs: [\n' });
    expect(await update(it)).toMatchObject({ apps: [{ status: 'failed' }] });
    it.write({
      '.slipway/generated/production/orders.yaml': 'schemaVersion: 1\nruns: [{ generator: db }]\n',
    });
    expect(await update(it)).toMatchObject({ apps: [{ status: 'failed', error: { code: 'E_GENERATOR' } }] });
    expect(git(it.root, 'status', '--porcelain')).toBe('');
  });

  test('an app that slipway renamed is updated where it is now; one whose answers lead elsewhere is left', async () => {
    const it = await open();
    const before = readTree(it.root);
    const plain = await it.run('rename', HERE, 'sales', '--yes', '--json');
    expect([plain.code, plain.stderr]).toEqual([0, '']);
    const record = it.read('.slipway/generated/production/sales.yaml');
    expect([record.includes('name: sales'), record.includes(`${HERE}/`)]).toEqual([true, false]);
    expect(readTree(it.root)).not.toHaveProperty(['.slipway/generated/production/orders.yaml']);
    expect((await update(it)).apps).toMatchObject([{ app: 'production/sales', status: 'unchanged' }]);
    expect((await it.run('undo', '--yes')).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
    await it.run('move', HERE, '--to', 'disabled', '--yes');
    commitAll(it.root);
    const { apps } = await update(it);
    expect(apps).toMatchObject([
      { app: 'disabled/orders', status: 'failed', error: { code: 'E_GENERATOR' } },
    ]);
    expect(git(it.root, 'status', '--porcelain')).toBe('');
    await it.run('move', 'disabled/orders', '--to', 'production', '--yes');
    expect((await update(it)).apps).toMatchObject([{ app: HERE, status: 'unchanged' }]);
    expect(readTree(it.root)).toEqual(before);
  });

  test('paths of a hostile record lead nowhere', async () => {
    const it = await open();
    const record = it.read('.slipway/generated/production/orders.yaml');
    it.write({
      '.slipway/generated/production/orders.yaml': record.replace(`${HERE}/notes.txt:`, '../../outside.txt:'),
    });
    expect(await update(it)).toMatchObject({ apps: [{ status: 'failed', error: { code: 'E_OUTSIDE' } }] });
  });

  test.each(['.slipway/config.yaml', '.github/workflows/ci.yml', '.Slipway/x', 'production/wiki/a.txt'])(
    'a record that claims %s does not take it away',
    async file => {
      const it = await open();
      const record = it.read('.slipway/generated/production/orders.yaml');
      it.write({
        [file]: '{}\n',
        '.slipway/generated/production/orders.yaml': record.replace(
          `      ${HERE}/notes.txt:`,
          `      ${file}: |\n        {}\n      ${HERE}/notes.txt:`,
        ),
      });
      const { code, changes, apps } = await update(it);
      const isOurs = /slipway/i.test(file);
      expect([code !== 0, changes, apps[0]?.status]).toEqual([
        true,
        [],
        isOurs ? 'failed' : 'needs-decision',
      ]);
      const asked = (apps[0]?.decisions ?? []).map(each => [each.file, each.ours, each.theirs]);
      expect(asked).toEqual(isOurs ? [] : [[file, '{}\n', null]]);
    },
  );

  test('a file that is no UTF-8 is named, and stays byte for byte', async () => {
    const it = await open();
    const latin = Buffer.from('eins\ntwo\nthree\nfour\nf\u00fcnf\n', 'latin1');
    writeFileSync(path.join(it.root, HERE, 'notes.txt'), latin);
    commitAll(it.root);
    it.write({ [`${AT}/files/production/{{name}}/notes.txt.hbs`]: 'one\nTWO\nthree\nfour\nfive\n' });
    const { code, changes, apps } = await update(it);
    expect([code === 0, changes, apps[0]?.error]).toMatchObject([false, [], { code: 'E_ENCODING' }]);
    expect(readFileSync(path.join(it.root, HERE, 'notes.txt'))).toEqual(latin);
  });

  test.each([
    ['one\r\ntwo\nthree\r\nfour\nfive\n', 'one\r\nTWO\r\nthree\r\nfour\nfive\n'],
    ['one\ntwo\nthree\nfour\nfive\r\n', 'one\nTWO\nthree\nfour\nfive\r\n'],
    ['one\r\ntwo\r\nthree\r\nfour\r\nfive\r\n', 'one\r\nTWO\r\nthree\r\nfour\r\nfive\r\n'],
    ['one\ntwo\nthree\nfour\r\nFIVE', 'one\nTWO\nthree\nfour\r\nFIVE'],
  ])('each line of %j keeps its end', async (before, after) => {
    const it = await open();
    it.write({
      [`${HERE}/notes.txt`]: before,
      [`${AT}/files/production/{{name}}/notes.txt.hbs`]: 'one\nTWO\nthree\nfour\nfive\n',
    });
    expect((await update(it)).code).toBe(0);
    expect(it.read(`${HERE}/notes.txt`)).toBe(after);
  });

  test('nothing was made here', async () => {
    const root = makeRepository({ 'production/a/kustomization.yaml': 'resources: []\n' });
    const { code, stdout } = await slipway(['update', '-C', root], {
      env: testEnv(makeFolder()) as Record<string, string>,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('.slipway/generated')]);
  });
});

describe('what a stranger met', () => {
  test('a change that the generator makes no more takes its own entry along, and nobody else’s', async () => {
    const it = await open();
    const list = 'namespace: wiki # ours\nresources:\n  - config.yaml\n';
    it.write({ 'production/wiki/kustomization.yaml': list });
    rmSync(path.join(it.root, '.slipway'), { recursive: true });
    it.write({
      [`${AT}/generator.yaml`]:
        'description: A job\nquestions:\n  - { name: name }\nchanges:\n  - kustomization: production/wiki\n    resources: [job.yaml]\n',
      [`${AT}/files/production/wiki/job.yaml.hbs`]:
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{yaml name}}\n',
    });
    expect((await it.run('new', 'db', '--name', 'k', '--yes')).code).toBe(0);
    commitAll(it.root);
    it.write({ [`${AT}/generator.yaml`]: 'description: A job\nquestions:\n  - { name: name }\n' });
    expect(await update(it)).toMatchObject({ code: 0, apps: [{ status: 'updated', decisions: [] }] });
    expect(it.read('production/wiki/kustomization.yaml')).toBe(list);
  });

  test('an answer that was left empty stays empty; one that nobody was asked for has its default', async () => {
    const it = await open();
    const questions =
      'description: A database\nquestions:\n  - { name: name }\n  - { name: note, optional: true, default: hello }\n' +
      '  - { name: deep, type: boolean, default: false }\n  - { name: verify, type: boolean, default: true, when: { deep: true } }\n';
    it.write({
      [`${AT}/generator.yaml`]: questions,
      [CONFIG]: BASE.replace('{{size}}', '1'),
      [`${AT}/files/production/{{name}}/notes.txt.hbs`]: 'note: {{yaml note}}\nverify: {{verify}}\n',
    });
    expect((await it.run('new', 'db', '--name', 'k', '--note', '', '--yes')).code).toBe(0);
    commitAll(it.root);
    expect(await update(it, 'k')).toMatchObject({ code: 0, apps: [{ status: 'unchanged' }] });
    expect(await update(it, 'k', '--set', 'deep=yes')).toMatchObject({ code: 0 });
    expect(it.read('production/k/notes.txt')).toBe('note: ""\nverify: true\n');
  });

  test('of two things that were made for one app, one that people deleted does not keep the other back', async () => {
    const it = await open();
    it.write({
      [`${AT}/generator.yaml`]: 'description: A job\napp: production/wiki\nquestions:\n  - { name: name }\n',
      [`${AT}/files/production/wiki/{{name}}.txt.hbs`]: 'one\n',
    });
    for (const name of [
      'production/{{name}}/kustomization.yaml',
      'production/{{name}}/config.yaml',
      'production/{{name}}/notes.txt',
    ])
      rmSync(path.join(it.root, `${AT}/files/${name}.hbs`));
    for (const name of ['j1', 'j2'])
      expect((await it.run('new', 'db', '--name', name, '--yes')).code).toBe(0);
    rmSync(path.join(it.root, 'production/wiki/j1.txt'));
    it.write({ [`${AT}/files/production/wiki/{{name}}.txt.hbs`]: 'two\n' });
    const { code, apps } = await update(it, 'wiki');
    expect({ code, gone: apps[0]?.gone }).toEqual({ code: 0, gone: ['production/wiki/j1.txt'] });
    expect(it.read('production/wiki/j2.txt')).toBe('two\n');
  });

  test('an answer that the generator takes no more: which, and how to give another', async () => {
    const it = await open();
    it.write({
      [`${AT}/generator.yaml`]: GENERATOR[`${AT}/generator.yaml`].replace('default: 5', 'default: 9, min: 8'),
    });
    const run = await it.run('update', 'orders');
    expect([run.code, run.stderr + run.stdout]).toEqual([2, expect.stringContaining('--set size=…')]);
    const twice = await it.run('update', 'orders', '--set', 'size=8', '--set', 'size=9');
    expect([twice.code, twice.stderr + twice.stdout]).toEqual([
      2,
      expect.stringContaining('given more than once'),
    ]);
  });

  test('whoever means charts hears what moves those', async () => {
    const it = await open();
    const { code, stderr } = await it.run('update', 'nothing-like-it');
    expect([code, stderr]).toEqual([2, expect.stringContaining('slipway upgrade')]);
  });
});
