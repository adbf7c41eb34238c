import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { widthOf } from '../../src/output/width.ts';

const PIECES = [...' a~\t\n\u0000·–—…→✓✗é中😀', '\u0301', '\ufe0f', '\u200d', '\u001b[1m', 'ｱ'];

test('a text is as wide as string-width says, the plain ones too that it is not asked about', () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map(pieces => pieces.join(''));
  fc.assert(
    fc.property(texts, text => widthOf(text) === stringWidth(text)),
    { numRuns: 2000 },
  );
  for (const piece of PIECES) expect([piece, widthOf(piece)]).toEqual([piece, stringWidth(piece)]);
});
