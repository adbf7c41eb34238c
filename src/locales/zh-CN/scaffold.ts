import type { Args, Translated } from '../args.ts';
import type { scaffold as en } from '../en/scaffold.ts';

export const scaffold = {
  'scaffold.portSpeaksTls': '它使用 TLS',
  'scaffold.backendNeedsTlsPolicy': ({ service, port }: Args<'service' | 'port'>) =>
    `${service}:${port} 使用 TLS，而网关以明文 HTTP 访问它：请选择明文端口，或为 ${service} 添加 BackendTLSPolicy`,
  'scaffold.forSops': ({ evidence }: Args<'evidence'>) => `不含值的 Secret，供 SOPS 加密（${evidence}）`,
  'scaffold.fromStore': ({ evidence }: Args<'evidence'>) => `一个 ExternalSecret（${evidence}）`,
  'scaffold.noSopsConfiguration': ({ path }: Args<'path'>) =>
    `没有适用于 ${path} 的 .sops.yaml：请为 sops 指定密钥，例如 --age <recipient>`,
  'scaffold.noSopsRule': ({ config, path }: Args<'config' | 'path'>) =>
    `${config} 中没有匹配 ${path} 的规则，sops 会拒绝该文件：请添加一条规则`,
  'scaffold.listAsSiblings': ({ path }: Args<'path'>) =>
    `${path} 未列入 resources，因为其他加密文件也没有列入：请以同样的方式列出（例如 KSOPS）`,
  'scaffold.storeUnknown': ({ path }: Args<'path'>) =>
    `没有 ExternalSecret 表明使用哪个存储：请替换 ${path} 中的 REPLACE_ME，然后列入 resources`,
  'scaffold.storeKeyUnknown': ({ path }: Args<'path'>) =>
    `没有 ExternalSecret 表明这类值存放在存储的何处：请替换 ${path} 中的 REPLACE_ME，然后列入 resources`,
  'scaffold.sopsOpensIt': ({ path }: Args<'path'>) => `用 sops ${path} 打开后可添加单个值。`,
  'scaffold.addKeyByHand': ({ path }: Args<'path'>) => `请在 ${path} 的 spec.data 下添加该键，或换一个名称。`,
  'scaffold.siblingNotRenamed': ({ file }: Args<'file'>) => `${file}：无法把其中的名称与其余内容区分开`,
  'scaffold.noSecretsSeen':
    '这里没有任何内容表明如何保存 Secret，因此使用 SealedSecret；可用 .slipway/config.yaml 的 secrets.mechanism 指定其他方式',
  'scaffold.bearsNameApp': '与应用同名',
  'scaffold.chart': '新的 chart',
  'scaffold.chooseAnotherNameOrEdit': '请选择其他名称（有 --name 参数时可用它），或手动编辑。',
  'scaffold.chooseAnotherName': '请选择其他名称（有 --name 参数时可用它）。',
  'scaffold.chooseAnotherRelease': '请用 --release 选择其他名称。',
  'scaffold.defaults': ({ name, version }: Args<'name' | 'version'>) => `${name} ${version} 的默认值`,
  'scaffold.hasChartAlready': ({
    path,
    name,
    version,
    release,
  }: Args<'path' | 'name' | 'version' | 'release'>) =>
    `${path} 已有 ${name} ${version}，release 为 ${release}`,
  'scaffold.hasObjectAlready': ({ file, kind, name }: Args<'file' | 'kind' | 'name'>) =>
    `${file} 中已有 ${kind} ${name}`,
  'scaffold.hasReleaseAlreadyChart': ({ path, release, name }: Args<'path' | 'release' | 'name'>) =>
    `${path} 已有 release ${release}，属于 chart ${name}`,
  'scaffold.holdsNoKubernetesObject': ({ url }: Args<'url'>) => `${url} 中没有 Kubernetes 对象`,
  'scaffold.keptHereSoBuildNeeds': ({ url }: Args<'url'>) => `${url}，存于仓库，构建无需网络`,
  'scaffold.nameEmptyFolder': '请指定空文件夹。',
  'scaffold.namespace': '命名空间',
  'scaffold.notEmptyHoldsNoDemo': ({ root }: Args<'root'>) => `${root} 不为空，也不是演示仓库`,
  'scaffold.port': ({ port }: Args<'port'>) => `端口 ${port}`,
  'scaffold.portNamed': ({ name }: Args<'name'>) => `端口名为 ${name}`,
  'scaffold.portSpeaksHttp': '其 appProtocol 为 http',
  'scaffold.pulledChartsStayOutGit': '拉取的 chart 不进入 git',
  'scaffold.removeListUnderHelmchartsHand': '请删除它，或手动列入 helmCharts。',
  'scaffold.runs': ({ image }: Args<'image'>) => `运行 ${image}`,
  'scaffold.servesSomethingBesideApp': '提供的是附属功能',
  'scaffold.serviceApp': '是应用的 Service',
  'scaffold.setChartStillRendersNo': ({ path, first }: Args<'path' | 'first'>) =>
    `设置 ${path} 后，chart 仍未为 ${first} 渲染出 HTTPRoute`,
  'scaffold.slipwaySealIntoKeyKey': ({ path }: Args<'path'>) =>
    `可用 slipway seal --into ${path} --key <key> 添加单个值。`,
  'scaffold.slipwayUpgradeMovesSecondOne': ({ path }: Args<'path'>) =>
    `slipway upgrade ${path} 可以升级它；要再安装一个，需用 --release 另取名称。`,
  'scaffold.stubListedUnderResourcesOnce': '占位文件，加密后再列入 resources',
  'scaffold.takeRouteOwnWhichWrites': '请使用 --route own，它会在 chart 旁写入一个 HTTPRoute。',
  'scaffold.thereAlreadyNoChartApp': ({ path }: Args<'path'>) => `${path} 已存在，但应用中没有 chart 使用它`,
  'scaffold.heldOtherwise': ({ path, object }: Args<'path' | 'object'>) =>
    `${path} 中已有 ${object}，且内容不同`,
  'scaffold.changeItThere': '请换一个名称，或手动修改该处。',
  'scaffold.thereAlreadyOtherContent': ({ path }: Args<'path'>) => `${path} 已存在，且内容不同`,
  'scaffold.usualHttpPort': ({ port }: Args<'port'>) => `${port} 是常用的 HTTP 端口`,
  'scaffold.valuesSuggestPort': ({ from }: Args<'from'>) => `chart 的 values 中写有该端口（${from}）`,
  'scaffold.whatOverlaysBuildOn': '所有 overlay 的共同基础',
  'scaffold.whatIsBuiltFor': ({ environment }) => `kustomize 为 ${environment} 构建的内容`,
  'scaffold.valuesOf': ({ environment }) => `${environment} 中不同的值`,
  'scaffold.patchOf': ({ environment }) => `${environment} 的副本数与资源`,
  'scaffold.whatKustomizeBuilds': 'kustomize 构建的内容',
  'scaffold.whatPinned': '锁定的内容',
  'scaffold.tooManyHosts': ({ most }: Args<'most'>) =>
    `一个路由最多 ${most} 个主机名，而该 chart 只渲染一个路由`,
  'scaffold.takeRouteOwnSplit': '请使用 --route own：它会按主机名数量写出多个路由。',
  'scaffold.projectAllows': ({ what }: Args<'what'>) => `AppProject 允许 ${what}`,
  'scaffold.projectForbids': ({ project, what }: Args<'project' | 'what'>) =>
    `AppProject ${project} 明确禁止 ${what}，仅添加条目无法放行`,
  'scaffold.editProject': ({ file }: Args<'file'>) =>
    `请修改 ${file} 中的 AppProject，或换用其他命名空间或仓库。`,
  'scaffold.oneChartEach': ({ delivery }: Args<'delivery'>) => `${delivery} 每个应用只能安装一个 chart`,
  'scaffold.oneAppEach': '请为每个 chart 各建一个应用，或使用 --delivery kustomize。',
  'scaffold.localChartNotDelivered': ({ name, delivery }: Args<'name' | 'delivery'>) =>
    `${name} 是本地目录，而 ${delivery} 只接受来自仓库或镜像仓库的 chart`,
  'scaffold.takeKustomize': '请使用 --delivery kustomize，或用 --repo 给出它的仓库地址。',
  'scaffold.asSibling': ({ sibling }: Args<'sibling'>) => `与 ${sibling} 的写法相同`,
  'scaffold.noSibling': '此处没有可参照的应用',
  'scaffold.valuesOfApp': '它的 values',
  'scaffold.defaultsChanged': ({ name, version }: Args<'name' | 'version'>) =>
    `${name} ${version} 的默认值，按回答改过`,
  'scaffold.chartsDefaults': 'chart 的默认值',
} satisfies Translated<typeof en>;
