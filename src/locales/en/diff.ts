import type { Args, Plural } from '../args.ts';

export const diff = {
  'diff.chartsFailed': ({ failed }: Args<'failed'>, plural: Plural) => `${plural(failed, 'chart')} failed`,
  'diff.comparing': 'comparing',
  'diff.customisations': ({ customisations }: Args<'customisations'>, plural: Plural) =>
    plural(customisations, 'customisation'),
  'diff.dead': 'dead',
  'diff.deadNeitherDefaultNorTemplate': 'dead: neither a default nor a template knows it',
  'diff.defaults': 'the defaults',
  'diff.demoRepository': 'on the demo repository',
  'diff.exitCode': 'end with 1 if something differs from the defaults, or was not compared',
  'diff.formatNeitherTableNorYaml': ({ format }: Args<'format'>) =>
    `--format ${format} is neither table nor yaml`,
  'diff.giveOneThem': 'Give one of them.',
  'diff.hasNo': ({ value, value2 }: Args<'value' | 'value2'>) => `${value} has no ${value2}`,
  'diff.jsonFormatYamlExcludeEach': '--json and --format yaml exclude each other',
  'diff.missing': ({ valuesFile }: Args<'valuesFile'>) => `${valuesFile} is missing`,
  'diff.overridesOnlyNoFullCopy': 'overrides only, no full copy',
  'diff.redundant': 'redundant',
  'diff.redundantSameWithout': 'redundant: the same without it',
  'diff.overLayer': ({ value, place }: Args<'value' | 'place'>) =>
    `needed: without it, ${value} of ${place} applies`,
  'diff.layerUnseen': ({ place }: Args<'place'>) =>
    `same as the default; may be needed, since ${place} cannot be seen here`,
  'diff.restoreTakeOut': ({ name }: Args<'name'>) => `Restore it, or remove it from ${name}.`,
  'diff.withoutDefaultsThereNothingCompare':
    'Without its defaults there is nothing to compare with; upgrade the chart.',
  'diff.yamlValuesFilesCutDown': 'yaml: values files cut down to the customisations, comments kept',
  'diff.notCompared': ({ places }: Args<'places'>) => `not compared with the defaults: ${places}`,
  'diff.nothingCompared': 'nothing was compared: no app here gives a chart a values file',
  'diff.prove': 'render without each customisation, to find those that change nothing',
  'diff.withoutEffect': 'without effect',
  'diff.flagHtml': 'write a page: one file that stands by itself, secrets masked',
  'diff.pageTitle': "What we set otherwise than the charts' defaults",
  'diff.filter': 'Filter apps, charts and values',
  'diff.madeBy': 'Compared by slipway diff with the defaults of the pinned charts; secrets are masked.',
  'diff.verdict': ({ customisations, files }: Args<'customisations' | 'files'>, plural: Plural) =>
    `${plural(customisations, 'customisation')} in ${plural(files, 'values file')}`,
  'diff.verdictIdle': ({ idle }: Args<'idle'>) => `${idle} of them do nothing`,
  'diff.path': 'value',
  'diff.theDefault': 'default',
  'diff.ours': 'ours',
  'diff.remark': 'remark',
  'diff.absent': 'absent',
};
