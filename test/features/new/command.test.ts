import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { canRender } from '../../support/kustomize.ts';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const AT = '.slipway/generators/database';
const GENERATOR = {
  [`${AT}/generator.yaml`]: `description: { en: A database, zh-CN: 数据库 }
questions:
  - { name: environment, type: choice, choices: environments, default: production }
  - { name: name, ask: { en: Name of the database, zh-CN: 数据库名称 }, pattern: '[a-z][a-z0-9-]*' }
  - { name: size, type: number, min: 1, max: 100, default: 5 }
  - { name: backup, type: boolean }
  - { name: user, type: app, optional: true }
files:
  - { path: '{{environment}}/{{name}}/backup.yaml.hbs', when: { backup: true } }
changes:
  - kustomization: '{{user.path}}'
    when: { user: true }
    images: [{ name: migrate, newTag: '{{name}}-1' }]
    patches: [{ target: { kind: Namespace }, patch: '[{"op": "add", "path": "/metadata/labels", "value": {"db": "{{name}}"}}]' }]
`,
  [`${AT}/files/{{environment}}/{{name}}/kustomization.yaml.hbs`]:
    'namespace: {{name}}\nresources:\n  - db.yaml\n{{#if backup}}\n  - backup.yaml\n{{/if}}\n',
  [`${AT}/files/{{environment}}/{{name}}/db.yaml.hbs`]:
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{yaml name}}\ndata:\n  size: {{size}}Gi\n',
  [`${AT}/files/{{environment}}/{{name}}/backup.yaml.hbs`]:
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{name}}-backup\n',
};

type Case = { root: string; run(...args: string[]): Promise<Run> };

function open(files: Record<string, string> = {}): Case {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, { ...GENERATOR, ...files });
  commitAll(root);
  return {
    root,
    run: (...args) => slipway(args, { cwd: root, env: testEnv(home) as Record<string, string> }),
  };
}

const ORDERS = ['new', 'database', '--name', 'orders', '--backup', 'yes'];

async function refused(it: Case, ...args: string[]) {
  const run = await it.run(...args, '--json');
  expect(git(it.root, 'status', '--porcelain')).toBe('');
  const { error } = readAs('error', run.stdout) as {
    error: { code: string; message: string; missing?: object[]; hint: string };
  };
  return { ...error, exit: run.code };
}

describe('the list', () => {
  test('names each, in the language of the run; one that is not well formed says why', async () => {
    const it = open({ '.slipway/generators/half/generator.yaml': 'questions: 1\n' });
    expect((await it.run('new', '--lang', 'zh-CN')).stdout).toMatch(
      /database +数据库\n +half +.*generator\.yaml/,
    );
    const document = readAs('new', (await it.run('new', '--json')).stdout) as { generators: object[] };
    expect(document.generators).toEqual([
      expect.objectContaining({ name: 'database', description: 'A database' }),
      expect.objectContaining({
        name: 'half',
        problem: expect.stringContaining('questions is not a list') as string,
      }),
    ]);
  });

  test('says how to make one where there is none', async () => {
    const root = demoRepository();
    const { code, stdout } = await slipway(['new'], {
      cwd: root,
      env: testEnv(makeFolder()) as Record<string, string>,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('slipway add generator')]);
  });

  test('and help and completion know the flags of its questions', async () => {
    const it = open();
    expect((await it.run('new', 'database', '--help')).stdout).toMatch(/--name <text> +Name of the database/);
    expect((await it.run('help', 'new', 'database')).stdout).toContain('--backup <yes|no>');
    expect((await it.run('completion', 'words', '--', 'new', '')).stdout).toBe('database\tA database\n');
    expect((await it.run('completion', 'words', '--', 'new', 'database', '--ba')).stdout).toContain(
      '--backup',
    );
    expect((await it.run('completion', 'words', '--', 'new', 'database', '--backup', '')).stdout).toBe(
      'yes\nno\n',
    );
    expect((await it.run('completion', 'words', '--', 'new', 'nothing', '--s')).stdout).toContain('--set');
  });
});

describe('a run', () => {
  test('makes the files, edits what is there, keeps the record, and is taken back', async () => {
    const it = open();
    const before = readTree(it.root);
    const run = await it.run(...ORDERS, '--user', 'wiki', '--yes', '--json');
    const document = readAs('new', run.stdout) as {
      changes: { path: string; action: string }[];
      app: string;
    };
    expect([run.code, document.app]).toEqual([0, 'production/orders']);
    expect(document.changes.map(({ path: file, action }) => `${action} ${file}`)).toEqual([
      'create production/orders/backup.yaml',
      'create production/orders/db.yaml',
      'create production/orders/kustomization.yaml',
      'update production/wiki/kustomization.yaml',
      'create .slipway/generated/production/orders.yaml',
    ]);
    const tree = readTree(it.root);
    expect(tree['production/orders/db.yaml']).toContain('size: 5Gi');
    const wiki = tree['production/wiki/kustomization.yaml'] ?? '';
    expect(wiki).toContain('migrate');
    for (const line of (before['production/wiki/kustomization.yaml'] ?? '').split('\n'))
      expect(wiki).toContain(line);
    expect((await it.run('undo', '--yes')).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
  });

  test('the same again changes nothing, and the line that it prints repeats it', async () => {
    const it = open();
    const first = await it.run(...ORDERS, '--yes', '--json');
    const tree = readTree(it.root);
    const { command } = JSON.parse(first.stdout) as { command: string };
    expect(command).toMatch(
      /new database --environment production --name orders --size 5 --backup yes --yes$/,
    );
    const again = readAs('new', (await it.run(...ORDERS, '--yes', '--json')).stdout);
    expect(again).toMatchObject({ changes: [], next: [] });
    expect(readTree(it.root)).toEqual(tree);
  });

  test('--dry-run shows all of it and writes nothing; --set is a flag of its question', async () => {
    const it = open();
    const before = readTree(it.root);
    const run = await it.run(
      'new',
      'database',
      '--set',
      'name=orders',
      '--user',
      'wiki',
      '--yes',
      '--dry-run',
    );
    expect([run.code, readTree(it.root)]).toEqual([0, before]);
    expect(run.stderr).toMatch(/production\/orders\/db\.yaml\n {2}apiVersion: v1/);
    expect(run.stderr).toMatch(/\+ .*migrate/);
  });

  test('nobody is asked without a terminal: what is missing is named, and choices', async () => {
    const { code, exit, missing } = await refused(open(), 'new', 'database');
    expect([code, exit, missing]).toEqual([
      'E_MISSING',
      2,
      [
        { flag: 'environment', choices: ['production'], suggestion: 'production' },
        { flag: 'name' },
        { flag: 'size', suggestion: '5' },
      ],
    ]);
  });

  test.runIf(canRender)('what it makes is built before anything is written', async () => {
    const document = readAs('new', (await open().run(...ORDERS, '--yes', '--json')).stdout);
    expect(document).toMatchObject({ builds: [{ app: 'production/orders', status: 'builds', objects: 2 }] });
  });
});

describe('what is refused, with nothing written', () => {
  test.each([
    ['an answer against its pattern', ['--name', 'No'], 'E_VALUE'],
    ['a name that nothing asks', ['--name', 'a', '--set', 'nam=b'], 'E_USAGE'],
    ['--set without an answer', ['--name', 'a', '--set', 'name'], 'E_USAGE'],
    ['a flag that there is not', ['--nam', 'a'], 'E_USAGE'],
    ['an app that there is not', ['--name', 'a', '--user', 'nothing'], 'E_VALUE'],
  ])('%s', async (_, args, code) => {
    expect((await refused(open(), 'new', 'database', ...args, '--yes')).code).toBe(code);
  });

  test('a generator that there is not, with what was meant', async () => {
    const { code, hint } = await refused(open(), 'new', 'databse', '--name', 'a');
    expect([code, hint]).toEqual(['E_GENERATOR', expect.stringContaining('slipway new database')]);
    expect((await refused(open(), 'new', '../generators/database')).code).toBe('E_GENERATOR');
  });

  test('a file that is there and says something else', async () => {
    const it = open({ 'production/orders/db.yaml': '# mine\n' });
    const { code, exit, message } = await refused(it, ...ORDERS, '--yes');
    expect([code, exit]).toEqual(['E_EXISTS', 6]);
    expect(message).toContain('production/orders/db.yaml');
  });

  test('a kustomization that is not there', async () => {
    const it = open({
      [`${AT}/generator.yaml`]:
        'description: x\nquestions: [{ name: environment }, { name: name }, { name: size }, { name: backup }]\nchanges: [{ kustomization: production/none, resources: [a.yaml] }]\n',
    });
    const { code, message } = await refused(it, ...ORDERS, '--environment', 'dev', '--size', '1');
    expect([code, message]).toEqual(['E_GENERATOR', expect.stringContaining('production/none')]);
  });

  test('a link in a generator, and a link where a file would go', async () => {
    const it = open();
    symlinkSync('/etc/hostname', path.join(it.root, AT, 'files/host.txt'));
    commitAll(it.root);
    expect((await refused(it, ...ORDERS, '--yes')).code).toBe('E_GENERATOR');
    const linked = open();
    symlinkSync(makeFolder(), path.join(linked.root, 'production/orders'));
    commitAll(linked.root);
    expect((await refused(linked, ...ORDERS, '--yes')).code).toMatch(/^E_(?:OUTSIDE|SYMLINK)$/);
  });
});
