import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { openTerminal } from '../../src/output/terminal.ts';
import { widthOf } from '../../src/output/width.ts';
import { toJson } from '../../src/data/json.ts';
import { forbiddenIn, HIDDEN, ORDERS } from '../support/hostile.ts';

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

/** A terminal of so many columns, and what was printed on it. */
function narrow(columns: number) {
  const [stdout, stderr] = [0, 1].map(() => Object.assign(new PassThrough(), { isTTY: true, columns }));
  const terminal = openTerminal({
    stdin: process.stdin,
    ...({ stdout, stderr } as unknown as Pick<NodeJS.Process, 'stdout' | 'stderr'>),
    env: { NO_COLOR: '1' },
    color: false,
    mayAsk: false,
  });
  const written = (): string => String(stdout?.read() ?? '') + String(stderr?.read() ?? '');
  return { terminal, written };
}

const WIDTHS = [20, 40, 60, 100, 300];
const COMMANDS = [
  "slipway seal --into production/guestbook/resources/guestbook-sealedsecret.yaml --name 'a  b' --key x",
  `git add --all && git commit -m "feat(guestbook): a message that is wider than forty columns, in one word"`,
  'kubectl get applications.argoproj.io --namespace argo-cd --output wide',
];

describe('what people read is broken once, in one place', () => {
  const cases = WIDTHS.flatMap(columns => COMMANDS.map(command => ({ columns, command })));

  test.each(cases)('at $columns a shell still reads: $command', ({ columns, command }) => {
    for (const door of ['say', 'result'] as const) {
      const { terminal, written } = narrow(columns);
      terminal[door]([{ command }]);
      const text = written();
      const lines = text.trimEnd().split('\n');
      expect(text.trim().replaceAll(/ \\\n */g, ' ')).toBe(command);
      expect(lines.filter(line => line.trim() === '\\')).toEqual([]);
      // Wider than the page is only what one word alone is.
      const wide = lines.filter(line => widthOf(line) > columns).map(line => line.replace(/ \\$/, '').trim());
      for (const word of wide) expect(word).toMatch(/^(\S+|\S*"[^"]*")$/);
    }
  });

  test('behind a prompt a command begins once', () => {
    const { terminal, written } = narrow(20);
    terminal.say([{ command: 'slipway onboard --restart', indent: '$ ' }]);
    expect(written()).toBe('$ slipway onboard \\\n    --restart\n');
  });

  test('a text at words, by result too; hanging where it is indented', () => {
    for (const door of ['say', 'result'] as const) {
      const { terminal, written } = narrow(40);
      terminal[door]([
        'production/shop is synced by ApplicationSet production',
        '  Application or Flux, whichever',
      ]);
      expect(written()).toBe(
        'production/shop is synced by\nApplicationSet production\n  Application or Flux, whichever\n',
      );
    }
  });

  test('data stays: no line of JSON or of a diff is broken', () => {
    const { terminal, written } = narrow(20);
    const text = `{"message":"${'many words '.repeat(9)}"}\n`;
    terminal.data(text);
    expect(written()).toBe(text);
  });

  test.each(WIDTHS)('YAML to copy is read as the same at %d: comments become comments', columns => {
    const { terminal, written } = narrow(columns);
    const yaml = [
      '# production/web web 1.0.0 → 2.0.0: image.tag',
      '#   old default: "a text of several words, which is long"',
      '"production/web web image.tag of a long decision": ours',
      'text: |',
      '  several words that stay on one line whatever',
    ].join('\n');
    terminal.result([{ yaml }, { whole: '# risk:production/web a long key of several words: accept' }]);
    const shown = written();
    expect(parse(shown)).toEqual(parse(yaml));
    expect(shown).toContain('\n# risk:production/web a long key of several words: accept\n');
    const comments = shown.split('\n').filter(line => line.startsWith('#   '));
    for (const line of comments) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  test('in a pipe nothing is broken', () => {
    const { terminal, written } = open(false);
    const [command = ''] = COMMANDS;
    terminal.result([{ command }, 'word '.repeat(90).trim(), { yaml: `# ${'word '.repeat(90).trim()}` }]);
    expect(written().trimEnd().split('\n')).toHaveLength(3);
  });
});

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

  test.each(ORDERS)('C16 %s is none wherever it stands', order => {
    for (const text of [
      `there is no ${order}`,
      `a#${order}`,
      `"${order}": ${order.toUpperCase()}`,
      `é ${order}${order}`,
    ])
      for (const color of [true, false]) {
        const { terminal, written } = open(color);
        terminal.say(text);
        terminal.result(terminal.style(text, 'bold'));
        terminal.data(text);
        expect(forbiddenIn(stripVTControlCharacters(written()))).toEqual([]);
      }
  });

  test.each(ORDERS)('C16 %s in JSON is escaped, and the same value', order => {
    const { terminal, written } = open(false);
    const value = { [order]: `of ${order}` };
    for (const indent of [undefined, 2]) terminal.data(toJson(value, indent));
    const text = written();
    expect(forbiddenIn(text)).toEqual([]);
    expect(text).toContain(String.raw`\u0023#`);
    expect(JSON.parse(text.split('\n', 1)[0] ?? '')).toEqual(value);
  });

  test('C16 two pieces make no order', () => {
    const { terminal, written } = open(false);
    terminal.say(`${terminal.style('#', 'red')}${terminal.style('#', 'red')}[x]`);
    expect(forbiddenIn(written())).toEqual([]);
  });

  test('C16 where no line is broken, a command that only begins as blanks do', () => {
    const { terminal, written } = open(false);
    terminal.say(`${'\n'.repeat(200_000)}\u00a0\u3000::set-env name=a::b`);
    expect(written()).toContain('\ufffd::set-env');
  });

  test.each([
    [{ CI: 'true' }, true],
    [{ TF_BUILD: 'True' }, true],
    [{ TEAMCITY_VERSION: '2025' }, true],
    [{}, false],
  ])('C16 the content of a file in a pipe, with %j', (env, isTakenApart) => {
    const stdout = Object.assign(new PassThrough(), { connecting: false });
    const terminal = openTerminal({
      stdin: process.stdin,
      ...({ stdout, stderr: new PassThrough() } as unknown as Pick<NodeJS.Process, 'stdout' | 'stderr'>),
      env: { NO_COLOR: '1', ...env },
      color: false,
      mayAsk: false,
    });
    const text = `a: 1 # ${ORDERS.join(' ')}\nb: |\n  ::add-mask::x\n  ::1 localhost\n`;
    terminal.content(text);
    const written = String(stdout.read());
    expect(written === text).toBe(!isTakenApart);
    expect(forbiddenIn(written).length > 0).toBe(!isTakenApart);
    expect(written).toContain('\n  ::1 localhost\n');
  });

  test('C16 a file gets the bytes, also in CI', () => {
    const stdout = new PassThrough();
    const terminal = openTerminal({
      stdin: process.stdin,
      ...({ stdout, stderr: new PassThrough() } as unknown as Pick<NodeJS.Process, 'stdout' | 'stderr'>),
      env: { CI: 'true' },
      color: false,
      mayAsk: false,
    });
    terminal.content(`# ${ORDERS.join(' ')}\n`);
    expect(String(stdout.read())).toBe(`# ${ORDERS.join(' ')}\n`);
  });
});
