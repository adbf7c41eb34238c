import { describe, expect, test } from 'vitest';
import { isRecord } from '../../src/data/fields.ts';
import { lineColumn, type LocatedYaml, readLocated, type YamlProblem } from '../../src/yaml/read.ts';

function read(text: string): LocatedYaml {
  const result = readLocated(text);
  if (result.status === 'unreadable') throw new Error(JSON.stringify(result.problem));
  return result.yaml;
}

function problem(text: string): (Omit<YamlProblem, 'reason'> & { reason: string }) | undefined {
  const result = readLocated(text);
  const found = result.status === 'unreadable' ? result.problem : result.yaml.dataProblem;
  return found && { ...found, reason: found.reason.en };
}

const TEXT = `# head
a: 1
list:
  - name: first
    env:
      - {name: PASSWORD, value: "x y"}
  - second
'quoted key': |
  block
  text
---
kind: Other
`;

test.each<[(string | number)[], number, string]>([
  [['a'], 0, 'a: 1'],
  [['list', 0], 0, 'name: first'],
  [['list', 0, 'env', 0, 'value'], 0, 'value: "x y"}'],
  [['list', 1], 0, 'second'],
  [['quoted key'], 0, "'quoted key': |"],
  [['kind'], 1, 'kind: Other'],
])('a path leads to its place: %j', (path, document, rest) => {
  const offset = read(TEXT).offsetOf(document, path) ?? -1;
  expect(TEXT.slice(offset).split('\n')[0]).toBe(rest);
});

test.each([[['b']], [['list', 2]], [['a', 'deeper']], [['list', 'name']]])(
  'a path that leads nowhere has no place: %j',
  path => {
    expect(read(TEXT).offsetOf(0, path)).toBeUndefined();
  },
);

test('pairs are met with their trail, their decoded value and the name beside them', () => {
  const met: unknown[] = [];
  read(TEXT).visitPairs(({ key, trail, name, isBlock, read: value }) =>
    met.push([[...trail, key].join('/'), value(), name, isBlock]),
  );
  expect(met).toEqual([
    ['a', '1', undefined, false],
    ['list/0/name', 'first', undefined, false],
    ['list/0/env/0/name', 'PASSWORD', undefined, false],
    ['list/0/env/0/value', 'x y', 'PASSWORD', false],
    ['quoted key', 'block\ntext\n', undefined, true],
    ['kind', 'Other', undefined, false],
  ]);
});

test('documents are plain data; merge keys and aliases are resolved', () => {
  const { documents } = read('base: &b {a: 1, c: [2]}\nuse: {<<: *b, d: 3}\n---\n---\nx: y\n');
  expect(JSON.parse(JSON.stringify(documents))).toEqual([
    { base: { a: 1, c: [2] }, use: { a: 1, c: [2], d: 3 } },
    null,
    { x: 'y' },
  ]);
});

test('Y05 keys of the prototype are data', () => {
  const { documents } = read(
    '__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\ntoString: x\n',
  );
  expect(Object.keys(documents[0] as object)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test.each<[string, string, Partial<ReturnType<typeof problem>> | undefined]>([
  ['Y01 flow nested 5 000 deep', '['.repeat(5000), { line: 1, column: 101, reason: expect.any(String) }],
  ['Y02 block nested 3 000 deep', nested(3000), { line: 101, column: 101, reason: expect.any(String) }],
  [
    'Y02 dashes nested 5 000 deep',
    '- '.repeat(5000),
    { line: 1, column: expect.any(Number), reason: expect.any(String) },
  ],
  [
    'Y03 billion laughs',
    laughs(),
    { line: 1, column: 1, reason: expect.stringMatching(/aliases expand/) as string },
  ],
  ['Y03 150 plain aliases', `a: &a x\nb: [${'*a,'.repeat(150)}]\n`, undefined],
  [
    'Y04 a cycle',
    'a: &a [*a]\n',
    { line: 1, column: 1, reason: expect.stringMatching(/themselves/) as string },
  ],
  [
    'Y07 a key twice',
    'a: 1\nb:\n  c: 2\n  d: 3\n  c: 4\n',
    { line: 5, column: 3, reason: 'the key c is defined twice (also on line 3)' },
  ],
  [
    'Y08 an unknown tag',
    'a: 1\nb: !!js/function x\n',
    { line: 2, column: 4, reason: expect.stringMatching(/tag/) as string },
  ],
  ['Y08 a tag of somebody else', 'a: !Find [b]\nc: !env_var D\n', undefined],
  [
    'a map as a key',
    'a: 1\nb: {{ .Values.x }}\n',
    { code: 'E_YAML_SHAPE', line: 2, column: 5, reason: 'a key is a map or a list' },
  ],
  ['Y10 a tab as indentation', 'a:\n\tb: 1\n', { line: 2, column: 1, reason: expect.any(String) }],
  ['Y10 an open quote', 'a: 1\nb: "x\n', { line: 3, column: 1, reason: expect.any(String) }],
])('%s', (_, text, expected) => {
  const found = problem(text);
  expect(found === undefined).toBe(expected === undefined);
  expect(found ?? {}).toMatchObject(expected ?? {});
});

test('Y06 a key beside a merge key counts, whatever the order', () => {
  const { documents } = read('b: &b {a: 1, c: 2}\nx: {a: 3, <<: *b}\ny: {<<: [*b], a: 4}\n');
  expect(documents[0]).toMatchObject({ x: { a: 3, c: 2 }, y: { a: 4, c: 2 } });
});

test.each([
  ['1.10', '1.10'],
  ["'1.10'", '1.10'],
  ['"1.10" # why', '1.10'],
  ['0x1F', '0x1F'],
  ['yes', 'yes'],
  ['~', undefined],
  ['', undefined],
  ['""', ''],
  ['[1]', undefined],
])('a scalar comes as it is written: %s', (written, expected) => {
  expect(read(`- v: ${written}\n`).scalarAt(0, [0, 'v'])?.text).toBe(expected);
});

test('brackets and quotes that go on at the left edge keep the places of all that follows', () => {
  const text = 'a: [\n1,\n  {b: 2},\n]\nc: "x\ny"\nd:\n  e: 1\n';
  const yaml = read(text);
  expect(yaml.documents).toEqual([{ a: [1, { b: 2 }], c: 'x y', d: { e: 1 } }]);
  const placeOf = (...path: (string | number)[]): string =>
    text.slice(yaml.offsetOf(0, path)).split('\n')[0] ?? '';
  expect(placeOf('a', 0)).toBe('1,');
  expect(placeOf('a', 1, 'b')).toBe('b: 2},');
  expect(placeOf('c')).toBe('c: "x');
  expect(placeOf('d', 'e')).toBe('e: 1');
  expect(problem(`${text}d: 1\n`)).toMatchObject({ line: 9, column: 1 });
  expect(problem('f: 1\ng: "x\nh: 2\n  i: 3\n')?.line).toBe(3);
});

describe('thousands of lines at the left edge are read', () => {
  const times = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  test.each<[string, string, unknown]>([
    ['a list', `a: [\n${times(100_000, index => `${index},\n`)}]\n`, { a: numbers(100_000) }],
    [
      'quotes',
      times(1000, index => `- "${index}\nmore"\n- 'it''s\n\n[ more'\n`),
      numbers(1000).flatMap(index => [`${index} more`, "it's\n[ more"]),
    ],
    [
      'maps',
      times(1000, index => `k${index}: &x !!map {\na: it's, "b": ["]"\n], # ]\nc: d\n}\n`),
      Object.fromEntries(numbers(1000).map(index => [`k${index}`, { a: "it's", b: [']'], c: 'd' }])),
    ],
    [
      'tabs before brackets',
      times(2000, index => `k${index}:\t[${index}]\n`),
      Object.fromEntries(numbers(2000).map(index => [`k${index}`, [index]])),
    ],
    [
      'between texts that look like brackets and quotes',
      `a: |\n  [ x\n  "y\nb: one\n  [two\n"c": it's # [\nd: >-\n  {\ne:\n  - - - k: "0\n1"\n${times(2000, index => `  - [\n${index}\n]\n`)}`,
      {
        a: '[ x\n"y\n',
        b: 'one [two',
        c: "it's",
        d: '{',
        e: [[[{ k: '0 1' }]], ...numbers(2000).map(index => [index])],
      },
    ],
  ])('%s', (_, text, expected) => expect(read(text).documents[0]).toEqual(expected));

  test('not where a scan takes other text for quotes, and line by line up to a bound', () => {
    expect(problem('a: [\n1]\nk: >-\n\t"x"\n')).toBeDefined();
    expect(problem(`${times(2000, () => '- [\n1]\n')}}`)?.reason).toContain('indentation');
  });
});

test('Y09 a map of 100 000 keys is read in linear time', () => {
  const text = Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}\n`).join('');
  expect(Object.keys(read(text).documents[0] as object)).toHaveLength(100_000);
});

test('Y11 byte order mark and Windows line ends do not move positions', () => {
  const text = '\ufeffa: 1\r\nb:\r\n  c: 2\r\n';
  const offset = read(text).offsetOf(0, ['b', 'c']) ?? -1;
  expect(lineColumn(text, offset)).toEqual({ line: 3, column: 3 });
  expect(lineColumn(text, 1)).toEqual({ line: 1, column: 1 });
});

function nested(depth: number): string {
  return Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:\n`).join('');
}

function laughs(): string {
  const levels = Array.from({ length: 8 }, (_, level) => {
    const inner = level === 0 ? 'x' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array.from({ length: 10 }, () => inner).join(', ')}]`;
  });
  return `${levels.join('\n')}\n`;
}

test.each([
  ['a: 1\n', true],
  ['{}', true],
  ['--- !!map\na: 1\n', true],
  ['', true],
  ['# a comment\n', true],
  ['---\n', true],
  ['~', true],
  ['null\n', true],
  ['&anchor\n', true],
  ["'null'\n", false],
  ['- a\n', false],
  ['[]', false],
  ['text\n', false],
  ['|\n  null\n', false],
])('whether %j holds a map is told as by its data', (text, isMap) => {
  const yaml = read(text);
  const [root] = yaml.documents;
  expect(yaml.holdsMap(0)).toBe(isMap);
  expect(root === undefined || root === null || isRecord(root)).toBe(isMap);
});
