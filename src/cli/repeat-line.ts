import { commandLine } from './command-line.ts';
import type { Input } from './flags.ts';

/**
 * The line that runs the same again: these words, the flags as they were given, and the switches that change what is done.
 * Answers of prompts are no flags: whoever asked adds them to the words.
 */
export function repeatLine(
  words: readonly string[],
  { given, switches }: Pick<Input, 'given' | 'switches'>,
  options: { switches: readonly string[]; without?: readonly string[] },
): string {
  const { without = [] } = options;
  const flags = given
    .filter(({ name }) => !without.includes(name))
    .flatMap(({ name, value }) => [name === 'cwd' ? '-C' : `--${name}`, value]);
  const on = options.switches.filter(name => switches.has(name)).map(name => `--${name}`);
  return commandLine(['slipway', ...words, ...flags, ...on]);
}
