import type { Args, Translated } from '../args.ts';
import type { scaffold as en } from '../en/scaffold.ts';

export const scaffold = {
  'scaffold.bearsNameApp': '与应用同名',
  'scaffold.chart': '新的 chart',
  'scaffold.chooseAnotherNameNameWhere':
    'Choose another name (--name, where there is one), or edit it by hand.',
  'scaffold.chooseAnotherNameNameWhere2': 'Choose another name (--name, where there is one).',
  'scaffold.chooseAnotherRelease': 'Choose another with --release.',
  'scaffold.defaults': ({ name, version }: Args<'name' | 'version'>) => `${name} ${version} 的默认值`,
  'scaffold.hasAlready': ({ path, name, version, release }: Args<'path' | 'name' | 'version' | 'release'>) =>
    `${path} has ${name} ${version} as ${release} already`,
  'scaffold.hasAlready2': ({ file, kind, name }: Args<'file' | 'kind' | 'name'>) =>
    `${file} has a ${kind} ${name} already`,
  'scaffold.hasReleaseAlreadyChart': ({ path, release, name }: Args<'path' | 'release' | 'name'>) =>
    `${path} has a release ${release} already, of the chart ${name}`,
  'scaffold.holdsNoKubernetesObject': ({ url }: Args<'url'>) => `${url} holds no Kubernetes object`,
  'scaffold.keptHereSoBuildNeeds': ({ url }: Args<'url'>) => `${url}，存于仓库，构建无需网络`,
  'scaffold.nameEmptyFolder': 'Name an empty folder.',
  'scaffold.namespace': '命名空间',
  'scaffold.notEmptyHoldsNoDemo': ({ root }: Args<'root'>) => `${root} is not empty and holds no demo`,
  'scaffold.port': ({ port }: Args<'port'>) => `端口 ${port}`,
  'scaffold.portNamed': ({ name }: Args<'name'>) => `端口名为 ${name}`,
  'scaffold.portSpeaksHttp': '其 appProtocol 为 http',
  'scaffold.pulledChartsStayOutGit': '拉取的 chart 不进入 git',
  'scaffold.removeListUnderHelmchartsHand': 'Remove it, or list it under helmCharts by hand.',
  'scaffold.runs': ({ image }: Args<'image'>) => `运行 ${image}`,
  'scaffold.servesSomethingBesideApp': '提供的是附属功能',
  'scaffold.serviceApp': '是应用的 Service',
  'scaffold.setChartStillRendersNo': ({ path, first }: Args<'path' | 'first'>) =>
    `with ${path} set, the chart still renders no HTTPRoute for ${first}`,
  'scaffold.slipwaySealIntoKeyKey': ({ path }: Args<'path'>) =>
    `slipway seal --into ${path} --key <key> adds single values.`,
  'scaffold.slipwayUpgradeMovesSecondOne': ({ path }: Args<'path'>) =>
    `slipway upgrade ${path} moves it; a second one needs a --release of its own.`,
  'scaffold.stubListedUnderResourcesOnce': '占位文件，加密后再列入 resources',
  'scaffold.takeRouteOwnWhichWrites': 'Take --route own, which writes an HTTPRoute beside the chart.',
  'scaffold.thereAlreadyNoChartApp': ({ path }: Args<'path'>) =>
    `${path} is there already, and no chart of the app uses it`,
  'scaffold.thereAlreadyOtherContent': ({ path }: Args<'path'>) =>
    `${path} is there already, with other content`,
  'scaffold.usualHttpPort': ({ port }: Args<'port'>) => `${port} 是常用的 HTTP 端口`,
  'scaffold.valuesSuggestPort': ({ from }: Args<'from'>) => `chart 的 values 中写有该端口（${from}）`,
  'scaffold.whatKustomizeBuilds': 'kustomize 构建的内容',
  'scaffold.whatPinned': '锁定的内容',
} satisfies Translated<typeof en>;
