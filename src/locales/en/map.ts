import type { Args, Plural } from '../args.ts';

export const map = {
  'map.summary':
    'what runs where: clusters, apps, charts, images, hosts, secrets by name; as a tree or a page',
  'map.flagHtml': 'write the picture: one page that stands by itself',
  'map.flagMermaid': 'print a flowchart for Markdown',
  'map.jsonOrMermaid': '--json and --mermaid exclude each other',
  'map.giveOneOfThem': 'Give one of the two.',
  'map.apps': ({ apps }: Args<'apps'>, plural: Plural) => plural(apps, 'app'),
  'map.appsInClusters': ({ apps, clusters }: Args<'apps' | 'clusters'>, plural: Plural) =>
    `${plural(apps, 'app')} in ${plural(clusters, 'cluster')}`,
  'map.charts': ({ charts }: Args<'charts'>, plural: Plural) => plural(charts, 'chart'),
  'map.outdated': ({ outdated }: Args<'outdated'>, plural: Plural) => `${plural(outdated, 'chart')} outdated`,
  'map.unknownVersions': ({ unknown }: Args<'unknown'>, plural: Plural) =>
    `Newer versions of ${plural(unknown, 'chart')} are not known here: run slipway outdated, which asks, then draw again.`,
  'map.images': ({ images }: Args<'images'>, plural: Plural) => plural(images, 'image'),
  'map.hosts': ({ hosts }: Args<'hosts'>, plural: Plural) => plural(hosts, 'host'),
  'map.secrets': ({ secrets }: Args<'secrets'>, plural: Plural) => plural(secrets, 'secret'),
  'map.gateways': ({ gateways }: Args<'gateways'>, plural: Plural) => plural(gateways, 'gateway'),
  'map.unreadChart': ({ kind, count, first }: Args<'kind' | 'count' | 'first'>, plural: Plural) =>
    `${plural(count, 'chart')} of ${kind} not understood (first: ${first})`,
  'map.unreadFolder': ({ kind, count, first }: Args<'kind' | 'count' | 'first'>) =>
    `${kind} × ${count}: the folder that it deploys is not in this repository (first: ${first})`,
  'map.unreadCluster': ({ kind, count, first }: Args<'kind' | 'count' | 'first'>) =>
    `${kind} × ${count}: the cluster is filled in by what is not in this repository (first: ${first})`,
  'map.versionUnknown': 'newer versions not known here',
  'map.held': 'held',
  'map.floating': 'no exact version',
  'map.range': 'a range of versions',
  'map.released': ({ released }: Args<'released'>) => `of ${released}`,
  'map.behind': ({ released, days }: Args<'released' | 'days'>, plural: Plural) =>
    `of ${released}, ${plural(days, 'day')} behind`,
  'map.notDeployed': 'nothing in this repository says who deploys these',
  'map.wave': ({ wave }: Args<'wave'>) => `sync wave ${wave}`,
  'map.after': ({ names }: Args<'names'>) => `after ${names}`,
  'map.shownAbove': '(shown above)',
  'map.image': 'image',
  'map.host': 'host',
  'map.gateway': 'gateway',
  'map.secret': 'secret',
  'map.moreImages': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'more image'),
  'map.title': 'What runs where',
  'map.cluster': 'cluster',
  'map.app': 'app',
  'map.overview': 'Clusters, what deploys to them, and the apps',
  'map.waiting': 'What waits for what',
  'map.appsTitle': 'Apps',
  'map.filter': 'Filter apps, charts, images, hosts and secrets',
  'map.madeBy':
    'Drawn by slipway from the files of the repository; of secrets the names alone. Images that only the defaults of a chart name are not in it.',
  'map.isOutdated': 'outdated',
  'map.isCurrent': 'current',
  'map.isUnknown': 'not known',
  'map.ofCommit': ({ commit }: Args<'commit'>) => `As of commit ${commit}.`,
  'map.appsOutdated': ({ outdated }: Args<'outdated'>) => `${outdated} with newer charts`,
};
