import type { Args, Translated } from '../args.ts';
import type { charts as en } from '../en/charts.ts';

export const charts = {
  'charts.providerUnknown': ({ name }) =>
    `未查看：没有说明 ${name} 在哪里发布；可用 spec.fetchConfig.url 指向 GitHub 仓库`,
  'charts.releasesTooNew': '未查看：GitHub 最先列出的发布都属于更新的次版本',
  'charts.addressEndsInName': ({ message, address }: Args<'message' | 'address'>) =>
    `${message}；地址以 chart 的名字结尾，而 Helm 会自己加上：请写 ${address}`,
  'charts.addressHasBadCharacters': '其地址含有不允许的字符',
  'charts.addressNamesNoFile': ({ url }: Args<'url'>) => `其地址没有指向文件：${url}`,
  'charts.addressNotHttpOrOci': ({ url }: Args<'url'>) => `其地址不是 http、https 或 oci：${url}`,
  'charts.addressUnreadable': '无法识别其地址',
  'charts.ageUnknown': '发布时间未知',
  'charts.andMore': ({ count }: Args<'count'>) => `等，另有 ${count} 个`,
  'charts.anotherLine': '其他版本线',
  'charts.anotherMajor': '另一个主版本',
  'charts.answeredSomethingNoJson': ({ url }: Args<'url'>) => `${url} 的响应不是 JSON`,
  'charts.archiveNotOneIndexLists': ({ what }: Args<'what'>) => `${what}：归档文件与索引中列出的不一致`,
  'charts.artifactHubAnsweredSomethingNo': 'Artifact Hub 的响应不是 JSON',
  'charts.askedButArchiveHolds': ({ wanted, name, version }: Args<'wanted' | 'name' | 'version'>) =>
    `请求的是 ${wanted}，但归档文件中是 ${name} ${version}`,
  'charts.canBeChosen': '可以自动选用',
  'charts.cannotReadWhatShould': ({ file }: Args<'file'>) => `${file}：内容不符合该文件应有的格式`,
  'charts.chartCallsItself': ({ json }: Args<'json'>) => `chart 自称为 ${json}`,
  'charts.chartCannotFetched': ({ problem }: Args<'problem'>) => `无法获取该 chart：${problem}`,
  'charts.chartNeedsNameLowerCase': 'chart 名称只能包含小写字母、数字、"-"、"_" 和 "."；请告知其发布者。',
  'charts.chartRefused': ({ problem }: Args<'problem'>) => `拒绝该 chart：${problem}`,
  'charts.chartsValuesSchemaJsonRefused': ({ problem }: Args<'problem'>) =>
    `拒绝该 chart 的 values.schema.json：${problem}`,
  'charts.checkAddressRepositoryWhetherAsks': '请检查仓库地址，以及该仓库是否需要登录。',
  'charts.checkChartRepository': '请检查该 chart 及其仓库。',
  'charts.chooseAnotherVersionTellPublisher': '请选择其他版本，或告知仓库的发布者。',
  'charts.currentNotVersion': ({ current }: Args<'current'>) => `${current} 不是版本号`,
  'charts.currentVersionNotVersion': ({ name, current }: Args<'name' | 'current'>) =>
    `${name}：当前版本 "${current}" 不是有效的版本号`,
  'charts.daysOld': ({ days }: Args<'days'>) => `发布 ${days} 天`,
  'charts.dependencyCallsItself': ({ name }: Args<'name'>) => `有一个依赖自称为 ${name}`,
  'charts.dependencyHasAlias': ({ name, alias }: Args<'name' | 'alias'>) => `依赖 ${name} 的别名是 ${alias}`,
  'charts.dependencyHasNoName': '有一个依赖没有名称',
  'charts.deprecated': '已弃用',
  'charts.didYouMean': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'charts.doNotUseDamagedExchanged': '请勿使用：它已损坏或被替换。请询问发布者。',
  'charts.downgradeNeverMadeItselfEdit': 'slipway 从不自动降级；如确需降级，请手动修改版本。',
  'charts.empty': ({ what }: Args<'what'>) => `${what} 为空`,
  'charts.entriesNotMapCharts': ({ what }: Args<'what'>) => `${what}：entries 不是 chart 的映射`,
  'charts.giveExactVersionRangeSuch':
    '请给出精确版本，或版本范围，例如 ~1.2、^1、">=1.2 <2" 或 "1.2 - 1.4"。',
  'charts.giveNameAliasNameOci': '请给出名称、alias/name、oci://host/path/name 或 chart 文件夹的路径。',
  'charts.giveReleaseBehindEachChart': '请在每个 --chart 之后给出 --release。',
  'charts.giveRepoHttpsOci': '请指定 --repo https://… 或 oci://…。',
  'charts.gotHtmlPage': '得到的是 HTML 页面（登录页或代理？）',
  'charts.has': ({ known, value }: Args<'known' | 'value'>) => `其中有：${known}${value}。`,
  'charts.hasMoreThanVersionsIndex': ({ chart, max_versions }: Args<'chart' | 'max_versions'>) =>
    `${chart} 在索引中的版本超过 ${max_versions} 个`,
  'charts.hasNoChart': ({ what, chart }: Args<'what' | 'chart'>) => `${what} 中没有 chart ${chart}`,
  'charts.indexGivesNoAddress': '索引没有给出它的地址',
  'charts.indexListsMoreThanCharts': ({ max_charts }: Args<'max_charts'>) =>
    `索引列出的 chart 超过 ${max_charts} 个`,
  'charts.isPublished': '已发布',
  'charts.itHasNo': ({ path }: Args<'path'>) => `其中没有 ${path}`,
  'charts.itIsNotJson': '不是 JSON',
  'charts.itIsNotMap': '不是映射',
  'charts.itNestsDeeperThan': ({ levels }: Args<'levels'>) => `嵌套超过 ${levels} 层`,
  'charts.itRefersTo': ({ reference }: Args<'reference'>) => `引用了 ${reference}`,
  'charts.itsVersionIs': ({ version }: Args<'version'>) => `其版本为 ${version}`,
  'charts.known': ({ names }: Args<'names'>) => `已知：${names}。`,
  'charts.largerThanMibNotForm': ({ what, max_parsed_bytes }: Args<'what' | 'max_parsed_bytes'>) =>
    `${what} 大于 ${max_parsed_bytes} MiB，且不是 helm repo index 写出的格式`,
  'charts.localChart': '本地 chart',
  'charts.mendFileMoveAwayLog': '请修复该文件，或将其移走后重新登录。',
  'charts.missing': '空',
  'charts.nameOneSuchVersion': ({ flag, newest }: Args<'flag' | 'newest'>) =>
    `请指定一个版本，例如 --${flag} ${newest}。`,
  'charts.addressHasVersion': ({ chart }: Args<'chart'>) => `${chart} 中带有标签或摘要`,
  'charts.giveVersionApart': ({ bare, version }: Args<'bare' | 'version'>) =>
    `请写 --chart ${bare} --version ${version}`,
  'charts.leaveDigestOut': ({ bare }: Args<'bare'>) =>
    `请写 --chart ${bare}，并用 --version 指定版本；摘要由 slipway 固定。`,
  'charts.nameStandsTwice': ({ name, repo }: Args<'name' | 'repo' | 'address'>) =>
    `地址中 chart 名称出现了两次：chart ${name} 是否就是 ${repo}？`,
  'charts.addressNeedsName': ({ address }: Args<'address' | 'name' | 'repo'>) =>
    `地址须以 chart 名称结尾：如果 ${address} 是存放 chart 的位置，请写 ${address}/<chart>。`,
  'charts.namesNoChart': ({ chart }: Args<'chart'>) => `${chart} 未指明 chart`,
  'charts.namesNoReleaseSoContent': ({ text }: Args<'text'>) => `${text} 未指明发行版，因此其内容可能改变`,
  'charts.neitherUrlNorKnownRepository': ({ repo }: Args<'repo'>) => `${repo} 既不是 URL，也不是已知的仓库`,
  'charts.noDigestStated': ({ what }: Args<'what'>) => `${what}：仓库没有给出摘要，因此无法校验其内容`,
  'charts.noListRegistryHost': ({ token_hosts }: Args<'token_hosts'>) =>
    `${token_hosts} 不是 REGISTRY=HOST 的列表`,
  'charts.noSha256Digest': ({ what, expected }: Args<'what' | 'expected'>) =>
    `${what}：${expected} 不是 sha256 摘要`,
  'charts.noVersion': ({ name, wanted, problem, list }: Args<'name' | 'wanted' | 'problem' | 'list'>) =>
    `${name}：没有符合条件的版本${wanted} ${problem}；${list}`,
  'charts.noneAtAll': '一个版本也没有',
  'charts.notHttpsUrlYamlFile': ({ text }: Args<'text'>) => `${text} 不是 YAML 文件的 https URL`,
  'charts.notIndexCharts': ({ what, problem }: Args<'what' | 'problem'>) =>
    `${what} 不是 chart 索引：${problem}`,
  'charts.notVersionRangeVersions': ({ text }: Args<'text'>) => `"${text}" 既不是版本，也不是版本范围`,
  'charts.nothingUsedTellPublisherRepository': '其中内容均未使用。请告知仓库的发布者。',
  'charts.olderThanCurrent': ({ name, version, current }: Args<'name' | 'version' | 'current'>) =>
    `${name} ${version} 比当前的 ${current} 旧`,
  'charts.oneDayOld': '发布 1 天',
  'charts.pinExactVersionFirst': '请先固定到精确版本。',
  'charts.preRelease': '预发布',
  'charts.removed': '已撤回',
  'charts.takeUrlReleaseReleasesDownload':
    '请使用某个发行版的 URL：…/releases/download/v1.2.3/install.yaml。',
  'charts.takesMoreThanMibIndex': ({ chart, max_slice_bytes }: Args<'chart' | 'max_slice_bytes'>) =>
    `${chart} 在索引中占用超过 ${max_slice_bytes} MiB`,
  'charts.tellPublisherChart': '请告知该 chart 的发布者。',
  'charts.thereAre': ({ list, more }: Args<'list' | 'more'>) => `现有 ${list}${more}`,
  'charts.tooYoung': '发布时间过短',
  'charts.twoChartsAppHaveRelease': ({ twice }: Args<'twice'>) =>
    `该应用有两个 chart 使用 release 名称 ${twice}`,
  'charts.verifiedChartSoBuildNeeds': '已校验的 chart，构建无需网络',
  'charts.versionWithNotes': ({ version, notes }: Args<'version' | 'notes'>) => `${version}（${notes}）`,
  'charts.writeRegistryExampleOrgLogin':
    '请写成 registry.example.org=login.example.org，多个之间用逗号分隔。',
  'charts.digestAlone': '只以摘要固定，摘要没有先后顺序',
  'charts.refBranch': ({ ref }: Args<'ref'>) => `${ref} 是分支，会自行变化`,
  'charts.refCommit': '固定在某个提交上，提交没有先后顺序',
  'charts.refElsewhere': ({ host }: Args<'host'>) => `只在 GitHub 上查找新版本，不在 ${host} 上`,
  'charts.refNoReleases': ({ repository }: Args<'repository'>) => `${repository} 没有可供比较的发布`,
  'charts.refNoVersion': ({ ref }: Args<'ref'>) => `${ref} 不是版本：是固定不动的标签，或者是分支`,
  'charts.refNone': '没有 ref：默认分支，会自行变化',
} satisfies Translated<typeof en>;
