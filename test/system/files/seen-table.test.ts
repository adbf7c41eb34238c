import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenTable } from '../../../src/system/files/seen-table.ts';

const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }));
const state = fc.option(fc.record({ mtimeMs: number, ctimeMs: number, size: fc.nat(), inode: fc.nat() }), {
  nil: undefined,
});
const path = fc.oneof(fc.string(), fc.constantFrom('', 'a', '__proto__', 'production/web'));

test('a table holds what a map would, whatever is set again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(path, state, fc.string()), { maxLength: 200 }), seen => {
      const table = new SeenTable<string>();
      for (const each of seen) table.set(...each);
      expect([...table.states]).toEqual([...new Map(seen.map(([name, own]) => [name, own]))]);
      const words = new Map(seen.map(([name, , word]) => [name, word]));
      expect([...table.words]).toEqual([...words]);
      expect([[...table.words.keys()], [...table.words.values()]]).toEqual([
        [...words.keys()],
        [...words.values()],
      ]);
      expect([table.words.size, table.states.has('a'), table.words.get('a'), table.states.get('no')]).toEqual(
        [words.size, words.has('a'), words.get('a'), undefined],
      );
    }),
  );
});
