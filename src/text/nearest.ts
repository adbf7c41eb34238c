/** The one known word that `word` begins, else the known word within two typing errors of it, if any. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const begun = word.length < MIN_PREFIX ? [] : known.filter(name => name.startsWith(word));
  if (begun.length === 1) return begun[0];
  const ranked = known.map(name => ({ name, distance: editDistance(word, name) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.min(2, Math.ceil(word.length / 3)) ? best.name : undefined;
}

/** Of fewer letters than this nearly every word is the beginning of one. */
const MIN_PREFIX = 3;

/** How many characters have to be put in, taken out, replaced or swapped with the next one to make one text of the other. */
function editDistance(a: string, b: string): number {
  let above: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, left] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, right] of [...b].entries()) {
      const substitution = (previous[column] ?? 0) + (left === right ? 0 : 1);
      const isSwapped = row > 0 && column > 0 && left === b[column - 1] && a[row - 1] === right;
      const swap = isSwapped ? (above[column - 1] ?? 0) + 1 : Infinity;
      current.push(Math.min(substitution, swap, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
