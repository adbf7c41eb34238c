import type { Args } from '../args.ts';

export const scaffold = {
  'scaffold.bearsNameApp': 'it bears the name of the app',
  'scaffold.chart': 'the chart',
  'scaffold.chooseAnotherNameNameWhere':
    'Choose another name (--name, where there is one), or edit it by hand.',
  'scaffold.chooseAnotherNameNameWhere2': 'Choose another name (--name, where there is one).',
  'scaffold.chooseAnotherRelease': 'Choose another with --release.',
  'scaffold.defaults': ({ name, version }: Args<'name' | 'version'>) => `defaults of ${name} ${version}`,
  'scaffold.hasAlready': ({ path, name, version, release }: Args<'path' | 'name' | 'version' | 'release'>) =>
    `${path} has ${name} ${version} as ${release} already`,
  'scaffold.hasAlready2': ({ file, kind, name }: Args<'file' | 'kind' | 'name'>) =>
    `${file} has a ${kind} ${name} already`,
  'scaffold.hasReleaseAlreadyChart': ({ path, release, name }: Args<'path' | 'release' | 'name'>) =>
    `${path} has a release ${release} already, of the chart ${name}`,
  'scaffold.holdsNoKubernetesObject': ({ url }: Args<'url'>) => `${url} holds no Kubernetes object`,
  'scaffold.keptHereSoBuildNeeds': ({ url }: Args<'url'>) =>
    `${url}, kept here so that a build needs no network`,
  'scaffold.nameEmptyFolder': 'Name an empty folder.',
  'scaffold.namespace': 'the namespace',
  'scaffold.notEmptyHoldsNoDemo': ({ root }: Args<'root'>) => `${root} is not empty and holds no demo`,
  'scaffold.port': ({ port }: Args<'port'>) => `port ${port}`,
  'scaffold.portNamed': ({ name }: Args<'name'>) => `its port is named ${name}`,
  'scaffold.portSpeaksHttp': 'its appProtocol is http',
  'scaffold.pulledChartsStayOutGit': 'pulled charts stay out of git',
  'scaffold.removeListUnderHelmchartsHand': 'Remove it, or list it under helmCharts by hand.',
  'scaffold.runs': ({ image }: Args<'image'>) => `runs ${image}`,
  'scaffold.servesSomethingBesideApp': 'it serves something beside the app',
  'scaffold.serviceApp': 'it is a Service of the app',
  'scaffold.setChartStillRendersNo': ({ path, first }: Args<'path' | 'first'>) =>
    `with ${path} set, the chart still renders no HTTPRoute for ${first}`,
  'scaffold.slipwaySealIntoKeyKey': ({ path }: Args<'path'>) =>
    `slipway seal --into ${path} --key <key> adds single values.`,
  'scaffold.slipwayUpgradeMovesSecondOne': ({ path }: Args<'path'>) =>
    `slipway upgrade ${path} moves it; a second one needs a --release of its own.`,
  'scaffold.stubListedUnderResourcesOnce': 'a stub, listed under resources once it is sealed',
  'scaffold.takeRouteOwnWhichWrites': 'Take --route own, which writes an HTTPRoute beside the chart.',
  'scaffold.thereAlreadyNoChartApp': ({ path }: Args<'path'>) =>
    `${path} is there already, and no chart of the app uses it`,
  'scaffold.thereAlreadyOtherContent': ({ path }: Args<'path'>) =>
    `${path} is there already, with other content`,
  'scaffold.usualHttpPort': ({ port }: Args<'port'>) => `${port} is a usual HTTP port`,
  'scaffold.valuesSuggestPort': ({ from }: Args<'from'>) => `the chart's values name it (${from})`,
  'scaffold.whatKustomizeBuilds': 'what kustomize builds',
  'scaffold.whatPinned': 'what was pinned',
};
