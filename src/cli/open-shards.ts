import { resolve } from 'node:path';
import { digestOfJson } from '../data/digest.ts';
import {
  asMap,
  asText,
  type DataMap,
  field,
  isDataMap,
  isPrototypeKey,
  isSameData,
  stringsAt,
} from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { readInputFile } from '../system/files/input-file.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import type { Input } from './flags.ts';
import { type JoinRequest, MOST_SHARDS, type Shard, type ShardDocument, type ShardRun } from './shard.ts';

/** The part of a shard's document that the others are joined with. */
export function shardPart(run: ShardRun, { index, of }: Shard, facts: object): object {
  const { command, slipway, commits, rests, flags } = run;
  const own = { index, of, command, slipway, commits, rests, flags, facts };
  return { ...own, digest: digestOfJson(own) };
}

/** Of the flags that were given, those of some names and what was named beside them, in an order of their own. */
export function decidingFlags({ positionals, values, switches }: Input, names: readonly string[]): string[] {
  const flags = names.flatMap(name => {
    const value = values[name];
    return value === undefined ? (switches.has(name) ? [`--${name}`] : []) : [`--${name}=${value}`];
  });
  return [...flags, ...positionals.toSorted()];
}

/** A preview of ten thousand apps has some hundred megabytes; a shard of them an eighth. */
const MOST_BYTES = 64 << 20;

/**
 * Reads the documents that `--shard … --json` wrote, in the order of their shards: each once, all of one run.
 * @throws UserError E_VALUE for what is no such document, or a damaged one; E_SHARDS for documents that are not of one run, and
 * where one is missing or given twice; E_LIMIT
 */
export async function readShardDocuments(cwd: string, files: readonly string[]): Promise<ShardDocument[]> {
  if (files.length > MOST_SHARDS) throw new UserError('E_LIMIT', say('shard.tooMany', { most: MOST_SHARDS }));
  const documents: ShardDocument[] = [];
  for (const file of files) documents.push(await readDocument(cwd, file));
  const [first] = documents;
  if (!first) throw new UserError('E_MISSING', say('shard.nothingToJoin'), { hint: say('shard.nameFiles') });
  for (const each of documents) requireSameRun(first, each);
  requireEachOnce(first, documents);
  return documents.toSorted((a, b) => a.index - b.index);
}

async function readDocument(cwd: string, file: string): Promise<ShardDocument> {
  const name = display(file);
  const bytes = await readInputFile({ path: resolve(cwd, file), name, maxBytes: MOST_BYTES });
  const shard = field(parseData(bytes.toString('utf8'), name), 'shard');
  if (!isDataMap(shard)) throw notShard(name, say('shard.noPart'));
  const { digest, ...own } = shard;
  if (digest !== digestOfJson(own)) throw notShard(name, say('shard.damaged'));
  return readPart(own, name);
}

/** As it stands in a file: of its form only that it is plain data. */
function parseData(text: string, name: string): DataMap {
  try {
    const data: unknown = JSON.parse(text, (key, value: unknown) => {
      if (isPrototypeKey(key)) throw notShard(name, say('upgrade.planHoldsKey', { key }));
      return value;
    });
    return asMap(data);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    throw notShard(name, say('shard.noJson'), error);
  }
}

function readPart(own: DataMap, name: string): ShardDocument {
  const [index, of, facts] = ['index', 'of', 'facts'].map(key => field(own, key));
  const [command, slipway, rests] = ['command', 'slipway', 'rests'].map(key => asText(field(own, key)));
  const isPlaced = isCount(index) && isCount(of) && index >= 1 && index <= of && of <= MOST_SHARDS;
  if (!isPlaced || !isDataMap(facts) || command === undefined || slipway === undefined || rests === undefined)
    throw notShard(name, say('shard.noPart'));
  const [commits, flags] = [stringsAt(own, ['commits']), stringsAt(own, ['flags'])];
  return { file: name, index, of, command, slipway, rests, commits, flags, facts };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

const DIFFERENCES: readonly (readonly [(run: ShardRun & Shard) => unknown, Text])[] = [
  [run => run.command, say('shard.otherCommand')],
  [run => run.slipway, say('shard.otherVersion')],
  [run => run.of, say('shard.otherNumber')],
  [run => run.commits, say('shard.otherCommit')],
  [run => run.flags, say('shard.otherFlags')],
  [run => run.rests, say('shard.otherConfiguration')],
];

function requireSameRun(first: ShardDocument, other: ShardDocument): void {
  const found = DIFFERENCES.find(([of]) => !isSameData(of(first), of(other)));
  if (!found) return;
  const files = { file: other.file, first: first.file };
  throw notTogether(say('shard.notOfOneRun', { ...files, difference: found[1] }), other.file);
}

function requireEachOnce({ of }: Shard, documents: readonly ShardDocument[]): void {
  const seen = new Map<number, ShardDocument>();
  for (const each of documents) {
    const { index, file } = each;
    const other = seen.get(index);
    if (other)
      throw notTogether(say('shard.twice', { share: `${index}/${of}`, file, first: other.file }), file);
    seen.set(index, each);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter(index => !seen.has(index));
  if (missing.length > 0)
    throw notTogether(say('shard.missing', { shards: missing.map(index => `${index}/${of}`).join(', ') }));
}

function notTogether(text: Text, subject?: string): UserError {
  return new UserError('E_SHARDS', text, {
    hint: say('shard.runAllAgain'),
    ...(subject === undefined ? {} : { subject }),
  });
}

/** The refusal of a file that no run with `--shard` and `--json` has printed. */
function notShard(file: string, problem: Text, cause?: unknown): UserError {
  return new UserError('E_VALUE', say('shard.noDocument', { file, problem }), {
    hint: say('shard.nameFiles'),
    subject: file,
    cause,
  });
}

/**
 * The format of a request to join, as one of those that a command has.
 * @throws UserError E_USAGE
 */
export function requireJoinFormat<const Format extends string>(
  { format, shards }: JoinRequest,
  known: readonly Format[],
): Format {
  const found = known.find(each => each === format);
  if (found !== undefined) return found;
  const command = shards[0]?.command ?? '';
  throw new UserError('E_USAGE', say('shard.noFormat', { format: display(format), command }), {
    hint: say('check.useOneOfFormats', { known: known.join(', ') }),
    flag: 'format',
  });
}

/**
 * Hands the facts of all shards on, once each is what its command leaves. A document is what its digest says, and may still be
 * none that slipway wrote.
 * @throws UserError E_VALUE where one is not what it is taken for
 */
export async function asShard<Facts, Result>(
  shards: readonly ShardDocument[],
  read: (facts: DataMap) => Facts | undefined,
  make: (all: Facts[]) => Promise<Result>,
): Promise<Result> {
  const all = shards.map(({ facts, file }) => {
    const own = read(facts);
    if (own === undefined) throw notShard(file, say('shard.noPart'));
    return own;
  });
  try {
    return await make(all);
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    throw notShard(shards[0]?.file ?? '', say('shard.noPart'), error);
  }
}
