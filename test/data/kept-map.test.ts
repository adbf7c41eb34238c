import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptMap } from '../../src/data/kept-map.ts';

const name = fc.oneof(fc.string(), fc.constantFrom('a', 'b', '__proto__', 'é\n', ''));
const values = fc.dictionary(name, fc.record({ text: fc.string(), more: fc.array(fc.integer()) }), {
  noNullPrototype: true,
});
const mapOf = <Value>(record: Record<string, Value>): Map<string, Value> => new Map(Object.entries(record));

test('a map that is kept is the map that it was, whatever was read, replaced and picked in between', () => {
  fc.assert(
    fc.property(values, values, fc.array(name), (first, second, asked) => {
      const [old, changes] = [mapOf(first), mapOf(second)];
      const kept = KeptMap.parse<{ text: string; more: number[] }>(KeptMap.of(old).print());
      for (const each of asked)
        expect([kept.once(each), kept.get(each)]).toEqual([old.get(each), old.get(each)]);
      const both = kept.with(new Map([...changes].map(([key, value]) => [key, JSON.stringify(value)])));
      const right = new Map([...old, ...changes]);
      for (const map of [both, KeptMap.parse(both.print())]) {
        expect([...map]).toEqual([...right]);
        expect([[...map.keys()], [...map.values()]]).toEqual([[...right.keys()], [...right.values()]]);
        expect([map.size, asked.map(each => map.has(each))]).toEqual([
          right.size,
          asked.map(each => right.has(each)),
        ]);
      }
      const some = [...right.keys()].filter((_, index) => index % 2 === 0);
      expect([...kept.pick(some, changes)]).toEqual(some.map(each => [each, right.get(each)]));
      // What was there stays as it was.
      expect([...kept]).toEqual([...old]);
    }),
  );
});
