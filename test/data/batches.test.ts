import { expect, test } from 'vitest';
import { inBatches } from '../../src/data/batches.ts';

test.each([
  [[], []],
  [[3, 3, 4], [[3, 3, 4]]],
  [
    [6, 4, 1],
    [[6, 4], [1]],
  ],
  [
    [5, 25, 5, 5],
    [[5], [25], [5, 5]],
  ],
])('batches of at most 10: %j', (sizes, expected) => {
  expect(inBatches(sizes, size => size, 10)).toEqual(expected);
});
