import { shellQuote } from '../text/shell-quote.ts';

/** One line that a shell reads back as these words. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}
