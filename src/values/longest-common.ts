/** Indexes of two elements that stand for each other. */
export type Pairing = readonly [number, number];

// Above this many comparisons only elements that are unique on both sides pair up: linear, and what a reader would see.
const EXACT_COMPARISONS = 200_000;

type Range = { a: number; aEnd: number; b: number; bEnd: number };

/** Pairs equal elements of two sequences in order, as many as can be. */
export function align<T>(a: readonly T[], b: readonly T[]): Pairing[] {
  return alignRange(a, b, { a: 0, aEnd: a.length, b: 0, bEnd: b.length });
}

function alignRange<T>(a: readonly T[], b: readonly T[], range: Range): Pairing[] {
  const head: Pairing[] = [];
  const tail: Pairing[] = [];
  let { a: i, aEnd, b: j, bEnd } = range;
  while (i < aEnd && j < bEnd && a[i] === b[j]) head.push([i++, j++]);
  while (i < aEnd && j < bEnd && a[aEnd - 1] === b[bEnd - 1]) tail.push([--aEnd, --bEnd]);
  const rest = { a: i, aEnd, b: j, bEnd };
  const small = (aEnd - i) * (bEnd - j) <= EXACT_COMPARISONS;
  const middle = i === aEnd || j === bEnd ? [] : small ? longest(a, b, rest) : byUnique(a, b, rest);
  return [...head, ...middle, ...tail.toReversed()];
}

/** The longest common subsequence, by the textbook table. */
function longest<T>(a: readonly T[], b: readonly T[], { a: a0, aEnd, b: b0, bEnd }: Range): Pairing[] {
  const width = bEnd - b0 + 1;
  const lengths = new Uint32Array((aEnd - a0 + 1) * width);
  for (let i = aEnd - a0 - 1; i >= 0; i--)
    for (let j = bEnd - b0 - 1; j >= 0; j--) {
      const at = i * width + j;
      const skipped = Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
      lengths[at] = a[a0 + i] === b[b0 + j] ? (lengths[at + width + 1] ?? 0) + 1 : skipped;
    }
  const pairs: Pairing[] = [];
  for (let i = 0, j = 0; i < aEnd - a0 && j < bEnd - b0;) {
    const at = i * width + j;
    if (a[a0 + i] === b[b0 + j]) pairs.push([a0 + i++, b0 + j++]);
    else if ((lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

/** Patience: elements that both sides have once, in rising order, and between them the same again. */
function byUnique<T>(a: readonly T[], b: readonly T[], range: Range): Pairing[] {
  const anchors = rising(uniquePairs(a, b, range));
  if (anchors.length === 0) return [];
  const pairs: Pairing[] = [];
  let from: Pairing = [range.a, range.b];
  for (const anchor of [...anchors, [range.aEnd, range.bEnd] as const]) {
    const between = { a: from[0], aEnd: anchor[0], b: from[1], bEnd: anchor[1] };
    for (const pair of alignRange(a, b, between)) pairs.push(pair);
    if (anchor[0] < range.aEnd) pairs.push(anchor);
    from = [anchor[0] + 1, anchor[1] + 1];
  }
  return pairs;
}

function uniquePairs<T>(a: readonly T[], b: readonly T[], range: Range): Pairing[] {
  const inA = uniqueIndexes(a, range.a, range.aEnd);
  const inB = uniqueIndexes(b, range.b, range.bEnd);
  const pairs: Pairing[] = [];
  for (const [element, i] of inA) {
    const j = inB.get(element);
    if (i >= 0 && j !== undefined && j >= 0) pairs.push([i, j]);
  }
  return pairs;
}

/** Where each element stands; -1 for one that comes twice. */
function uniqueIndexes<T>(sequence: readonly T[], from: number, to: number): Map<T, number> {
  const indexes = new Map<T, number>();
  for (let index = from; index < to; index++) {
    const element = sequence[index] as T;
    indexes.set(element, indexes.has(element) ? -1 : index);
  }
  return indexes;
}

/** The longest subsequence whose second indexes rise; the first ones already do. */
function rising(pairs: readonly Pairing[]): Pairing[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, [, value]] of pairs.entries()) {
    let low = 0;
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const chain: Pairing[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) chain.push(pair);
  }
  return chain.toReversed();
}
