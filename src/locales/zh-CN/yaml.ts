import type { Args, Translated } from '../args.ts';
import type { yaml as en } from '../en/yaml.ts';

export const yaml = {
  'yaml.aMergeKey': '合并键',
  'yaml.aTagDirective': '标签指令',
  'yaml.aliasHasNoAnchor': ({ where, source }: Args<'where' | 'source'>) =>
    `${where}：别名 *${source} 没有对应的锚点`,
  'yaml.aliasesExpandMoreThanValues': ({ most_values }: Args<'most_values'>) =>
    `别名展开后超过 ${most_values} 个值`,
  'yaml.anAlias': '别名，可能无限扩展',
  'yaml.cannotBeEditedAlone': '无法只编辑它而不影响其他内容',
  'yaml.cannotBeMoved': ({ to }: Args<'to'>) => `无法移到 ${to}：那里已有值，或无法单独写入`,
  'yaml.cannotEdit': ({ place, what, predicate }: Args<'place' | 'what' | 'predicate'>) =>
    `${place}：${what} ${predicate}`,
  'yaml.cannotTakeKey': ({ name }: Args<'name'>) => `无法在 ${name} 中添加键`,
  'yaml.charactersInOneValue': ({ count }: Args<'count'>) => `单个值 ${count} 个字符`,
  'yaml.controlCharacter': '控制字符，YAML 不允许',
  'yaml.dataFromElsewhereHasPlain': '外部数据必须是简单的 YAML；请告知其发布者。',
  'yaml.editByHand': '请手动编辑。',
  'yaml.fixByHandThenRunAgain': '请手动修复，然后重新运行。',
  'yaml.hasMoreThan': ({ limit }: Args<'limit'>) => `超过 ${limit}`,
  'yaml.holds': ({ what, text, found }: Args<'what' | 'text' | 'found'>) => `${what}${text}：含有${found}`,
  'yaml.holdsSeveralDocuments': '应只有一个文档，却有多个',
  'yaml.isAllOfDocument': '是文档的全部内容',
  'yaml.isNotList': '不是列表',
  'yaml.isNotMap': '不是映射',
  'yaml.isNotScalar': '不是标量',
  'yaml.isNotYaml': '不是 YAML',
  'yaml.isShared': '通过锚点或别名被共享',
  'yaml.keyThereTwiceAlsoLine': ({
    name,
    line,
    column,
    key,
    before,
  }: Args<'name' | 'line' | 'column' | 'key' | 'before'>) =>
    `${name}:${line}:${column}：键 ${key} 出现两次（另见第 ${before} 行）`,
  'yaml.keysInOneMap': ({ count }: Args<'count'>) => `单个映射 ${count} 个键`,
  'yaml.makeItListThenRunAgain': '请改为列表，然后重新运行。',
  'yaml.nestsTooDeeply': '嵌套过深',
  'yaml.nodes': ({ count }: Args<'count'>) => `${count} 个节点`,
  'yaml.theDocument': '文档',
  'yaml.theTag': ({ tag }: Args<'tag'>) => `标签 ${tag}`,
  'yaml.thereNo': ({ name, path }: Args<'name' | 'path'>) => `${name}：没有 ${path}`,
  'yaml.yamlNestsDeeperThanLevels': ({ limit }: Args<'limit'>) => `YAML 嵌套超过 ${limit} 层`,
} satisfies Translated<typeof en>;
