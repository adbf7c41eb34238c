import type { Args, Translated } from '../args.ts';
import type { deliveries as en } from '../en/deliveries.ts';

export const deliveries = {
  'deliveries.variableOpen': ({ name }: Args<'name'>) => `本仓库没有为 \${${name}} 赋值`,
  'deliveries.parameterNotSet': ({ line, problem }: Args<'line' | 'problem'>) =>
    `无法设置参数 ${line}：${problem}`,
  'deliveries.inlineNoMap': 'helm.values 不是 YAML 映射',
  'deliveries.templateOpen': '其来源由其他程序填充',
  'deliveries.valuesFileNotHere': ({ file }: Args<'file'>) => `values 文件 ${file} 不在本仓库中`,
  'deliveries.variableOfArgo': ({ name }: Args<'name'>) => `${name} 由 Argo CD 填充`,
  'deliveries.digestOnly': '其来源只写了摘要，没有标签',
  'deliveries.sourceNotHere': '其来源不在本仓库中',
  'deliveries.targetPathNotSet': ({ target, problem }: Args<'target' | 'problem'>) =>
    `无法设置 targetPath ${target}：${problem}`,
  'deliveries.valuesKeyNotThere': ({ name, key }: Args<'name' | 'key'>) => `ConfigMap ${name} 没有键 ${key}`,
  'deliveries.valuesNoMap': ({ name }: Args<'name'>) => `ConfigMap ${name} 的内容不是 YAML 映射`,
  'deliveries.valuesNotHere': ({ name }: Args<'name'>) => `本仓库中没有任何内容会生成 ConfigMap ${name}`,
  'deliveries.valuesOnlyInCluster': ({ kind, name }: Args<'kind' | 'name'>) =>
    `此处无法得知来自 ${kind} ${name} 的 values`,
  'deliveries.versionOpen': ({ version }: Args<'version'>) => `本仓库没有说明版本 ${version} 是什么`,
  'deliveries.valuesShared': ({ file, other }: Args<'file' | 'other'>) => `${file} 与 ${other} 共用`,
  'deliveries.giveOwnValues': '请让每个应用使用自己的 values 文件，或手动升级该 chart。',
} satisfies Translated<typeof en>;
