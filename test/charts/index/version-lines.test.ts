import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepFields } from '../../../src/charts/index/index-fields.ts';
import { readRemoteYaml } from '../../../src/yaml/remote-yaml.ts';
import { readVersionLines } from '../../../src/charts/index/version-lines.ts';

const FIELDS = new Set(['version', 'created', 'urls', 'deprecated']);

function read(...lines: string[]): unknown {
  return readVersionLines(`  a:\n${lines.map(line => `${line}\n`).join('')}`, FIELDS);
}

test('reads what helm repo index writes', () => {
  const items = read(
    '  - annotations:',
    '      category: "a: b"',
    '      changes: |',
    '        - version: 9',
    '',
    "    created: '2026-01-02T03:04:05Z'",
    '    description: It says',
    '      - version: 8',
    '    maintainers:',
    '    - name: a',
    '      url: https://a.example',
    '    urls:',
    '    - https://a.example/a-1.0.0.tgz',
    '    - b.tgz',
    '    version: 1.0.0',
    '  # the first one',
    '  - version: "0.9"',
    '    deprecated: true',
    '    created:',
  );
  expect(items).toEqual([
    {
      created: '2026-01-02T03:04:05Z',
      urls: ['https://a.example/a-1.0.0.tgz', 'b.tgz'],
      version: '1.0.0',
    },
    { version: '0.9', deprecated: true, created: null },
  ]);
});

describe('is left to the parser', () => {
  test.each([
    ['a number', ['  - version: 1.10']],
    ['a hexadecimal number', ['  - version: 0x1f']],
    ['a number with an exponent', ['  - version: 1e5']],
    ['not a number by name', ['  - version: .nan']],
    ['null by name', ['  - version: null']],
    ['a value over two lines', ['  - version: one', '      two']],
    ['a list item over two lines', ['  - urls:', '    - a', '      b']],
    ['a dash that continues a list item', ['  - urls:', '    - a', '      - b']],
    ['a block scalar', ['  - version: |', '      1.0.0']],
    ['an escape', [String.raw`  - version: "1.0\x2e0"`]],
    ['a quote within quotes', ["  - version: 'it''s'"]],
    ['a comment behind a value', ['  - version: 1.0.0 # pinned']],
    ['a tag', ['  - version: !!str 1.0.0']],
    ['an anchor', ['  - version: &a 1.0.0']],
    ['an alias', ['  - version: *a']],
    ['a flow list', ['  - urls: [a, b]']],
    ['a map', ['  - version:', '      a: b']],
    ['a list of lists', ['  - urls:', '    - - a']],
    ['a colon in a value', ['  - version: a: b']],
    ['a key twice', ['  - version: 1.0.0', '    version: 2.0.0']],
    ['an unwanted key twice', ['  - home: a', '    home: b']],
    ['an unwanted key twice, met before', ['  - home: a', '  - home: b', '    home: c']],
    ['no space behind an unwanted key, met before', ['  - home: a', '  - home:b']],
    [
      'an unwanted key, met before, in another line end',
      ['  - home: a', '  - home: b\u2028    version: 1.0.0'],
    ],
    ['a quoted key', ['  - "version": 1.0.0']],
    ['a tab', ['  - version: 1.0.0', '\t  created: a']],
    ['another column', ['  - version: 1.0.0', '   created: a']],
    ['an item in another column', ['  - version: 1.0.0', ' - version: 2.0.0']],
    ['quoted text that runs on', ['  - home: "', '    version: 9.9.9', '    "', '    version: 1.0.0']],
    ['a carriage return within a line', ['  - version: 1.0.0\r    created: a']],
    ['a control character', ['  - version: 1.0.0\u0007']],
    ['flow style', ['  - {version: 1.0.0}']],
  ])('%s', (_, lines) => {
    expect(read(...lines)).toBeUndefined();
  });
});

const PIECES = fc.constantFrom(
  ...'a,1.0.0,1.10,1_0,-1,0b1,0o7,0x1f,.5,true,false,null,~,yes,2026-01-02,12:30,"q",\'s\',"a\\n",[a],{a: b},|,>,&x,*x,!!str,#,- ,-,:,a: b,a #b,é,é b,^1.25.0-0,~,~1.2,.inf,+.INF,.nan,.5,<1.2,<<,=,==1,+1,$a,_,/a,..,(c),%,@,`,?,https://a.example/a.tgz,'.split(
    ',',
  ),
  'with blanks ',
  '""',
  "''",
  "'it''s'",
);
const KEYS = fc.constantFrom('version', 'created', 'urls', 'deprecated', 'home', 'annotations');
const LINES = fc.oneof(
  fc.tuple(KEYS, PIECES).map(([key, value]) => `    ${key}: ${value}`),
  fc.tuple(KEYS, PIECES).map(([key, value]) => `  - ${key}: ${value}`),
  KEYS.map(key => `    ${key}:`),
  PIECES.map(value => `    - ${value}`),
  PIECES.map(value => `      - ${value}`),
  PIECES.map(value => `      ${value}`),
  fc.constantFrom('', ' ', '    # c', '# c', '      '),
);

test('what it reads, the parser reads the same', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.tuple(KEYS, PIECES), fc.array(LINES, { maxLength: 6 }), ([key, value], lines) => {
      const slice = ['  a:', `  - ${key}: ${value}`, ...lines, ''].join('\n');
      const items = readVersionLines(slice, FIELDS);
      if (items === undefined) return;
      const parsed = attempt(() => readRemoteYaml(keepFields(slice, FIELDS), 'x') as { a: unknown });
      // What only the parser refuses stands in a field that nobody asked for, or beside one.
      if (parsed === undefined) return;
      compared++;
      expect({ a: items }).toEqual({ a: (parsed.a as (object | null)[]).map(item => item ?? {}) });
    }),
    { numRuns: 20_000, seed: 7 },
  );
  expect(compared).toBeGreaterThan(500);
});

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
