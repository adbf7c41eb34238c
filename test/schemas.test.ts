import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfiguration } from '../src/repository/configuration.ts';
import { UserError } from '../src/errors.ts';
import { recordChange } from '../src/features/promote/open-requests.ts';
import { recordPath } from '../src/repository/promotion-record.ts';
import { printAnswers } from '../src/output/decision-file.ts';
import { parseDefinition } from '../src/repository/generators/parse-definition.ts';
import { parseGenerated, renderGenerated } from '../src/repository/generators/record.ts';
import { renderLockEntry } from '../src/repository/lock-entry.ts';

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

test('the files that slipway keeps in a repository, and those that a person answers in, are as their schemas say', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const chart = { name: 'ledger', repo: 'https://a.example', version: '1.0.0', digest };
  const manifests = [{ url: 'https://a.example/install.yaml', version: 'v1.0.0', digest }];
  const lock = renderLockEntry({
    charts: [chart, { ...chart, created: '2026-01-01', appVersion: '1' }],
    manifests,
  });
  const answers = printAnswers({ 'a#1': 'ours', 'b#2': 'theirs', 'c#3': 'merged', 'd#4': { value: [1] } });
  const { changes } = recordChange({
    file: recordPath('production', 'shop'),
    before: undefined,
    from: 'dev',
    source: new Map([['a.yaml', { file: 'dev/shop/a.yaml', text: 'a: 1\n' }]]),
    target: new Map(),
    ahead: ['b.yaml'],
    today: new Date(0),
    idOf: () => '0'.repeat(40),
    why: '',
  });
  const [record] = changes.flatMap(change =>
    'content' in change ? [Buffer.from(change.content).toString()] : [],
  );
  expect(schema('lock')(parse(lock))).toBe(true);
  expect(schema('decisions')(parse(`${answers}\nrisk:hook-runs: accept\n`))).toBe(true);
  expect(schema('promotion')(parse(record ?? ''))).toBe(true);
  expect(schema('lock')(parse(lock.replace('ledger', '""')))).toBe(false);
  expect(schema('decisions')({ 'a#1': 'whatever' })).toBe(false);
  expect(schema('promotion')({ schemaVersion: 1, from: 'dev', source: { a: 'short' }, target: {} })).toBe(
    false,
  );
});

const GENERATORS: [string, boolean][] = [
  ['description: x\n', true],
  ['description: { en: x, zh-CN: y }\nquestions: []\nfiles: []\nchanges: []\n', true],
  [
    'description: x\napp: "{{a}}"\nquestions: [{ name: a, type: number, min: 1, max: 2, default: 1 }, { name: b, type: list, default: [x], when: { a: [1, 2] } }]\n',
    true,
  ],
  ['description: x\nquestions: [{ name: a, type: choice, choices: [x, 1, true] }]\n', true],
  ['description: x\nchanges: [{ kustomization: a, resources: [b], images: [{ name: c }] }]\n', true],
  ['questions: []\n', false],
  ['description: ""\n', false],
  ['description: { zh-CN: y }\n', false],
  ['description: x\nquestions: [{ ask: a }]\n', false],
  ['description: x\nquestions: [{ name: A }]\n', false],
  ['description: x\nquestions: [{ name: a, type: password }]\n', false],
  ['description: x\nquestions: [{ name: a, type: choice, choices: [] }]\n', false],
  ['description: x\nquestions: [{ name: a, when: b }]\n', false],
  ['description: x\nchanges: [{ resources: [b] }]\n', false],
  ['description: x\nchanges: [{ kustomization: a, resources: [{}] }]\n', false],
  ['description: x\nmore: 1\n', false],
];

test.each(GENERATORS)('generator.yaml: the shipped schema and slipway agree on %j', (text, valid) => {
  expect(schema('generator')(parse(text))).toBe(valid);
  const isTaken = (): boolean => {
    try {
      parseDefinition(text, 'thing');
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };
  expect(isTaken()).toBe(valid);
});

test('the record of what a generator made is as its schema says, and is read back', () => {
  const run = {
    generator: 'db',
    digest: `sha256:${'0'.repeat(64)}`,
    answers: { name: 'a', size: 5, backup: true, words: ['x', '1'] },
    files: { 'production/a/x.yaml': 'a: 1\n# \u4e2d\n', 'production/a/empty.txt': '' },
    changes: [{ kustomization: 'production/b', add: { resources: ['x.yaml'] } }],
  };
  const text = renderGenerated([run]);
  expect(schema('generated')(parse(text))).toBe(true);
  expect(JSON.parse(JSON.stringify(parseGenerated(text, 'x.yaml')))).toEqual([run]);
});
