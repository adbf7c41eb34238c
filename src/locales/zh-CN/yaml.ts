import type { Args, Translated } from '../args.ts';
import type { yaml as en } from '../en/yaml.ts';

export const yaml = {
  'yaml.aliasHasNoAnchor': ({ where, source }: Args<'where' | 'source'>) =>
    `${where}: the alias *${source} has no anchor`,
  'yaml.aliasesExpandMoreThanValues': ({ most_values }: Args<'most_values'>) =>
    `aliases expand to more than ${most_values} values`,
  'yaml.cannotTakeKey': ({ name }: Args<'name'>) => `${name} cannot take a key`,
  'yaml.dataFromElsewhereHasPlain': 'Data from elsewhere has to be plain YAML; tell its publisher.',
  'yaml.holds': ({ what, text, found }: Args<'what' | 'text' | 'found'>) => `${what}${text}: holds ${found}`,
  'yaml.keyThereTwiceAlsoLine': ({
    name,
    line,
    column,
    key,
    before,
  }: Args<'name' | 'line' | 'column' | 'key' | 'before'>) =>
    `${name}:${line}:${column}: the key ${key} is there twice (also line ${before})`,
  'yaml.thereNo': ({ name, path }: Args<'name' | 'path'>) => `${name}: there is no ${path}`,
  'yaml.yamlNestsDeeperThanLevels': ({ name, limit }: Args<'name' | 'limit'>) =>
    `${name} 的嵌套超过 ${limit} 层`,
} satisfies Translated<typeof en>;
