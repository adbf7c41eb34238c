import type { Args, Translated } from '../args.ts';
import type { rules as en } from '../en/rules.ts';

export const rules = {
  'rules.accessToken': '访问令牌',
  'rules.addBackendTlsPolicy': ({ name }: Args<'name'>) =>
    `改用明文端口，或者添加 targetRefs 指向 Service ${name} 的 BackendTLSPolicy`,
  'rules.addChartsGitignore': '在 .gitignore 中添加 charts/*',
  'rules.addFieldSpec': ({ path, kind, file }: Args<'path' | 'kind' | 'file'>) =>
    `在 ${file} 的 fieldSpecs 中加入 { path: ${path}, kind: ${kind} }，或者用一条提到该镜像的注释说明原因`,
  'rules.addFileTakeOffList': '添加该文件，或从列表中删除',
  'rules.addGrant': ({ namespace, kind, own }: Args<'namespace' | 'kind' | 'own'>) =>
    `在 ${namespace} 中添加 ReferenceGrant：from 为 ${own} 的 ${kind}，to 为 Service；或者把路由放到 ${namespace} 中`,
  'rules.addIfAppTakesOne': '添加它；若应用只支持一个主机名，保留第一个域名，并在 hostnames 旁用注释说明',
  'rules.addListenerFor': ({ kind }: Args<'kind'>) => `添加一个接受 ${kind} 的监听器`,
  'rules.addName': '添加 name:',
  'rules.addNameNewnameUnderImages': ({ name, newName }: Args<'name' | 'newName'>) =>
    `在 images 中添加 { name: ${name}, newName: ${newName} }`,
  'rules.addNamespace': ({ expected }: Args<'expected'>) => `添加 namespace: ${expected}`,
  'rules.addNamespaceSayCommentWhy': ({ name }: Args<'name'>) => `添加 namespace: ${name}，或用注释说明原因`,
  'rules.addReleasename': ({ release }: Args<'release'>) => `添加 releaseName: ${release}`,
  'rules.addRepo': '添加 repo',
  'rules.addService': '添加该 Service',
  'rules.addThemFromChartsValues': '从 chart 的 values.yaml 补全；省略某个键并不会将其关闭',
  'rules.addUnderTransformersSayWhy': ({ file }: Args<'file'>) =>
    `在 transformers 中添加 ${file}，或用提到它的注释说明原因`,
  'rules.addValuesfile': ({ expected }: Args<'expected'>) => `添加 valuesFile: ${expected}`,
  'rules.addVersion': ({ version }: Args<'version'>) => `添加 version: ${version}`,
  'rules.annotationOnlyCountsTrue': ({ deaf }: Args<'deaf'>) => `注解 ${deaf} 只有值为 "true" 时有效`,
  'rules.appConsistsPlainTextFiles': '应用目录只能包含普通文本文件，values 是映射',
  'rules.appFolderHasNameItself': '不同环境中没有同名的应用目录',
  'rules.appHasNoService': ({ name }: Args<'name'>) => `应用没有 Service ${name}`,
  'rules.appRenders': '应用可以渲染',
  'rules.applicationNameRefused': ({ name }: Args<'name'>) => `${name} 不能作为 Application 的名称`,
  'rules.argoCdWillDeleteApp': ({ what, lost }: Args<'what' | 'lost'>) =>
    `${what}：Argo CD 会删除该应用${lost}`,
  'rules.askPublisherWhatChangedBefore': '先向发布者确认改动，再采用',
  'rules.backVolumesUpKeepThem':
    '同步之前备份数据卷，或用 argocd.argoproj.io/sync-options: Prune=false,Delete=false 保留',
  'rules.backendNamesNoPort': ({ name }: Args<'name'>) => `后端 ${name} 未写端口`,
  'rules.backendSpeaksTls': ({ name, port, what }: Args<'name' | 'port' | 'what'>) =>
    `Service ${name} 的端口 ${port}${what} 使用 TLS，而 Gateway 会以明文 HTTP 访问它`,
  'rules.buildRunsNoProgramStays': '构建不运行程序，也不越出仓库',
  'rules.cannotRead': '无法读取',
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
  'rules.chooseAnotherHostOtherPaths': '换一个主机名，或为其中之一使用不同的路径',
  'rules.copyChartsDefaultValuesAdd': ({ expected }: Args<'expected'>) =>
    `将 chart 的默认值复制到 ${expected}，并添加 valuesFile: ${expected}`,
  'rules.copyChartsDefaultValuesThere': '将 chart 的默认值复制到该处，或更正路径',
  'rules.correctField': '修正该字段',
  'rules.cutShort': '内容不完整',
  'rules.deprecated': ({ key }: Args<'key'>) => `${key} 已弃用`,
  'rules.doesNotBeginKubesealWrites': '开头不符合 kubeseal 的格式',
  'rules.doesNotRender': ({ reason }: Args<'reason'>) => `渲染失败：${reason}`,
  'rules.encryptSops': '就地加密（sops --encrypt --in-place），并更换密钥：历史中仍保留旧值',
  'rules.everyChartHasIncludecrdsTrue': '每个 chart 都设置 includeCRDs: true',
  'rules.everyChartHasName': '每个 chart 都有 name',
  'rules.everyChartHasReleaseName': '每个 chart 都有独立的 releaseName',
  'rules.everyNamespacedObjectHasNamespace': '每个命名空间级对象都有 namespace',
  'rules.everyValuesFileBelongsChart': '每个 values 文件都有对应的 chart',
  'rules.fileValidYaml': '文件是有效的 YAML',
  'rules.folder': ({ value, value3 }: Args<'value' | 'value2' | 'value3'>) => `${value} 是目录${value3}`,
  'rules.folderGone': '目录已删除',
  'rules.folderHasSecondKustomization': '该目录有两个 kustomization 文件',
  'rules.folderNow': ({ renamedTo }: Args<'renamedTo'>) => `目录已变为 ${renamedTo}`,
  'rules.foldersMakeApplicationNames': '应用文件夹能得出合法的 Application 名称',
  'rules.gatewayHasNoListener': ({ name, section }: Args<'name' | 'section'>) =>
    `Gateway ${name} 没有监听器 ${section}`,
  'rules.gatewayHasNoListenerPort': ({ name, port }: Args<'name' | 'port'>) =>
    `Gateway ${name} 在端口 ${port} 上没有这样的监听器`,
  'rules.generatorTakesValuesFromPlain': ({ name }: Args<'name'>) => `${name} 的生成器从明文取值`,
  'rules.gitWouldTakeChartsWhich': ({ name, version }: Args<'name' | 'version'>) =>
    `git 会纳入 kustomize 拉取的 charts/${name}-${version}`,
  'rules.giveBothSameAnnotation': '两处使用相同的注解',
  'rules.giveEachChartOwn': '每个 chart 使用不同的名字',
  'rules.hasNoEncrypteddata': ({ name }: Args<'name'>) => `${name} 没有 encryptedData`,
  'rules.hasNoHost': ({ kind, name, named }: Args<'kind' | 'name' | 'named'>) =>
    `${kind} ${name} 缺少主机名 ${named}`,
  'rules.hasNoParentrefs': ({ kind, name }: Args<'kind' | 'name'>) => `${kind} ${name} 没有 parentRefs`,
  'rules.hasSameNameSoBoth': ({ folder, name }: Args<'folder' | 'name'>) =>
    `${folder} 同名，两者会生成同一个 Application ${name}`,
  'rules.hashPassword': '密码哈希',
  'rules.holdsValuesNoMap': '其中的值不是映射',
  'rules.hostNameLeadsOneApp': '一个主机名只指向一个应用',
  'rules.hostsRoutesAreHostNames': '路由的主机名格式正确',
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
  'rules.installWhatMissingRunOnce': '安装缺少的工具、联网运行一次，或在仓库内保存副本',
  'rules.isNoHostName': ({ host }: Args<'host'>) => `${host} 不是主机名`,
  'rules.keepOneThem': '只保留一个',
  'rules.keepWhatBuiltInside': '构建内容应位于仓库内',
  'rules.localChartIgnoredByFolder': ({ line, name }: Args<'line' | 'name'>) =>
    `${line} 排除了本地 chart charts/${name}；被忽略目录内的内容无法用 ! 恢复`,
  'rules.localChartIgnored': ({ line, name }: Args<'line' | 'name'>) =>
    `${line} 排除了本地 chart charts/${name}`,
  'rules.kustomizationEmpty': 'kustomization 为空',
  'rules.kustomizationHasFieldsKustomizeKnows': 'kustomization 只含 kustomize 支持的字段',
  'rules.kustomizationHasNoNamespace': 'kustomization 没有 namespace',
  'rules.kustomizationUsesNoDeprecatedField': 'kustomization 不使用已弃用字段',
  'rules.kustomizationsNamespaceFoldersName': 'kustomization 的 namespace 与目录名一致',
  'rules.kustomizeHelmWorkTogether': 'kustomize 与 helm 版本兼容',
  'rules.kustomizeKnowsNoFieldHere': ({ key }: Args<'key'>) => `kustomize 在此处没有字段 ${key}`,
  'rules.lacksDefaults': ({
    count,
    value,
    named,
    value3,
  }: Args<'count' | 'value' | 'named' | 'value2' | 'value3'>) =>
    `缺少 ${value} 的 ${count} 个默认键：${named}${value3}`,
  'rules.leadsOutRepository': ({ value }: Args<'value'>) => `${value} 指向仓库之外`,
  'rules.aList': '列表',
  'rules.listThat': ({ moved }: Args<'moved'>) => `应为 ${moved}`,
  'rules.listFiles': '列出其中的文件',
  'rules.listResourcesRemoveFolder': '列出资源，或删除该目录',
  'rules.listUnderResourcesRemove': '列入 resources，或删除它',
  'rules.listedLineAlready': ({ value, line }: Args<'value' | 'line'>) => `${value} 已在第 ${line} 行列出`,
  'rules.listenerTakesNoNamespace': ({
    which,
    gateway,
    namespace,
  }: Args<'which' | 'gateway' | 'namespace'>) =>
    `Gateway ${gateway} 的监听器 ${which} 不接受命名空间 ${namespace} 的路由`,
  'rules.listenerTakesOtherKind': ({
    which,
    gateway,
    takes,
    kind,
  }: Args<'which' | 'gateway' | 'takes' | 'kind'>) =>
    `Gateway ${gateway} 的监听器 ${which} 只接受 ${takes || '（无）'}，不接受 ${kind}`,
  'rules.localChartCharts': '本地 chart 位于 charts/',
  'rules.manifestsFolderListed': '目录中的清单都已列出',
  'rules.map': '映射',
  'rules.mendSyntax': '修正语法',
  'rules.mendWhatToolSays': '按工具提示修正',
  'rules.mirrorReachesEveryImage': '镜像站前缀覆盖每个镜像',
  'rules.moveIntoSealedsecretReferThen': '放入 SealedSecret 并引用；然后更换：git 历史会保留旧值',
  'rules.moveValuesOverFromSlipway': ({ other }: Args<'other'>) =>
    `用 slipway upgrade 从 ${other} 迁移；只改文件名会保留旧默认值`,
  'rules.must': ({ key, words }: Args<'key' | 'words'>) => `${key} 必须是${words}`,
  'rules.nameGateway': '写明 Gateway',
  'rules.nameOne': ({ names }: Args<'names'>) => `可用的有 ${names}`,
  'rules.nameOneOfGateways': ({ known2 }: Args<'known' | 'known2'>) => `可用的有 ${known2}`,
  'rules.nameOne3': ({ names2 }: Args<'names' | 'names2'>) => `可用的有 ${names2}`,
  'rules.nameSchemasCanReachedSlipway':
    '用 SLIPWAY_KUBECONFORM_SCHEMAS 指定可访问的 schema，或使用 --offline',
  'rules.namedEncryptedIsPlain': '文件名表明已由 SOPS 加密，但内容是明文',
  'rules.namespaceFolder': ({ namespace, name }: Args<'namespace' | 'name'>) =>
    `namespace 是 ${namespace}，目录名是 ${name}`,
  'rules.noBase64': '不是 base64',
  'rules.noChartUsesValuesFile': '没有 chart 使用该 values 文件',
  'rules.noExactVersion': ({ version }: Args<'version'>) => `${version} 不是确切版本`,
  'rules.noGrant': ({ namespace, kind, own, name }: Args<'namespace' | 'kind' | 'own' | 'name'>) =>
    `${namespace} 中没有 ReferenceGrant 允许 ${own} 的 ${kind} 使用 Service ${name}`,
  'rules.noKustomization': ({ objects }: Args<'objects'>) => `${objects} 未列入任何 kustomization`,
  'rules.noListenerGatewayTakes': ({ name, host }: Args<'name' | 'host'>) =>
    `Gateway ${name} 没有接受 ${host} 的监听器`,
  'rules.noNamespace': ({ named, value2 }: Args<'named' | 'value' | 'value2'>) =>
    `${named}${value2} 没有 namespace`,
  'rules.noObjectUsesDeprecatedApi': '不使用已弃用的 API 版本',
  'rules.noRegularFile': '不是普通文件',
  'rules.noReleaseName': ({ releaseName }: Args<'releaseName'>) => `${releaseName} 不是有效的 release 名`,
  'rules.noSecretsAmongPlainSettings': '普通配置中没有机密',
  'rules.noText': '不是文本',
  'rules.noUtf8Text': '不是 UTF-8 文本',
  'rules.noValidYaml': ({ reason }: Args<'reason'>) => `不是有效的 YAML：${reason}`,
  'rules.notCheckedAgainstSchemas': ({ reason }: Args<'reason'>) => `未校验 schema：${reason}`,
  'rules.notRendered': ({ reason }: Args<'reason'>) => `未渲染：${reason}`,
  'rules.nothingDoHereAuthorCould': '无需处理；chart 作者可将所引用的内容并入 schema',
  'rules.nothingDoIfMeant': '如符合预期则无需处理',
  'rules.nothingListedTwice': '没有重复列出的内容',
  'rules.nothingSilenceNoHere': ({ code }: Args<'code'>) => `此处没有 ${code}，无需忽略`,
  'rules.objectsFollowTheirSchemaKubeconform': '对象符合其 schema（kubeconform）',
  'rules.openListenerNamespace': ({ namespace }: Args<'namespace'>) =>
    `在监听器的 allowedRoutes.namespaces 中放行（from: All，或能选中 ${namespace} 的选择器）；省略时只接受 Gateway 自己的命名空间`,
  'rules.out': ({ chart, newest }: Args<'chart' | 'newest'>) => `${chart} ${newest} 已发布`,
  'rules.passwordKey': '密码或密钥',
  'rules.passwordUrl': 'URL 中的密码',
  'rules.pinExactVersion': '写明确切版本',
  'rules.pinnedChartStillSame': '锁定的 chart 内容未变',
  'rules.plainText': ({ kinds, where }: Args<'kinds' | 'where'>) => `明文的${kinds}${where}`,
  'rules.pointerGitLfsNotContent': '是 Git LFS 指针而非内容：用 git lfs pull 获取',
  'rules.privateKey': '私钥',
  'rules.publishedAgainDigestNotOne': ({ name, version }: Args<'name' | 'version'>) =>
    `${name} ${version} 被重新发布：摘要与锁文件不符`,
  'rules.pulledChartsStayOutGit': '.gitignore 排除拉取的 chart，保留本地 chart',
  'rules.putChartIntoAddRepo': ({ folder }: Args<'folder'>) =>
    `将 chart 放入 ${folder}，或添加 repo 和 version`,
  'rules.putIntoStoreExternalSecret':
    '把值放进密钥存储，并像这里的其他应用一样改用 ExternalSecret；然后更换该值：历史中仍保留旧值',
  'rules.putPlainFilePlace': '换成普通文件',
  'rules.putQuotes': '加上引号',
  'rules.releaseNameTakenChartLine': ({ releaseName, name, line }: Args<'releaseName' | 'name' | 'line'>) =>
    `releaseName ${releaseName} 已被 chart ${name} 使用（第 ${line} 行）`,
  'rules.removeField': '删除该字段',
  'rules.removeFile': '删除它',
  'rules.removeComment': '删除该注释',
  'rules.removeEntry': '删除该条目',
  'rules.removeNothingTakesPlace': '删除它：没有替代',
  'rules.removeVersionChartLocal': '删除 version：这是本地 chart',
  'rules.removeWhatBuildTakesHas': '请删除；构建所需内容应以普通文件存放在仓库内',
  'rules.removedRenamedFolderTakesWhat': '删除或重命名目录会删除正在运行的资源',
  'rules.renameFileSetValuesfile': ({ expected }: Args<'expected'>) =>
    `将文件改名为 ${expected} 并更新 valuesFile`,
  'rules.renameFolderCollides': ({ own }: Args<'own'>) => `重命名 ${own}，或在模板中加入能区分的部分`,
  'rules.renameOneExample': ({ name, environment }: Args<'name' | 'environment'>) =>
    `重命名其中之一，例如 ${name}-${environment}`,
  'rules.repoChartNoAddress': ({ name, problem }: Args<'name' | 'problem'>) =>
    `chart ${name} 的 repo 不是地址：${problem}`,
  'rules.routeHasHostUnderEvery': '路由在每个域名下都有主机名',
  'rules.routesBackendServicePortApp': '路由的后端是应用的 Service 和端口',
  'rules.routesParentGatewayExists': '路由的 parentRefs 指向已有的 Gateway',
  'rules.runSlipwayUpgrade': ({ name }: Args<'name'>) => `运行 slipway upgrade ${name}`,
  'rules.sealAgain': ({ moved }: Args<'moved'>) => `针对 ${moved} 重新加密`,
  'rules.sealNameComesOutScope': '按最终名称加密，或使用 namespace-wide 范围',
  'rules.sealSlipwaySeal': '用 slipway seal 加密',
  'rules.sealSlipwaySealRemovePlain': '加密它（slipway seal），删除明文文件，并更换密钥：git 历史会保留旧值',
  'rules.sealSlipwaySealThenList': '用 slipway seal 加密，然后列入 resources',
  'rules.sealValueAgain': '重新加密该值',
  'rules.sealValuesUnderSpecEncrypteddata': '将加密值写入 spec.encryptedData',
  'rules.sealedDataHasFormKubeseal': '加密数据符合 kubeseal 的格式',
  'rules.sealedNameWhichChangesNameprefix': ({ name, file }: Args<'name' | 'file'>) =>
    `${name} 按名称加密，但 ${file} 的 namePrefix 或 nameSuffix 会改变它`,
  'rules.sealedNamespaceKustomizePutsInto': ({
    name,
    namespace,
    moved,
  }: Args<'name' | 'namespace' | 'moved'>) =>
    `${name} 为命名空间 ${namespace} 加密，kustomize 会将其放入 ${moved}`,
  'rules.sealedsecretSealed': 'SealedSecret 已加密',
  'rules.sealedsecretStaysWhereSealed': 'SealedSecret 的名称与命名空间与加密时一致',
  'rules.secretKeepsPlainText': ({ name, named }: Args<'name' | 'named'>) =>
    `Secret ${name} 以明文保存 ${named}`,
  'rules.secretsOnlyKeptSealed': 'Secret 只以加密形式保存',
  'rules.serviceHasNoPort': ({ name, written }: Args<'name' | 'written'>) =>
    `Service ${name} 没有端口 ${written}`,
  'rules.setChartsNamespaceoverrideIfHas': ({ kinds, namespace }: Args<'kinds' | 'namespace'>) =>
    `若 chart 支持则设置 namespaceOverride，或用 patches 为 "${kinds}" 添加 namespace ${namespace}`,
  'rules.setIncludecrdsTrue': '设置 includeCRDs: true',
  'rules.setNamespaceOfApp': ({ name }: Args<'name'>) => `改为 namespace: ${name}`,
  'rules.setNamespaceExpected': ({ expected }: Args<'expected'>) => `改为 namespace: ${expected}`,
  'rules.setNamespaceMovesWhatCommitted': ({ expected }: Args<'expected'>) =>
    `改为 namespace: ${expected}；已提交的资源会被迁移，请先规划`,
  'rules.setNamespaceRenameFolderBoth': ({ name }: Args<'name'>) =>
    `改为 namespace: ${name} 或重命名目录；两者都会迁移正在运行的资源，请先规划`,
  'rules.setValuesfile': ({ expected }: Args<'expected'>) => `改为 valuesFile: ${expected}`,
  'rules.shortImageNamesCompletedUnder': '短镜像名在 images 中补全',
  'rules.slipwayIgnoreCommentNamesRule': 'slipway-ignore 注释写明规则与原因',
  'rules.slipwayIgnoreCommentSilencesSomething': 'slipway-ignore 注释确有作用',
  'rules.slipwayIgnoreGivesNoReason': ({ code }: Args<'code'>) => `slipway-ignore: ${code} 没有写原因`,
  'rules.symbolicLink': '是符号链接',
  'rules.taken': ({ host, other }: Args<'host' | 'other'>) => `${host} 已被 ${other} 使用`,
  'rules.templateObjectControllerReadsObject': ({ inside, own }: Args<'inside' | 'own'>) =>
    `template 的范围是 ${inside}，对象是 ${own}：控制器只读取对象`,
  'rules.templatesNotObjects': ({ field, other, own }: Args<'field' | 'other' | 'own'>) =>
    `template 的 ${field} ${other} 与对象的 ${own} 不同`,
  'rules.deletedWithApp': ({ value3, value4 }: Args<'value' | 'value2' | 'value3' | 'value4'>) =>
    `${value3}${value4}`,
  'rules.aText': '文本',
  'rules.oddFile': ({ kinds, detail }: Args<'kinds' | 'detail'>) => `${kinds}${detail}`,
  'rules.schemaProblem': ({ kind, name, reason }: Args<'kind' | 'name' | 'reason'>) =>
    `${kind} ${name}：${reason}`,
  'rules.sealedValueProblem': ({ name, key, problems, more }: Args<'name' | 'key' | 'problems' | 'more'>) =>
    `${name}：${key} ${problems}${more}`,
  'rules.thereNo': ({ value }: Args<'value'>) => `${value} 不存在`,
  'rules.thereNoChartYamlEntry': ({ folder }: Args<'folder'>) => `没有 ${folder}/Chart.yaml，且未写 repo`,
  'rules.thereNoGatewayNamespace': ({ name, namespace }: Args<'name' | 'namespace'>) =>
    `命名空间 ${namespace} 中没有 Gateway ${name}`,
  'rules.thereNoNewerVersionChart': 'chart 没有更新的版本',
  'rules.thereNoRule': ({ code }: Args<'code'>) => `没有规则 ${code}`,
  'rules.tooLargeRead': '过大，无法读取',
  'rules.trueFalse': 'true 或 false',
  'rules.useInstead': ({ instead }: Args<'instead'>) => `使用 ${instead}`,
  'rules.use2': ({ ports2 }: Args<'ports' | 'ports2'>) => `使用 ${ports2}`,
  'rules.useHostListenerHasAdd': '使用监听器支持的主机名，或添加监听器',
  'rules.useMostLowerCaseLetters': ({ max_length }: Args<'max_length'>) =>
    `最多 ${max_length} 个小写字母、数字和“-”`,
  'rules.usesSpecDataWhichController': ({ name }: Args<'name'>) => `${name} 使用已弃用的 spec.data`,
  'rules.usesWhichEnded': ({
    kind,
    name,
    apiVersion,
    since,
  }: Args<'kind' | 'name' | 'apiVersion' | 'since'>) =>
    `${kind} ${name} 使用 ${apiVersion}，自 ${since} 起不再提供`,
  'rules.valuesFileFullCopyVersions': 'values 文件是该版本默认值的完整副本',
  'rules.valuesFilesChartsExist': 'chart 的 values 文件存在',
  'rules.valuesFilesNamedValuesName': 'values 文件命名为 values/<name>-<version>.yaml',
  'rules.valuesNot': ({ name, valuesFile, expected }: Args<'name' | 'valuesFile' | 'expected'>) =>
    `${name} 的 values 文件是 ${valuesFile}，而不是 ${expected}`,
  'rules.valuesNotHeldWholeTheir': ({ reference }: Args<'reference'>) =>
    `values 未按完整的 schema 校验：${reference}`,
  'rules.waitsValues': ({ name, object }: Args<'name' | 'object'>) => `${name} 尚未加密：${object}`,
  'rules.whatKustomizationListsExists': 'kustomization 列出的内容都存在',
  'rules.write': ({ near }: Args<'near'>) => `应写作 ${near}`,
  'rules.writeExpected': ({ words }: Args<'words'>) => `写成${words}`,
  'rules.writeChartsCharts': ({ name }: Args<'name'>) => `改为 charts/* 和 !charts/${name}`,
  'rules.writeHostName': '只写名称，用小写：不带协议、端口、路径，也不能是 IP 地址',
  'rules.writeHttpsHostPathOci': '写成 https://HOST/PATH 或 oci://HOST/PATH；登录信息交给 helm',
  'rules.writeImageWithoutMirror': ({ name }: Args<'name'>) => `写成 ${name}`,
  'rules.writeOneVersionAllThree': '写一个含三段数字的版本',
  'rules.writeSlipwayIgnoreRuleReason': '写成 # slipway-ignore: <规则> <原因>',
  'rules.writeTrueRemove': '写成 "true"，或删除',
  'rules.writeValueOpenedObjectsOwn': ({ own, field }: Args<'own' | 'field'>) =>
    `改为 ${own}：解密使用对象自身的 ${field}`,
  'rules.writeValuesKeyValue': '以“键: 值”书写',
  'rules.chartLooksUp': ({ warning }: Args<'warning'>) => `与集群中不同：${warning}`,
  'rules.setValuesInstead': '请与集群中的实际情况比较，或通过 values 提供 chart 要查找的内容',
} satisfies Translated<typeof en>;
