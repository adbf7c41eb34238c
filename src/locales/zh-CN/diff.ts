import type { Args, Translated } from '../args.ts';
import type { diff as en } from '../en/diff.ts';

export const diff = {
  'diff.aliasesExpandMoreThanValues': ({ most_values }: Args<'most_values'>) =>
    `aliases expand to more than ${most_values} values`,
  'diff.chartsFailed': ({ failed }: Args<'failed'>) => `${failed} 个 chart 失败`,
  'diff.comparing': '对比中',
  'diff.customisations': ({ customisations }: Args<'customisations'>) => `${customisations} 项定制`,
  'diff.dead': '无效',
  'diff.deadNeitherDefaultNorTemplate': '无效：默认值和模板中都没有',
  'diff.defaults': '与默认值相同',
  'diff.demoRepository': '在演示仓库中运行',
  'diff.formatNeitherTableNorYaml': ({ format }: Args<'format'>) =>
    `--format ${format} is neither table nor yaml`,
  'diff.giveOneThem': 'Give one of them.',
  'diff.hasNo': ({ value, value2 }: Args<'value' | 'value2'>) => `${value} has no ${value2}`,
  'diff.jsonFormatYamlExcludeEach': '--json and --format yaml exclude each other',
  'diff.missing': ({ valuesFile }: Args<'valuesFile'>) => `${valuesFile} is missing`,
  'diff.overridesOnlyNoFullCopy': '仅为覆盖值，不是完整副本',
  'diff.redundant': '多余',
  'diff.redundantSameWithout': '多余：去掉后结果相同',
  'diff.restoreTakeOut': ({ name }: Args<'name'>) => `Restore it, or take it out of ${name}.`,
  'diff.withoutDefaultsThereNothingCompare':
    'Without its defaults there is nothing to compare with; upgrade the chart.',
  'diff.yamlValuesFilesCutDown': 'yaml：只含定制项的 values 文件，保留注释',
} satisfies Translated<typeof en>;
