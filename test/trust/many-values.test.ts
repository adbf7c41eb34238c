import { expect, test } from 'vitest';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { matchesPath } from '../../src/repository/application-set.ts';
import { applicationName } from '../../src/repository/application-name.ts';
import { joinServed } from '../../src/repository/served-versions.ts';
import { affordable } from '../support/measured.ts';
import { applicationSetsIn } from '../../src/repository/model.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { lineColumn, readLocated } from '../../src/yaml/read.ts';

/** As large as a file may be. */
const MOST = 10 << 20;
const full = (start: string, item: string, end = ''): string =>
  `${start}${item.repeat((MOST - start.length - end.length) / item.length)}${end}`;

test.each([
  ['empty lists', full('a: [', '[],', ']')],
  ['empty maps', full('a: [', '{},', ']')],
  ['numbers', full('a: [', '1,', ']')],
  ['items without a value', full('', '-\n')],
  ['lines without a value', full('', 'a:\n')],
  ['keys of a map in braces', full('a: {', 'b,', '}')],
  ['aliases', full('a: &a 1\nb: [', '*a,', ']')],
  ['documents', full('', '--- a\n')],
  ['documents of nothing', full('', '---\n')],
])('C09 a file of nothing but %s is refused before it is parsed', (_, text) => {
  const before = process.memoryUsage().rss;
  const result = readLocated(text);
  expect([result, process.memoryUsage().rss - before < 128 << 20]).toMatchObject([
    { status: 'unreadable', problem: { code: 'E_YAML_LIMIT' } },
    true,
  ]);
});

test.each([
  ['a long text', full('a: |\n', '  {"a": [1, 2, 3], "b": "- - -"},\n')],
  ['comments', full('a: 1\n', '# a: [1, 2]\n')],
  ['long lines', full('', '- "a, b: c, [d], {e}, - f and so on until a hundred"\n')],
])('C09 a file of %s holds few values', (_, text) => {
  expect(readLocated(text).status).toBe('read');
});

test('C09 a place in a large file, and an item of a long list, is found in one look', () => {
  const list = `kind: List\nitems:\n${'  - {kind: Secret, data: {a: b}}\n'.repeat(30_000)}`;
  const documents = `${'kind: Secret\n---\n'.repeat(40_000)}kind: Secret\n`;
  for (const [text, path] of [
    [list, (at: number) => [0, ['items', at]]],
    [documents, (at: number) => [at, ['kind']]],
  ] as const) {
    const result = readLocated(text);
    if (result.status !== 'read') throw new Error(result.problem.reason.en);
    const lines = Array.from({ length: text === list ? 30_000 : 40_000 }, (_, at) => {
      const [document, steps] = path(at) as [number, (string | number)[]];
      return lineColumn(text, result.yaml.offsetOf(document, steps) ?? 0).line;
    });
    expect([lines[0], lines.at(-1)]).toEqual(text === list ? [3, 30_002] : [1, 79_999]);
  }
});

test('C09 many sources of one name, and many sets of other folders, are looked through once', () => {
  const source =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: h}\nspec: {url: "https://a.example"}\n---\n';
  const release =
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec: {chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: h}}}}\n';
  const text = new Map([
    ['a.yaml', source.repeat(15_000)],
    ['b.yaml', release],
  ]);
  expect(findUses(parseRepository(text))).toHaveLength(1);
  for (let set = 0; set < 5000; set++)
    for (let folder = 0; folder < 500; folder++)
      if (matchesPath(`apps${set}/*`, `apps/web${folder}`)) throw new Error('another folder');
});

const MANY = 4000;

const source = (url: string): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: h}\nspec: {url: "${url}"}\n`;
const release = (name: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}}\nspec: {chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: h}}}}\n`;

test('C09 as many releases as sources of one name find theirs', () => {
  const text = new Map<string, string>();
  for (let at = 0; at < MANY; at++) {
    text.set(`apps/a${at}/source.yaml`, source(`https://a${at}.example`));
    text.set(`apps/b${at}/release.yaml`, release(`r${at}`));
    text.set(`apps/a${at}/deep/release.yaml`, release(`d${at}`));
  }
  const uses = affordable(() => findUses(parseRepository(text)));
  expect(uses.map(({ source: from }) => from).filter(from => from !== undefined)).toHaveLength(MANY);
});

test('C09 sets that take every folder are many, and so are the folders', () => {
  const set = (name: number): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s${name}}\nspec:\n` +
    '  generators: [{git: {directories: [{path: "apps/*"}]}}]\n' +
    `  template: {metadata: {name: "{{path.basename}}"}, spec: {source: {path: "{{path}}"}, destination: {namespace: n${name}}}}\n`;
  const text = new Map<string, string>();
  for (let at = 0; at < MANY; at++) {
    text.set(`sets/s${at}.yaml`, set(at));
    text.set(`apps/a${at}/kustomization.yaml`, 'resources: []\n');
  }
  const { apps } = affordable(() => parseRepository(text));
  expect([apps.length, apps.at(-1)?.deployed?.namespace]).toEqual([MANY, 'n0']);
  const sets = applicationSetsIn(text);
  const names = affordable(() => apps.map(app => applicationName(sets, app.path)));
  expect(names.at(-1)).toBe(apps.at(-1)?.name);
});

test('C09 definitions of one kind are joined, however many there are', () => {
  const all = Array.from({ length: 20 * MANY }, (_, at) => ({ 'a.example/Web': [`v${at}`] }));
  const joined = affordable(() => joinServed(all));
  expect(joined['a.example/Web']).toHaveLength(20 * MANY);
});
