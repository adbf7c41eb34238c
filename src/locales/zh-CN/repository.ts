import type { Args, Translated } from '../args.ts';
import type { repository as en } from '../en/repository.ts';

export const repository = {
  'repository.notInEnvironment': ({ word, environment }) => `${environment} 中没有应用 ${word}`,
  'repository.noSuchEnvironment': ({ environment }) => `${environment} 中没有应用`,
  'repository.environmentsAre': ({ environments }) => `现有环境：${environments}。`,
  'repository.isInEnvironments': ({ environments }) => `它位于 ${environments}。`,
  'repository.aChartName': 'chart 名称',
  'repository.aHost': '主机名',
  'repository.aKeyOfSecret': 'Secret 的键',
  'repository.aNamespace': '命名空间',
  'repository.aPort': '端口',
  'repository.aReleaseName': 'release 名称',
  'repository.aSecret': 'Secret 的写法',
  'repository.aService': 'Service 和端口',
  'repository.absolutePath': '是绝对路径',
  'repository.anAppName': '应用名称',
  'repository.anObjectName': '对象名称',
  'repository.atMostCharacters': ({ rule, most }: Args<'rule' | 'most'>) => `${rule}，最多 ${most} 个字符`,
  'repository.byApplicationSets': 'ApplicationSet 以目录名命名 Application',
  'repository.cannotBe': ({ input, what }: Args<'input' | 'what'>) => `"${input}" 不能用作${what}`,
  'repository.cannotBeBecause': ({ input, what, problem }: Args<'input' | 'what' | 'problem'>) =>
    `"${input}" 不能用作${what}：${problem}`,
  'repository.cannotReadUrl': '无法解析为 URL',
  'repository.chartNameRule': '小写字母、数字、"-"、"_" 和 "."，首尾须为字母或数字，最多 250 个字符',
  'repository.clusterTwice': ({ name, file }) => `名称 ${name} 已被 ${file} 占用`,
  'repository.clusterOneMap': '每个集群文件只能包含一个映射',
  'repository.clusterKey': ({ key, near }) => `没有 ${key} 这个键；是否想写 ${near}？`,
  'repository.clusterName': ({ key }) =>
    `${key} 只能包含小写字母、数字和 "-"，首尾须为字母或数字，最多 63 个字符`,
  'repository.clusterControlledBy': 'controlledBy 必须是 self、hub、flux、group:<集群> 或 agent:<集群>',
  'repository.clusterLabels': 'labels 必须是映射',
  'repository.clusterLabel': ({ key }) =>
    `labels：${key} 不是合法的 Kubernetes 标签，或其值不是合法的标签文本（true、false 和数字需加引号）`,
  'repository.clusterDestination': 'destination 必须且只能包含 server 或 name 之一',
  'repository.clusterServer': 'destination.server 不是 http(s) 地址，或含有登录信息',
  'repository.clusterHint':
    'clusters/ 下的文件包含 name、controlledBy，以及可选的 group、labels 和 destination；详见 schemas/cluster.schema.json。',
  'repository.configured': '已配置',
  'repository.countsOfApps': ({ counts, of }: Args<'counts' | 'of'>) => `${counts}（共 ${of} 个应用）`,
  'repository.default': '默认',
  'repository.defaultNoAppCompletesShortName': '默认：没有应用补全镜像短名',
  'repository.defaultNoAppShowsIt': '默认：没有应用体现',
  'repository.didYouMean': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'repository.chartNoApp': ({ chart }: Args<'chart'>) => `没有应用 ${chart}，它是一个 chart 的名称`,
  'repository.didYouMeanApp': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'repository.doesNotBeginHttpsHttp': '不是以 https://、http:// 或 oci:// 加主机名开头',
  'repository.eachKeyOnce': '每个键只出现一次',
  'repository.fetchLfsContent': '请用 git lfs pull 获取内容。',
  'repository.fetchLfsContentOrKeepOut': '请用 git lfs pull 获取内容，或不要用 Git LFS 存放 values 文件。',
  'repository.give': ({ rule }: Args<'rule'>) => `请给出${rule}。`,
  'repository.giveRegistryRepositoryTagSha256':
    '请写成 [registry/]repository[:tag][@sha256:…]，其中 repository 用小写。',
  'repository.giveValuesFileChart': '请给出 chart 的 values 文件。',
  'repository.giveValuesFileInside': '请为该 chart 指定仓库内的 values 文件。',
  'repository.holdsCharactersNoPathShould': '含有路径不应有的字符',
  'repository.holdsLoginWhichEverybodyWho': '含有登录信息，能读取本仓库的人都会看到',
  'repository.holdsSpaceAnotherCharacterNo': '含有空格或地址中不允许的字符',
  'repository.hostRule': ({ rule }: Args<'rule'>) =>
    `以 "." 分隔的各部分，每部分为${rule}，且最多 63 个字符；不能是地址，不能带端口`,
  'repository.ifOverrideUnderSlipwayTemplates':
    '如果它是 .slipway/templates/ 下的自定义模板，请修复或删除它。',
  'repository.inApplicationSet': ({ folders }: Args<'folders'>) => `ApplicationSet 中的 ${folders}`,
  'repository.knownHere': ({ known }: Args<'known'>) => `这里已知：${known}。`,
  'repository.kustomizationMap': ({ path }: Args<'path'>) => `${path}：kustomization 必须是映射`,
  'repository.labelRule': '小写字母、数字和 "-"，首尾须为字母或数字',
  'repository.labelsByDots': ({ rule, most }: Args<'rule' | 'most'>) =>
    `${rule}，各部分以 "." 分隔，最多 ${most} 个字符`,
  'repository.leadsOutRepository': '指向仓库之外',
  'repository.listenersOfGateway': '网关的监听器',
  'repository.lists': ({ item }: Args<'item'>) => `列入 ${item}`,
  'repository.longerThanCharacters': ({ max_length }: Args<'max_length'>) => `超过 ${max_length} 个字符`,
  'repository.must': ({
    configuration_file,
    where,
    expected,
  }: Args<'configuration_file' | 'where' | 'expected'>) =>
    `${configuration_file}：${where} 必须是${expected}`,
  'repository.nameOneEnvironmentApp': '请以 <environment>/<app> 的形式指定一个。',
  'repository.nameOneOf': ({ apps }: Args<'apps'>) => `请指定其中一个：${apps}。`,
  'repository.nameWithApps': ({ name, count }: Args<'name' | 'count'>) => `${name}：${count} 个应用`,
  'repository.moreEnvironments': ({ more }: Args<'more'>) => `另有 ${more} 个`,
  'repository.noApplicationSet': '没有 ApplicationSet 由目录生成 Application',
  'repository.noPathFileRepository': '不是仓库内文件的路径',
  'repository.noSettingRepository': ({ configuration_file, where }: Args<'configuration_file' | 'where'>) =>
    `${configuration_file}：${where} 不是仓库的配置项`,
  'repository.notContainerImage': ({ input }: Args<'input'>) => `"${input}" 不是容器镜像`,
  'repository.pointerGitLfsNotKustomization': ({ path }: Args<'path'>) =>
    `${path} 是 Git LFS 指针文件，不是 kustomization`,
  'repository.pointerGitLfsNotValues': ({ name }: Args<'name'>) =>
    `${name} 是 Git LFS 指针文件，不是 values 本身`,
  'repository.portRule': '1 到 65535 之间的数字',
  'repository.repositoryNoAddress': ({ chart, problem }: Args<'chart' | 'problem'>) =>
    `${chart} 的仓库不是有效地址：${problem}`,
  'repository.secretKeyRule': '字母、数字、"-"、"_" 和 "."，最多 253 个字符，不能以 ".." 开头',
  'repository.secretRule': '<name>:<key>,<key>：Kubernetes 名称，其后的键由字母、数字、"-"、"_" 和 "." 组成',
  'repository.servicePortRule': '<name>:<port>，例如 grafana:3000',
  'repository.severalAppsNamed': ({ word, byName }: Args<'word' | 'byName'>) =>
    `有多个名为 ${word} 的应用：${byName}`,
  'repository.installsChart': ({ folder, name }: Args<'folder' | 'name'>) => `${folder} 安装了 ${name}`,
  'repository.someOfAppsWithSecrets': ({ count, of }: Args<'count' | 'of'>) =>
    `${of} 个有 Secret 的应用中有 ${count} 个`,
  'repository.someApps': () => '应用',
  'repository.someCharts': () => '所用 chart 的条目',
  'repository.someOfApps': ({ count, of }: Args<'count' | 'of'>) => `${of} 个应用中有 ${count} 个`,
  'repository.someOfWhat': ({ count, of, what }: Args<'count' | 'of' | 'what'>) =>
    `${of} 个${what}中有 ${count} 个`,
  'repository.someRoutedApps': () => '有路由的应用',
  'repository.someValuesFiles': () => ' values 文件（按 chart 版本命名）',
  'repository.startApiversionKind': '请以 apiVersion 和 kind 开头。',
  'repository.storage': '存储',
  'repository.storageRule': '<class>:<size>，例如 ceph-block:10Gi',
  'repository.template': ({ name, reason }: Args<'name' | 'reason'>) => `模板 ${name}：${reason}`,
  'repository.thatCompleteShortNames': ({ evidence }: Args<'evidence'>) => `补全镜像短名的 ${evidence}`,
  'repository.theFirstPartOfHost': '主机名的第一段',
  'repository.thereNoApp': ({ word }: Args<'word'>) => `没有应用 ${word}`,
  'repository.valueWithRoutes': ({ value, evidence }: Args<'value' | 'evidence'>) =>
    `${value}：有路由的 ${evidence}`,
  'repository.valuesFetched': ({ written }: Args<'written'>) => `${written} 是一个地址，不是仓库里的文件`,
  'repository.valuesMustMap': ({ name }: Args<'name'>) => `${name}：values 必须是映射`,
  'repository.valuesOutside': ({ written }: Args<'written'>) => `${written} 指向仓库之外`,
  'repository.withRoutes': ({ evidence }: Args<'evidence'>) => `有路由的 ${evidence}`,
  'repository.writeHttpsHostPathOci':
    '请写成 https://HOST/PATH 或 oci://HOST/PATH；登录信息请用 helm repo add 或 helm registry login 提供。',
  'repository.aServiceName': 'Service 名称',
  'repository.serviceNameRule': '小写字母、数字和“-”，以字母开头，最多 63 个字符',
  'repository.chartsRead': ({ read, all, kinds }: Args<'read' | 'all' | 'left' | 'kinds'>) =>
    `共 ${all} 个 chart，读懂 ${read} 个；无法识别：${kinds}`,
  'repository.unreadCommands': ({ count }: Args<'count'>) => `脚本中的 ${count} 条 helm 命令`,
  'repository.unreadDependencies': ({ count }: Args<'count'>) => `Chart.yaml 中的 ${count} 个依赖`,
  'repository.unreadHelmCharts': ({ count }: Args<'count'>) =>
    `${count} 个未写版本或不属于任何应用的 helmCharts 条目`,
  'repository.unreadInFile': ({ count, kind }: Args<'count' | 'kind'>) => `${kind} 中的 ${count} 个 chart`,
  'repository.unreadKind': ({ what, first }: Args<'what' | 'first'>) => `${what}（首个：${first}）`,
  'repository.unreadObjects': ({ count, kind }: Args<'count' | 'kind'>) => `${count} 个 ${kind}`,
  'repository.unreadOfSource': ({ count, kind, source }: Args<'count' | 'kind' | 'source'>) =>
    `${count} 个 ${kind}（chart 来自 ${source}，不在本仓库中）`,
  'repository.unreadInTemplate': ({ count, kind }: Args<'count' | 'kind'>) =>
    `Helm 模板中的 ${count} 个 ${kind}（渲染后才知道是哪个 chart）`,
  'repository.unreadTerraform': ({ count }: Args<'count'>) => `Terraform 中的 ${count} 个 helm_release`,
  'repository.unreadFiles': ({ count }: Args<'count'>) => `${count} 个无法读取的应用`,
  'repository.kindNotUnderstood': ({ what }: Args<'what' | 'count'>) => `无法识别，未检查：${what}`,
  'repository.namespaceOfCluster': ({ name }: Args<'name'>) =>
    `"${name}" 不能作为应用名：每个集群都有这个命名空间，应用不得创建、标记或删除它`,
  'repository.otherNameThanCluster': '请换一个名称；需要放进该命名空间的对象可以自行写明 namespace。',
  'repository.giveSuchAs': ({ rule, such }: Args<'rule' | 'such'>) => `请给出${rule}，例如 ${such}。`,
} satisfies Translated<typeof en>;
