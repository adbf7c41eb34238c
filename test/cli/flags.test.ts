import { describe, expect, test } from 'vitest';
import { type FlagTable, parseFlags } from '../../src/cli/flags.ts';
import { nearest } from '../../src/text/nearest.ts';

const HELP = { en: '', 'zh-CN': '' };
const TABLE: FlagTable = {
  cwd: { value: '<dir>', short: 'C', help: HELP },
  chart: { value: '<name>', repeatable: true, help: HELP },
  yes: { short: 'y', help: HELP },
  demo: { value: '[dir]', optional: true, help: HELP },
};

describe('parseFlags', () => {
  test('values, switches, positionals and the order given', () => {
    const input = parseFlags(['a', '-C', '/x', '--chart', 'b', '--chart=c', '-y'], TABLE);
    expect(input.positionals).toEqual(['a']);
    expect(input.given).toEqual([
      { name: 'cwd', value: '/x' },
      { name: 'chart', value: 'b' },
      { name: 'chart', value: 'c' },
    ]);
    expect([...input.switches]).toEqual(['yes']);
  });

  test('H10 behind -- everything is positional', () => {
    expect(parseFlags(['--', '-x', '--yes'], TABLE).positionals).toEqual(['-x', '--yes']);
  });

  test.each([
    [['--demo', 'name'], undefined, ['name']],
    [['--demo', './d', 'name'], './d', ['name']],
    [['--demo', '/tmp/d'], '/tmp/d', []],
    [['--demo=d'], 'd', []],
    [['--demo', '--yes'], undefined, []],
  ])('an optional value is inline or a path: %j', (argv, demo, positionals) => {
    const input = parseFlags(argv, TABLE);
    expect([input.switches.has('demo'), input.values['demo'], input.positionals]).toEqual([
      true,
      demo,
      positionals,
    ]);
  });

  test.each([
    [['--char', 'x'], 'unknown flag --char'],
    [['-x'], 'unknown flag -x'],
    [['--cwd'], '--cwd needs a value'],
    [['--cwd', '--yes'], '--cwd needs a value, and --yes looks like a flag'],
    [['--yes=1'], '--yes is a switch and takes no value'],
    [['-C', 'a', '-C', 'b'], '--cwd is given twice'],
    [['--__proto__', 'x'], 'unknown flag --__proto__'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseFlags(argv, TABLE)).toThrow(message);
  });

  test('a value that begins with a dash is written inline', () => {
    expect(parseFlags(['--cwd=-odd'], TABLE).values['cwd']).toBe('-odd');
  });
});

test.each([
  ['verison', 'version'],
  ['chart', 'chart'],
  ['new-ap', 'new-app'],
  ['zzz', undefined],
])('the nearest known word to %s', (word, expected) => {
  expect(nearest(word, ['version', 'chart', 'new-app'])).toBe(expected);
});
