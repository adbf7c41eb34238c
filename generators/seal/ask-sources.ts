import { append } from '../../src/data/append.ts';
import { parseSecretKey } from '../../src/repository/names.ts';
import type { Text } from '../../src/text/language.ts';
import { parseGenerate } from '../../src/sealing/secret-values.ts';
import { UserError } from '../../src/errors.ts';
import type { Prompts } from '../../src/output/prompts.ts';
import type { ValueSource } from './gather-values.ts';

export type SourceContext = { prompts: Prompts; t(text: Text): string };

/** Asks a person, for each key that waits for a value, where that comes from. Keys may be left for later. */
export async function askSources(context: SourceContext, keys: readonly string[]): Promise<ValueSource[]> {
  const sources: ValueSource[] = [];
  for (const key of keys) append(sources, await askSource(context, key));
  return sources;
}

async function askSource({ prompts, t }: SourceContext, key: string): Promise<ValueSource[]> {
  const how = await prompts.select({
    message: t({ en: `${key}: where does the value come from?`, 'zh-CN': `${key}：值从哪里来？` }),
    choices: [
      {
        value: 'person',
        name: t({ en: 'I type or paste it (hidden)', 'zh-CN': '由我输入或粘贴（不显示）' }),
      },
      {
        value: 'random',
        name: t({ en: 'make a random one of 32 characters', 'zh-CN': '随机生成 32 个字符' }),
      },
      { value: 'file', name: t({ en: 'from a file', 'zh-CN': '从文件读取' }) },
      { value: 'later', name: t({ en: 'leave it for later', 'zh-CN': '以后再说' }) },
    ],
  });
  if (how === 'random') return [{ from: 'random', ...parseGenerate(key) }];
  if (how === 'file') return [{ from: 'file', key, path: await askPath({ prompts, t }) }];
  return how === 'person' ? [{ from: 'person', key }] : [];
}

async function askPath({ prompts, t }: SourceContext): Promise<string> {
  const empty = t({ en: 'Give a path.', 'zh-CN': '请输入路径。' });
  const message = t({ en: 'Path of the file', 'zh-CN': '文件路径' });
  return prompts.input({ message, validate: text => (text.trim() === '' ? empty : true) });
}

/** The keys that a new Secret shall have. */
export async function askKeys({ prompts, t }: SourceContext): Promise<string[]> {
  const answer = await prompts.input({
    message: t({ en: 'Keys, separated by commas', 'zh-CN': '键名，以逗号分隔' }),
    validate: text => problemWith(text),
  });
  return splitKeys(answer);
}

function splitKeys(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter(key => key !== '')
    .map(parseSecretKey);
}

function problemWith(text: string): true | string {
  try {
    return splitKeys(text).length > 0 || '…';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
