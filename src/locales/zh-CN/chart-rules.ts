import type { Args, Translated } from '../args.ts';
import type { chartRules as en } from '../en/chart-rules.ts';

export const chartRules = {
  'rules.addChartsGitignore': '在 .gitignore 中添加 charts/*',
  'rules.addFieldSpec': ({ path, kind, file }: Args<'path' | 'kind' | 'file'>) =>
    `在 ${file} 的 fieldSpecs 中加入 { path: ${path}, kind: ${kind} }，或者用一条提到该镜像的注释说明原因`,
  'rules.addName': '添加 name:',
  'rules.addNameNewnameUnderImages': ({ name, newName }: Args<'name' | 'newName'>) =>
    `在 images 中添加 { name: ${name}, newName: ${newName} }`,
  'rules.addNamespace': ({ expected }: Args<'expected'>) => `添加 namespace: ${expected}`,
  'rules.addReleasename': ({ release }: Args<'release'>) => `添加 releaseName: ${release}`,
  'rules.addRepo': '添加 repo',
  'rules.addThemFromChartsValues': '从 chart 的 values.yaml 补全；省略某个键并不会将其关闭',
  'rules.addUnderTransformersSayWhy': ({ file }: Args<'file'>) =>
    `在 transformers 中添加 ${file}，或用提到它的注释说明原因`,
  'rules.addValuesfile': ({ expected }: Args<'expected'>) => `添加 valuesFile: ${expected}`,
  'rules.addVersion': ({ version }: Args<'version'>) => `添加 version: ${version}`,
  'rules.askPublisherWhatChangedBefore': '先向发布者确认改动，再采用',
  'rules.chartGoesNamespaceApp': ({ name, namespace, expected }: Args<'name' | 'namespace' | 'expected'>) =>
    `chart ${name} 的 namespace 是 ${namespace}，应用的是 ${expected}`,
  'rules.chartHasExactVersion': 'chart 使用确切版本',
  'rules.chartHasNoName': '该 chart 没有 name',
  'rules.chartHasNoNamespace': ({ name }: Args<'name'>) => `chart ${name} 没有 namespace`,
  'rules.chartHasNoReleasename': ({ name }: Args<'name'>) => `chart ${name} 没有 releaseName`,
  'rules.chartHasNoValuesfile': ({ name }: Args<'name'>) => `chart ${name} 没有 valuesFile`,
  'rules.chartHasRepoButNo': ({ name }: Args<'name'>) => `chart ${name} 有 repo 但没有 version`,
  'rules.chartHasRepoVersionNeither': 'repo 和 version 同时存在或都不存在',
  'rules.chartHasVersionButNo': ({ name }: Args<'name'>) => `chart ${name} 有 version 但没有 repo`,
  'rules.chartLeavesCustomResourceDefinitions': ({ name }: Args<'name'>) => `chart ${name} 不包含 CRD`,
  'rules.chartsNamespaceKustomizations': 'chart 的 namespace 与 kustomization 一致',
  'rules.chartsRepoAddressWithoutLogin': 'chart 的 repo 是地址，且不含登录信息',
  'rules.copyChartsDefaultValuesAdd': ({ expected }: Args<'expected'>) =>
    `将 chart 的默认值复制到 ${expected}，并添加 valuesFile: ${expected}`,
  'rules.copyChartsDefaultValuesThere': '将 chart 的默认值复制到该处，或更正路径',
  'rules.everyChartHasIncludecrdsTrue': '每个 chart 都设置 includeCRDs: true',
  'rules.everyChartHasName': '每个 chart 都有 name',
  'rules.everyChartHasReleaseName': '每个 chart 都有独立的 releaseName',
  'rules.everyValuesFileBelongsChart': '每个 values 文件都有对应的 chart',
  'rules.gitWouldTakeChartsWhich': ({ name, version }: Args<'name' | 'version'>) =>
    `git 会纳入 kustomize 拉取的 charts/${name}-${version}`,
  'rules.giveEachChartOwn': '每个 chart 使用不同的名字',
  'rules.imageGoesPastMirror': ({ image, mirror, path, kind }: Args<'image' | 'mirror' | 'path' | 'kind'>) =>
    `镜像 ${image} 不经过 ${mirror}：转换器没有覆盖 ${kind} 的 ${path}`,
  'rules.imageHasShortNameWhich': ({ name }: Args<'name'>) => `镜像 ${name} 是短名，镜像仓库无法识别`,
  'rules.imageNamesMirrorAlready': ({ image, file }: Args<'image' | 'file'>) =>
    `镜像 ${image} 已带有镜像站前缀，${file} 会再加一次`,
  'rules.imagesDoNotGoThrough': ({ mirror }: Args<'mirror'>) => `镜像未经过 ${mirror}，也没有注释说明原因`,
  'rules.imagesEntryWouldBreak': ({ kind, name, newName }: Args<'kind' | 'name' | 'newName'>) =>
    `在清单里或带 fieldSpecs 的 ImageTagTransformer 里写 ${newName}：${kind} ${name} 的 image 不是文本，加 images: 条目后应用将无法构建`,
  'rules.imagesGoThroughRepositorysMirror': '镜像通过仓库的镜像前缀拉取',
  'rules.imagesNameMirrorOnce': '镜像名只带一次镜像站前缀',
  'rules.kustomizeHelmWorkTogether': 'kustomize 与 helm 版本兼容',
  'rules.lacksDefaults': ({
    count,
    value,
    named,
    value3,
  }: Args<'count' | 'value' | 'named' | 'value2' | 'value3'>) =>
    `缺少 ${value} 的 ${count} 个默认键：${named}${value3}`,
  'rules.localChartCharts': '本地 chart 位于 charts/',
  'rules.localChartIgnored': ({ line, name }: Args<'line' | 'name'>) =>
    `${line} 排除了本地 chart charts/${name}`,
  'rules.localChartIgnoredByFolder': ({ line, name }: Args<'line' | 'name'>) =>
    `${line} 排除了本地 chart charts/${name}；被忽略目录内的内容无法用 ! 恢复`,
  'rules.mirrorReachesEveryImage': '镜像站前缀覆盖每个镜像',
  'rules.moveValuesOverFromSlipway': ({ other }: Args<'other'>) =>
    `用 slipway upgrade 从 ${other} 迁移；只改文件名会保留旧默认值`,
  'rules.noChartUsesValuesFile': '没有 chart 使用该 values 文件',
  'rules.noExactVersion': ({ version }: Args<'version'>) => `${version} 不是确切版本`,
  'rules.noReleaseName': ({ releaseName }: Args<'releaseName'>) => `${releaseName} 不是有效的 release 名`,
  'rules.out': ({ chart, newest }: Args<'chart' | 'newest'>) => `${chart} ${newest} 已发布`,
  'rules.pinExactVersion': '写明确切版本',
  'rules.pinnedChartStillSame': '锁定的 chart 内容未变',
  'rules.publishedAgainDigestNotOne': ({ name, version }: Args<'name' | 'version'>) =>
    `${name} ${version} 被重新发布：摘要与锁文件不符`,
  'rules.pulledChartsStayOutGit': '.gitignore 排除拉取的 chart，保留本地 chart',
  'rules.putChartIntoAddRepo': ({ folder }: Args<'folder'>) =>
    `将 chart 放入 ${folder}，或添加 repo 和 version`,
  'rules.releaseNameTakenChartLine': ({ releaseName, name, line }: Args<'releaseName' | 'name' | 'line'>) =>
    `releaseName ${releaseName} 已被 chart ${name} 使用（第 ${line} 行）`,
  'rules.removeFile': '删除它',
  'rules.removeVersionChartLocal': '删除 version：这是本地 chart',
  'rules.renameFileSetValuesfile': ({ expected }: Args<'expected'>) =>
    `将文件改名为 ${expected} 并更新 valuesFile`,
  'rules.repoChartNoAddress': ({ name, problem }: Args<'name' | 'problem'>) =>
    `chart ${name} 的 repo 不是地址：${problem}`,
  'rules.runSlipwayUpgrade': ({ name }: Args<'name'>) => `运行 slipway upgrade ${name}`,
  'rules.setIncludecrdsTrue': '设置 includeCRDs: true',
  'rules.setNamespaceExpected': ({ expected }: Args<'expected'>) => `改为 namespace: ${expected}`,
  'rules.setNamespaceMovesWhatCommitted': ({ expected }: Args<'expected'>) =>
    `改为 namespace: ${expected}；已提交的资源会被迁移，请先规划`,
  'rules.setValuesfile': ({ expected }: Args<'expected'>) => `改为 valuesFile: ${expected}`,
  'rules.shortImageNamesCompletedUnder': '短镜像名在 images 中补全',
  'rules.thereNoChartYamlEntry': ({ folder }: Args<'folder'>) => `没有 ${folder}/Chart.yaml，且未写 repo`,
  'rules.thereNoNewerVersionChart': 'chart 没有更新的版本',
  'rules.valuesFileFullCopyVersions': 'values 文件是该版本默认值的完整副本',
  'rules.valuesFilesChartsExist': 'chart 的 values 文件存在',
  'rules.valuesFilesNamedValuesName': 'values 文件命名为 values/<name>-<version>.yaml',
  'rules.valuesNot': ({ name, valuesFile, expected }: Args<'name' | 'valuesFile' | 'expected'>) =>
    `${name} 的 values 文件是 ${valuesFile}，而不是 ${expected}`,
  'rules.writeChartsCharts': ({ name }: Args<'name'>) => `改为 charts/* 和 !charts/${name}`,
  'rules.writeHttpsHostPathOci': '写成 https://HOST/PATH 或 oci://HOST/PATH；登录信息交给 helm',
  'rules.writeImageWithoutMirror': ({ name }: Args<'name'>) => `写成 ${name}`,
  'rules.writeOneVersionAllThree': '写一个含三段数字的版本',
} satisfies Translated<typeof en>;
