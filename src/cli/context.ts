import type { Language, Text } from '../text/language.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Redactor } from '../text/redaction.ts';
import type { RunMark } from '../system/transaction/undo-records.ts';
import type { FlagTable, Input } from './flags.ts';
import type { JoinRequest } from './shard.ts';

/** What is known of a command without running it. */
export type DescribedCommand = {
  readonly usage: Text;
  readonly flags: FlagTable;
  readonly topics?: Readonly<Record<string, { summary: Text }>>;
  readonly join?: Join;
};

/** Every command by its name; what it takes is loaded when it is asked for. */
export type CommandList = {
  readonly commands: readonly { name: string; summary: Text }[];
  /** Where the repository around a folder adds to it, as the words behind its name say. */
  load(name: string, at?: { words: readonly string[]; cwd: string }): Promise<DescribedCommand>;
};

/** What holds for one run of the command line, whatever the command. */
export type Session = {
  readonly version: string;
  /** What the records of what it writes bear, so that it can be undone. */
  readonly run: RunMark;
  readonly terminal: Terminal;
  readonly language: Language;
  readonly env: Record<string, string | undefined>;
  /** Aborts on Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Aborts when `--deadline` is over: nothing new is begun. */
  readonly deadline: AbortSignal;
  /** How many apps are worked on at once; undefined for as many as suits the work. */
  readonly jobs: number | undefined;
  /** The folder that -C names, else the current one; absolute. */
  readonly cwd: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly offline: boolean;
  readonly verbose: boolean;
  readonly commands: CommandList;
  /** What no error of this run may carry. */
  readonly secrets: Redactor;
  /** Tells the caller of the run that it speaks another language from here on: the error that ends it is told in that. */
  switchLanguage(language: Language): void;
  /** The sentence in the language of the run. */
  t(text: Text): string;
};

/** Joins what the shards of a command found, and prints it as one run would have; resolves to the exit of that run. */
export type Join = (session: Session, request: JoinRequest) => Promise<number>;

/** One run of new-app. */
export type AppRun = { session: Session; input: Input };
