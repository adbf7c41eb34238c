import { LANGUAGES, type Language, type Text } from '../text/language.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const CATALOGUES = { en, 'zh-CN': zhCN } as const satisfies Record<Language, unknown>;

export type MessageKey = keyof typeof en;

type ArgsOf<Key extends MessageKey> = (typeof en)[Key] extends (args: infer Given) => string
  ? [args: { readonly [Name in keyof Given]: Given[Name] | Text }]
  : [];

/** The sentence of a key in every language. An argument that is a text itself is taken in the same language. */
export function say<Key extends MessageKey>(key: Key, ...[args]: ArgsOf<Key>): Text {
  return Object.fromEntries(LANGUAGES.map(language => [language, sentence(key, language, args)])) as Text;
}

type Sentence = string | ((args: Record<string, unknown>) => string);

function sentence(key: MessageKey, language: Language, args: object | undefined): string {
  const text = CATALOGUES[language][key] as Sentence;
  if (typeof text === 'string') return text;
  const given = Object.entries(args ?? {}).map(([name, value]) => [
    name,
    isText(value) ? value[language] : value,
  ]);
  return text(Object.fromEntries(given) as Record<string, unknown>);
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'en' in value;
}
