import { flagWords, slipwayLine } from './command-line.ts';
import type { Session } from './context.ts';
import type { Input } from './flags.ts';
import { LEADING_FLAGS } from './global-flags.ts';

/** Switches of every command that change what is done. */
const GLOBAL_SWITCHES = ['yes', 'dry-run', 'offline'];

/** Those that only change how a run talks: who runs it again may want to hear it otherwise. */
const HOW_IT_TALKS = new Set(Object.keys(LEADING_FLAGS).filter(name => !GLOBAL_SWITCHES.includes(name)));

/**
 * The line that runs the same again: these words, the flags as they were given, and the switches that change what is done.
 * Answers of prompts are no flags: whoever asked adds them to the words.
 */
export function repeatLine(
  session: Pick<Session, 'env' | 'cwd'>,
  { words, given, switches }: { words: readonly string[] } & Pick<Input, 'given' | 'switches'>,
): string {
  const known = new Set([...HOW_IT_TALKS, ...GLOBAL_SWITCHES, ...given.map(({ name }) => name)]);
  const own = [...switches].filter(name => !known.has(name));
  const on = [...own, ...GLOBAL_SWITCHES.filter(name => switches.has(name))].map(name => `--${name}`);
  // Whoever runs it may have gone elsewhere.
  const placed = given.map(flag => (flag.name === 'cwd' ? { ...flag, value: session.cwd } : flag));
  return slipwayLine(session, [...words, ...placed.flatMap(flagWords), ...on]);
}

/** The same for a command that takes no answers: its name and arguments are the words. */
export function sameAgain(
  session: Pick<Session, 'env' | 'cwd'>,
  name: string,
  input: Pick<Input, 'given' | 'switches' | 'positionals'>,
): string {
  return repeatLine(session, { ...input, words: [name, ...input.positionals] });
}

/** What holds for any run: the programs that render, and the switches of every command. */
export function repeatedGlobals({ given, switches }: Pick<Input, 'given' | 'switches'>): string[] {
  const programs = given.filter(({ name }) => ['helm-command', 'kustomize-command'].includes(name));
  const on = GLOBAL_SWITCHES.filter(name => switches.has(name)).map(name => `--${name}`);
  return [...programs.flatMap(flagWords), ...on];
}
