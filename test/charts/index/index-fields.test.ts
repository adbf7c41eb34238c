import { describe, expect, test } from 'vitest';
import { keepFields } from '../../../src/charts/index/index-fields.ts';

const FIELDS = new Set(['version', 'urls', 'description']);

function keep(...lines: string[]): string[] {
  return keepFields(lines.join('\n'), FIELDS).split('\n');
}

describe('what nobody asked for is left out', () => {
  test('of lists in the column of their key', () => {
    const kept = keep(
      '  grafana:',
      '  - annotations:',
      '      a: |',
      '        version: 9',
      '',
      '        more',
      '    description: one',
      '      two',
      '    maintainers:',
      '    - name: a',
      '    urls:',
      '    - x.tgz',
      '    version: 1.0.0',
      '  - version: 0.9.0',
      '    home: x',
      '  - home: y',
    );
    expect(kept).toEqual([
      '  grafana:',
      '  -',
      '    description: one',
      '      two',
      '    urls:',
      '    - x.tgz',
      '    version: 1.0.0',
      '  -',
      '    version: 0.9.0',
      '  -',
      '',
    ]);
  });

  test('with comments and blank lines, which belong to what is above them', () => {
    const kept = keep(
      '  a:',
      '  - description: |+',
      '      text',
      '    home:',
      '    # a comment',
      '    - x',
      ' ',
      '# another',
      '    icon: |',
      '',
      '      y',
      '   ',
      '      z',
      '',
      '    version: 1',
    );
    expect(kept).toEqual(['  a:', '  -', '    description: |+', '      text', '    version: 1']);
  });

  test('of lists that stand deeper', () => {
    expect(keep('  a:', '      - home: x', '        version: 1')).toEqual([
      '  a:',
      '      -',
      '        version: 1',
    ]);
  });

  test('with carriage returns', () => {
    expect(keep('  a:\r', '  - home: x\r', '\r', '      y\r', '    version: 1\r', '')).toEqual([
      '  a:\r',
      '  -',
      '    version: 1\r',
      '',
    ]);
  });
});

test.each([
  ['a field in quotes', ['  a:', '  - "home": x', '    version: 1']],
  ['a space before a colon', ['  a:', '  - home : x', '    version: 1']],
  ['an item that is no map', ['  a:', '  - [home]']],
  ['a map in braces', ['  a:', '  - {home: x}']],
  ['a chart without a list', ['  a:', '    home: x']],
  ['text that runs on', ['  a:', '  - home: "', '    version: 1"']],
])('%s is left as it is', (_, lines) => {
  expect(keep(...lines)).toEqual(lines);
});

test('a character that ends a line for JavaScript only ends none here', () => {
  const lines = ['  a:', '  - version: 1\u2028    home: x', '    urls: y\u0085z'];
  expect(keep(...lines)).toEqual(['  a:', '  -', '    version: 1\u2028    home: x', '    urls: y\u0085z']);
});
