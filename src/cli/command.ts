import { type FlagTable, type Input } from './flags.ts';
import { type Session } from './context.ts';

export type Command = {
  /** What stands behind the command's name in the usage line. */
  usage: string;
  maxPositionals: number;
  flags: FlagTable;
  examples: string[];
  run(session: Session, input: Input): Promise<number>;
};
