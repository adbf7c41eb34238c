/** Splits items, in their order, into lists whose sizes together stay within `most`; one that is larger stands alone. */
export function inBatches<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  most: number,
): Item[][] {
  const batches: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (batches.length === 0 || size > room) {
      batches.push([]);
      room = most;
    }
    batches.at(-1)?.push(item);
    room -= size;
  }
  return batches;
}
