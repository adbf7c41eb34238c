import { describe, expect, test } from 'vitest';
import { withExcerptAt } from '../../src/yaml/edit.ts';
import { excerptAt } from '../../src/yaml/excerpt.ts';
import { parseSource } from '../../src/yaml/source.ts';

const FILE = `kind: X
---
spec:
  values:
    # about a
    a: 1

    b: |
      text

       deeper
    # end of values
  # about c
  c: 1
`;

const source = (text: string) => parseSource(text, 'f.yaml');

test('the lines of a map, with the comments that are indented like it', () => {
  expect(excerptAt(source(FILE), 1, ['spec', 'values'])).toBe(
    '# about a\na: 1\n\nb: |\n  text\n\n   deeper\n# end of values\n',
  );
});

describe('other lines in its place', () => {
  test('everything beside them keeps its bytes', () => {
    const excerpt = '# Defaults\n---\n# of a\na: 2\nlist:\n  - x\n\ntext: |\n  one\n\n  two\n';
    expect(withExcerptAt(source(FILE), 1, ['spec', 'values'], excerpt)).toBe(
      `kind: X
---
spec:
  values:
    # Defaults
    # of a
    a: 2
    list:
      - x

    text: |
      one

      two
  # about c
  c: 1
`,
    );
  });

  test('the same lines give the file back', () => {
    const lines = excerptAt(source(FILE), 1, ['spec', 'values']) ?? '';
    expect(withExcerptAt(source(FILE), 1, ['spec', 'values'], lines)).toBe(FILE);
  });

  test.each([
    ['Windows line ends', 'v:\r\n  a: 1\r\nz: 1\r\n', 'a: 2\nb: 3\n', 'v:\r\n  a: 2\r\n  b: 3\r\nz: 1\r\n'],
    ['no final newline', 'z: 1\nv:\n  a: 1', 'a: 2\n', 'z: 1\nv:\n  a: 2'],
    ['between braces', 'v: {a: 1}\n', 'a: 2\n', undefined],
    ['nothing', 'v:\n', 'a: 2\n', undefined],
    ['shared', 'x: &x 1\nv:\n  a: *x\n', 'a: 2\n', undefined],
    ['two documents', 'v:\n  a: 1\n', 'a: 2\n---\nb: 1\n', undefined],
    ['a star that is no alias', 'v:\n  # *a\n  a: "*b"\n', '# *c\na: 1\n', 'v:\n  # *c\n  a: 1\n'],
    ['no YAML', 'v:\n  a: 1\n', 'a: [\n', undefined],
  ])('%s', (_, before, excerpt, after) => {
    expect(withExcerptAt(source(before), 0, ['v'], excerpt)).toBe(after);
  });
});
