import { expect, test } from 'vitest';
import { mergeValues } from '../../src/values/merge-values.ts';
import { thrown } from '../support/thrown.ts';

/** A file of many keys; `value` and `comment` say what key number n has. */
function manyKeys(
  count: number,
  value: (n: number) => string,
  comment: (n: number) => string = () => '',
): string {
  return Array.from(
    { length: count },
    (_, n) => `${comment(n)}key${n}:\n  on: true\n  of: ${value(n)}\n`,
  ).join('');
}

test('Y09 10 000 keys, each third changed by the team, each fifth upstream, a comment on each seventh', () => {
  const base = manyKeys(10_000, n => String(n));
  const note = (n: number): string => (n % 7 === 0 ? `# ours ${n}\n` : '');
  const ours = manyKeys(10_000, n => (n % 3 === 0 ? 'ours' : String(n)), note);
  const theirs = manyKeys(10_000, n => (n % 5 === 0 ? 'theirs' : String(n)));
  const { text, decisions } = mergeValues({ base, ours, theirs });
  const value = (n: number): string => (n % 3 === 0 ? 'ours' : n % 5 === 0 ? 'theirs' : String(n));
  expect(text).toBe(manyKeys(10_000, value, note));
  expect(decisions).toHaveLength(Math.ceil(10_000 / 15));
});

test('Y01 Y02 values nested too deeply are refused', () => {
  const deep = `a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`;
  const block = Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n');
  for (const ours of [deep, block, deep])
    expect(thrown(() => mergeValues({ base: 'a: 1\n', ours, theirs: 'a: 2\n' }))).toMatchObject({
      code: 'E_YAML_DEPTH',
    });
});

test('Y03 aliases that expand to billions count as one value each', () => {
  const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`);
  const laughs = (more: string): string => `l0: &l0 [x]\n${levels.join('\n')}\nteam: 1\n${more}`;
  const ours = laughs('').replace('team: 1', 'team: 2');
  expect(mergeValues({ base: laughs(''), ours, theirs: laughs('new: 1\n') }).text).toBe(`${ours}new: 1\n`);
});

test('Y04 an alias within what it stands for', () => {
  const cycle = (more: string): string => `a: &a [*a]\nb: 1\n${more}`;
  const ours = cycle('').replace('b: 1', 'b: 2');
  expect(mergeValues({ base: cycle(''), ours, theirs: cycle('c: 1\n') }).text).toBe(`${ours}c: 1\n`);
});

test('Y05 keys of Object.prototype are data', () => {
  const ours = '__proto__:\n  polluted: yes\nconstructor: { prototype: { polluted: yes } }\n';
  expect(mergeValues({ base: 'a: 1\n', ours: `a: 1\n${ours}`, theirs: 'a: 2\n' }).text).toBe(`a: 2\n${ours}`);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('Y08 tags are text and stay', () => {
  const tagged = (n: number): string =>
    `a: !!js/function "x"\nb: !custom {c: 1}\nd: !!binary aGk=\ne: ${n}\n`;
  const request = { base: tagged(1), ours: tagged(2), theirs: `${tagged(1)}f: 1\n` };
  expect(mergeValues(request).text).toBe(`${tagged(2)}f: 1\n`);
});

test('Y11 CRLF, a BOM, trailing spaces, four spaces, markers and a long line: one changed scalar, one changed line', () => {
  const file = (value: number): string =>
    `\ufeff---\r\n# ${'long '.repeat(80)}\r\na:   \r\n    b: ${value}   # note\r\n    c: |\r\n        text\r\n\r\n...\r\n`;
  const theirs = file(1).replace('# note', '# better');
  // What upstream says of its value is not said of ours.
  expect(mergeValues({ base: file(1), ours: file(2), theirs }).text).toBe(file(2));
});

test('Y19 hidden characters in a comment stay', () => {
  const ours = 'a: 1\n# \u202eevil\u200b\u0085\nb: 1\n';
  expect(mergeValues({ base: 'a: 1\nb: 1\n', ours, theirs: 'a: 2\nb: 1\n' }).text).toBe(
    ours.replace('1', '2'),
  );
});

test('U06 an overridden value that vanishes is kept and reported, with where it may be now', () => {
  const { text, outcomes } = mergeValues({
    base: 'server:\n  gate: off\n  repo: registry.example/app\n',
    ours: 'server:\n  gate: on\n  repo: mirror.example/app\n',
    theirs: 'server:\n  repository: registry.example/app\n',
    stillRead: path => path === 'server.gate',
  });
  expect(text).toContain('  gate: on\n  repo: mirror.example/app\n');
  expect(outcomes).toEqual([
    { path: 'server.gate', outcome: 'removed-but-still-read' },
    { path: 'server.repo', outcome: 'moved?', to: 'server.repository' },
  ]);
});

test('U07 what both changed is never overwritten silently', () => {
  const { text, decisions } = mergeValues({ base: 'a: 1\n', ours: 'a: 2\n', theirs: 'a: {b: 1}\n' });
  expect([text, decisions.map(({ kind }) => kind)]).toEqual(['a: 2\n', ['type-changed']]);
});
