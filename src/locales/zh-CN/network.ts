import type { Args, Translated } from '../args.ts';
import type { network as en } from '../en/network.ts';

export const network = {
  'system.accessDenied': ({ status }: Args<'status'>) => `访问被拒绝（${status}）`,
  'system.accessDeniedWithLogin': ({ status, loginFrom }: Args<'status' | 'loginFrom'>) =>
    `访问被拒绝（${status}），所用登录来自 ${loginFrom}`,
  'system.answerNotHttp': '响应不是 HTTP',
  'system.answerTruncated': '响应尚未完整，连接已关闭',
  'system.answeredStatus': ({ status }: Args<'status'>) => `返回 ${status}`,
  'system.answeredWithoutListTags': ({ repository }: Args<'repository'>) =>
    `${repository}：响应中没有标签列表`,
  'system.answeredWithoutToken': ({ url }: Args<'url'>) => `${url}：响应中没有令牌`,
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
  'system.cannotTag': ({ repository, version }: Args<'repository' | 'version'>) =>
    `${repository}：${version} 不能用作标签`,
  'system.certificateExpired': '证书已过期',
  'system.certificateNotTrusted': '证书不受信任',
  'system.certificateNotYetValid': '证书尚未生效',
  'system.certificateOfOtherHost': '证书属于其他主机',
  'system.chartLayersInsteadOfOne': ({ count }: Args<'count'>) => `应有一个 chart 层，却有 ${count} 个`,
  'system.checkClock': '请检查时钟。',
  'system.checkHostName': '请检查主机名的拼写。',
  'system.checkProxy': '请检查 HTTPS_PROXY 和 HTTP_PROXY，或将该主机加入 NO_PROXY。',
  'system.doesNotSpeakTls': '该端口上的服务器不使用 TLS',
  'system.useHttpUrl': '如果它本应使用明文 HTTP，请在 URL 中写 http://。',
  'system.tlsHandshakeFailed': 'TLS 握手失败：服务器与客户端没有共同支持的协议',
  'system.checkUrl': '请检查 URL。',
  'system.connectTimeOut': '无法建立连接（连接超时）',
  'system.connectionRefused': '连接被拒绝',
  'system.connectionReset': '连接被重置',
  'system.contentEncodingNotAsked': ({ subject, encoding }: Args<'subject' | 'encoding'>) =>
    `${subject}：未请求内容编码 ${encoding}`,
  'system.digestNotSha256': '摘要不是 SHA-256',
  'system.doNotUseDamagedHostile': '请勿使用：它已损坏或含有恶意内容。请告知其发布者。',
  'system.doNotUseThemThey': '请勿使用：它们已损坏或被替换。',
  'system.firstByteTimeOut': '没有响应（首字节超时）',
  'system.givenUpAfterFailedRequests': ({ host, requests }: Args<'host' | 'requests'>) =>
    `${host}：${requests} 次请求失败后放弃`,
  'system.gzipStreamEndsEarly': ({ subject }: Args<'subject'>) => `${subject}：gzip 数据流提前结束`,
  'system.headersTooLarge': '响应头过大',
  'system.holdsControlByteWhichNo': ({ subject, byte }: Args<'subject' | 'byte'>) =>
    `${subject}：含有控制字节（${byte}），文本中不应出现`,
  'system.httpsProxyHttpProxyNot': 'HTTPS_PROXY 或 HTTP_PROXY 不是 URL',
  'system.idleTimeOut': '响应中途停止（空闲超时）',
  'system.ifLoginServerSetSlipway': ({ host, host2 }: Args<'host' | 'host2'>) =>
    `如果 ${host} 是它的登录服务器，请设置 SLIPWAY_TOKEN_HOSTS=${host2}=${host}。`,
  'system.ifWantedNameHostConfiguration': '如果确需如此，请在配置中指定该主机。',
  'system.imageIndexNotChart': '是镜像索引，不是 chart',
  'system.largerThanLimit': ({ subject, size }: Args<'subject' | 'size'>) =>
    `${subject}：超过 ${size} 的上限`,
  'system.largerThanLimitBytes': ({ url, limit }: Args<'url' | 'limit'>) =>
    `${url}：超过 ${limit} 字节的上限`,
  'system.layerOutsideRegistry': '有一个层在镜像仓库之外',
  'system.logInTo': ({ host }: Args<'host'>) =>
    `请登录 ${host}：OCI 用 helm registry login，仓库用 helm repo add --username。`,
  'system.loginFromRefused': ({ loginFrom, host }: Args<'loginFrom' | 'host'>) =>
    `${host} 拒绝了来自 ${loginFrom} 的登录信息；请在该处更正。`,
  'system.manifestNotObject': '清单不是 JSON 对象',
  'system.moreThanRedirects': ({ from, limit }: Args<'from' | 'limit'>) => `${from}：重定向超过 ${limit} 次`,
  'system.moreThanTags': ({ repository, max_tags }: Args<'repository' | 'max_tags'>) =>
    `${repository}：标签超过 ${max_tags} 个`,
  'system.nameServerSilent': '域名服务器没有响应',
  'system.nextPageElsewhere': ({ host }: Args<'host'>) => `标签的下一页在另一台服务器 ${host} 上`,
  'system.nextPageNotUrl': '标签的下一页不是 URL',
  'system.noSuchHost': '主机不存在',
  'system.nodeTlsRejectUnauthorized0': ({ host }: Args<'host'>) =>
    `${host}：NODE_TLS_REJECT_UNAUTHORIZED=0 关闭了证书检查`,
  'system.notAskedInDemo': ({ url }: Args<'url'>) => `未请求 ${url}：演示和导览不使用网络`,
  'system.notCacheNetworkOff': ({ url }: Args<'url'>) => `${url}：不在缓存中，且网络已关闭`,
  'system.notFound': ({ status }: Args<'status'>) => `未找到（${status}）`,
  'system.notGzipStreamClaims': ({ subject }: Args<'subject'>) => `${subject}：声称是 gzip 数据流，实际不是`,
  'system.notHelmChartBut': ({ type }: Args<'type'>) => `不是 Helm chart，而是 ${type}`,
  'system.notHttpHttpsUrl': ({ text }: Args<'text'>) => `不是 http 或 https URL：${text}`,
  'system.notOciManifestBut': ({ mediaType }: Args<'mediaType'>) => `不是 OCI 清单，而是 ${mediaType}`,
  'system.notOciRepository': ({ reference }: Args<'reference'>) => `不是 OCI 仓库：${reference}`,
  'system.notSha256Digest': ({ shown }: Args<'shown'>) => `${shown}：不是 SHA-256 摘要`,
  'system.notUrl': ({ text }: Args<'text'>) => `不是 URL：${text}`,
  'system.pagesInCircle': '标签的分页形成循环',
  'system.passCredentialsAll': ({ host, configured }: Args<'host' | 'configured'>) =>
    `${host} 不会得到 ${configured} 的凭据；如确需如此，可在 Helm 的 repositories.yaml 中设置 pass_credentials_all。`,
  'system.proxyUnreachable': '无法连接环境变量指定的代理',
  'system.proxyWantsLogin': '代理要求登录（407）',
  'system.putLoginIntoProxy': '请在 HTTPS_PROXY 和 HTTP_PROXY 中写入用户名和密码。',
  'system.rateLimitedUntil': ({ subject, until }: Args<'subject' | 'until'>) =>
    `${subject}：请求受限，直到 ${until}`,
  'system.redirectsCircle': ({ from }: Args<'from'>) => `${from}：循环重定向`,
  'system.redirectsFromHttpsHttp': ({ from }: Args<'from'>) => `${from}：从 https 重定向到 http`,
  'system.redirectsSomethingUnreadable': ({ href }: Args<'href'>) => `${href}：重定向到无法识别的地址`,
  'system.redirectsWhichRefusedHere': ({ from }: Args<'from'>) => `${from}：发生重定向，此处不允许`,
  'system.redirectsWithoutSayingWhere': ({ from }: Args<'from'>) => `${from}：重定向未给出目标`,
  'system.runAgainAfterLoginOften': ({ until }: Args<'until'>) =>
    `请在 ${until} 之后重新运行；登录后限额通常更高。`,
  'system.runAgainLater': '请稍后重新运行。',
  'system.runAgainLaterLeaveApps': '请稍后重新运行，或排除使用此主机的应用。',
  'system.runAgainLaterOrLogIn': '请稍后重新运行，或登录。',
  'system.runInRepositoryOfYourOwn': '请在自己的仓库中运行，不带 --demo。',
  'system.runOnceWithoutOffline': '请不带 --offline 运行一次。',
  'system.saveUtf8': '请保存为 UTF-8。',
  'system.sendsLogins': ({ host, href }: Args<'host' | 'href'>) => `${host}：将登录请求转到 ${href}`,
  'system.serverInternetSentUsAddress': ({ host }: Args<'host'>) =>
    `${host}：互联网上的服务器将请求转向内网地址`,
  'system.setExtraCa': '如果由贵组织签发，请将 NODE_EXTRA_CA_CERTS 设为 CA 证书（PEM 文件）。',
  'system.sizeInvalid': '大小无效',
  'system.somethingWithoutType': '没有类型的内容',
  'system.tooManyPages': ({ limit }: Args<'limit'>) => `标签超过 ${limit} 页`,
  'system.tooManyRequests': '请求过多（429）',
  'system.totalTimeOut': '未能在总时限内完成',
  'system.unsetNodeExtraCaCerts': '请取消该变量；可用 NODE_EXTRA_CA_CERTS 添加贵组织的 CA。',
  'system.utf16': ({ subject }: Args<'subject'>) => `${subject}：编码为 UTF-16`,
  'system.writeHttpHostPort': '请写成 http://HOST:PORT。',
  'system.writeOciHostPathChart': '请用小写写成 oci://HOST/PATH/CHART。',
} satisfies Translated<typeof en>;
