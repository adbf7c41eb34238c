import type { Args, Translated } from '../args.ts';
import type { add as en } from '../en/add.ts';

export const add = {
  'add.accessMode': '访问模式',
  'add.addChartTakesOneChart': 'add chart takes one chart',
  'add.afterApp': '取自应用名',
  'add.appExists': '已有的应用',
  'add.asFor': ({ host }: Args<'host'>) => `与 ${host} 相同`,
  'add.certificateSealedsecretSecretConfigmapCopy': '要同步的 Certificate、SealedSecret、Secret 或 ConfigMap',
  'add.changeLineHandIfRight': ({ target }: Args<'target'>) =>
    `Change that line by hand if ${target} is right.`,
  'add.changed': ({ path }: Args<'path'>) => `已更改 ${path}`,
  'add.corednsRewriteSoPodsReach': 'CoreDNS rewrite，使 Pod 在集群内访问应用的主机名',
  'add.demoRepository': '在演示仓库中运行',
  'add.doesNotGoAdd': ({ name, word }: Args<'name' | 'word'>) => `--${name} does not go with add ${word}`,
  'add.doesNotListImagesDo': ({ path, file }: Args<'path' | 'file'>) =>
    `${path} 未列入 ${file}：其镜像不经过镜像代理`,
  'add.furtherChartApp': '为应用再加一个 chart',
  'add.gatewayShowsNoListenerPasses': ({ name }: Args<'name'>) => `Gateway ${name} 没有透传 TLS 的 listener`,
  'add.giveHost': 'Give --host.',
  'add.giveOne': ({ words }: Args<'words'>) => `Give one of ${words}.`,
  'add.has': ({ objects }: Args<'objects'>) => `It has ${objects}.`,
  'add.hasNo': ({ path, chosen }: Args<'path' | 'chosen'>) => `${path} has no ${chosen}`,
  'add.hasNoReflect': ({ path, reflected_kinds }: Args<'path' | 'reflected_kinds'>) =>
    `${path} has no ${reflected_kinds} to reflect`,
  'add.hasNoRouteHostHost': ({ path }: Args<'path'>) =>
    `${path} has no route with a host, and --host is missing`,
  'add.hasNoServerPluginsZone': ({ name }: Args<'name'>) =>
    `${name} has no server with plugins for the zone "."`,
  'add.holdsNo': ({ file, kind, name }: Args<'file' | 'kind' | 'name'>) => `${file} holds no ${kind} ${name}`,
  'add.httprouteGrpcrouteTlsrouteTlsPassthrough': 'HTTPRoute、GRPCRoute，或用于 TLS 透传的 TLSRoute',
  'add.insideCluster': ({ text }: Args<'text'>) => `集群内：${text}`,
  'add.knownOthersGoIntoStorageclasses': ({ known }: Args<'known'>) =>
    `Known are ${known}. Others go into storageClasses of .slipway/config.yaml.`,
  'add.letsReflectorCopySecretConfigmap': '通过 Reflector 把应用的 Secret 或 ConfigMap 同步到其他命名空间',
  'add.mountNameClaimNothingMounts': ({ name }: Args<'name'>) =>
    `请按名称 ${name} 挂载它：无人挂载的声明可能一直处于 Pending`,
  'add.name': '名称',
  'add.nameKeysSuchDbPassword': '名称和键，例如 db:password,user',
  'add.nameNewObject': '新对象的名称',
  'add.namedGateway': '与 Gateway 同名',
  'add.namespaceCopy': '同步到的命名空间',
  'add.namespacesCopySeparatedCommas': '同步到哪些命名空间，以逗号分隔',
  'add.next': '下一步',
  'add.noAppRepositoryInstalls': ({ chart }: Args<'chart'>) => `仓库中没有应用安装 ${chart}`,
  'add.noAppRepositoryInstallsCoredns': 'no app of the repository installs the CoreDNS chart',
  'add.noAppRepositoryUsesStorage': ({ storageClass }: Args<'storageClass'>) =>
    `no app of the repository uses the storage class ${storageClass}`,
  'add.noNamespaceNamed': 'no namespace is named',
  'add.none': ({ flag, text, known }: Args<'flag' | 'text' | 'known'>) =>
    `--${flag} ${text} is none of ${known}`,
  'add.nothingAddCalled': ({ given }: Args<'given'>) => `nothing to add is called ${given}`,
  'add.nothingDoHasAlready': ({ path }: Args<'path'>) => `无需更改：${path} 已经有了`,
  'add.readwriteonceReadwritemanyReadonlymanyReadwriteoncepod':
    'ReadWriteOnce、ReadWriteMany、ReadOnlyMany 或 ReadWriteOncePod',
  'add.reflected': ({ name, to }: Args<'name' | 'to'>) => `${name} 同步到 ${to}`,
  'add.renders': ({ known }: Args<'known'>) => `It renders ${known}.`,
  'add.rendersNoServiceAll': 'It renders no Service at all.',
  'add.rendersNoServicePort': ({ path, service, port }: Args<'path' | 'service' | 'port'>) =>
    `${path} renders no Service ${service} with the port ${port}`,
  'add.rewritesAlready': ({ file, host, target }: Args<'file' | 'host' | 'target'>) =>
    `${file} rewrites ${host} to ${target} already`,
  'add.routeNeedsGatewayRepositoryShows': 'a route needs a gateway, and the repository shows none',
  'add.routeServiceApp': '通往应用某个 Service 的路由',
  'add.runOnceEach': 'Run once for each.',
  'add.sameAgain': '重复此操作',
  'add.sealedsecretApp': '应用的 SealedSecret',
  'add.secretNameKeyKey': 'Secret，name:key,key',
  'add.selfSignedIssuerCertificateTls': '自签名 Issuer 与 Certificate，用于集群内 TLS',
  'add.serverMountsSecretTlsClients': ({ name }: Args<'name'>) =>
    `服务端挂载 Secret ${name}-tls；客户端信任 ${name}-ca 的 ca.crt`,
  'add.serviceCertificate': '证书对应的 Service',
  'add.servicePodsReachUnderHost': 'Pod 通过该主机名访问的 Service',
  'add.servicePodsShallReach': 'Pod 应访问的 Service',
  'add.servicePortBehindRouteCertificate': '路由指向的 Service 和端口；证书只需 Service 名',
  'add.setGatewaySlipwayConfigYaml': 'Set gateway in .slipway/config.yaml.',
  'add.setServersChartsDefaultValues': 'Set servers in it, as the chart’s default values do.',
  'add.setsNoNamespaceSoNew': ({ path }: Args<'path'>) =>
    `${path} 未设置 namespace，新对象将落入 Argo CD 部署的命名空间`,
  'add.storageClassSize': '存储，class:size',
  'add.stubListedUnderResourcesOnce': '占位文件，加密后再列入 resources',
  'add.takes': ({ value }: Args<'value'>) => `It takes ${value}.`,
  'add.tlsSvc': ({ inside }: Args<'inside'>) => `${inside}.svc 的 TLS`,
  'add.tlsroutePassthrough': 'TLSRoute（透传）',
  'add.usualOne': '最常用',
  'add.volumeClaimApp': '应用的存储卷声明',
  'add.volumeClaimSuchCephBlock': '存储卷声明，例如 ceph-block:10Gi',
  'add.whatAddMissing': 'what to add is missing',
  'add.whatAdded': '添加什么？',
  'add.whatCopied': '同步哪个对象？',
  'add.whereCorednsConfiguredRewriteStop':
    'Where CoreDNS is configured: rewrite stop { name exact <host> <service>.<namespace>.svc.cluster.local answer auto }',
  'add.whichApp': '哪个应用？',
  'add.whichKindRoute': '哪种路由？',
  'add.workloadsReadNothingRenders': '工作负载需要它，但没有任何地方生成',
  'add.wouldChange': ({ path }: Args<'path'>) => `将更改 ${path}`,
} satisfies Translated<typeof en>;
