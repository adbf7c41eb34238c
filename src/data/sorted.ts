/** The index of the first item of a rising list for which `isBehind` holds; its length where there is none. */
export function firstWhere<Item>(rising: readonly Item[], isBehind: (item: Item) => boolean): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(rising[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
