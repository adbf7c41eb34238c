/** A word that a POSIX shell takes as it is. */
export function shellQuote(word: string): string {
  return /^[\w./:@%+=,^-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The words of a line that `shellQuote` wrote, for whoever starts programs without a shell; several lists for lines that `&&` joins.
 * Undefined for a line that only a shell can run (a pipe, a variable, a redirection).
 */
export function wordsOf(line: string): string[][] | undefined {
  const words: string[][] = [[]];
  const WORD = /\s*(?:(&&)|((?:'[^']*'|\\'|[\w./:@%+=,^-])+))/y;
  const length = line.trimEnd().length;
  while (WORD.lastIndex < length) {
    const [, and, word] = WORD.exec(line) ?? [];
    if (and === undefined && word === undefined) return undefined;
    if (word === undefined) words.push([]);
    else words.at(-1)?.push(word.replaceAll(/'([^']*)'|\\(')/g, '$1$2'));
  }
  return words;
}
