import { expect, test } from 'vitest';
import { changedValues, otherwiseBelow } from '../../src/values/layers.ts';

const DEFAULTS = { a: 1, m: { x: 1, y: 2 }, l: [1] };

test.each<[string, unknown[], unknown[], string[]]>([
  ['the default again', [{ a: 1 }], [{}], []],
  ['the default again, over another value', [{ a: 2 }, { a: 1 }], [{ a: 2 }, {}], ['a']],
  ['a map whose last key goes, over null', [{ m: null }, { m: { x: 1 } }], [{ m: null }, {}], ['m.x', 'm.y']],
  ['a map whose last key goes, over a scalar', [{ m: 5 }, { m: { x: 1 } }], [{ m: 5 }, {}], ['m']],
  ['a deletion', [{ a: null }], [{}], ['a']],
  ['what has no default', [{ n: { deep: 1 } }], [{}], ['n.deep']],
  ['an emptied map', [{ m: {} }], [{}], []],
  ['a list', [{ l: [1, 2] }, { l: [1] }], [{ l: [1, 2] }, {}], ['l']],
  ['an empty file', [null, { a: 1 }], [null, undefined], []],
])('what a chart gets otherwise: %s', (_, before, after, expected) => {
  expect(changedValues(DEFAULTS, before, after)).toEqual(expected);
});

test.each<[string, unknown[], string[], unknown, unknown]>([
  ['nothing below', [], ['a'], 1, undefined],
  ['silent', [{ b: 2 }, null], ['a'], 1, undefined],
  ['the same', [{ a: 1 }], ['a'], 1, undefined],
  ['otherwise', [{ a: 2 }], ['a'], 1, { place: '0', value: 2 }],
  // Overlays that lie beside each other are not told apart: each counts.
  ['otherwise, further below', [{ a: 2 }, { a: 1 }], ['a'], 1, { place: '0', value: 2 }],
  ['something in the place of a map', [{ m: null }], ['m', 'x'], 1, { place: '0', value: null }],
  ['null over null', [{ a: null }], ['a'], null, { place: '0', value: null }],
  ['a name of every object', [{}], ['constructor'], 1, undefined],
])('what a lower layer says: %s', (_, layers, keys, value, expected) => {
  const below = layers.map((data, index) => ({ name: String(index), data }));
  expect(otherwiseBelow({ below, unseen: undefined }, keys, value)).toEqual(expected);
});

test('what cannot be seen may say otherwise', () => {
  expect(otherwiseBelow({ below: [], unseen: 'Secret x' }, ['a'], 1)).toEqual({ place: 'Secret x' });
});
