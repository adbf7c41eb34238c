/** A word that a POSIX shell takes as it is. */
export function shellQuote(word: string): string {
  return /^[\w./:@%+=,^-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
