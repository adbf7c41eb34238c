import fc from 'fast-check';
import { loadAll, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { minimalValues } from '../../src/values/copies.ts';
import { saidInText } from '../../src/yaml/read.ts';
import { readDefaults } from '../../src/values/read-defaults.ts';
import { type Customisation, diffValues } from '../../src/values/values-diff.ts';
import { customised, valuesFile } from '../support/values-files.ts';

const NAMES = { base: 'base', ours: 'ours' };
const KNOWN = ['read', 'sub.read'];

function diff(base: string, ours: string, isRead = (path: string) => KNOWN.includes(path)) {
  const values = { name: NAMES.ours, text: () => ours };
  const request = { base: readDefaults(base, NAMES.base), isRead, subcharts: ['sub'] };
  const careful = diffValues({ ...request, ours: values });
  const quick = diffValues({
    ...request,
    ours: { ...values, said: meanings => saidInText(ours, meanings) },
  });
  expect({ ...quick, data: quick.data() }).toEqual({ ...careful, data: careful.data() });
  return careful;
}

/** The rest of a full copy, so that the file counts as one. */
const FULL = 'a: 1\nb: two\nc: {d: 3, e: []}\nf: {}\ng: null\n';

type Row = [name: string, base: string, ours: string, expected: Partial<Customisation>[]];

const ROWS: Row[] = [
  ['a scalar', FULL, FULL.replace('a: 1', 'a: 2'), [{ path: 'a', base: 1, ours: 2 }]],
  ['a type', FULL, FULL.replace('a: 1', 'a: "1"'), [{ path: 'a', base: 1, ours: '1' }]],
  ['another spelling of the same', FULL, FULL.replace('b: two', 'b: "two"'), []],
  ['a key that a full copy lacks', FULL, FULL.replace('b: two\n', ''), []],
  ['a deletion', FULL, FULL.replace('a: 1', 'a: null'), [{ path: 'a', base: 1, ours: null }]],
  [
    'a deleted map',
    FULL,
    FULL.replace(/c: .*/, 'c:'),
    [{ path: 'c', base: { d: 3, e: [] }, ours: null, mark: undefined }],
  ],
  [
    'a list, as one',
    FULL,
    FULL.replace('e: []', 'e: [x, {y: 1}]'),
    [{ path: 'c.e', base: [], ours: ['x', { y: 1 }] }],
  ],
  [
    'a filled default, by key',
    FULL,
    FULL.replace('f: {}', 'f: {x: {y: 1, "z.z": 2}}'),
    [
      { path: 'f.x.y', base: undefined, ours: 1, mark: 'dead' },
      { path: 'f.x["z.z"]', base: undefined, ours: 2, mark: 'dead' },
    ],
  ],
  ['null filled with a map, by key', FULL, FULL.replace('g: null', 'g: {x: 1}'), [{ path: 'g.x', ours: 1 }]],
  ['a map in place of a scalar, as one', FULL, FULL.replace('a: 1', 'a: {x: 1}'), [{ path: 'a', base: 1 }]],
  [
    'dead: neither default nor template',
    FULL,
    `${FULL}x: 1\n`,
    [{ path: 'x', base: undefined, mark: 'dead' }],
  ],
  ['no default, but read', FULL, `${FULL}read: 1\n`, [{ path: 'read', mark: undefined }]],
  ['redundant: an emptied map', FULL, FULL.replace(/c: .*/, 'c: {}'), [{ path: 'c', mark: 'redundant' }]],
  ['redundant: null for nothing', FULL, `${FULL}read: null\n`, [{ path: 'read', mark: 'redundant' }]],
  ['null for a default of a subchart', FULL, `${FULL}sub: {read: null}\n`, [{ mark: undefined }]],
  [
    'redundant: the default again in a file of overrides',
    FULL,
    'a: 1\nc: {d: 4}\n',
    [
      { path: 'a', base: 1, ours: 1, mark: 'redundant' },
      { path: 'c.d', base: 3, ours: 4, mark: undefined },
    ],
  ],
  [
    'what an alias and a merge key stand for',
    'x: {k: 1, l: 2}\ny: {k: 1}\n',
    'x: &x {k: 1, l: 3}\ny: {<<: *x}\n',
    [
      { path: 'x.l', base: 2, ours: 3 },
      { path: 'y.l', base: undefined, ours: 3 },
    ],
  ],
  ['an empty file', FULL, '# nothing yet\n', []],
];

test.each(ROWS)('%s', (_, base, ours, expected) => {
  const { customisations } = diff(base, ours);
  expect(customisations).toMatchObject(expected);
  expect(customisations).toHaveLength(expected.length);
});

describe('comments', () => {
  const base = '# docs of a\na: 1\n# docs of m\nm:\n  # docs of x\n  x: 1 # note\n  l: []\nz: 1\n';
  const commentsOf = (ours: string): Record<string, readonly string[]> =>
    Object.fromEntries(diff(base, ours).customisations.map(({ path, comments }) => [path, comments]));

  test('above a key and behind its value, but none of the defaults', () => {
    const ours = base.replace('a: 1', '# team: why\n#\n# at length\na: 2 # until May');
    expect(commentsOf(ours)).toEqual({ a: ['# team: why', '# at length', '# until May'] });
  });
  test('above a map: at the first customisation in it', () => {
    const ours = base.replace('m:', '# team\nm: # here').replace('x: 1', 'x: 2').replace('l: []', 'l: [q]');
    expect(commentsOf(ours)).toEqual({ 'm.x': ['# team', '# here'], 'm.l': [] });
  });
  test('inside a list: at the list', () => {
    const ours = base.replace('  l: []', '  l:\n    # one\n    - x: 1 # two\n      # three\n      y: 2');
    expect(commentsOf(ours)).toEqual({ 'm.l': ['# one', '# two', '# three'] });
  });
});

test('a file of overrides is called one', () => {
  expect(diff(FULL, 'a: 2\n').partial).toBe(true);
  expect(diff(FULL, FULL).partial).toBe(false);
});

test('aliases that expand without bound are an error, not a hang', () => {
  const levels = Array.from(
    { length: 9 },
    (_, n) => `l${n + 1}: {${'abcdefghi'.replaceAll(/./g, `$&: *l${n}, `)}}`,
  );
  const bomb = `l0: &l0 {x: 1, y: 2}\n${levels.map((line, n) => line.replace(': {', `: &l${n + 1} {`)).join('\n')}\n`;
  expect(() => diff('a: 1\n', bomb)).toThrow(/aliases expand to more than/);
});

/** Laid over the defaults as Helm does it, without the code under test. */
function helm(base: unknown, over: unknown): unknown {
  return withoutNulls(overlay(base, over));
}

function overlay(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over ?? base;
  const merged = { ...base };
  for (const [key, value] of Object.entries(over))
    if (value === null) delete merged[key];
    else merged[key] = key in base && isMap(base[key]) && isMap(value) ? overlay(base[key], value) : value;
  return merged;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(text: string): unknown {
  return loadAll(text, { schema: YAML11_SCHEMA })[0] ?? {};
}

/** A template cannot tell null from nothing. */
function withoutNulls(value: unknown): unknown {
  if (!isMap(value)) return value;
  const fields = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(fields.map(([key, item]) => [key, withoutNulls(item)]));
}

/** The customisations as overrides. */
function overrides(customisations: readonly Customisation[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { path, ours } of customisations) {
    const keys = Array.from(
      path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g),
      ([, quoted, word]) => quoted ?? word ?? '',
    );
    let at = root;
    for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[keys.at(-1) ?? ''] = ours;
  }
  return root;
}

const RUNS = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300),
  ...(process.env['PROPERTY_RUNS'] ? {} : { seed: 1 }),
};
// Readers of YAML disagree on octal numbers and on y: here they are what YAML 1.2 says.
const pair = valuesFile
  .chain(base => fc.tuple(fc.constant(base), customised(base)))
  .filter(([base]) => !/0644|x: y/.test(base));

describe('any values file', () => {
  test('its customisations alone, laid over the defaults, are the whole file laid over them', () => {
    fc.assert(
      fc.property(pair, ([base, ours]) => {
        const own = overrides(diff(base, ours).customisations);
        expect(helm(read(base), own)).toEqual(helm(read(base), read(ours)));
      }),
      RUNS,
    );
  });

  test('so is the minimal file, which says nothing again and keeps the team’s comments', () => {
    fc.assert(
      fc.property(pair, ([base, ours]) => {
        const minimal = minimalValues(base, ours, NAMES);
        expect(helm(read(base), read(minimal))).toEqual(helm(read(base), read(ours)));
        expect(diff(base, minimal).customisations.filter(({ base: old, ours: own }) => own === old)).toEqual(
          [],
        );
        const teams = ours.match(/# team\S*/g)?.filter(words => !base.includes(words)) ?? [];
        expect(teams.filter(words => !minimal.includes(words))).toEqual([]);
      }),
      RUNS,
    );
  });
});

const MINIMAL: [string, string, string, string][] = [
  ['an untouched copy', FULL, FULL, ''],
  [
    'keys on the way, the team’s comments, none of the defaults',
    '# docs\nm:\n  # docs\n  x: 1\n  y: 1\nz: 1\n',
    '# docs\nm:\n  # docs\n  # team\n  x: 2 # why\n  y: 1\nz: 1\n',
    'm:\n  # team\n  x: 2 # why\n',
  ],
  [
    'aliases are written out',
    'x: {k: 1}\ny: 1\nz: 1\n',
    'x: &x {k: 2}\ny: *x\nz: 1\n',
    'x: {k: 2}\ny: {k: 2}\n',
  ],
  ['an alias whose anchor goes', 'x: {k: 1}\ny: 1\n', 'x: &x {k: 1}\ny: *x\n', 'y: {k: 1}\n'],
  ['overrides that say the default again', FULL, 'a: 1\nb: three\n', 'b: three\n'],
  ['null', FULL, FULL.replace('a: 1', 'a: null'), 'a: null\n'],
];

test.each(MINIMAL)('minimal: %s', (_, base, ours, expected) => {
  expect(minimalValues(base, ours, NAMES)).toBe(expected);
});
