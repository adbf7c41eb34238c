import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNeutral } from '../../../src/render/effects/find-neutral.ts';

/** Searches among `n` leaves of which some have an effect, and counts the questions. */
async function search(n: number, effective: readonly number[]) {
  let asked = 0;
  const found = await findNeutral([...Array(n).keys()], async left => {
    asked += 1;
    return left.some(leaf => effective.includes(leaf));
  });
  return { ...found, asked };
}

test('nothing to search costs nothing', async () => {
  expect(await search(0, [])).toEqual({ neutral: [], effective: [], asked: 0 });
});

describe('the cost', () => {
  test('one question for each leaf where all have an effect', async () => {
    const all = [...Array(40).keys()];
    expect(await search(40, all)).toMatchObject({ neutral: [], effective: all, asked: 40 });
  });

  test('about log₂ n where none has', async () => {
    const { neutral, asked } = await search(40, []);
    expect(neutral).toHaveLength(40);
    expect(asked).toBeLessThanOrEqual(6);
  });

  test('at most 2 · log₂(n) · k + 4 for k of n, whichever of both is the rarer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 2, max: 60 })
          .chain(n => fc.tuple(fc.constant(n), fc.subarray([...Array(n).keys()]))),
        async ([n, effective]) => {
          const { asked, neutral, effective: found } = await search(n, effective);
          expect(found).toEqual(effective);
          expect(neutral).toHaveLength(n - effective.length);
          const rarer = Math.min(effective.length, n - effective.length) + 1;
          expect(asked).toBeLessThanOrEqual(2 * Math.log2(n) * rarer + n - neutral.length + 4);
          expect(asked).toBeLessThanOrEqual(2 * Math.log2(n) * (effective.length + 1) + 4);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('of two that are neutral each, but not both, one', async () => {
  const found = await findNeutral(['a', 'b', 'c'], async left => left.includes('a') && left.includes('b'));
  expect(found).toEqual({ neutral: ['a', 'c'], effective: ['b'] });
});

test('what was found before a question failed is known', async () => {
  const found = { neutral: [] as number[], effective: [] as number[] };
  const failing = findNeutral(
    [0, 1, 2, 3],
    async left => {
      if (left.includes(2)) throw new Error('no more');
      return left.includes(0);
    },
    found,
  );
  await expect(failing).rejects.toThrow('no more');
  expect(found).toEqual({ neutral: [1], effective: [0] });
});
