import { expect, test } from 'vitest';
import { addLines } from '../../src/scaffold/ignore-lines.ts';

test.each([
  ['own lines stay', 'mine/\n', '# why\n.env\n\n*.key\n', 'mine/\n.env\n*.key\n'],
  ['what is there is not added', '.env\nmine/\n', '.env\n', '.env\nmine/\n'],
  ['no end of line, and another kind', 'a\r\nmine/', '.env\n', 'a\r\nmine/\r\n.env\r\n'],
])('%s', (_, before, wanted, after) => {
  expect(addLines(before, wanted)).toBe(after);
});
