import type { Args } from '../args.ts';

export const add = {
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
