import type { Args, Translated } from '../args.ts';
import type { rules as en } from '../en/rules.ts';

export const rules = {
  'rules.writeNewName': ({ newName }: Args<'newName'>) => `写作 newName: ${newName}`,
  'rules.releaseDoesNotRender': ({ subject, reason }: Args<'subject' | 'reason'>) =>
    `${subject} 无法渲染：${reason}`,
  'rules.releaseNotRendered': ({ subject, reason }: Args<'subject' | 'reason'>) =>
    `${subject} 未渲染：${reason}`,
  'rules.releaseWithout': ({ subject, fact }: Args<'subject' | 'fact'>) =>
    `渲染 ${subject} 时缺少部分 values：${fact}`,
  'rules.releaseWithoutHint': '请注意，集群得到的结果可能不同',
  'rules.remoteBaseIsPinned': '远程 base 指定标签或提交',
  'rules.remoteBaseHasNoRef': ({ name }: Args<'name'>) => `${name} 取自其默认分支，内容会自行变化`,
  'rules.remoteBaseOfBranch': ({ name, ref }: Args<'name' | 'ref'>) =>
    `${name} 取自分支 ${ref}，内容会自行变化`,
  'rules.nameTagOrCommit': '请指定标签或提交，例如 ?ref=v1.2.3',
  'rules.secretWaitsForValues': ({ name, named }: Args<'name' | 'named'>) =>
    `Secret ${name} 仍缺少值：${named}`,
  'rules.encryptThenFillIn': '先就地加密（sops --encrypt --in-place），再用 sops 填入值',
  'rules.encryptedWithoutBlock': '含有 ENC[…] 值，但没有带 mac 的 sops 块，因此无法解密',
  'rules.encryptedKeepsPlain': ({ named }: Args<'named'>) => `该文件已由 SOPS 加密，但 ${named} 是明文`,
  'rules.moveIntoEncryptedSecret': '移入由 SOPS 加密的 Secret 并引用它；然后更换：git 历史会保留旧值',
  'rules.aList': '列表',
  'rules.aText': '文本',
  'rules.accessToken': '访问令牌',
  'rules.addBackendTlsPolicy': ({ name }: Args<'name'>) =>
    `改用明文端口，或者添加 targetRefs 指向 Service ${name} 的 BackendTLSPolicy`,
  'rules.addFileTakeOffList': '添加该文件，或从列表中删除',
  'rules.addGrant': ({ namespace, kind, own }: Args<'namespace' | 'kind' | 'own'>) =>
    `在 ${namespace} 中添加 ReferenceGrant：from 为 ${own} 的 ${kind}，to 为 Service；或者把路由放到 ${namespace} 中`,
  'rules.addIfAppTakesOne': '添加它；若应用只支持一个主机名，保留第一个域名，并在 hostnames 旁用注释说明',
  'rules.addListenerFor': ({ kind }: Args<'kind'>) => `添加一个接受 ${kind} 的监听器`,
  'rules.addNamespaceSayCommentWhy': ({ name }: Args<'name'>) => `添加 namespace: ${name}，或用注释说明原因`,
  'rules.addService': '添加该 Service',
  'rules.annotationOnlyCountsTrue': ({ deaf }: Args<'deaf'>) => `注解 ${deaf} 只有值为 "true" 时有效`,
  'rules.appConsistsPlainTextFiles': '应用目录只能包含普通文本文件，values 是映射',
  'rules.appFolderHasNameItself': '不同环境中没有同名的应用目录',
  'rules.appHasNoService': ({ name }: Args<'name'>) => `应用没有 Service ${name}`,
  'rules.appRenders': '应用可以渲染',
  'rules.applicationNameRefused': ({ name }: Args<'name'>) => `${name} 不能作为 Application 的名称`,
  'rules.argoCdKeepsApp': ({ what }: Args<'what'>) =>
    `${what}：Argo CD 不会因此删除任何对象，该应用创建的对象会保留在集群中`,
  'rules.argoCdWillDeleteApp': ({ what, lost }: Args<'what' | 'lost'>) =>
    `${what}：Argo CD 会删除该应用${lost}`,
  'rules.backVolumesUpKeepThem':
    '同步之前备份数据卷，或用 argocd.argoproj.io/sync-options: Prune=false,Delete=false 保留',
  'rules.backendNamesNoPort': ({ name }: Args<'name'>) => `后端 ${name} 未写端口`,
  'rules.backendSpeaksTls': ({ name, port, what }: Args<'name' | 'port' | 'what'>) =>
    `Service ${name} 的端口 ${port}${what} 使用 TLS，而 Gateway 会以明文 HTTP 访问它`,
  'rules.buildRunsNoProgramStays': '构建不运行程序，也不越出仓库',
  'rules.cannotRead': '无法读取',
  'rules.chartLooksUp': ({ warning }: Args<'warning'>) => `与集群中不同：${warning}`,
  'rules.chooseAnotherHostOtherPaths': '换一个主机名，或为其中之一使用不同的路径',
  'rules.correctField': '修正该字段',
  'rules.cutShort': '内容不完整',
  'rules.deletedWithApp': ({ value3, value4 }: Args<'value' | 'value2' | 'value3' | 'value4'>) =>
    `${value3}${value4}`,
  'rules.deprecated': ({ key }: Args<'key'>) => `${key} 已弃用`,
  'rules.doesNotBeginKubesealWrites': '开头不符合 kubeseal 的格式',
  'rules.doesNotRender': ({ reason }: Args<'reason'>) => `渲染失败：${reason}`,
  'rules.encryptSops': '就地加密（sops --encrypt --in-place），并更换密钥：历史中仍保留旧值',
  'rules.everyNamespacedObjectHasNamespace': '每个命名空间级对象都有 namespace',
  'rules.fileValidYaml': '文件是有效的 YAML',
  'rules.folder': ({ value, value3 }: Args<'value' | 'value2' | 'value3'>) => `${value} 是目录${value3}`,
  'rules.hintArgoCdKeepsApp': '如符合预期则无需处理；否则请手动删除不再有人管理的对象',
  'rules.folderGone': '目录已删除',
  'rules.folderHasSecondKustomization': '该目录有两个 kustomization 文件',
  'rules.folderNow': ({ renamedTo }: Args<'renamedTo'>) => `目录已变为 ${renamedTo}`,
  'rules.foldersMakeApplicationNames': '应用文件夹能得出合法的 Application 名称',
  'rules.gatewayHasNoListener': ({ name, section }: Args<'name' | 'section'>) =>
    `Gateway ${name} 没有监听器 ${section}`,
  'rules.gatewayHasNoListenerPort': ({ name, port }: Args<'name' | 'port'>) =>
    `Gateway ${name} 在端口 ${port} 上没有这样的监听器`,
  'rules.generatorTakesValuesFromPlain': ({ name }: Args<'name'>) => `${name} 的生成器从明文取值`,
  'rules.giveBothSameAnnotation': '两处使用相同的注解',
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
  'rules.installWhatMissingRunOnce': '安装缺少的工具、联网运行一次，或在仓库内保存副本',
  'rules.isNoHostName': ({ host }: Args<'host'>) => `${host} 不是主机名`,
  'rules.keepOneThem': '只保留一个',
  'rules.keepWhatBuiltInside': '构建内容应位于仓库内',
  'rules.kustomizationEmpty': 'kustomization 为空',
  'rules.kustomizationHasFieldsKustomizeKnows': 'kustomization 只含 kustomize 支持的字段',
  'rules.kustomizationHasNoNamespace': 'kustomization 没有 namespace',
  'rules.kustomizationUsesNoDeprecatedField': 'kustomization 不使用已弃用字段',
  'rules.kustomizationsNamespaceFoldersName': 'kustomization 的 namespace 与目录名一致',
  'rules.kustomizeKnowsNoFieldHere': ({ key }: Args<'key'>) => `kustomize 在此处没有字段 ${key}`,
  'rules.leadsOutRepository': ({ value }: Args<'value'>) => `${value} 指向仓库之外`,
  'rules.listFiles': '列出其中的文件',
  'rules.listResourcesRemoveFolder': '列出资源，或删除该目录',
  'rules.listThat': ({ moved }: Args<'moved'>) => `应为 ${moved}`,
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
  'rules.manifestsFolderListed': '目录中的清单都已列出',
  'rules.map': '映射',
  'rules.mendSyntax': '修正语法',
  'rules.mendWhatToolSays': '按工具提示修正',
  'rules.moveIntoSealedsecretReferThen': '放入 SealedSecret 并引用；然后更换：git 历史会保留旧值',
  'rules.must': ({ key, words }: Args<'key' | 'words'>) => `${key} 必须是${words}`,
  'rules.nameGateway': '写明 Gateway',
  'rules.nameOne': ({ names }: Args<'names'>) => `可用的有 ${names}`,
  'rules.nameOne3': ({ names2 }: Args<'names' | 'names2'>) => `可用的有 ${names2}`,
  'rules.nameOneOfGateways': ({ known2 }: Args<'known' | 'known2'>) => `可用的有 ${known2}`,
  'rules.nameSchemasCanReachedSlipway':
    '用 SLIPWAY_KUBECONFORM_SCHEMAS 指定可访问的 schema，或使用 --offline',
  'rules.namedEncryptedIsPlain': '文件名表明已由 SOPS 加密，但内容是明文',
  'rules.namespaceOfOverlay': ({ namespace, name }: Args<'namespace' | 'name'>) =>
    `namespace 是 ${namespace}，按惯例此 overlay 应为 ${name}`,
  'rules.namespaceFolder': ({ namespace, name }: Args<'namespace' | 'name'>) =>
    `namespace 是 ${namespace}，目录名是 ${name}`,
  'rules.noBase64': '不是 base64',
  'rules.noGrant': ({ namespace, kind, own, name }: Args<'namespace' | 'kind' | 'own' | 'name'>) =>
    `${namespace} 中没有 ReferenceGrant 允许 ${own} 的 ${kind} 使用 Service ${name}`,
  'rules.noKustomization': ({ objects }: Args<'objects'>) => `${objects} 未列入任何 kustomization`,
  'rules.noListenerGatewayTakes': ({ name, host }: Args<'name' | 'host'>) =>
    `Gateway ${name} 没有接受 ${host} 的监听器`,
  'rules.noNamespace': ({ named, value2 }: Args<'named' | 'value' | 'value2'>) =>
    `${named}${value2} 没有 namespace`,
  'rules.noObjectUsesDeprecatedApi': '不使用已弃用的 API 版本',
  'rules.noRegularFile': '不是普通文件',
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
  'rules.oddFile': ({ kinds, detail }: Args<'kinds' | 'detail'>) => `${kinds}${detail}`,
  'rules.openListenerNamespace': ({ namespace }: Args<'namespace'>) =>
    `在监听器的 allowedRoutes.namespaces 中放行（from: All，或能选中 ${namespace} 的选择器）；省略时只接受 Gateway 自己的命名空间`,
  'rules.passwordKey': '密码或密钥',
  'rules.passwordUrl': 'URL 中的密码',
  'rules.plainText': ({ kinds, where }: Args<'kinds' | 'where'>) => `明文的${kinds}${where}`,
  'rules.pointerGitLfsNotContent': '是 Git LFS 指针而非内容：用 git lfs pull 获取',
  'rules.privateKey': '私钥',
  'rules.putIntoStoreExternalSecret':
    '把值放进密钥存储，并像这里的其他应用一样改用 ExternalSecret；然后更换该值：历史中仍保留旧值',
  'rules.putPlainFilePlace': '换成普通文件',
  'rules.putQuotes': '加上引号',
  'rules.removeComment': '删除该注释',
  'rules.removeEntry': '删除该条目',
  'rules.removeField': '删除该字段',
  'rules.removeNothingTakesPlace': '删除它：没有替代',
  'rules.removeWhatBuildTakesHas': '请删除；构建所需内容应以普通文件存放在仓库内',
  'rules.removedRenamedFolderTakesWhat': '删除或重命名目录会删除正在运行的资源',
  'rules.renameFolderCollides': ({ own }: Args<'own'>) => `重命名 ${own}，或在模板中加入能区分的部分`,
  'rules.renameOneExample': ({ name, environment }: Args<'name' | 'environment'>) =>
    `重命名其中之一，例如 ${name}-${environment}`,
  'rules.routeHasHostUnderEvery': '路由在每个域名下都有主机名',
  'rules.routesBackendServicePortApp': '路由的后端是应用的 Service 和端口',
  'rules.routesParentGatewayExists': '路由的 parentRefs 指向已有的 Gateway',
  'rules.schemaProblem': ({ kind, name, reason }: Args<'kind' | 'name' | 'reason'>) =>
    `${kind} ${name}：${reason}`,
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
  'rules.sealedValueProblem': ({ name, key, problems, more }: Args<'name' | 'key' | 'problems' | 'more'>) =>
    `${name}：${key} ${problems}${more}`,
  'rules.sealedsecretSealed': 'SealedSecret 已加密',
  'rules.sealedsecretStaysWhereSealed': 'SealedSecret 的名称与命名空间与加密时一致',
  'rules.secretKeepsPlainText': ({ name, named }: Args<'name' | 'named'>) =>
    `Secret ${name} 以明文保存 ${named}`,
  'rules.secretsOnlyKeptSealed': 'Secret 只以加密形式保存',
  'rules.serviceHasNoPort': ({ name, written }: Args<'name' | 'written'>) =>
    `Service ${name} 没有端口 ${written}`,
  'rules.setChartsNamespaceoverrideIfHas': ({ kinds, namespace }: Args<'kinds' | 'namespace'>) =>
    `若 chart 支持则设置 namespaceOverride，或用 patches 为 "${kinds}" 添加 namespace ${namespace}`,
  'rules.setNamespaceOfApp': ({ name }: Args<'name'>) => `改为 namespace: ${name}`,
  'rules.setNamespaceRenameFolderBoth': ({ name }: Args<'name'>) =>
    `改为 namespace: ${name} 或重命名目录；两者都会迁移正在运行的资源，请先规划`,
  'rules.setValuesInstead': '请与集群中的实际情况比较，或通过 values 提供 chart 要查找的内容',
  'rules.slipwayIgnoreCommentNamesRule': 'slipway-ignore 注释写明规则与原因',
  'rules.slipwayIgnoreCommentSilencesSomething': 'slipway-ignore 注释确有作用',
  'rules.slipwayIgnoreGivesNoReason': ({ code }: Args<'code'>) => `slipway-ignore: ${code} 没有写原因`,
  'rules.symbolicLink': '是符号链接',
  'rules.taken': ({ host, other }: Args<'host' | 'other'>) => `${host} 已被 ${other} 使用`,
  'rules.templateObjectControllerReadsObject': ({ inside, own }: Args<'inside' | 'own'>) =>
    `template 的范围是 ${inside}，对象是 ${own}：控制器只读取对象`,
  'rules.templatesNotObjects': ({ field, other, own }: Args<'field' | 'other' | 'own'>) =>
    `template 的 ${field} ${other} 与对象的 ${own} 不同`,
  'rules.thereNo': ({ value }: Args<'value'>) => `${value} 不存在`,
  'rules.thereNoGatewayNamespace': ({ name, namespace }: Args<'name' | 'namespace'>) =>
    `命名空间 ${namespace} 中没有 Gateway ${name}`,
  'rules.thereNoRule': ({ code }: Args<'code'>) => `没有规则 ${code}`,
  'rules.tooLargeRead': '过大，无法读取',
  'rules.trueFalse': 'true 或 false',
  'rules.use2': ({ ports2 }: Args<'ports' | 'ports2'>) => `使用 ${ports2}`,
  'rules.useHostListenerHasAdd': '使用监听器支持的主机名，或添加监听器',
  'rules.useInstead': ({ instead }: Args<'instead'>) => `使用 ${instead}`,
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
  'rules.valuesSchema': 'values 符合 chart 自带的 schema',
  'rules.valuesNotHeldWholeTheir': ({ reference }: Args<'reference'>) =>
    `values 未按完整的 schema 校验：${reference}`,
  'rules.waitsValues': ({ name, object }: Args<'name' | 'object'>) => `${name} 尚未加密：${object}`,
  'rules.whatKustomizationListsExists': 'kustomization 列出的内容都存在',
  'rules.write': ({ near }: Args<'near'>) => `应写作 ${near}`,
  'rules.writeExpected': ({ words }: Args<'words'>) => `写成${words}`,
  'rules.writeHostName': '只写名称，用小写：不带协议、端口、路径，也不能是 IP 地址',
  'rules.writeSlipwayIgnoreRuleReason': '写成 # slipway-ignore: <规则> <原因>',
  'rules.writeTrueRemove': '写成 "true"，或删除',
  'rules.writeValueOpenedObjectsOwn': ({ own, field }: Args<'own' | 'field'>) =>
    `改为 ${own}：解密使用对象自身的 ${field}`,
  'rules.writeValuesKeyValue': '以“键: 值”书写',
  'rules.kindNotServed': '集群提供每个对象的 API 版本',
  'rules.versionNotServed': ({ kind, name, apiVersion, versions }) =>
    `${kind} ${name} 使用 ${apiVersion}；本仓库的 CRD 只提供 ${versions}`,
  'rules.useServed': ({ newest }) => `使用 ${newest}，或引入提供该版本的 CRD`,
  'rules.objectRefused': 'API server 接受每个对象',
  'rules.serverRefuses': ({ kind, name, fact }) => `API server 会拒绝 ${kind} ${name}：${fact}`,
  'rules.mendObject': '在所写之处改正；若来自 chart，则在 values 中或用补丁改正',
  'rules.usesWhichReplaced': ({
    kind,
    name,
    apiVersion,
    since,
  }: Args<'kind' | 'name' | 'apiVersion' | 'since'>) =>
    `${kind} ${name} 使用 ${apiVersion}，自 ${since} 起已有替代版本`,
  'rules.clusterTakesEveryObject': '集群的 API server 接受每个对象（用 `--cluster` 试运行）',
  'rules.clusterJudgesEveryObject': '被询问的集群对每个对象都作出判断（用 `--cluster`）',
  'rules.generatorInvalid': '团队自己的生成器格式正确',
  'rules.generatorTestFails': '生成器的结果与其测试用例的预期一致',
  'rules.hintGeneratorInvalid': '请修复；在此之前 slipway new <name> 会拒绝它',
  'rules.hintGeneratorTestFails': '请修复模板，或更新 expected/ 中的内容',
} satisfies Translated<typeof en>;
