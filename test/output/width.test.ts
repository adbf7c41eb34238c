import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test, vi } from 'vitest';
import { GLOBAL_FLAGS } from '../../src/cli/global-flags.ts';
import { overviewText } from '../../src/cli/help.ts';
import { COMMANDS } from '../../src/commands.ts';
import { widthOf } from '../../src/output/width.ts';
import { LANGUAGES } from '../../src/text/language.ts';

vi.mock(import('string-width'), { spy: true });

const PIECES = [
  ...' a~\t\n\u0000·×–—‘’“”…→✓✗é中一鿿，。、：；？！（）《》「」😀',
  '\u0301',
  '\ufe0f',
  '\u200d',
  '\u001b',
  '\u001b[1m',
  '\u001b[38;5;208m',
  '\u001b[12345m',
  '\u001b[',
  'm',
  'ｱ',
];

test('a text is as wide as string-width says, the plain ones too that it is not asked about', () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map(pieces => pieces.join(''));
  fc.assert(
    fc.property(texts, text => widthOf(text) === stringWidth(text)),
    { numRuns: 5000 },
  );
  for (const piece of PIECES) expect([piece, widthOf(piece)]).toEqual([piece, stringWidth(piece)]);
});

test('the overview of commands, in each language, does without string-width, whose loading takes a sixth of such a run', () => {
  vi.mocked(stringWidth).mockClear();
  for (const language of LANGUAGES) overviewText(COMMANDS, GLOBAL_FLAGS, { language, columns: 100 });
  expect(vi.mocked(stringWidth).mock.calls).toEqual([]);
});
