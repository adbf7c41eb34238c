import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openTerminal } from '../../src/output/terminal.ts';
import { HIDDEN } from '../support/hostile.ts';

function open(color: boolean) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const streams = { stdin: process.stdin, stdout, stderr } as unknown as Pick<
    NodeJS.Process,
    'stdin' | 'stdout' | 'stderr'
  >;
  const env = color ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const terminal = openTerminal({ ...streams, env, color: true, mayAsk: false });
  const written = (): string => String(stdout.read() ?? '') + String(stderr.read() ?? '');
  return { terminal, written };
}

describe('T7 the terminal is the last door', () => {
  test.each(HIDDEN)('%s goes through neither say nor result, plain or in colour', (_, text) => {
    for (const color of [true, false]) {
      const { terminal, written } = open(color);
      terminal.say(`a${text}b`);
      terminal.result(terminal.style(`a${text}b`, 'red'));
      const shown = stripVTControlCharacters(written());
      expect(shown).toMatch(/^a\ufffd[^]*b\na\ufffd[^]*b\n$/);
      expect(shown).not.toContain(text);
    }
  });

  test('own colours stay, foreign ones and guessed ones do not', () => {
    const { terminal, written } = open(true);
    terminal.say(`${terminal.style('own', 'red')} \u001b[31mforeign \u001b[31;1111;2222;3333;4444mguessed`);
    expect(written()).toBe(
      '\u001b[31mown\u001b[39m \ufffd[31mforeign \ufffd[31;1111;2222;3333;4444mguessed\n',
    );
  });

  test.each(['::set-env name=PATH::/tmp', '  ::add-mask::x', '##[command]x', 'first\n::error::x'])(
    'a line %j is no order to a CI runner',
    text => {
      const { terminal, written } = open(false);
      terminal.say(text);
      terminal.result(text);
      expect(written()).not.toMatch(/^\s*(::|##\[)/m);
    },
  );
});
