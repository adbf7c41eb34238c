import { expect, test } from 'vitest';
import { measured, MOST } from '../support/measured.ts';
import { commitAll, git, makeFolder, writeFiles } from '../support/repository.ts';
import { testEnv } from '../support/slipway.ts';

/** Each within the limits of a file; together some gigabytes of objects. */
const FILES = 8;
const values = 'abcdefgh'
  .split('')
  .flatMap(letter => Array.from({ length: 15_000 }, (_, at) => `    ${letter}${at}: v\n`))
  .join('');

const kustomization = (rest: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${rest}`;
const release = (name: string, rest: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: web}\nspec:\n` +
  '  chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: h, namespace: flux}}}\n' +
  rest;

const numbers = Array.from({ length: FILES }, (_, at) => at);

/** An app as anybody has it, and those that have too much. */
const CLONE: Record<string, string> = {
  'apps/usual/kustomization.yaml': kustomization('resources: [release.yaml]\n'),
  'apps/usual/release.yaml': release('usual', '  values: {replicas: 2}\n'),
  'apps/plain/kustomization.yaml': kustomization(
    `resources:\n${numbers.map(at => `  - c${at}.yaml\n`).join('')}`,
  ),
  ...Object.fromEntries(
    numbers.flatMap(at => [
      [`apps/r${at}/kustomization.yaml`, kustomization('resources: [release.yaml]\n')],
      [`apps/r${at}/release.yaml`, release(`r${at}`, `  values:\n${values}`)],
      [
        `apps/plain/c${at}.yaml`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${at}}\ndata:\n${values}`,
      ],
      [`apps/plain/t${at}.yaml`, `# ${'text of no values '.repeat(9 << 16)}\n`],
    ]),
  ),
};

let clone: string | undefined;

function largeClone(): string {
  if (clone !== undefined) return clone;
  clone = makeFolder();
  writeFiles(clone, CLONE);
  git(clone, 'init', '--quiet');
  commitAll(clone);
  return clone;
}

test.each([
  ['outdated', 'usual'],
  ['diff', ''],
  ['doctor', ''],
  ['upgrade --dry-run', ''],
  ['check', 'apps/plain/c'],
])(
  'C09 %s of a clone whose files are large together stays within the memory, and says what it left out',
  async (command, told) => {
    const args = [...command.split(' '), '--json', '--offline'].filter(
      each => command !== 'check' || each !== '--offline',
    );
    const run = await measured([...args, '-C', largeClone()], testEnv(makeFolder()));
    const said = `${run.stdout}\n${run.stderr}`;
    expect([run.peakMib < MOST.peakMib, run.code === 70, said.includes(told)]).toEqual([true, false, true]);
    expect(said).toMatch(/together|not understood|unreadable/);
  },
  600_000,
);

const list = (count: number, key: string): string =>
  `{list: {elements: [${Array.from({ length: count }, (_, at) => `{${key}: v${at}}`).join(', ')}]}}`;

test.each([
  ['merge without keys', `{merge: {mergeKeys: [], generators: [${list(3000, 'a')}, ${list(3000, 'b')}]}}`],
  [
    'matrix of a matrix',
    `{matrix: {generators: [${list(300, 'a')}, {matrix: {generators: [${list(300, 'b')}, ${list(300, 'c')}]}}]}}`,
  ],
])(
  'C09 generators that multiply, %s: no more than anybody has',
  async (_, generator) => {
    const root = makeFolder();
    writeFiles(root, {
      'apps/a/kustomization.yaml': kustomization('resources: []\n'),
      'argocd/set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\nspec:\n  generators: [${generator}]\n  template:\n    metadata: {name: "{{a}}"}\n    spec: {source: {repoURL: https://x.example.test, chart: "{{a}}", targetRevision: 1.0.0}, destination: {namespace: a}}\n`,
    });
    for (const command of ['check', 'outdated']) {
      const run = await measured([command, '--offline', '--json', '-C', root], testEnv(makeFolder()));
      expect([command, run.peakMib < MOST.peakMib, run.code === 70]).toEqual([command, true, false]);
    }
  },
  120_000,
);
