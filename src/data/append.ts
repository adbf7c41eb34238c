/** Adds items to the end of a list. Spread into `push`, each would be an argument, and some 100 000 overflow the stack. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}

/** The largest of any many numbers, and of none 0. */
export function largest(numbers: Iterable<number>): number {
  let max = 0;
  for (const number of numbers) max = Math.max(max, number);
  return max;
}
