import type { Args, Translated } from '../args.ts';
import type { yaml as en } from '../en/yaml.ts';

export const yaml = {
  'yaml.aliasHasNoAnchor': ({ where, source }: Args<'where' | 'source'>) =>
    `${where}：别名 *${source} 没有对应的锚点`,
  'yaml.aliasesExpandMoreThanValues': ({ most_values }: Args<'most_values'>) =>
    `别名展开后超过 ${most_values} 个值`,
  'yaml.cannotTakeKey': ({ name }: Args<'name'>) => `无法在 ${name} 中添加键`,
  'yaml.dataFromElsewhereHasPlain': '外部数据必须是简单的 YAML；请告知其发布者。',
  'yaml.holds': ({ what, text, found }: Args<'what' | 'text' | 'found'>) => `${what}${text}：含有${found}`,
  'yaml.keyThereTwiceAlsoLine': ({
    name,
    line,
    column,
    key,
    before,
  }: Args<'name' | 'line' | 'column' | 'key' | 'before'>) =>
    `${name}:${line}:${column}：键 ${key} 出现两次（另见第 ${before} 行）`,
  'yaml.thereNo': ({ name, path }: Args<'name' | 'path'>) => `${name}：没有 ${path}`,
  'yaml.yamlNestsDeeperThanLevels': ({ limit }: Args<'limit'>) => `YAML 嵌套超过 ${limit} 层`,
} satisfies Translated<typeof en>;
