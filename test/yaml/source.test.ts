import { describe, expect, test } from 'vitest';
import { nodeAt, positionOf, textAt } from '../../src/yaml/nodes.ts';
import { parseSource, toData } from '../../src/yaml/source.ts';

test.each([
  ['a: [1\nb: 2\n', /^f\.yaml:2:1: /],
  ['a: "x\n', /^f\.yaml:2:1: /],
  ['a: 1\n\tb: 2\n', /^f\.yaml:2:1: /],
  ['a: b: c\n', /^f\.yaml:1:4: /],
])('Y10 %j names file, line and column', (text, message) => {
  expect(() => parseSource(text, 'f.yaml')).toThrow(
    expect.objectContaining({ code: 'E_YAML_SYNTAX', message: expect.stringMatching(message) }),
  );
});

test('Y07 a key twice is refused with both lines', () => {
  expect(() => parseSource('a: 1\nb:\n  x: 1\n  y: 2\n  x: 3\n', 'f.yaml')).toThrow(
    'f.yaml:5:3: the key x is defined twice (also on line 3)',
  );
});

test('Y09 a map of 100 000 keys is read', () => {
  const text = Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}\n`).join('');
  expect(Object.keys(toData(parseSource(text, 'f.yaml')) as object)).toHaveLength(100_000);
});

test('Y05 names of prototypes are data', () => {
  const data = toData(
    parseSource('__proto__:\n  polluted: 1\nconstructor: {prototype: {polluted: 1}}\n', 'f.yaml'),
  );
  expect(Object.keys(data as object)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

describe('positions', () => {
  test.each([
    ['plain', 'a:\n  b: x\n'],
    ['CRLF', 'a:\r\n  b: x\r\n'],
    ['BOM', '\ufeffa:\n  b: x\n'],
  ])('of a value, %s', (_, text) => {
    const source = parseSource(text, 'f.yaml');
    const node = nodeAt(source.documents[0]?.contents, ['a', 'b']);
    expect(source.text.slice(node?.range?.[0], node?.range?.[1])).toBe('x');
    expect(positionOf(source, node?.range?.[0] ?? 0)).toEqual({ line: 2, column: 6 });
  });

  test('numbers and versions come as written', () => {
    const source = parseSource('a: 1.10\nb: 0x1F\nc: ~\nd: "x"\n', 'f.yaml');
    const root = source.documents[0]?.contents;
    expect(['a', 'b', 'c', 'd'].map(key => textAt(root, [key]))).toEqual(['1.10', '0x1F', undefined, 'x']);
  });
});

test.each(['\u0001', '\u001b', '\0'])('Y10 the control character %j is refused with its place', mark => {
  expect(() => parseSource(`a: 1\nb: "x${mark}"\n`, 'k.yaml')).toThrow(
    expect.objectContaining({
      code: 'E_YAML_SYNTAX',
      message: expect.stringMatching(/^k\.yaml:2:6: a control character/) as string,
    }),
  );
});
