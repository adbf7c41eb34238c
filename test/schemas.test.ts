import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfiguration } from '../src/repository/configuration.ts';
import { UserError } from '../src/errors.ts';
import { makeCertificate } from './support/certificate.ts';
import { type TestRepository, serveCharts } from './support/chart-repository.ts';
import { makeFolder, writeFiles } from './support/repository.ts';
import { readAs } from './support/schema.ts';
import { demoRepository, slipway, testEnv } from './support/slipway.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });

function schema(name: string) {
  return ajv.compile(JSON.parse(readFileSync(path.resolve(`schemas/${name}.schema.json`), 'utf8')) as object);
}

const CONFIGURATIONS: [string, boolean][] = [
  ['environments: [production, dev]\ndomains: [a.example]\nminimumAge: 3\n', true],
  [
    'hostPatterns: {dev: "{app}-dev.{domain}"}\ngateway: {name: g, namespace: n, sectionName: s, passthrough: p}\n',
    true,
  ],
  [
    'imagePrefix: {file: ../../p.yaml, mirror: m.example/}\ndockerHub: docker.io\nstorageClasses: [fast]\n',
    true,
  ],
  [
    'sealing: {certificate: https://x.example/c.pem, fingerprint: ab}\nrepositories: [{name: a, url: https://a.example}]\nartifactHub: false\nlanguage: zh-CN\n',
    true,
  ],
  ['rules: {chart-outdated: error, values-full-copy: off, twin-app: note}\n', true],
  ['answers: {"**.image.tag": theirs, "kind: dead": {value: 1}, "risk:hook-runs:*": accept}\n', true],
  ['answers: {"**.image.tag": whatever}\n', false],
  ['answers: {"**.image.tag": {value: 1, more: 2}}\n', false],
  ['rules: {chart-outdated: loud}\n', false],
  ['rules: [chart-outdated]\n', false],
  ['domains: a.example\n', false],
  ['domains: [""]\n', false],
  ['gateway: {name: g}\n', false],
  ['gateway: {name: g, namespace: n, other: x}\n', false],
  ['minimumAge: 400\n', false],
  ['minimumAge: "7"\n', false],
  ['repositories: [{name: a}]\n', false],
  ['language: fr\n', false],
  ['cacheDir: /etc\n', false],
];

test.each(CONFIGURATIONS)('the shipped schema and slipway agree on %j', (text, valid) => {
  expect(schema('config')(parse(text))).toBe(valid);
  expect(isAccepted(text)).toBe(valid);
});

function isAccepted(text: string): boolean {
  try {
    parseConfiguration(text);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

describe('I5 with --json every command prints one document of its schema', () => {
  let charts: TestRepository;
  let root: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    charts = await serveCharts([{ name: 'a', version: '1.0.0', files: { 'values.yaml': 'a: 1\n' } }]);
    root = demoRepository();
    env = testEnv(makeFolder(), { XDG_STATE_HOME: makeFolder() }) as Record<string, string>;
    writeFiles(root, {
      'cert.pem': makeCertificate({ keyType: 'rsa' }).cert,
      'old.yaml': 'a: 1\n',
      'new.yaml': 'a: 2\n',
    });
  });
  afterAll(() => charts.close());

  /** A line of each command, its schema, and what it says of its end. */
  const LINES: Record<string, [line: string, schema: string, end: string[]]> = {
    'new-app': [
      'grafana --chart a --repo CHARTS --dry-run',
      'new-app',
      ['answers', 'notes', 'next', 'command'],
    ],
    add: [
      'secret production/wiki --secret db:password --dry-run',
      'add',
      ['answers', 'notes', 'next', 'command'],
    ],
    check: ['', 'check', []],
    diff: ['--offline', 'diff', []],
    'merge-values': ['--base old.yaml --ours old.yaml --theirs new.yaml', 'merge-values', []],
    outdated: ['--offline', 'outdated', []],
    upgrade: ['--offline --dry-run --no-render', 'upgrade', ['next', 'command']],
    move: ['wiki --to disabled --dry-run', 'move', ['next', 'command']],
    rename: ['wiki knowledge --dry-run', 'move', ['next', 'command']],
    seal: [
      '--cert cert.pem --into production/wiki/resources/x-sealedsecret.yaml --name x --generate k --dry-run',
      'seal',
      ['notes', 'next', 'command'],
    ],
    init: ['--no-charts --dry-run', 'init', ['answers', 'notes', 'next', 'command']],
    // Its own test plays the tour.
    onboard: ['--demo', 'error', []],
    doctor: ['--offline', 'doctor', []],
  };

  test('none is forgotten', async () => {
    const { stdout } = await slipway(['--help'], { env });
    const commands = [...stdout.matchAll(/^ {2}([a-z][a-z-]+) {2,}/gm)].map(([, name]) => name ?? '');
    expect(new Set(commands)).toEqual(new Set(Object.keys(LINES)));
  });

  test.each(Object.entries(LINES))('%s', async (name, [line, schemaName, end]) => {
    const args = line.replace('CHARTS', charts.url).split(' ').filter(Boolean);
    const { stdout } = await slipway([name, '-C', root, ...args, '--json'], { env });
    const document = readAs(schemaName, stdout) as Record<string, unknown>;
    expect(Object.keys(document)[0]).toBe('schemaVersion');
    expect(Object.keys(document).filter(key => ENDS.includes(key))).toEqual(end);
    expect(document['command'] ?? `slipway ${name}`).toMatch(new RegExp(`^slipway ${name}\\b`));
  });

  test.each(Object.keys(LINES))('and %s its errors', async name => {
    const { stdout, code } = await slipway([name, '-C', root, '--no-such-flag', '--json'], { env });
    expect([code, readAs('error', stdout)]).toMatchObject([2, { error: { code: 'E_USAGE' } }]);
  });
});

const ENDS = ['answers', 'notes', 'next', 'command'];
