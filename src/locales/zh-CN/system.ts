import type { Args, Translated } from '../args.ts';
import type { system as en } from '../en/system.ts';

export const system = {
  'system.anotherSlipwayRunWritingRepository': ({ who }: Args<'who'>) =>
    `另一个 slipway 正在写入此仓库：${who}`,
  'system.answeredWithoutListTags': ({ repository }: Args<'repository'>) =>
    `${repository}：响应中没有标签列表`,
  'system.answeredWithoutToken': ({ url }: Args<'url'>) => `${url}：响应中没有令牌`,
  'system.archivesWithinArchivesWithoutEnd': ({ place }: Args<'place'>) =>
    `${place}：归档文件无止境地嵌套归档文件`,
  'system.askOwnerServeHttps': ({ host }: Args<'host'>) => `请让 ${host} 的所有者提供 https。`,
  'system.bytesHaveAnotherDigest': ({ repository, digest }: Args<'repository' | 'digest'>) =>
    `${repository}@${digest}：内容的摘要不符`,
  'system.bytesInstead': ({ shown, count, size }: Args<'shown' | 'count' | 'size'>) =>
    `${shown}：得到 ${count} 字节，应为 ${size} 字节`,
  'system.bytesMoreThanLimit': ({ shown, size, limit }: Args<'shown' | 'size' | 'limit'>) =>
    `${shown}：${size} 字节，超过 ${limit} 的上限`,
  'system.bytesUnpackMoreThanTimes': ({ subject, wire, max_ratio }: Args<'subject' | 'wire' | 'max_ratio'>) =>
    `${subject}：${wire} 字节解压后超过其 ${max_ratio} 倍`,
  'system.cachedCopyDamaged': ({ name }: Args<'name'>) => `${name}：缓存的副本已损坏`,
  'system.cancelled': '已取消',
  'system.cannotRead': ({ name, reasons }: Args<'name' | 'reasons'>) => `无法读取 ${name}：${reasons}`,
  'system.cannotRead2': ({ file, code }: Args<'file' | 'code'>) => `无法读取 ${file}（${code}）`,
  'system.cannotReadWithinLimits': ({ what }: Args<'what'>) => `无法在限制范围内读取 ${what}`,
  'system.cannotTag': ({ repository, version }: Args<'repository' | 'version'>) =>
    `${repository}：${version} 不能用作标签`,
  'system.chartArchiveRefused': ({ problem }: Args<'problem'>) => `拒绝该 chart 归档文件：${problem}`,
  'system.chartLinkNoRegularFile': ({ name }: Args<'name'>) => `chart 中的 ${name} 是链接，或不是普通文件`,
  'system.checkPath': '请检查路径。',
  'system.checkPermissionsDiskThenRun': '请检查权限和磁盘，然后重新运行。',
  'system.chooseNameEveryOperatingSystem': '请选择所有操作系统都支持的名称。',
  'system.clonePartialDamagedFetchMissing': '此克隆不完整或已损坏：请获取缺失的对象，然后重新运行。',
  'system.commitFirstForceOverwrittenRun': '请先提交。使用 --force 会将其覆盖，并告知如何恢复。',
  'system.conflict': ({ file }: Args<'file'>) => `${file} 处于冲突状态`,
  'system.contentEncodingNotAsked': ({ subject, encoding }: Args<'subject' | 'encoding'>) =>
    `${subject}：未请求内容编码 ${encoding}`,
  'system.couldNotStarted': ({ command, message }: Args<'command' | 'message'>) =>
    `无法启动 ${command}：${message}`,
  'system.differOnlyCaseForm': ({ entry, twin, where }: Args<'entry' | 'twin' | 'where'>) =>
    `${entry} 和 ${twin}${where} 仅在大小写或字符形式上不同`,
  'system.doNotUseDamagedHostile': '请勿使用：它已损坏或含有恶意内容。请告知其发布者。',
  'system.doNotUseThemThey': '请勿使用：它们已损坏或被替换。',
  'system.doesNotSayWhichEngines': ({ program }: Args<'program'>) => `${program} 未说明它包含哪些引擎`,
  'system.existsAlready': ({ target }: Args<'target'>) => `${target} 已存在`,
  'system.failed': ({ what, message }: Args<'what' | 'message'>) => `${what} 失败：${message}`,
  'system.failed2': ({ program, verb, why }: Args<'program' | 'verb' | 'why'>) =>
    `${program} ${verb} 失败：${why}`,
  'system.filesWrittenCommitThemHand': '文件已写入；请手动提交。',
  'system.finishAbortGitStatusTells': '请完成或中止该操作（git status 会给出方法），然后重新运行。',
  'system.folder': ({ file }: Args<'file'>) => `${file} 是文件夹`,
  'system.folderMovedReplacedDuringRun': ({ name }: Args<'name'>) => `文件夹 ${name} 在运行期间被移动或替换`,
  'system.freeSomeSpaceThenRun': '请释放一些空间，然后重新运行。',
  'system.gitCannotTellWhatCommitted': ({ said }: Args<'said'>) => `git 无法判断哪些内容已提交：${said}`,
  'system.gitConfigurationRepositoryHasOdd': ({ name }: Args<'name'>) =>
    `此仓库的 git 配置中有可疑的键：${name}`,
  'system.gitFailed': ({ args, words }: Args<'args' | 'words'>) => `git ${args} 失败：${words}`,
  'system.gitHasNoContent': ({ file, id }: Args<'file' | 'id'>) => `git 中没有 ${file}（${id}）的内容`,
  'system.gitNotInstalledSoNobody': '未安装 git，因此无法判断哪些内容已提交',
  'system.gitRefusesBelongsAnotherUser': ({ folder }: Args<'folder'>) => `git 拒绝 ${folder}：它属于其他用户`,
  'system.giveWholeNumberSuch1024': '请给出整数，例如 1024。',
  'system.givenUpAfterFailedRequests': ({ host, requests }: Args<'host' | 'requests'>) =>
    `${host}：${requests} 次请求失败后放弃`,
  'system.gzipStreamEndsEarly': ({ subject }: Args<'subject'>) => `${subject}：gzip 数据流提前结束`,
  'system.hasBytesMoreThan': ({
    file,
    count,
    named_file_bytes,
  }: Args<'file' | 'count' | 'named_file_bytes'>) => `${file} 有 ${count} 字节，超过 ${named_file_bytes}`,
  'system.hasNamesHardLinks': ({ target, nlink }: Args<'target' | 'nlink'>) =>
    `${target} 有 ${nlink} 个名称（硬链接）`,
  'system.helmTemplateFailed': ({ result }: Args<'result'>) => `helm template 失败：${result}`,
  'system.holdsControlByteWhichNo': ({ subject, byte }: Args<'subject' | 'byte'>) =>
    `${subject}：含有控制字节（${byte}），文本中不应出现`,
  'system.holdsNoChartYaml': ({ folder }: Args<'folder'>) => `${folder} 中没有 Chart.yaml`,
  'system.httpsProxyHttpProxyNot': 'HTTPS_PROXY 或 HTTP_PROXY 不是 URL',
  'system.ifLoginServerSetSlipway': ({ host, host2 }: Args<'host' | 'host2'>) =>
    `如果 ${host} 是它的登录服务器，请设置 SLIPWAY_TOKEN_HOSTS=${host2}=${host}。`,
  'system.ifRightAppSetSlipway': '如果对此应用而言这是正常的，请将 SLIPWAY_RENDER_MEMORY 设为更大的 MiB 数。',
  'system.ifRunGoneDeleteRun': ({ file }: Args<'file'>) =>
    `如果那次运行已经结束，请删除 ${file} 后重新运行。`,
  'system.ifWantedNameHostConfiguration': '如果确需如此，请在配置中指定该主机。',
  'system.ifYouTrustGitConfig': ({ folder }: Args<'folder'>) =>
    `如果信任它：git config --global --add safe.directory ${folder}`,
  'system.ifYourOwnRunInterrupted':
    '如果是您自己的运行在别处中断，请检查其中列出的文件，修正后删除该文件；否则直接删除。',
  'system.installGitThenRunAgain': '请安装 git，然后重新运行。',
  'system.installPutPath': ({ command }: Args<'command'>) => `请安装 ${command}，或将其加入 PATH。`,
  'system.is': ({ name, what }: Args<'name' | 'what'>) => `${name} 是${what}`,
  'system.kubectlGetRawFailed': ({ reason }: Args<'reason'>) => `kubectl get --raw 失败：${reason}`,
  'system.largerThanBytes': ({ name, maxBytes }: Args<'name' | 'maxBytes'>) =>
    `${name} 大于 ${maxBytes} 字节`,
  'system.largerThanChartMayFiles': ({
    root,
    max_files,
    max_bytes,
  }: Args<'root' | 'max_files' | 'max_bytes'>) =>
    `${root} 超过 chart 的大小限制（${max_files} 个文件，${max_bytes} 字节）`,
  'system.largerThanLimit': ({ subject, size }: Args<'subject' | 'size'>) =>
    `${subject}：超过 ${size} 的上限`,
  'system.largerThanLimitBytes': ({ url, limit }: Args<'url' | 'limit'>) =>
    `${url}：超过 ${limit} 字节的上限`,
  'system.largerThanMib': ({ name, maxBytes }: Args<'name' | 'maxBytes'>) => `${name} 大于 ${maxBytes} MiB`,
  'system.letVersionWroteFinishRun':
    '请用写入它的那个版本运行一次，让其完成。如果仓库看起来正常，请删除该文件。',
  'system.link': ({ folder }: Args<'folder'>) => `${folder} 是链接`,
  'system.logAgainHelmRegistryLogin': '请用 helm registry login 或 docker login 重新登录。',
  'system.lookCurrentContextControllerNamespace':
    '请检查当前上下文和 --controller <namespace/name>，或指定 --cert <file>。',
  'system.lookIntoThenDelete': '请查看其内容，然后删除。',
  'system.makeFileOwnUseForce': '请将其变为独立的文件，或使用 --force：只有此名称会得到新内容。',
  'system.moreThanRedirects': ({ from, limit }: Args<'from' | 'limit'>) => `${from}：重定向超过 ${limit} 次`,
  'system.moreThanTags': ({ repository, max_tags }: Args<'repository' | 'max_tags'>) =>
    `${repository}：标签超过 ${max_tags} 个`,
  'system.moveAwayThenRunAgain': '请将其移走，然后重新运行。',
  'system.name': ({ target, name, problem }: Args<'target' | 'name' | 'problem'>) =>
    `${target}：名称 ${name} ${problem}`,
  'system.nameEmptyFolder': '请指定空文件夹。',
  'system.nameFileInsideRepository': '请指定仓库内的文件。',
  'system.nameFolderChart': '请指定 chart 的文件夹。',
  'system.noFile': ({ file }: Args<'file'>) => `没有文件 ${file}`,
  'system.nodeTlsRejectUnauthorized0': ({ host }: Args<'host'>) =>
    `${host}：NODE_TLS_REJECT_UNAUTHORIZED=0 关闭了证书检查`,
  'system.notCacheNetworkOff': ({ url }: Args<'url'>) => `${url}：不在缓存中，且网络已关闭`,
  'system.notEmptyHoldsNoTour': ({ folder }: Args<'folder'>) => `${folder} 不为空，也不是导览的文件夹`,
  'system.notGzipStreamClaims': ({ subject }: Args<'subject'>) => `${subject}：声称是 gzip 数据流，实际不是`,
  'system.notHttpHttpsUrl': ({ text }: Args<'text'>) => `不是 http 或 https URL：${text}`,
  'system.notNameCredentialHelper': ({ helper }: Args<'helper'>) => `不是凭据助手的名称：${helper}`,
  'system.notOciRepository': ({ reference }: Args<'reference'>) => `不是 OCI 仓库：${reference}`,
  'system.notSha256Digest': ({ shown }: Args<'shown'>) => `${shown}：不是 SHA-256 摘要`,
  'system.notUrl': ({ text }: Args<'text'>) => `不是 URL：${text}`,
  'system.notUtf8': ({ file, line, column }: Args<'file' | 'line' | 'column'>) =>
    `${file}:${line}:${column}：不是 UTF-8`,
  'system.notWrittenVersionSlipway': ({ file }: Args<'file'>) => `${file} 不是由此版本的 slipway 写入的`,
  'system.notWrittenYouMachine': ({ file }: Args<'file'>) => `${file} 不是由您在这台机器上写入的`,
  'system.nothingUsedTellPublisherChart': '其中内容均未使用。请告知该 chart 的发布者。',
  'system.nothingWrittenOutsideFolderRendering': '不会在渲染所用的文件夹之外写入任何内容。',
  'system.onlyBytesCouldWritten': ({ name, size, bytes }: Args<'name' | 'size' | 'bytes'>) =>
    `${name}：只写入了 ${bytes} 字节中的 ${size} 字节`,
  'system.pipeLetSlipwayAskHidden': '请通过管道传入，或让 slipway 以隐藏方式询问：--key <key>。',
  'system.pointsNoGitFolder': ({ file }: Args<'file'>) => `${file} 没有指向 git 文件夹`,
  'system.rateLimitedUntil': ({ subject, until }: Args<'subject' | 'until'>) =>
    `${subject}：请求受限，直到 ${until}`,
  'system.redirectsCircle': ({ from }: Args<'from'>) => `${from}：循环重定向`,
  'system.redirectsFromHttpsHttp': ({ from }: Args<'from'>) => `${from}：从 https 重定向到 http`,
  'system.redirectsSomethingUnreadable': ({ href }: Args<'href'>) => `${href}：重定向到无法识别的地址`,
  'system.redirectsWhichRefusedHere': ({ from }: Args<'from'>) => `${from}：发生重定向，此处不允许`,
  'system.redirectsWithoutSayingWhere': ({ from }: Args<'from'>) => `${from}：重定向未给出目标`,
  'system.removeChooseAnotherNameForce': '请删除它或选择其他名称；--force 会覆盖文件。',
  'system.removeFromGitConfig': '请将其从 .git/config 中删除。',
  'system.removedDuringRun': ({ place }: Args<'place'>) => `${place} 在运行期间被删除`,
  'system.rendererClosed': '渲染器已关闭',
  'system.repairGitWorktreeRepairGit':
    '请修复它（git worktree repair、git submodule update --init），或将其删除。',
  'system.resolveGitAddThenRun': '请解决冲突并执行 git add，然后重新运行。',
  'system.runAgain': '请重新运行。',
  'system.runAgainAfterLoginOften': ({ until }: Args<'until'>) =>
    `请在 ${until} 之后重新运行；登录后限额通常更高。`,
  'system.runAgainChangePlannedAnew': '请重新运行：更改会重新规划。',
  'system.runAgainLaterLeaveApps': '请稍后重新运行，或排除使用此主机的应用。',
  'system.runAgainNextRunFirst': '请重新运行：下次运行会先撤销其余部分。',
  'system.runGitStatusThereMend': '请在那里运行 git status，并按其提示修复。',
  'system.runOnceWithoutOffline': '请不带 --offline 运行一次。',
  'system.saveUtf8': '请保存为 UTF-8。',
  'system.sendsLogins': ({ host, href }: Args<'host' | 'href'>) => `${host}：将登录请求转到 ${href}`,
  'system.serverInternetSentUsAddress': ({ host }: Args<'host'>) =>
    `${host}：互联网上的服务器将请求转向内网地址`,
  'system.shouldComeFromStandardInput': ({ name }: Args<'name'>) =>
    `${name} 应来自标准输入，而标准输入是终端`,
  'system.sinceRunLooked': ({ target, what }: Args<'target' | 'what'>) =>
    `自本次运行读取后，${target} ${what}`,
  'system.slipwayDoesNotEditFiles': 'slipway 不编辑这么大的文件。',
  'system.slipwayNeitherReadsNorWrites': 'slipway 不通过链接读写：请在那里放置真实的文件或文件夹。',
  'system.slipwayRenderMemoryNoNumber': 'SLIPWAY_RENDER_MEMORY 不是有效的 MiB 数',
  'system.slipwayWritesOnlyInsideRepository': 'slipway 只在仓库内写入。',
  'system.soSlipwayDidNotWrite': ({ message }: Args<'message'>) => `${message}，因此不是由 slipway 写入的`,
  'system.symbolicLink': ({ name, address }: Args<'name' | 'address'>) => `${name} 是符号链接${address}`,
  'system.takesMoreMemoryThanFile': ({ what }: Args<'what'>) => `${what} 占用的内存超过此类文件的上限`,
  'system.takesMoreThanSRead': ({ what, ms }: Args<'what' | 'ms'>) => `读取 ${what} 超过 ${ms} 秒`,
  'system.uncommittedWorkWouldOverwritten': ({ named, more }: Args<'named' | 'more'>) =>
    `未提交的更改会被覆盖：${named}${more}`,
  'system.underWayGitRepository': ({ operation }: Args<'operation'>) => `此 git 仓库中正在进行 ${operation}`,
  'system.undoingFailedToo': ({ message, message2 }: Args<'message' | 'message2'>) =>
    `${message}；撤销也失败了：${message2}`,
  'system.unsetNodeExtraCaCerts': '请取消该变量；可用 NODE_EXTRA_CA_CERTS 添加贵组织的 CA。',
  'system.useNameOneDiffersMore': ({ twin }: Args<'twin'>) => `请使用名称 ${twin}，或选择区别更明显的名称。`,
  'system.utf16': ({ subject }: Args<'subject'>) => `${subject}：编码为 UTF-16`,
  'system.waitUntilHasEndedThen': '请等它结束，然后重新运行。',
  'system.writeHttpHostPort': '请写成 http://HOST:PORT。',
  'system.writeOciHostPathChart': '请用小写写成 oci://HOST/PATH/CHART。',
} satisfies Translated<typeof en>;
