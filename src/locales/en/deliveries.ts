import type { Args } from '../args.ts';

export const deliveries = {
  'deliveries.variableOpen': ({ name }: Args<'name'>) =>
    `nothing in this repository gives \${${name}} a value`,
  'deliveries.parameterNotSet': ({ line, problem }: Args<'line' | 'problem'>) =>
    `parameter ${line} cannot be set: ${problem}`,
  'deliveries.inlineNoMap': 'helm.values is no YAML map',
  'deliveries.templateOpen': 'something else fills its source in',
  'deliveries.valuesFileNotHere': ({ file }: Args<'file'>) =>
    `the values file ${file} is not in this repository`,
  'deliveries.variableOfArgo': ({ name }: Args<'name'>) => `${name} is filled in by Argo CD`,
  'deliveries.digestOnly': 'its source names a digest and no tag',
  'deliveries.sourceNotHere': 'its source is not in this repository',
  'deliveries.targetPathNotSet': ({ target, problem }: Args<'target' | 'problem'>) =>
    `targetPath ${target} cannot be set: ${problem}`,
  'deliveries.valuesKeyNotThere': ({ name, key }: Args<'name' | 'key'>) =>
    `ConfigMap ${name} has no key ${key}`,
  'deliveries.valuesNoMap': ({ name }: Args<'name'>) => `what ConfigMap ${name} holds is no YAML map`,
  'deliveries.valuesNotHere': ({ name }: Args<'name'>) =>
    `nothing in this repository makes ConfigMap ${name}`,
  'deliveries.valuesOnlyInCluster': ({ kind, name }: Args<'kind' | 'name'>) =>
    `values from ${kind} ${name} are not known here`,
  'deliveries.versionOpen': ({ version }: Args<'version'>) =>
    `nobody in this repository says what the version ${version} is`,
  'deliveries.valuesShared': ({ file, other }: Args<'file' | 'other'>) => `${file} is shared with ${other}`,
  'deliveries.giveOwnValues': 'Give each app a values file of its own, or move the chart by hand.',
};
