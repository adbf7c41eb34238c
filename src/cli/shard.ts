import type { DataMap } from '../data/fields.ts';
import { sha256Of } from '../data/digest.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { display } from '../text/display.ts';

/** One of some machines that share a run, from 1 on. */
export type Shard = { index: number; of: number };

/** GitHub starts no more jobs out of one matrix. */
export const MOST_SHARDS = 256;

/**
 * --shard, as `2/8`; undefined where it is not given.
 * @throws UserError E_USAGE for anything else
 */
export function readShard({ values }: { values: { shard?: string } }): Shard | undefined {
  const { shard: text } = values;
  if (text === undefined) return undefined;
  const [, index, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of && of <= MOST_SHARDS)
    return { index, of };
  throw new UserError('E_USAGE', say('shard.noShard', { text: display(text) }), {
    hint: say('shard.shardsAre', { most: MOST_SHARDS }),
    flag: 'shard',
  });
}

/**
 * --matrix, as the number of its shards; undefined where none is given.
 * @throws UserError E_USAGE for no such number
 */
export function readMatrix({ values }: { values: { matrix?: string } }): number | undefined {
  const { matrix: text } = values;
  if (text === undefined) return undefined;
  const of = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0;
  if (of >= 1 && of <= MOST_SHARDS) return of;
  throw new UserError('E_USAGE', say('shard.noMatrix', { text: display(text), most: MOST_SHARDS }), {
    flag: 'matrix',
  });
}

/** What `strategy.matrix` of a CI job takes: one entry for each shard, as `--shard` takes it. */
export function shardMatrix(of: number): { include: { shard: string }[] } {
  return { include: Array.from({ length: of }, (_, index) => ({ shard: `${index + 1}/${of}` })) };
}

/** A digest is as good as a random number here: thirteen digits of sixteen fit into one exactly. */
const HASH_DIGITS = 13;

/**
 * Whether a shard looks after what stands in a folder. By the folder's name alone: what comes and goes elsewhere moves nothing to
 * another machine, so that what each of them keeps from run to run stays worth something.
 */
export function isInShard({ index, of }: Shard, folder: string): boolean {
  return Number.parseInt(sha256Of(folder).slice(0, HASH_DIGITS), 16) % of === index - 1;
}

/** Whether a shard says what is of no app: it stands in the results of one of them only. */
export function saysOfAll(shard: Shard | undefined): boolean {
  return (shard?.index ?? 1) === 1;
}

/** What tells one run over several machines from others. */
export type ShardRun = {
  /** The command that ran. */
  command: string;
  /** The version of slipway. */
  slipway: string;
  /** The commits that were looked at; empty where git knows of none. */
  commits: readonly string[];
  /** A digest of what all shards rest on: the configuration, and which apps there are. */
  rests: string;
  /** The flags that decide what is found, as they were given. */
  flags: readonly string[];
};

/** What a shard leaves to those who join it with the others: the document that it printed is for people and programs. */
export type ShardDocument = ShardRun & Shard & { file: string; facts: DataMap };

/** The request that a command's shards be joined. */
export type JoinRequest = {
  shards: readonly ShardDocument[];
  /** What --format says, else what the output is for: a program, or a person. */
  format: string;
  /** What --lang says. */
  lang: string | undefined;
  /** The line that joins them again. */
  command: string;
};
