import type { Args, Translated } from '../args.ts';
import type { values as en } from '../en/values.ts';

export const values = {
  'values.answerNoneOursTheirsMerged': ({ file, id }: Args<'file' | 'id'>) =>
    `${file}: the answer to ${id} is none of ours, theirs, merged, { value }`,
  'values.answerOursTheirsValue': 'Answer ours, theirs, or a value.',
  'values.applied': '已应用',
  'values.bothSidesChanged': '双方都修改了',
  'values.bothSidesChangedList': '双方都修改了列表',
  'values.commentsCarried': '已保留注释',
  'values.deleteOneThemHelmTakes': 'Delete one of them: Helm takes the last.',
  'values.giveValuesFileChart': 'Give the values file of a chart.',
  'values.goneFromChartKeptDelete': '已从 chart 中移除，保留：确认后可删除',
  'values.goneFromDefaultsKept': '已从默认值中移除，保留',
  'values.goneFromDefaultsMayNow': '已从默认值中移除，可能移到',
  'values.goneFromDefaultsStillRead': '已从默认值中移除，但模板仍读取，保留',
  'values.keyThereTwiceAlsoLine': ({ where, key, before }: Args<'where' | 'key' | 'before'>) =>
    `${where}: the key ${key} is there twice (also line ${before})`,
  'values.linesDifferFromNewDefaults': '行与新默认值不同，每一行都有依据',
  'values.listsCannotMergedItemItem': ({ slot }: Args<'slot'>) =>
    `${slot}: the lists cannot be merged item by item`,
  'values.migrateFileHandPleaseReport': 'Migrate this file by hand; please report it with the three files.',
  'values.noDecision': ({ file, id }: Args<'file' | 'id'>) => `${file}: ${id} is no decision`,
  'values.noMapDecisionIdsAnswers': ({ file }: Args<'file'>) =>
    `${file} is no map of decision ids to answers`,
  'values.nowDefault': '已成为默认值',
  'values.restoredHelmIgnoresDeletedKeys': '已恢复（Helm 会忽略删除的键）',
  'values.typeChangedUpstream': '上游改变了类型',
  'values.untilThenOursStandsAnswer': '在此之前保留我方的值。请在 --decisions 的文件中作答，每行一条：',
  'values.valuesMustMap': ({ name, line, column }: Args<'name' | 'line' | 'column'>) =>
    `${name}:${line}:${column}: values must be a map`,
} satisfies Translated<typeof en>;
