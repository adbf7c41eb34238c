import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfiguration } from '../src/repository/configuration.ts';
import { UserError } from '../src/errors.ts';

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
