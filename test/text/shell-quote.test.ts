import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellQuote, wordsOf } from '../../src/text/shell-quote.ts';

const line = (words: readonly string[]): string => words.map(shellQuote).join(' ');

test('a line is read back as the words that it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 }), lists => {
      expect(wordsOf(lists.map(line).join(' && '))).toEqual(lists);
    }),
  );
});

test.each(['printf %s "$V" | slipway seal', 'a > b', 'a; b', 'echo $(x)', "a 'b"])(
  '%s needs a shell',
  text => {
    expect(wordsOf(text)).toBeUndefined();
  },
);
