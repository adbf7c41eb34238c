import type { Args, Translated } from '../args.ts';
import type { newApp as en } from '../en/new-app.ts';

export const newApp = {
  'newApp.chartOfFolder': ({ term }: Args<'term'>) => `${term} 中的 chart`,
  'newApp.chartOfRegistry': ({ term }: Args<'term'>) => `使用 chart ${term}`,
  'newApp.chartsOfRepository': ({ url }: Args<'url'>) => `列出 ${url} 的 chart`,
  'newApp.notLookedInto': ({ reason }: Args<'reason'>) => `未搜索：${reason}`,
  'newApp.typeAddress': '这里还没用到？请输入地址：https://host/charts、oci://host/path/chart 或 ./folder',
  'newApp.whichChartOf': ({ url }: Args<'url'>) => `选择 ${url} 中的哪个 chart？`,
  'newApp.addAnotherChartApp': '再加一个 chart 到此应用？',
  'newApp.afterApp': '取自应用名',
  'newApp.afterChart': '取自 chart 名',
  'newApp.afterImage': '取自镜像名',
  'newApp.ageUnknown': '发布时间未知',
  'newApp.anotherLine': '另一条版本线',
  'newApp.anotherMajorVersion': '另一个主版本',
  'newApp.appThere': ({ folder }: Args<'folder'>) => `${folder} 已存在`,
  'newApp.applicationSetLeavesOut': ({ folder, pattern }: Args<'folder' | 'pattern'>) =>
    `${folder} 不会被同步：ApplicationSet 排除了它（exclude: ${pattern}）`,
  'newApp.asked': '指定',
  'newApp.chartHasNoRouteValues': '该 chart 没有自己的路由配置',
  'newApp.chartHasRouteValuesOwn': 'chart 自带路由配置',
  'newApp.chartRepository': 'chart 仓库',
  'newApp.chartsOwnRouteValues': 'chart 自带的路由配置',
  'newApp.chooseAnotherHost': '请用 --host 选择其他主机名。',
  'newApp.chooseAnotherName': '请选择其他名称。',
  'newApp.chooseAnotherNameOverwriteThem': '请选择其他名称，或用 --force 覆盖这些文件。',
  'newApp.chooseNameTaken': '换一个不被 exclude 匹配的名字，或者先修改 ApplicationSet。',
  'newApp.completeNewAppFolderFrom': '从 chart、镜像或上游清单生成完整的新应用目录',
  'newApp.containerImage': '容器镜像',
  'newApp.containerImageInsteadChart': '用容器镜像代替 chart',
  'newApp.daysOld': ({ ageDays }: Args<'ageDays'>) => `${ageDays} 天前`,
  'newApp.default': '默认',
  'newApp.deprecated': '已弃用',
  'newApp.differsFromOnlyCase': ({ path, environment, name }: Args<'path' | 'environment' | 'name'>) =>
    `${path} 与 ${environment}/${name} 仅大小写不同`,
  'newApp.environment': '环境',
  'newApp.environmentSuchProduction': '环境，例如 production',
  'newApp.exactVersionHelmRange': '确切版本或 Helm 版本范围',
  'newApp.firstLabelHostNamesWhole': '主机名的第一段，或完整主机名',
  'newApp.folderAppNamespaceName': '目录名，也是应用名和命名空间',
  'newApp.giveWholeNamesHostApp':
    '请给出完整的主机名（--host app.example.org），或在 .slipway/config.yaml 中设置 domains。',
  'newApp.helmChart': '一个 Helm chart',
  'newApp.helmChartSeveralMakeOne':
    'Helm chart；可多次给出以放入同一应用，--repo、--version、--release 属于其前面的 --chart',
  'newApp.helmReleaseName': 'Helm release 名',
  'newApp.hostNamesLabelsWholeNames': '主机名（首段或完整名称，以逗号分隔）',
  'newApp.hostTaken': ({ clash, taken }: Args<'clash' | 'taken'>) => `主机名 ${clash} 已被 ${taken} 占用`,
  'newApp.howReachedFromOutside': '如何从外部访问？',
  'newApp.httpPathReadinessLivenessProbes': '就绪与存活探针的 HTTP 路径',
  'newApp.httprouteBesideChart': '在 chart 之外写一个 HTTPRoute',
  'newApp.httprouteOurOwnChartsOwn': '自建 HTTPRoute、chart 自带的路由配置、TLS 透传路由，或不要路由',
  'newApp.imageHasNoFixedTag': ({ text }: Args<'text'>) => `镜像 ${text} 没有固定的标签，因此其内容可能改变`,
  'newApp.imageTag': '镜像（带标签）',
  'newApp.localChartDependenciesRunHelm': ({ name }: Args<'name'>) =>
    `${name} 是有依赖的本地 chart：渲染前先运行 helm dependency build`,
  'newApp.made': '已生成',
  'newApp.mountPath': '挂载路径',
  'newApp.nameApp': '应用名',
  'newApp.moreNotLookedInto': ({ more }: Args<'more'>) => `未搜索：还有 ${more} 处`,
  'newApp.nameAppAlsoNamespace': '应用名（也是命名空间）',
  'newApp.nameRepositoryRepoHttpsOci': '请用 --repo https://… 或 oci://… 指定其仓库。',
  'newApp.nameVersionImageTagDigest': '请指定版本：<image>:<tag> 或摘要。',
  'newApp.newestRange': '范围内最新',
  'newApp.newestStableOne': '最新的稳定版',
  'newApp.noAppUsesStorageClass': ({ storageClass, value }: Args<'storageClass' | 'value'>) =>
    `还没有应用使用存储类 ${storageClass}；已在使用的有：${value}`,
  'newApp.noRepositoryUseHereHas': ({ name }: Args<'name'>) => `这里使用的仓库中都没有名为 ${name} 的 chart`,
  'newApp.noneAsked': '未要求',
  'newApp.noneSeen': '未发现',
  'newApp.notAll': '不需要',
  'newApp.nothingRendersService': '没有渲染出 Service',
  'newApp.overwriteFilesExist': '覆盖已存在的文件',
  'newApp.passedOver': ({ over }: Args<'over'>) => `略过 ${over}`,
  'newApp.pathMustAbsoluteLettersDigits': '路径必须是绝对路径，且只能包含字母、数字、"."、"_"、"-" 和 "/"',
  'newApp.portImageListens': '镜像监听的端口',
  'newApp.portListens': '监听端口',
  'newApp.preRelease': '预发布',
  'newApp.releaseName': 'Release 名',
  'newApp.valuesNameService': '其 values 中有 Service 端口；未渲染',
  'newApp.rendersService': '渲染出了 Service',
  'newApp.repositoryShowsNoDomain': '仓库中没有域名',
  'newApp.repositoryShowsNoDomainHost': '仓库中看不出主机名所用的域名',
  'newApp.repositoryShowsNoGateway': '仓库中没有 Gateway',
  'newApp.routeNeedsGatewayRepositoryShows': ({ choice }: Args<'choice'>) =>
    `--route ${choice} 需要网关，而仓库中没有网关`,
  'newApp.routeNone': ({ choice, kinds }: Args<'choice' | 'kinds'>) =>
    `--route ${choice} 不在可选值 ${kinds} 之中`,
  'newApp.sealedsecretStubTheseKeys': '含这些键的 Secret，按仓库自身的方式保存；不含值的占位文件',
  'newApp.secretsPrepareNameKeyKey': '要准备的 Secret，name:key,key，以空格分隔（留空表示不要）',
  'newApp.serviceFlag': '路由指向的 Service',
  'newApp.serviceQuestion': '路由指向的 Service',
  'newApp.servicesImagesSecretsGuessedFrom': ({ unseen }: Args<'unseen'>) =>
    `服务、镜像和 Secret 是根据 values 推测的，未经渲染：${unseen}`,
  'newApp.setGatewaySlipwayConfigYaml': '请在 .slipway/config.yaml 中设置 gateway，或使用 --route none。',
  'newApp.severalRepositoriesHaveWhichOne': '多个仓库都有它，用哪一个？',
  'newApp.smallRepositoryMadeTemporaryNamed':
    '在为此生成的小仓库里运行（临时目录或指定目录）：无需网络、集群或工具',
  'newApp.storageClassSizeEmptyNone': '存储，class:size（留空表示不要）',
  'newApp.takeRouteOwnNone': '请使用 --route own 或 none。',
  'newApp.thereAlreadyFilesWouldChange': ({ folder, count }: Args<'folder' | 'count'>) =>
    `${folder} 已存在，其中 ${count} 个文件会被更改`,
  'newApp.tlsPassthroughListener': ({ passthrough }: Args<'passthrough'>) =>
    `TLS 透传（listener ${passthrough}）`,
  'newApp.tooYoung': '发布时间太短',
  'newApp.upstreamManifestOneReleaseInstead': '用上游某个发布版的清单代替 chart',
  'newApp.upstreamManifestYamlRelease': '上游清单（某个发布版的 YAML）',
  'newApp.urlManifestRelease': '某个发布版的清单 URL',
  'newApp.valuesNotHeldWholeCharts': ({ reference }: Args<'reference'>) =>
    `values 未按 chart 完整的 schema 校验：${reference}`,
  'newApp.version': '版本',
  'newApp.versionWithNotes': ({ version, notes }: Args<'version' | 'notes'>) => `${version}（${notes}）`,
  'newApp.volumeImageSuchCephBlock': '镜像的存储卷，例如 ceph-block:10Gi',
  'newApp.whatAppMade': '应用由什么组成？',
  'newApp.whereVolumeMountedDefaultData': '存储卷的挂载路径（默认 /data）',
  'newApp.whichChartTypeSearch': '使用哪个 chart？输入以搜索',
  'newApp.withdrawn': '已撤回',
  'newApp.workloadsReadThemNothingRenders': '工作负载读取它们，但没有任何东西生成它们',
  'newApp.wouldMake': '将生成',
  'newApp.layout': '环境之间的关系：各自的文件夹，或同一 base 的 overlay',
  'newApp.layoutDefaultAsSiblings':
    'folders，或为 --env 的每个环境各建一个同一 base 的 overlay（默认：与同级应用相同）',
  'newApp.environmentsOfOverlays': '环境，用逗号分隔',
  'newApp.noEnvironments': 'overlay 布局的应用至少需要一个环境',
  'newApp.giveEnvironments': '请给出环境，例如 --env dev,production。',
  'newApp.noLayout': ({ text, known }) => `没有布局 ${text}：可用 ${known}`,
  'newApp.noSuchEnvironment': ({ environment }: Args<'environment'>) => `没有名为 ${environment} 的环境`,
  'newApp.environmentsAre': ({ names }: Args<'names'>) => `现有环境：${names}。`,
  'newApp.didYouMeanEnvironment': ({ near, names }: Args<'near' | 'names'>) =>
    `是否想输入 ${near}？现有环境：${names}。`,
  'newApp.hostsNotLookedAt': ({ app, hosts, reason }: Args<'app' | 'hosts' | 'reason'>) =>
    `未检查 ${app} 是否渲染出 ${hosts} 的路由：${reason}`,
  'newApp.applicationOfThatName': ({ folder, name, twin }: Args<'folder' | 'name' | 'twin'>) =>
    `${folder} 会成为名为 ${name} 的 Application，而 ${twin} 已经是它`,
  'newApp.applicationNameRefused': ({ folder, name, most }: Args<'folder' | 'name' | 'most'>) =>
    `${folder} 会成为名为 ${name} 的 Application，Kubernetes 不接受这个名称（最多 ${most} 个字符）`,
  'newApp.noListedRepositoryHas': ({ name, registries }: Args<'name' | 'registries'>) =>
    `这里使用的仓库中都没有名为 ${name} 的 chart；镜像仓库无法列出 chart，因此未搜索：${registries}`,
  'newApp.notAllAnswered': ({ name, reasons }: Args<'name' | 'reasons'>) =>
    `已答复的仓库中没有名为 ${name} 的 chart，且有仓库未答复：${reasons}`,
  'newApp.whatInstallsDefaultAsSiblings': '由什么来安装（默认：与同级应用一致）',
  'newApp.whatInstalls': '由什么来安装？',
  'newApp.byKustomize': 'kustomize，使用 helmCharts',
  'newApp.byFlux': 'Flux，使用 HelmRelease 安装',
  'newApp.byArgo': 'Argo CD：带 chart 的 Application',
  'newApp.byUmbrella': '仓库内依赖它的 chart',
  'newApp.noDelivery': ({ text, known }: Args<'text' | 'known'>) => `没有名为 ${text} 的安装方式：${known}`,
  'newApp.ofChartsHere': ({ count, of }: Args<'count' | 'of'>) => `本仓库 ${of} 个 chart 中的 ${count} 个`,
  'newApp.ofChartsBeside': ({ count, of, place }: Args<'count' | 'of' | 'place'>) =>
    `${place} 中 ${of} 个 chart 中的 ${count} 个`,
  'newApp.fluxDeploys': ({ file }: Args<'file'>) => `本仓库由 Flux 部署（${file}）`,
  'newApp.deliveryHoldsCharts': ({ delivery }: Args<'delivery'>) =>
    `${delivery} 只安装 chart，而这个应用由别的内容构成`,
  'newApp.takeKustomizeDelivery': '请去掉 --delivery，或使用 --delivery kustomize。',
  'newApp.noPlaceForSecret': '这类应用的 chart 旁没有可存放 Secret 的目录',
  'newApp.leaveSecretOut':
    '请去掉 --secret，把 Secret 放在同类应用存放它的地方；或使用 --delivery kustomize。',
  'newApp.noPlaceForRoute': '这类应用没有在 chart 旁放置清单的目录',
  'newApp.chartsOfTemplates': ({ file }: Args<'file'>) =>
    `本仓库的 chart 大多来自某个 chart 模板中的 Application（例如 ${file}），那里的模板只能手动添加`,
  'newApp.addTemplate': '请仿照相邻文件在那里写一个模板；或用 --delivery 或 --env 指定改由什么来安装。',
  'newApp.chartsOfSet': ({ file }: Args<'file'>) =>
    `本仓库的 chart 都由 ${file} 中的 ApplicationSet 生成 Application，其列表只能手动添加`,
  'newApp.addToSet':
    '请仿照相邻条目在该列表中添加；或使用 --delivery argo（单独的 Application），或使用 --delivery kustomize。',
  'newApp.takeRouteChartNone': 'chart 有路由 values 时请使用 --route chart，否则使用 --route none。',
  'newApp.secretsNotNamed': ({ names }: Args<'names'>) =>
    `渲染结果中没有任何对象提到这些准备好的 Secret：${names}`,
  'newApp.secretsNotPrepared': ({ names }: Args<'names'>) =>
    `它的 Pod 读取以下 Secret，但没有任何东西生成它们：${names}`,
  'newApp.secretsHaveNoPlace': ({ delivery, names }: Args<'delivery' | 'names'>) =>
    `它的 Pod 会读取无人创建的 Secret，而此处 ${delivery} 类应用没有放置它们的目录：${names}`,
  'newApp.updateDependencies': ({ home }: Args<'home'>) =>
    `如保留 Chart.lock，请用此命令生成：helm dependency update ${home}`,
  'newApp.unchanged': '没有变化',
  'newApp.flagNeedsRoute': ({ flag, route, why }: Args<'flag' | 'route' | 'why'>) =>
    `--${flag} 用于路由，而这里是 --route ${route}：${why}`,
  'newApp.nearestChart': ({ term, near }: Args<'term' | 'near'>) =>
    `没有名称含 ${term} 的 chart，是否指 ${near}？`,
  'newApp.hostOrFirstPart': ({ label, hosts }: Args<'label' | 'hosts'>) =>
    `主机名，以逗号分隔（${label} 即 ${hosts}）`,
  'newApp.wholeHosts': '完整的主机名，以逗号分隔',
} satisfies Translated<typeof en>;
