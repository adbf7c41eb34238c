import * as fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readRemoteDocuments, readRemoteYaml, REMOTE_LIMITS } from '../../src/yaml/remote-yaml.ts';
import { thrown } from '../support/thrown.ts';

function refusal(text: string): string {
  const error = thrown(() => readRemoteYaml(text, 'index.yaml'));
  return `${error.code} ${error.message}`;
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

test('Y01 flow nesting of 5 000, twice in one process', () => {
  const deep = '['.repeat(5000);
  expect(refusal(deep)).toBe('E_YAML_DEPTH index.yaml nests too deeply');
  expect(refusal(`${deep}${']'.repeat(5000)}`)).toMatch(/^E_YAML_DEPTH /);
  expect(readRemoteYaml(`${'['.repeat(60)}${']'.repeat(60)}`, 'x')).toBeInstanceOf(Array);
});

describe('Y02 block nesting', () => {
  test.each([
    ['maps', lines(3000, index => `${' '.repeat(index)}a:`)],
    ['lists', '- '.repeat(5000)],
    ['mixed', lines(800, index => `${' '.repeat(2 * index)}- a:`)],
    ['explicit keys', '? '.repeat(5000)],
  ])('%s', (_, text) => {
    expect(refusal(text)).toMatch(/^E_YAML_DEPTH /);
  });
});

describe('Y03 aliases are refused before anything is built', () => {
  const laughs = lines(
    9,
    index =>
      `a${index}: &a${index} [${Array(9)
        .fill(index ? `*a${index - 1}` : 'lol')
        .join(', ')}]`,
  );
  test.each([
    ['billion laughs', laughs, '2:10'],
    ['one alias', 'a: &x [1]\nb: *x', '2:4'],
    ['an alias as key', 'a: &x 1\n*x : 2', '2:1'],
  ])('%s', (_, text, place) => {
    expect(refusal(text)).toBe(
      `E_YAML_UNTRUSTED index.yaml:${place}: contains an alias, which can multiply without end`,
    );
  });
  test('an anchor that nobody uses does no harm', () => {
    expect(readRemoteYaml('a: &x 1', 'x')).toEqual({ a: 1 });
  });
});

test('Y04 a cycle', () => {
  expect(refusal('&a [*a]')).toMatch(/^E_YAML_UNTRUSTED index.yaml:1:5/);
});

test('Y05 keys that name parts of a prototype are data', () => {
  const text = '__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\ntoString: x';
  const data = readRemoteYaml(text, 'x') as Record<string, unknown>;
  expect(Object.keys(data)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect(JSON.stringify(data['__proto__'])).toBe('{"polluted":1}');
  expect('polluted' in {}).toBe(false);
  expect('hasOwnProperty' in (readRemoteYaml('a: 1', 'x') as object)).toBe(false);
});

describe('Y06 merge keys', () => {
  test.each(['a: {x: 1}\nb:\n  <<: {y: 2}', '<< : {a: 1}', '{<<: {a: 1}}'])('%j is refused', text => {
    expect(refusal(text)).toMatch(/^E_YAML_UNTRUSTED .*: contains a merge key$/);
  });
  test('the sign as a value or in quotes is text', () => {
    expect(readRemoteYaml('a: <<\n"<<": b', 'x')).toEqual({ a: '<<', '<<': 'b' });
  });
});

test('Y07 a key twice is refused with both places', () => {
  expect(refusal('a: 1\nb:\n  c: 1\n  d: 2\n  c: 3')).toBe(
    'E_YAML_SYNTAX index.yaml:5:3: a key is defined twice in one map (first at 3:3)',
  );
});

describe('Y08 tags', () => {
  test.each([
    '!!js/function "x"',
    '!!python/object:os.system ls',
    '!custom x',
    '!!binary aGk=',
    '!!set {a: null}',
    '!!timestamp 2020-01-01',
    '!<tag:yaml.org,2002:str> x',
    '!!omap [a: 1]',
  ])('%s is refused', value => {
    expect(refusal(`a: ${value}`)).toMatch(/^E_YAML_UNTRUSTED index.yaml:1:4: contains the tag !/);
  });
  test('a directive cannot give a known tag another meaning', () => {
    expect(refusal('%TAG !! tag:evil.example,2000:\n---\na: !!str x')).toMatch(
      /^E_YAML_UNTRUSTED .*a tag directive$/,
    );
  });
  test('those of the core schema are kept', () => {
    expect(readRemoteYaml('a: !!str 1.10\nb: !!int "3"\nc: ! 4', 'x')).toEqual({ a: '1.10', b: 3, c: '4' });
  });
});

describe('limits', () => {
  test.each([
    ['Y09 100 000 keys', lines(100_000, index => `k${index}: 1`), '10000 keys in one map'],
    ['600 000 nodes', `[${'1,'.repeat(600_000)}]`, '500000 nodes'],
    ['60 million brackets', '[],'.repeat(20_000_000), '500000 nodes'],
    ['a value of 2 MiB', `a: ${'x'.repeat(2 << 20)}`, '1048576 characters in one value'],
    ['a block of 2 MiB', `a: |\n${' x\n'.repeat(700_000)}`, ''],
  ])('%s', (_, text, limit) => {
    expect(refusal(text)).toMatch(/^E_YAML_LIMIT index.yaml has more than /);
    expect(refusal(text)).toContain(limit);
  });
});

describe('Y10 broken text', () => {
  test.each([
    ['a tab as indentation', 'a:\n\tb: 1', '2:1'],
    ['an open quote', 'a: 1\nb: "x', '2:6'],
    ['another YAML', '%YAML 9.0\n---\na', '2:1'],
    ['a NUL', 'a: \0', '1:4'],
    ['a control character', 'a: \u0007', '1:4'],
    ['a map as key', '? {a: b}\n: c', '1:1'],
    ['a bad escape', 'a: "\\q"', '1:6'],
    ['a bracket too many', 'a: [1]]', '1:7'],
  ])('%s', (_, text, place) => {
    expect(refusal(text)).toMatch(`E_YAML_SYNTAX index.yaml:${place}: `);
  });
  test('a carriage return alone ends a line', () => {
    expect(readRemoteYaml('a: 1\rb: 2', 'x')).toEqual({ a: 1, b: 2 });
  });
  test('remote text in a message is made safe', () => {
    const error = thrown(() => readRemoteYaml('a: !x\u202ey\u0085 z', 'in\u001b[31mdex'));
    expect(error.message).not.toMatch(/[\u001b\u202e\u0085]/);
  });
});

test('scalars are those that Go reads for kustomize', () => {
  const text = 'a: no\nb: 1.10\nc: 0o17\nd: 012\ne: 2020-01-01\nf: ~\ng: "1"\nh: 12:30:45\ni: True';
  expect(readRemoteYaml(text, 'x')).toEqual({
    a: 'no',
    b: 1.1,
    c: 15,
    d: 10,
    e: '2020-01-01',
    f: null,
    g: '1',
    h: '12:30:45',
    i: true,
  });
});

test.each(['', '\n', '# only a comment\n'])('%j is no document', text => {
  expect(readRemoteYaml(text, 'x')).toBeUndefined();
  expect(readRemoteDocuments(text, 'x')).toEqual([]);
});

test('one document is one document', () => {
  expect(refusal('a: 1\n---\nb: 2')).toMatch(/^E_YAML_SYNTAX index.yaml contains more than one document/);
});

test('a stream keeps its order and loses its empty documents', () => {
  const text = '---\n# Source: a\n---\na: 1\n---\n---\nb: 2\n...\n---\nnull\n';
  expect(readRemoteDocuments(text, 'x')).toEqual([{ a: 1 }, { b: 2 }]);
});

test('rendered output of several megabytes', () => {
  const property = lines(
    400,
    index => `        field${index}:\n          type: string\n          description: Some words here`,
  );
  const definition = `---\nkind: CustomResourceDefinition\nspec:\n  schema:\n    properties:\n      spec:\n${property}\n`;
  const documents = readRemoteDocuments(definition.repeat(200), 'x');
  expect(documents).toHaveLength(200);
});

test('what js-yaml writes is read as js-yaml reads it', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 8 });
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, data => {
      const text = dump({ data });
      expect(JSON.stringify(readRemoteYaml(text, 'x'))).toBe(JSON.stringify(load(text)));
    }),
  );
});

test('R13 more nodes than the limit are refused, also where the look before the parser lets them pass', () => {
  expect(() => readRemoteYaml('[1, 2, 3, 4, 5]', 'x', { ...REMOTE_LIMITS, nodes: 4 })).toThrow(
    expect.objectContaining({ code: 'E_YAML_LIMIT' }),
  );
});
