import type { Args, Translated } from '../args.ts';
import type { mergeValues as en } from '../en/merge-values.ts';

export const mergeValues = {
  'mergeValues.answersDecisionsYamlMapId': '决定的答案：YAML，id 对应 ours、theirs、merged 或 { value }',
  'mergeValues.chartsNewDefaultValues': 'chart 的新默认值',
  'mergeValues.chartsOldDefaultValues': 'chart 的旧默认值',
  'mergeValues.commentAboveEachOpenDecision': '在每个待决定处上方加一行注释',
  'mergeValues.missing': ({ missing }: Args<'missing'>) => `缺少 ${missing}`,
  'mergeValues.schemaOfNewChart':
    '按此 values.schema.json 或新 chart（文件夹或归档）中的全部 schema 校验结果',
  'mergeValues.slipwayMergeValuesBaseOld':
    'slipway merge-values --base old.yaml --ours values.yaml --theirs new.yaml',
  'mergeValues.teamsEditedCopyThem': '团队编辑过的副本',
  'mergeValues.writeResultHereNotStdout': '把结果写入此文件，而不是标准输出',
} satisfies Translated<typeof en>;
