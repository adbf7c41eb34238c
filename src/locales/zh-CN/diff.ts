import type { Args, Translated } from '../args.ts';
import type { diff as en } from '../en/diff.ts';

export const diff = {
  'diff.aliasesExpandMoreThanValues': ({ most_values }: Args<'most_values'>) =>
    `别名展开后超过 ${most_values} 个值`,
  'diff.chartsFailed': ({ failed }: Args<'failed'>) => `${failed} 个 chart 失败`,
  'diff.comparing': '对比中',
  'diff.customisations': ({ customisations }: Args<'customisations'>) => `${customisations} 项定制`,
  'diff.dead': '无效',
  'diff.deadNeitherDefaultNorTemplate': '无效：默认值和模板中都没有',
  'diff.defaults': '与默认值相同',
  'diff.demoRepository': '在演示仓库中运行',
  'diff.exitCode': '若与默认值有差异，或有内容未比较，则以 1 退出',
  'diff.formatNeitherTableNorYaml': ({ format }: Args<'format'>) =>
    `--format ${format} 既不是 table 也不是 yaml`,
  'diff.giveOneThem': '请只指定其中一个。',
  'diff.hasNo': ({ value, value2 }: Args<'value' | 'value2'>) => `${value} 中没有 ${value2}`,
  'diff.jsonFormatYamlExcludeEach': '--json 与 --format yaml 不能同时使用',
  'diff.missing': ({ valuesFile }: Args<'valuesFile'>) => `缺少 ${valuesFile}`,
  'diff.overridesOnlyNoFullCopy': '仅为覆盖值，不是完整副本',
  'diff.redundant': '多余',
  'diff.redundantSameWithout': '多余：去掉后结果相同',
  'diff.overLayer': ({ value, place }: Args<'value' | 'place'>) =>
    `需要保留：去掉后将采用 ${place} 中的 ${value}`,
  'diff.layerUnseen': ({ place }: Args<'place'>) => `与默认值相同；但此处看不到 ${place}，因此可能仍需保留`,
  'diff.restoreTakeOut': ({ name }: Args<'name'>) => `请恢复该文件，或将其从 ${name} 中移除。`,
  'diff.withoutDefaultsThereNothingCompare': '没有默认值就无从比较；请升级该 chart。',
  'diff.yamlValuesFilesCutDown': 'yaml：只含定制项的 values 文件，保留注释',
  'diff.notCompared': ({ places }: Args<'places'>) => `未与默认值对比：${places}`,
  'diff.nothingCompared': '未对比任何内容：这里没有应用为 chart 提供 values 文件',
  'diff.prove': '逐项去掉定制再渲染，找出不影响结果的定制',
  'diff.withoutEffect': '无效果',
} satisfies Translated<typeof en>;
