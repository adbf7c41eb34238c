import type { Args } from '../args.ts';

export const add = {
  'add.clusterOfFleet': 'a cluster: its facts, and what its master needs to reach it',
  'add.clusterName': 'name of the cluster',
  'add.clusterControlledBy':
    'who deploys to it: its own Argo CD, that of the hub or of its group’s control cluster, an agent, or Flux',
  'add.clusterLabel': 'a label that sets choose clusters by',
  'add.clusterGroup': 'clusters that share an Argo CD, or are treated alike',
  'add.clusterServer':
    'address of its API server; with flux, the Flux that is here applies to it from outside',
  'add.clusterTenants': 'folder of its tenants’ apps, which an Argo CD of its own deploys',
  'add.clusterNoLabel': ({ text }: Args<'text'>) => `"${text}" is not a label that a cluster may have`,
  'add.clusterLabelHint': 'Write key=value, such as env=production.',
  'add.clusterReserved': ({ text }: Args<'text'>) => `${text} always means the cluster that Argo CD runs in`,
  'add.clusterReservedHint': 'Choose another name; the cluster of the hub needs no declaration.',
  'add.clusterOneName': 'Keep one name for it, or correct --server.',
  'add.aMaster': 'who deploys to a cluster',
  'add.aMasterHint': 'Give self, hub, flux, group:<cluster> or agent:<cluster>.',
  'add.clusterNoServer': 'the server is not a plain https address',
  'add.clusterServerHint':
    'Give the address of its API server, such as https://10.0.0.1:6443: without a login, "..", "?" or "#".',
  'add.clusterFacts': 'facts of the cluster, no credentials',
  'add.clusterOtherName': 'Choose another name, or edit the file.',
  'add.clusterEnvironment': ({ environment }: Args<'environment'>) => `apps stand in ${environment} too`,
  'add.clusterSpoke': ({ name }: Args<'name'>) => `what Flux applies to ${name}`,
  'add.clusterStub': 'stub: how the cluster is reached',
  'add.clusterNoFlux': 'no cluster of this repository has a Flux that could reach another one',
  'add.clusterOfHub': ({ hub, name, folder }: Args<'hub' | 'name' | 'folder'>) =>
    `the Flux of ${hub} applies to ${name}; where another one should, move ${folder} below the folder of its cluster`,
  'add.clusterTenantsTaken': ({ folder, taken }: Args<'folder' | 'taken'>) =>
    folder === taken
      ? `${folder} is deployed otherwise: tenants need a folder of their own`
      : `${folder} overlaps ${taken}, which is deployed otherwise: tenants need a folder of their own`,
  'add.clusterTenantsHint': ({ name }: Args<'name'>) => `Name another folder: --tenants tenants/${name}.`,
  'add.clusterNoFluxHint':
    'Leave --server out: the cluster gets a root of its own; or run slipway init --gitops flux first.',
  'add.clusterNoArgo': 'no app of this repository is Argo CD',
  'add.clusterNoArgoHint': 'Make it first: slipway init.',
  'add.clusterNoUrl': 'nothing here says where Argo CD reads this repository',
  'add.clusterNoControl': ({ cluster }: Args<'cluster'>) => `${cluster} has no Argo CD of its own here`,
  'add.clusterNoControlHint': ({ cluster }: Args<'cluster'>) =>
    `Add it first: slipway add cluster ${cluster} --controlled-by self.`,
  'add.clusterPlatformProject': 'what the platform may do on other clusters',
  'add.clusterPlatform': 'each folder of platform/ on each cluster',
  'add.clusterPrincipal':
    'On the hub, once: the authority, the key that signs, and the principal. The certificates of the principal need its address: argocd-agentctl pki issue principal --help.',
  'add.clusterAgent': ({ name }: Args<'name'>) =>
    `For ${name}: its certificate and its agent, whose values name the principal; keys stay in the clusters.`,
  'add.clusterMapping':
    'One set reaches many agents by destination.name: principal and agents need --destination-based-mapping, agents --create-namespace as well.',
  'add.clusterStart': ({ name, home }: Args<'name' | 'home'>) =>
    `Start Argo CD on ${name} out of ${home}, as README.md starts the first one, then its root.`,
  'add.clusterNoChart': ({ path }: Args<'path'>) => `${path} has no chart of Argo CD to take over`,
  'add.clusterOwnArgo': 'the Argo CD of the cluster itself',
  'add.clusterThere': ({ name }: Args<'name'>) => `nothing to do: ${name} is there already`,
  'add.clusterAdded': ({ name }: Args<'name'>) => `added the cluster ${name}`,
  'add.clusterWouldAdd': ({ name }: Args<'name'>) => `would add the cluster ${name}`,
  'add.accessMode': 'Access mode',
  'add.addChartTakesOneChart': 'add chart takes exactly one chart',
  'add.afterApp': 'after the app',
  'add.appExists': 'an app that exists',
  'add.asFor': ({ host }: Args<'host'>) => `as for ${host}`,
  'add.certificateSealedsecretSecretConfigmapCopy':
    'the Certificate, SealedSecret, Secret or ConfigMap to copy',
  'add.changeLineHandIfRight': ({ target }: Args<'target'>) =>
    `Change that line by hand if ${target} is right.`,
  'add.changed': ({ path }: Args<'path'>) => `changed ${path}`,
  'add.corednsRewriteSoPodsReach': "a CoreDNS rewrite, so that pods reach an app's host inside the cluster",
  'add.demoRepository': 'on the demo repository',
  'add.doesNotGoAdd': ({ name, word }: Args<'name' | 'word'>) => `--${name} does not go with add ${word}`,
  'add.doesNotListImagesDo': ({ path, file }: Args<'path' | 'file'>) =>
    `${path} does not list ${file}: its images do not go through the mirror`,
  'add.furtherChartApp': 'a further chart for an app',
  'add.gatewayShowsNoListenerPasses': ({ name }: Args<'name'>) =>
    `the gateway ${name} shows no listener that passes TLS through`,
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
  'add.httprouteGrpcrouteTlsrouteTlsPassthrough': 'HTTPRoute, GRPCRoute, or TLSRoute for TLS passthrough',
  'add.insideCluster': ({ text }: Args<'text'>) => `inside the cluster: ${text}`,
  'add.knownOthersGoIntoStorageclasses': ({ known }: Args<'known'>) =>
    `Known: ${known}. Others go into storageClasses of .slipway/config.yaml.`,
  'add.letsReflectorCopySecretConfigmap':
    "lets Reflector copy an app's Secret or ConfigMap to other namespaces",
  'add.mountNameClaimNothingMounts': ({ name }: Args<'name'>) =>
    `mount it by its name, ${name}: a claim that nothing mounts may stay Pending`,
  'add.name': 'Name',
  'add.nameKeysSuchDbPassword': 'name and keys, such as db:password,user',
  'add.nameNewObject': 'name of the new object',
  'add.namedGateway': 'named as the gateway',
  'add.namespaceCopy': 'a namespace to copy it to',
  'add.namespacesCopySeparatedCommas': 'Namespaces to copy it to, separated by commas',
  'add.noAppRepositoryInstalls': ({ chart }: Args<'chart'>) => `no app of the repository installs ${chart}`,
  'add.noAppRepositoryInstallsCoredns': 'no app of the repository installs the CoreDNS chart',
  'add.noAppRepositoryUsesStorage': ({ storageClass }: Args<'storageClass'>) =>
    `no app of the repository uses the storage class ${storageClass}`,
  'add.noNamespaceNamed': 'no namespace is named',
  'add.none': ({ flag, text, known }: Args<'flag' | 'text' | 'known'>) =>
    `--${flag} ${text} is not one of ${known}`,
  'add.nothingAddCalled': ({ given }: Args<'given'>) => `unknown kind of addition ${given}`,
  'add.nothingDoHasAlready': ({ path }: Args<'path'>) => `nothing to do: ${path} already has it`,
  'add.readwriteonceReadwritemanyReadonlymanyReadwriteoncepod':
    'ReadWriteOnce, ReadWriteMany, ReadOnlyMany or ReadWriteOncePod',
  'add.reflected': ({ name, to }: Args<'name' | 'to'>) => `${name} is reflected to ${to}`,
  'add.rendersNoServiceOfName': ({ path, name }: Args<'path' | 'name'>) =>
    `${path} renders no Service ${name}: the certificate is for one that something else makes`,
  'add.rewritesAlready': ({ file, host, target }: Args<'file' | 'host' | 'target'>) =>
    `${file} already rewrites ${host} to ${target}`,
  'add.routeNeedsGatewayRepositoryShows': 'a route needs a gateway, and the repository shows none',
  'add.routeServiceApp': 'a route to a Service of an app',
  'add.runOnceEach': 'Run once for each.',
  'add.sealedsecretApp': 'a Secret for an app, as the repository keeps its secrets',
  'add.secretNameKeyKey': 'Secret, name:key,key',
  'add.selfSignedIssuerCertificateTls': 'a self-signed Issuer and a Certificate, for TLS inside the cluster',
  'add.serverMountsSecretTlsClients': ({ name }: Args<'name'>) =>
    `the server mounts the Secret ${name}-tls; clients trust ca.crt of ${name}-ca`,
  'add.secretsMissingAdd': ({ names, lines }: Args<'names' | 'lines'>) =>
    `its Pods read Secrets that nothing makes: ${names}; prepare them with ${lines}`,
  'add.serviceCertificate': 'Service that the certificate is for',
  'add.servicePodsReachUnderHost': 'the Service that pods reach under the host name',
  'add.servicePodsShallReach': 'Service that pods should reach',
  'add.servicePortBehindRouteCertificate':
    'Service and port behind a route; for a certificate, the Service alone',
  'add.setGatewaySlipwayConfigYaml': 'Set gateway in .slipway/config.yaml.',
  'add.setServersChartsDefaultValues': 'Set servers in it, as the chart’s default values do.',
  'add.setsNoNamespaceSoNew': ({ path }: Args<'path'>) =>
    `${path} sets no namespace, so the new object lands in the one that Argo CD deploys to`,
  'add.storageClassSize': 'Storage, class:size',
  'add.stubListedUnderResourcesOnce': 'a stub, listed under resources once it is sealed',
  'add.takes': ({ value }: Args<'value'>) => `It takes ${value}.`,
  'add.tlsSvc': ({ inside }: Args<'inside'>) => `TLS for ${inside}.svc`,
  'add.tlsroutePassthrough': 'TLSRoute (passthrough)',
  'add.usualOne': 'the usual one',
  'add.volumeClaimApp': 'a volume claim for an app',
  'add.volumeClaimSuchCephBlock': 'a volume claim, such as ceph-block:10Gi',
  'add.whatAddMissing': 'what to add is missing',
  'add.whatAdded': 'What is added?',
  'add.whatCopied': 'What is copied?',
  'add.whereCorednsConfiguredRewriteStop':
    'Where CoreDNS is configured: rewrite stop { name exact <host> <service>.<namespace>.svc.cluster.local answer auto }',
  'add.whichApp': 'Which app?',
  'add.whichKindRoute': 'Which kind of route?',
  'add.workloadsReadNothingRenders': 'workloads read it and nothing renders it',
  'add.wouldChange': ({ path }: Args<'path'>) => `would change ${path}`,
  'add.fluxRendersNoCharts': ({ app, file }: Args<'app' | 'file'>) =>
    `Flux builds ${app} (${file}), and renders no charts of a kustomization`,
  'add.makeAppForChart': ({ environment }: Args<'environment'>) =>
    `Make an app of the chart: slipway new-app --delivery flux --env ${environment}.`,
};
