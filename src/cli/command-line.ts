import { shellQuote } from '../text/shell-quote.ts';
import type { Session } from './context.ts';
import type { GivenFlag } from './flags.ts';
import { ownWords } from './open-programs.ts';

/** One line that a shell reads back as these words. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}

/** The line that runs this program with these words, from whatever folder. */
export function slipwayLine({ env }: Pick<Session, 'env'>, words: readonly string[]): string {
  return commandLine([...ownWords(env), ...words]);
}

/** A flag with its value, as the parser reads it back: a value that looks like a flag, or may be left out, is tied to it. */
export function flagWords({ name, value }: GivenFlag): string[] {
  if (name === 'cwd') return ['-C', value];
  return value.startsWith('-') || name === 'demo' ? [`--${name}=${value}`] : [`--${name}`, value];
}
