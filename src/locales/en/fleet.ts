import type { Args, Plural } from '../args.ts';

export const fleet = {
  'fleet.summary': 'clusters, who masters them, what they run, and where their versions of a chart differ',
  'fleet.count': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'cluster'),
  'fleet.none': 'Nothing here declares a cluster or deploys to one: slipway add cluster makes the first.',
  'fleet.skew': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'chart')} in different versions`,
  'fleet.inStep': ({ count }: Args<'count'>, plural: Plural) =>
    `No skew: each of ${plural(count, 'chart')} has one version wherever it runs.`,
  'fleet.cluster': 'Cluster',
  'fleet.master': 'Master',
  'fleet.labels': 'Labels',
  'fleet.apps': 'Apps',
  'fleet.chart': 'Chart',
  'fleet.version': 'Version',
  'fleet.clusters': 'Clusters',
  'fleet.undeclared': 'not declared',
};
