import { flagWords, slipwayLine } from './command-line.ts';
import type { Session } from './context.ts';
import type { Input } from './flags.ts';

/** Switches of every command that change what is done. */
const GLOBAL_SWITCHES = ['yes', 'dry-run', 'offline'];

/**
 * The line that runs the same again: these words, the flags as they were given, and the switches that change what is done.
 * Answers of prompts are no flags: whoever asked adds them to the words.
 */
export function repeatLine(
  session: Pick<Session, 'env' | 'cwd'>,
  { words, given, switches }: { words: readonly string[] } & Pick<Input, 'given' | 'switches'>,
  own: readonly string[],
): string {
  const on = [...own, ...GLOBAL_SWITCHES].filter(name => switches.has(name)).map(name => `--${name}`);
  // Whoever runs it may have gone elsewhere.
  const placed = given.map(flag => (flag.name === 'cwd' ? { ...flag, value: session.cwd } : flag));
  return slipwayLine(session, [...words, ...placed.flatMap(flagWords), ...on]);
}

/** What holds for any run: the programs that render, and the switches of every command. */
export function repeatedGlobals({ given, switches }: Pick<Input, 'given' | 'switches'>): string[] {
  const programs = given.filter(({ name }) => ['helm-command', 'kustomize-command'].includes(name));
  const on = GLOBAL_SWITCHES.filter(name => switches.has(name)).map(name => `--${name}`);
  return [...programs.flatMap(flagWords), ...on];
}
