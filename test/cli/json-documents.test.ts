import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { shellQuote } from '../../src/text/shell-quote.ts';
import { COMMANDS } from '../../src/commands.ts';
import { paste } from '../support/printed-lines.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';
import { readAs } from '../support/schema.ts';
import { makeSealingPair } from '../support/sealing.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';

/** A run of a command that prints a document, held to the schema; `reads` for what writes nothing and can be run again. */
type Run = { args: string[]; schema: string; code?: number; reads?: true };

const APP = ['--image', 'docker.io/library/nginx:1.29', '--port', '80', '--route', 'none', '--yes'];
const MERGE = ['--base', 'base.yaml', '--ours', 'ours.yaml', '--theirs', 'theirs.yaml'];

/** At least one for every document that a command prints: without one, a new command fails the first test. */
const RUNS: Record<string, Run[]> = {
  'new-app': [{ args: ['shop', '--env', 'production', ...APP], schema: 'new-app' }],
  new: [
    { args: [], schema: 'new', reads: true },
    { args: ['note', '--name', 'shop', '--dry-run'], schema: 'new', reads: true },
  ],
  update: [{ args: ['--dry-run'], schema: 'update', reads: true }],
  check: [{ args: ['production/wiki'], schema: 'check', reads: true }],
  diff: [{ args: ['--demo'], schema: 'diff', reads: true }],
  'merge-values': [{ args: MERGE, schema: 'merge-values', code: 3, reads: true }],
  outdated: [{ args: ['--demo'], schema: 'outdated', reads: true }],
  upgrade: [
    { args: ['--demo', '--dry-run', '--no-render'], schema: 'upgrade', reads: true },
    { args: ['--demo', '--plan', 'plan.json'], schema: 'upgrade-plan', reads: true },
  ],
  build: [{ args: ['production/notes'], schema: 'build', reads: true }],
  bump: [{ args: ['notes', '--image', 'notes=:9'], schema: 'bump' }],
  promote: [
    {
      args: ['-C', 'examples', 'web', '--from', 'dev', '--to', 'production', '--status'],
      schema: 'promote',
      reads: true,
    },
    {
      args: ['-C', 'examples', 'web', '--from', 'dev', '--to', 'production', '--plan', 'plan.json'],
      schema: 'promote-plan',
      reads: true,
    },
  ],
  preview: [{ args: [], schema: 'preview', reads: true }],
  // Its documents are those of the commands whose shards it joins: test/features/join.
  join: [],
  apps: [{ args: ['--base', 'HEAD'], schema: 'apps', reads: true }],
  fleet: [{ args: [], schema: 'fleet', reads: true }],
  map: [{ args: [], schema: 'map', reads: true }],
  add: [
    { args: ['storage', 'wiki', '--storage', 'ceph-block:1Gi', '--yes'], schema: 'add' },
    { args: ['generator', 'backup', '--dry-run'], schema: 'add-generator', reads: true },
  ],
  move: [{ args: ['wiki', '--to', 'disabled', '--yes'], schema: 'move' }],
  rename: [{ args: ['wiki', 'pages', '--yes'], schema: 'move' }],
  convert: [
    {
      args: ['-C', 'examples', 'ledger', '--to', 'flux', '--dry-run', '--offline'],
      schema: 'convert',
      reads: true,
    },
  ],
  seal: [
    {
      args: ['--into', 'production/wiki/resources/db.yaml', '--name', 'db', '--from-file', 'a=-', '--yes'],
      schema: 'seal',
    },
    { args: ['--check'], schema: 'seal-check', reads: true },
  ],
  init: [{ args: ['--yes', '--no-charts'], schema: 'init' }],
  adopt: [{ args: ['wiki', '--demo', '--dry-run'], schema: 'adopt' }],
  minimize: [{ args: ['wiki', '--demo', '--dry-run'], schema: 'minimize' }],
  undo: [{ args: ['--list'], schema: 'undo', reads: true }],
  explain: [{ args: ['E_DIRTY'], schema: 'explain', reads: true }],
  // Its stdout is a protocol.
  mcp: [],
  onboard: [{ args: ['--yes'], schema: 'onboard' }],
  // Its stdout is a script.
  completion: [],
  doctor: [{ args: ['--offline'], schema: 'doctor', reads: true }],
};

const DEFINED = {
  next: { type: 'array', items: { type: 'string' } },
  nextArgv: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
  command: { type: 'string' },
};

test('every command is run below', () => {
  expect(Object.keys(RUNS)).toEqual(Object.keys(COMMANDS));
});

test('every schema of a document asks for the same envelope, and is of a document that is printed below', () => {
  const names = readdirSync('schemas')
    .filter(file => file.endsWith('.schema.json'))
    .map(file => file.replace('.schema.json', ''));
  // Files, and what no single command prints.
  const others = [
    'cluster',
    'config',
    'decisions',
    'error',
    'generated',
    'generator',
    'help',
    'lock',
    'promotion',
  ];
  const documents = names.filter(name => !others.includes(name));
  const printed = Object.values(RUNS).flatMap(runs => runs.map(({ schema }) => schema));
  expect(documents.toSorted()).toEqual([...new Set(printed)].toSorted());
  for (const name of documents) {
    const { required, properties } = JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as {
      required: string[];
      properties: Record<string, object>;
    };
    expect([name, required]).toEqual([name, expect.arrayContaining(['schemaVersion', 'next', 'command'])]);
    expect(properties).toMatchObject(DEFINED);
  }
});

const pair = makeSealingPair();

function place(): { root: string; env: Record<string, string> } {
  const root = demoRepository();
  writeFiles(root, {
    'base.yaml': 'a: 1\n',
    'ours.yaml': 'a: 2\n',
    'theirs.yaml': 'a: 3\n',
    '.slipway/generators/note/generator.yaml': 'description: A note\nquestions: [{ name: name }]\n',
    '.slipway/generators/note/files/notes/{{name}}.txt.hbs': '{{name}}\n',
    'examples/dev/web/kustomization.yaml': 'namespace: web\n',
    'examples/production/web/kustomization.yaml': 'namespace: web\n',
    'examples/production/ledger/kustomization.yaml':
      'namespace: ledger\nhelmCharts:\n  - { name: ledger, repo: https://charts.example.org, version: 1.0.0, namespace: ledger }\n',
  });
  const env = testEnv(makeFolder(), { SEALED_SECRETS_CERT: pair.certFile }) as Record<string, string>;
  return { root, env };
}

const ALL = Object.entries(RUNS).flatMap(([name, runs]) => runs.map(run => ({ name, ...run })));

test.for(ALL)(
  'I5 $name prints one document of schema $schema',
  async ({ name, args, schema, code = 0, reads }) => {
    const { root, env } = place();
    const run = await slipway([name, ...args, '--json'], { cwd: root, env, input: 'hush' });
    expect([run.code, run.stderr]).toEqual([code, expect.any(String)]);
    const document = readAs(schema, run.stdout) as { command: string; next: string[]; nextArgv: string[][] };
    const words = document.next.filter(line => !/\||^cd /.test(line)).flatMap(line => line.split(' && '));
    expect(document.nextArgv.map(argv => argv.map(shellQuote).join(' '))).toEqual(words);
    expect(Object.keys(document)[0]).toBe('schemaVersion');
    expect(document.command).toContain(`slipway ${name}`);
    for (const line of [document.command, ...document.next]) expect(line).not.toMatch(/\n|--json/);
    if (!reads) return;
    const again = await paste([`${document.command} --json`], root, { ...env, PATH: pathOf(env) });
    expect(JSON.parse(again.stdout)).toEqual(document);
  },
);

test.each(Object.keys(RUNS))('I5 and %s its errors', async name => {
  const { root, env } = place();
  const { stdout, code } = await slipway([name, '--no-such-flag', '--json'], { cwd: root, env });
  expect([code, readAs('error', stdout)]).toMatchObject([2, { error: { code: 'E_USAGE' } }]);
});

function pathOf({ PATH = '' }: Record<string, string>): string {
  return [path.dirname(process.execPath), PATH].join(path.delimiter);
}
