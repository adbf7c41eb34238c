import path from 'node:path';
import type { Text } from '../../src/text/language.ts';
import { MAX_SECRET_BYTES } from '../../src/sealing/plain-secret.ts';
import {
  endsWithStrayNewline,
  type GenerateRequest,
  generateValue,
  strayNewlineNote,
  withoutNewline,
} from '../../src/sealing/secret-values.ts';
import { UserError } from '../../src/errors.ts';
import { readInputFile, readStandardInput } from '../../src/system/files/input-file.ts';
import type { Prompts } from '../../src/output/prompts.ts';
import { say } from '../../src/locales/say.ts';

/** Where the value of one key comes from. Never the command line itself: others can read that. */
export type ValueSource =
  | { from: 'file'; key: string; path: string }
  | { from: 'random'; key: string; length: GenerateRequest['length'] }
  | { from: 'person'; key: string };

export type ValueContext = {
  prompts: Prompts | undefined;
  stdin: NodeJS.ReadStream;
  /** Where relative paths start. */
  cwd: string;
  trimNewline: boolean;
  allowEmpty: boolean;
  /** No error of this run may carry the value. */
  hide(value: Uint8Array): void;
  note(text: Text): void;
  t(text: Text): string;
};

/**
 * Reads, makes or asks for the values of one Secret.
 * @throws UserError E_MISSING with every key that nobody can be asked for, E_USAGE for a key given twice
 */
export async function gatherValues(
  context: ValueContext,
  sources: readonly ValueSource[],
): Promise<Map<string, Buffer>> {
  requireDistinct(sources);
  requireSomebody(context, sources);
  const values = new Map<string, Buffer>();
  for (const source of sources) {
    const value = await READERS[source.from](context, source as never);
    context.hide(value);
    values.set(source.key, context.trimNewline ? withoutNewline(value) : value);
  }
  noteNewlines(context, values);
  return values;
}

type Reader<From extends ValueSource['from']> = (
  context: ValueContext,
  source: Extract<ValueSource, { from: From }>,
) => Promise<Buffer>;

const READERS: { [From in ValueSource['from']]: Reader<From> } = {
  file: ({ stdin, cwd }, { key, path: file }) => {
    const name = `the value of ${key}`;
    if (file === '-') return readStandardInput(stdin, name, MAX_SECRET_BYTES);
    return readInputFile({ path: path.resolve(cwd, file), name, maxBytes: MAX_SECRET_BYTES });
  },
  random: async (_, { length }) => generateValue(length),
  person: askValue,
};

async function askValue(
  { prompts, allowEmpty, t }: ValueContext,
  { key }: Extract<ValueSource, { from: 'person' }>,
): Promise<Buffer> {
  if (!prompts) throw new Error(`nobody can be asked for ${key}`);
  const empty = t(say('seal.empty'));
  const answer = await prompts.hidden({
    message: t(say('seal.value', { key })),
    validate: text => (text !== '' || allowEmpty ? true : empty),
  });
  return Buffer.from(answer, 'utf8');
}

function requireDistinct(sources: readonly ValueSource[]): void {
  const keys = sources.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) throw new UserError('E_USAGE', say('seal.keyGivenTwice', { twice }));
  if (sources.filter(source => source.from === 'file' && source.path === '-').length > 1)
    throw new UserError('E_USAGE', say('seal.standardInputOneValueTwo'));
}

function requireSomebody({ prompts }: ValueContext, sources: readonly ValueSource[]): void {
  const keys = sources.filter(({ from }) => from === 'person').map(({ key }) => key);
  if (prompts || keys.length === 0) return;
  throw new UserError('E_MISSING', say('seal.valuesMissingNobodyCanAsked', { keys: keys.join(', ') }), {
    hint: say('seal.giveFromFilePathStandard', { keys: keys[0] }),
  });
}

function noteNewlines({ trimNewline, note }: ValueContext, values: ReadonlyMap<string, Buffer>): void {
  const keys = [...values].filter(([, value]) => endsWithStrayNewline(value)).map(([key]) => key);
  if (!trimNewline && keys.length > 0) note(strayNewlineNote(keys));
}
