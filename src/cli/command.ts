import type { FlagTable, Input, InputOf } from './flags.ts';
import type { Join, Session } from './context.ts';
import type { GLOBAL_FLAGS } from './global-flags.ts';
import type { Text } from '../text/language.ts';

/** What a command reads of its command line: its own flags, and those that every command takes. */
export type CommandInput<Flags> = InputOf<Flags & typeof GLOBAL_FLAGS>;

type Shape = {
  /** What stands behind the command's name in the usage line. */
  usage: Text;
  maxPositionals: number;
  examples: string[];
  /** What its first argument may be, where each takes flags of its own: `slipway help add route`. */
  topics?: Readonly<Record<string, Topic>>;
  /** The same command with what the repository around a folder adds to it: topics, and the flags of the one that words name. */
  inPlace?(words: readonly string[], cwd: string): Promise<Command>;
};

type Topic = { summary: Text; flags: readonly string[] };

export type Command = Shape & {
  flags: FlagTable;
  /** Joins what its shards found; undefined where it has none. */
  join?: Join;
  run(session: Session, input: Input): Promise<number>;
};

/**
 * A command whose `run` gets the flags of its own table: one that is not in it does not compile.
 * Only the command line calls `run`, with what it read by this very table.
 */
export function defineCommand<Flags extends FlagTable>(
  command: Shape & {
    flags: Flags;
    join?: Join;
    run(session: Session, input: CommandInput<Flags>): Promise<number>;
  },
): Command {
  return command;
}
