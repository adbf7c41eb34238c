import { append } from '../../src/data/append.ts';
import { parseSecretKey } from '../../src/repository/names.ts';
import { type Text, untranslated } from '../../src/text/language.ts';
import { parseGenerate } from '../../src/sealing/secret-values.ts';
import { UserError } from '../../src/errors.ts';
import type { Prompts } from '../../src/output/prompts.ts';
import type { ValueSource } from './open-values.ts';
import { say } from '../../src/locales/say.ts';
import { errorSentence } from '../../src/cli/error-sentence.ts';

export type SourceContext = { prompts: Prompts; t(text: Text): string };

/** Asks a person, for each key that waits for a value, where that comes from. Keys may be left for later. */
export async function askSources(context: SourceContext, keys: readonly string[]): Promise<ValueSource[]> {
  const sources: ValueSource[] = [];
  for (const key of keys) append(sources, await askSource(context, key));
  return sources;
}

async function askSource({ prompts, t }: SourceContext, key: string): Promise<ValueSource[]> {
  const how = await prompts.select({
    message: t(say('seal.whereDoesValueComeFrom', { key })),
    choices: [
      {
        value: 'person',
        name: t(say('seal.iTypePasteHidden')),
      },
      {
        value: 'random',
        name: t(say('seal.makeRandomOne32Characters')),
      },
      { value: 'file', name: t(say('seal.fromFile')) },
      { value: 'later', name: t(say('seal.leaveLater')) },
    ],
  });
  if (how === 'random') return [{ from: 'random', ...parseGenerate(key) }];
  if (how === 'file') return [{ from: 'file', key, path: await askPath({ prompts, t }) }];
  return how === 'person' ? [{ from: 'person', key }] : [];
}

async function askPath({ prompts, t }: SourceContext): Promise<string> {
  const empty = t(say('seal.givePath'));
  const message = t(say('seal.pathFile'));
  return prompts.input({ message, validate: text => (text.trim() === '' ? empty : true) });
}

/** The keys that a new Secret shall have. */
export async function askKeys({ prompts, t }: SourceContext): Promise<string[]> {
  const answer = await prompts.input({
    message: t(say('seal.keysSeparatedCommas')),
    validate: text => t(problemWith(text)) || true,
  });
  return splitKeys(answer);
}

function splitKeys(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter(key => key !== '')
    .map(parseSecretKey);
}

function problemWith(text: string): Text {
  try {
    return untranslated(splitKeys(text).length > 0 ? '' : '…');
  } catch (error) {
    if (error instanceof UserError) return errorSentence(error);
    throw error;
  }
}
