import type { Args, Translated } from '../args.ts';
import type { add as en } from '../en/add.ts';

export const add = {
  'add.clusterOfFleet': '一个集群：它的基本信息，以及管理者访问它所需的内容',
  'add.clusterName': '集群名称',
  'add.clusterControlledBy': '由谁部署：自己的 Argo CD、hub 或所属组的控制集群的 Argo CD、agent，或 Flux',
  'add.clusterLabel': '供 ApplicationSet 选择集群的标签',
  'add.clusterGroup': '共用一个 Argo CD 或同等对待的一组集群',
  'add.clusterServer': 'API server 的地址；配合 flux 时由现有的 Flux 从外部部署到该集群',
  'add.clusterTenants': '租户应用所在的目录，由该集群自己的 Argo CD 部署',
  'add.clusterNoLabel': ({ text }: Args<'text'>) => `“${text}”不能用作集群标签`,
  'add.clusterLabelHint': '请写成 key=value，例如 env=production。',
  'add.clusterReserved': ({ text }: Args<'text'>) => `${text} 始终指 Argo CD 所在的集群`,
  'add.clusterReservedHint': '请换一个名称；中心集群本身无需声明。',
  'add.clusterOneName': '请只保留一个名称，或修正 --server。',
  'add.aMaster': '集群的部署方',
  'add.aMasterHint': '请给出 self、hub、flux、group:<集群> 或 agent:<集群>。',
  'add.clusterNoServer': 'server 不是纯粹的 https 地址',
  'add.clusterServerHint':
    '请给出其 API server 的地址，例如 https://10.0.0.1:6443：不含登录信息、“..”、“?”或“#”。',
  'add.clusterFacts': '集群的基本信息，不含凭据',
  'add.clusterOtherName': '请换一个名称，或直接编辑该文件。',
  'add.clusterEnvironment': ({ environment }: Args<'environment'>) => `${environment} 中也有应用`,
  'add.clusterSpoke': ({ name }: Args<'name'>) => `由 Flux 部署到 ${name} 的内容`,
  'add.clusterStub': '占位文件：如何访问该集群',
  'add.clusterNoFlux': '本仓库没有可以访问其他集群的 Flux',
  'add.clusterOfHub': ({ hub, name, folder }: Args<'hub' | 'name' | 'folder'>) =>
    `由 ${hub} 的 Flux 部署到 ${name}；如需改由其他集群的 Flux 部署，请将 ${folder} 移到那个集群的目录下`,
  'add.clusterTenantsTaken': ({ folder, taken }: Args<'folder' | 'taken'>) =>
    folder === taken
      ? `${folder} 已由其他方式部署：租户需要自己的目录`
      : `${folder} 与 ${taken} 重叠，后者已由其他方式部署：租户需要自己的目录`,
  'add.clusterTenantsHint': ({ name }: Args<'name'>) => `请换一个目录：--tenants tenants/${name}。`,
  'add.clusterNoFluxHint': '去掉 --server，让该集群有自己的根；或先运行 slipway init --gitops flux。',
  'add.clusterNoArgo': '本仓库没有 Argo CD 这个应用',
  'add.clusterNoArgoHint': '请先创建：slipway init。',
  'add.clusterNoUrl': '仓库中没有说明 Argo CD 从哪里读取本仓库',
  'add.clusterNoControl': ({ cluster }: Args<'cluster'>) => `${cluster} 在此没有自己的 Argo CD`,
  'add.clusterNoControlHint': ({ cluster }: Args<'cluster'>) =>
    `请先添加它：slipway add cluster ${cluster} --controlled-by self。`,
  'add.clusterPlatformProject': 'platform 在其他集群上的权限范围',
  'add.clusterPlatform': 'platform/ 的每个目录部署到每个集群',
  'add.clusterPrincipal':
    '在 hub 上执行一次：创建 CA、签名密钥和 principal。principal 的证书需要它的地址：argocd-agentctl pki issue principal --help。',
  'add.clusterAgent': ({ name }: Args<'name'>) =>
    `${name} 的证书和 agent，其 values 中写明 principal；密钥只留在集群里。`,
  'add.clusterMapping':
    '一个 ApplicationSet 通过 destination.name 对应多个 agent：principal 和 agent 都需要 --destination-based-mapping，agent 还需要 --create-namespace。',
  'add.clusterStart': ({ name, home }: Args<'name' | 'home'>) =>
    `在 ${name} 上用 ${home} 启动 Argo CD（步骤与 README.md 中的第一个相同），然后启动它的根 Application。`,
  'add.clusterNoChart': ({ path }: Args<'path'>) => `${path} 没有可沿用的 Argo CD chart`,
  'add.clusterOwnArgo': '该集群自己的 Argo CD',
  'add.clusterThere': ({ name }: Args<'name'>) => `无需更改：${name} 已存在`,
  'add.clusterAdded': ({ name }: Args<'name'>) => `已添加集群 ${name}`,
  'add.clusterWouldAdd': ({ name }: Args<'name'>) => `将添加集群 ${name}`,
  'add.accessMode': '访问模式',
  'add.addChartTakesOneChart': 'add chart 一次只接受一个 chart',
  'add.afterApp': '取自应用名',
  'add.appExists': '已有的应用',
  'add.asFor': ({ host }: Args<'host'>) => `与 ${host} 相同`,
  'add.certificateSealedsecretSecretConfigmapCopy': '要同步的 Certificate、SealedSecret、Secret 或 ConfigMap',
  'add.changeLineHandIfRight': ({ target }: Args<'target'>) => `如果 ${target} 才是正确的，请手动修改该行。`,
  'add.changed': ({ path }: Args<'path'>) => `已更改 ${path}`,
  'add.corednsRewriteSoPodsReach': 'CoreDNS rewrite，使 Pod 在集群内访问应用的主机名',
  'add.demoRepository': '在演示仓库中运行',
  'add.doesNotGoAdd': ({ name, word }: Args<'name' | 'word'>) => `--${name} 不适用于 add ${word}`,
  'add.doesNotListImagesDo': ({ path, file }: Args<'path' | 'file'>) =>
    `${path} 未列入 ${file}：其镜像不经过镜像代理`,
  'add.furtherChartApp': '为应用再加一个 chart',
  'add.gatewayShowsNoListenerPasses': ({ name }: Args<'name'>) => `Gateway ${name} 没有透传 TLS 的 listener`,
  'add.giveHost': '请指定 --host。',
  'add.giveOne': ({ words }: Args<'words'>) => `请从 ${words} 中选择一个。`,
  'add.has': ({ objects }: Args<'objects'>) => `其中有：${objects}。`,
  'add.hasNo': ({ path, chosen }: Args<'path' | 'chosen'>) => `${path} 中没有 ${chosen}`,
  'add.hasNoReflect': ({ path, reflected_kinds }: Args<'path' | 'reflected_kinds'>) =>
    `${path} 中没有可供复制的 ${reflected_kinds}`,
  'add.hasNoRouteHostHost': ({ path }: Args<'path'>) => `${path} 没有带主机名的路由，也未指定 --host`,
  'add.hasNoServerPluginsZone': ({ name }: Args<'name'>) => `${name} 中没有为区域 "." 配置插件的 server`,
  'add.holdsNo': ({ file, kind, name }: Args<'file' | 'kind' | 'name'>) => `${file} 中没有 ${kind} ${name}`,
  'add.httprouteGrpcrouteTlsrouteTlsPassthrough': 'HTTPRoute、GRPCRoute，或用于 TLS 透传的 TLSRoute',
  'add.insideCluster': ({ text }: Args<'text'>) => `集群内：${text}`,
  'add.knownOthersGoIntoStorageclasses': ({ known }: Args<'known'>) =>
    `已知的有 ${known}；其他的请写入 .slipway/config.yaml 的 storageClasses。`,
  'add.letsReflectorCopySecretConfigmap': '通过 Reflector 把应用的 Secret 或 ConfigMap 同步到其他命名空间',
  'add.mountNameClaimNothingMounts': ({ name }: Args<'name'>) =>
    `请按名称 ${name} 挂载它：无人挂载的声明可能一直处于 Pending`,
  'add.name': '名称',
  'add.nameKeysSuchDbPassword': '名称和键，例如 db:password,user',
  'add.nameNewObject': '新对象的名称',
  'add.namedGateway': '与 Gateway 同名',
  'add.namespaceCopy': '同步到的命名空间',
  'add.namespacesCopySeparatedCommas': '同步到哪些命名空间，以逗号分隔',
  'add.noAppRepositoryInstalls': ({ chart }: Args<'chart'>) => `仓库中没有应用安装 ${chart}`,
  'add.noAppRepositoryInstallsCoredns': '仓库中没有应用安装 CoreDNS chart',
  'add.noAppRepositoryUsesStorage': ({ storageClass }: Args<'storageClass'>) =>
    `仓库中没有应用使用存储类 ${storageClass}`,
  'add.noNamespaceNamed': '未指定命名空间',
  'add.none': ({ flag, text, known }: Args<'flag' | 'text' | 'known'>) =>
    `--${flag} ${text} 不在可选值 ${known} 之中`,
  'add.nothingAddCalled': ({ given }: Args<'given'>) => `没有名为 ${given} 的可添加项`,
  'add.nothingDoHasAlready': ({ path }: Args<'path'>) => `无需更改：${path} 已经有了`,
  'add.readwriteonceReadwritemanyReadonlymanyReadwriteoncepod':
    'ReadWriteOnce、ReadWriteMany、ReadOnlyMany 或 ReadWriteOncePod',
  'add.reflected': ({ name, to }: Args<'name' | 'to'>) => `${name} 同步到 ${to}`,
  'add.rendersNoServiceOfName': ({ path, name }: Args<'path' | 'name'>) =>
    `${path} 没有渲染出 Service ${name}：该证书用于由别处创建的 Service`,
  'add.rewritesAlready': ({ file, host, target }: Args<'file' | 'host' | 'target'>) =>
    `${file} 已将 ${host} 重写到 ${target}`,
  'add.routeNeedsGatewayRepositoryShows': '路由需要网关，而仓库中没有网关',
  'add.routeServiceApp': '通往应用某个 Service 的路由',
  'add.runOnceEach': '请逐个分别运行。',
  'add.sealedsecretApp': '应用的 Secret，按仓库自身的方式保存',
  'add.secretNameKeyKey': 'Secret，格式为 name:key,key',
  'add.selfSignedIssuerCertificateTls': '自签名 Issuer 与 Certificate，用于集群内 TLS',
  'add.serverMountsSecretTlsClients': ({ name }: Args<'name'>) =>
    `服务端挂载 Secret ${name}-tls；客户端信任 ${name}-ca 的 ca.crt`,
  'add.secretsMissingAdd': ({ names, lines }: Args<'names' | 'lines'>) =>
    `它的 Pod 读取以下 Secret，但没有任何东西生成它们：${names}；用 ${lines} 准备`,
  'add.serviceCertificate': '证书对应的 Service',
  'add.servicePodsReachUnderHost': 'Pod 通过该主机名访问的 Service',
  'add.servicePodsShallReach': 'Pod 应访问的 Service',
  'add.servicePortBehindRouteCertificate': '路由指向的 Service 和端口；证书只需 Service 名',
  'add.setGatewaySlipwayConfigYaml': '请在 .slipway/config.yaml 中设置 gateway。',
  'add.setServersChartsDefaultValues': '请像 chart 的默认 values 那样在其中设置 servers。',
  'add.setsNoNamespaceSoNew': ({ path }: Args<'path'>) =>
    `${path} 未设置 namespace，新对象将落入 Argo CD 部署的命名空间`,
  'add.storageClassSize': '存储，class:size',
  'add.stubListedUnderResourcesOnce': '占位文件，加密后再列入 resources',
  'add.takes': ({ value }: Args<'value'>) => `可用的参数：${value}。`,
  'add.tlsSvc': ({ inside }: Args<'inside'>) => `${inside}.svc 的 TLS`,
  'add.tlsroutePassthrough': 'TLSRoute（透传）',
  'add.usualOne': '最常用',
  'add.volumeClaimApp': '应用的存储卷声明',
  'add.volumeClaimSuchCephBlock': '存储卷声明，例如 ceph-block:10Gi',
  'add.whatAddMissing': '未指定要添加什么',
  'add.whatAdded': '添加什么？',
  'add.whatCopied': '同步哪个对象？',
  'add.whereCorednsConfiguredRewriteStop':
    '请在配置 CoreDNS 的地方写入：rewrite stop { name exact <host> <service>.<namespace>.svc.cluster.local answer auto }',
  'add.whichApp': '哪个应用？',
  'add.whichKindRoute': '哪种路由？',
  'add.workloadsReadNothingRenders': '工作负载需要它，但没有任何地方生成',
  'add.wouldChange': ({ path }: Args<'path'>) => `将更改 ${path}`,
  'add.fluxRendersNoCharts': ({ app, file }: Args<'app' | 'file'>) =>
    `${app} 由 Flux 构建（${file}），而 Flux 不会渲染 kustomization 中的 chart`,
  'add.makeAppForChart': ({ environment }: Args<'environment'>) =>
    `请为该 chart 单独创建应用：slipway new-app --delivery flux --env ${environment}。`,
} satisfies Translated<typeof en>;
