import type { Args, Plural } from '../args.ts';

export const newApp = {
  'newApp.chartOfFolder': ({ term }: Args<'term'>) => `the chart in ${term}`,
  'newApp.chartOfRegistry': ({ term }: Args<'term'>) => `the chart ${term}`,
  'newApp.chartsOfRepository': ({ url }: Args<'url'>) => `list the charts of ${url}`,
  'newApp.notLookedInto': ({ reason }: Args<'reason'>) => `not searched: ${reason}`,
  'newApp.typeAddress':
    'not in use here? Type its address: https://host/charts, oci://host/path/chart or ./folder',
  'newApp.whichChartOf': ({ url }: Args<'url'>) => `Which chart of ${url}?`,
  'newApp.addAnotherChartApp': 'Add another chart to this app?',
  'newApp.afterApp': 'after the app',
  'newApp.afterChart': 'after the chart',
  'newApp.afterImage': 'after the image',
  'newApp.ageUnknown': 'age unknown',
  'newApp.anotherLine': 'another line',
  'newApp.anotherMajorVersion': 'another major version',
  'newApp.appThere': ({ folder }: Args<'folder'>) => `${folder} exists already`,
  'newApp.applicationSetLeavesOut': ({ folder, pattern }: Args<'folder' | 'pattern'>) =>
    `${folder} would not be synced: an ApplicationSet leaves it out (exclude: ${pattern})`,
  'newApp.asked': 'asked for',
  'newApp.chartHasNoRouteValues': 'the chart has no route values of its own',
  'newApp.chartHasRouteValuesOwn': 'the chart has route values of its own',
  'newApp.chartRepository': 'the chart repository',
  'newApp.chartsOwnRouteValues': 'the chart’s own route values',
  'newApp.chooseAnotherHost': 'Choose another with --host.',
  'newApp.chooseAnotherName': 'Choose another name.',
  'newApp.chooseAnotherNameOverwriteThem': 'Choose another name, or overwrite them with --force.',
  'newApp.chooseNameTaken': 'Choose a name that no exclude matches, or change the ApplicationSet first.',
  'newApp.completeNewAppFolderFrom': 'a complete new app folder, from a chart, an image or a manifest',
  'newApp.containerImage': 'a container image',
  'newApp.containerImageInsteadChart': 'a container image instead of a chart',
  'newApp.daysOld': ({ ageDays }: Args<'ageDays'>, plural: Plural) => `${plural(ageDays, 'day')} old`,
  'newApp.default': 'default',
  'newApp.deprecated': 'deprecated',
  'newApp.differsFromOnlyCase': ({ path, environment, name }: Args<'path' | 'environment' | 'name'>) =>
    `${path} differs from ${environment}/${name} only in case`,
  'newApp.environment': 'Environment',
  'newApp.environmentSuchProduction': 'environment, such as production',
  'newApp.exactVersionHelmRange': 'an exact version or a Helm range',
  'newApp.firstLabelHostNamesWhole': 'first label of the host names, or a whole host name',
  'newApp.folderAppNamespaceName': 'folder, app and namespace name',
  'newApp.giveWholeNamesHostApp':
    'Give whole names (--host app.example.org) or set domains in .slipway/config.yaml.',
  'newApp.helmChart': 'a Helm chart',
  'newApp.helmChartSeveralMakeOne':
    'a Helm chart; several make one app, and --repo, --version, --release belong to the --chart before them',
  'newApp.helmReleaseName': 'Helm release name',
  'newApp.hostNamesLabelsWholeNames': 'Host names (labels or whole names, separated by commas)',
  'newApp.hostTaken': ({ clash, taken }: Args<'clash' | 'taken'>) =>
    `the host ${clash} is already used by ${taken}`,
  'newApp.howReachedFromOutside': 'How is it reached from outside?',
  'newApp.httpPathReadinessLivenessProbes': 'HTTP path for readiness and liveness probes',
  'newApp.httprouteBesideChart': 'an HTTPRoute beside the chart',
  'newApp.httprouteOurOwnChartsOwn':
    'an HTTPRoute of our own, the chart’s own route values, a TLS passthrough route, or none',
  'newApp.imageHasNoFixedTag': ({ text }: Args<'text'>) =>
    `the image ${text} has no fixed tag, so its content can change`,
  'newApp.imageTag': 'Image with tag',
  'newApp.localChartDependenciesRunHelm': ({ name }: Args<'name'>) =>
    `${name} is a local chart with dependencies: run helm dependency build before a render`,
  'newApp.made': 'made',
  'newApp.mountPath': 'Mount path',
  'newApp.nameApp': 'the name of the app',
  'newApp.moreNotLookedInto': ({ more }: Args<'more'>) => `not searched: ${more} more`,
  'newApp.nameAppAlsoNamespace': 'Name of the app (also its namespace)',
  'newApp.nameRepositoryRepoHttpsOci': 'Name its repository with --repo https://… or oci://….',
  'newApp.nameVersionImageTagDigest': 'Name a version: <image>:<tag>, or a digest.',
  'newApp.newestRange': 'the newest in the range',
  'newApp.newestStableOne': 'the newest stable one',
  'newApp.noAppUsesStorageClass': ({ storageClass, value }: Args<'storageClass' | 'value'>) =>
    `no app uses the storage class ${storageClass} yet; those in use: ${value}`,
  'newApp.noRepositoryUseHereHas': ({ name }: Args<'name'>) =>
    `no repository in use here has a chart named ${name}`,
  'newApp.noneAsked': 'none asked for',
  'newApp.noneSeen': 'none seen',
  'newApp.notAll': 'not at all',
  'newApp.nothingRendersService': 'nothing renders a Service',
  'newApp.overwriteFilesExist': 'overwrite files that exist',
  'newApp.passedOver': ({ over }: Args<'over'>) => `passed over ${over}`,
  'newApp.pathMustAbsoluteLettersDigits':
    'a path must be absolute, of letters, digits, ".", "_", "-" and "/"',
  'newApp.portImageListens': 'the port that the image listens on',
  'newApp.portListens': 'Port that it listens on',
  'newApp.preRelease': 'pre-release',
  'newApp.releaseName': 'Release name',
  'newApp.valuesNameService': 'its values name a port of a Service; nothing was rendered',
  'newApp.rendersService': 'it renders a Service',
  'newApp.repositoryShowsNoDomain': 'the repository shows no domain',
  'newApp.repositoryShowsNoDomainHost': 'the repository shows no domain for host names',
  'newApp.repositoryShowsNoGateway': 'the repository shows no gateway',
  'newApp.routeNeedsGatewayRepositoryShows': ({ choice }: Args<'choice'>) =>
    `--route ${choice} needs a gateway, and the repository shows none`,
  'newApp.routeNone': ({ choice, kinds }: Args<'choice' | 'kinds'>) =>
    `--route ${choice} is not one of ${kinds}`,
  'newApp.sealedsecretStubTheseKeys':
    'a Secret with these keys, as the repository keeps its secrets; a stub without values',
  'newApp.secretsPrepareNameKeyKey': 'Secrets to prepare, name:key,key separated by spaces (empty for none)',
  'newApp.serviceFlag': 'the Service behind the route',
  'newApp.serviceQuestion': 'Service behind the route',
  'newApp.servicesImagesSecretsGuessedFrom': ({ unseen }: Args<'unseen'>) =>
    `services, images and secrets were guessed from the values, not rendered: ${unseen}`,
  'newApp.setGatewaySlipwayConfigYaml': 'Set gateway in .slipway/config.yaml, or use --route none.',
  'newApp.severalRepositoriesHaveWhichOne': 'Several repositories have it. Which one?',
  'newApp.smallRepositoryMadeTemporaryNamed':
    'on a small repository made for it, in a temporary or the named folder: no network, cluster or tools needed',
  'newApp.storageClassSizeEmptyNone': 'Storage, class:size (empty for none)',
  'newApp.takeRouteOwnNone': 'Use --route own or none.',
  'newApp.versionWithNotes': ({ version, notes }: Args<'version' | 'notes'>) => `${version} (${notes})`,
  'newApp.thereAlreadyFilesWouldChange': ({ folder, count }: Args<'folder' | 'count'>) =>
    `${folder} already exists, and ${count} of its files would change`,
  'newApp.tlsPassthroughListener': ({ passthrough }: Args<'passthrough'>) =>
    `TLS passthrough (listener ${passthrough})`,
  'newApp.tooYoung': 'too young',
  'newApp.upstreamManifestOneReleaseInstead': 'an upstream manifest of one release instead of a chart',
  'newApp.upstreamManifestYamlRelease': 'an upstream manifest (the YAML of a release)',
  'newApp.urlManifestRelease': 'URL of the manifest of a release',
  'newApp.valuesNotHeldWholeCharts': ({ reference }: Args<'reference'>) =>
    `the values were not checked against the whole of the chart's schema: ${reference}`,
  'newApp.version': 'Version',
  'newApp.volumeImageSuchCephBlock': 'a volume for the image, such as ceph-block:10Gi',
  'newApp.whatAppMade': 'What is the app made of?',
  'newApp.whereVolumeMountedDefaultData': 'where the volume is mounted (default /data)',
  'newApp.whichChartTypeSearch': 'Which chart? Type to search',
  'newApp.withdrawn': 'withdrawn',
  'newApp.workloadsReadThemNothingRenders': 'workloads read them and nothing renders them',
  'newApp.wouldMake': 'would make',
  'newApp.layout': 'how its environments stand: as folders, or as overlays of one base',
  'newApp.layoutDefaultAsSiblings':
    'folders, or overlays of one base for each environment of --env (default: as its siblings)',
  'newApp.environmentsOfOverlays': 'Environments, separated by commas',
  'newApp.noEnvironments': 'an app of overlays needs an environment',
  'newApp.giveEnvironments': 'Give them, such as --env dev,production.',
  'newApp.noLayout': ({ text, known }: Args<'text' | 'known'>) => `${text} is no layout: ${known}`,
  'newApp.noSuchEnvironment': ({ environment }: Args<'environment'>) =>
    `there is no environment ${environment}`,
  'newApp.environmentsAre': ({ names }: Args<'names'>) => `Environments here: ${names}.`,
  'newApp.didYouMeanEnvironment': ({ near, names }: Args<'near' | 'names'>) =>
    `Did you mean ${near}? Environments here: ${names}.`,
  'newApp.hostsNotLookedAt': ({ app, hosts, reason }: Args<'app' | 'hosts' | 'reason'>) =>
    `whether ${app} renders a route for ${hosts} was not looked at: ${reason}`,
  'newApp.applicationOfThatName': ({ folder, name, twin }: Args<'folder' | 'name' | 'twin'>) =>
    `${folder} would become the Application ${name}, which ${twin} is already`,
  'newApp.applicationNameRefused': ({ folder, name, most }: Args<'folder' | 'name' | 'most'>) =>
    `${folder} would become the Application ${name}, a name that Kubernetes does not take (at most ${most} characters)`,
  'newApp.noListedRepositoryHas': ({ name, registries }: Args<'name' | 'registries'>) =>
    `no repository in use here has a chart named ${name}; registries list no charts, so these were not searched: ${registries}`,
  'newApp.notAllAnswered': ({ name, reasons }: Args<'name' | 'reasons'>) =>
    `no repository that answered has a chart named ${name}, and not all of them did: ${reasons}`,
  'newApp.whatInstallsDefaultAsSiblings': 'what installs it (default: what installs its siblings)',
  'newApp.whatInstalls': 'What installs it?',
  'newApp.byKustomize': 'kustomize, with helmCharts',
  'newApp.byFlux': 'Flux: a HelmRelease',
  'newApp.byArgo': 'Argo CD: an Application with the chart',
  'newApp.byUmbrella': 'a chart of the repository that depends on it',
  'newApp.noDelivery': ({ text, known }: Args<'text' | 'known'>) =>
    `nothing installs apps by the name of ${text}: ${known}`,
  'newApp.ofChartsHere': ({ count, of }: Args<'count' | 'of'>, plural: Plural) =>
    `${count} of ${plural(of, 'chart')} here`,
  'newApp.ofChartsBeside': ({ count, of, place }: Args<'count' | 'of' | 'place'>, plural: Plural) =>
    `${count} of ${plural(of, 'chart')} in ${place}`,
  'newApp.fluxDeploys': ({ file }: Args<'file'>) => `Flux deploys this repository (${file})`,
  'newApp.deliveryHoldsCharts': ({ delivery }: Args<'delivery'>) =>
    `${delivery} installs charts, and this app is made of something else`,
  'newApp.takeKustomizeDelivery': 'Leave --delivery out, or take --delivery kustomize.',
  'newApp.noPlaceForSecret': 'apps of this kind have no folder for a Secret beside their chart',
  'newApp.leaveSecretOut':
    'Leave --secret out and keep the Secret where the siblings keep theirs; or take --delivery kustomize.',
  'newApp.noPlaceForRoute': 'apps of this kind have no folder for manifests beside their chart',
  'newApp.chartsOfTemplates': ({ file }: Args<'file'>) =>
    `the charts of this repository are those of Applications in the templates of a chart, such as ${file}, and a template can be added there only by hand`,
  'newApp.addTemplate':
    'Write a template for it there, as its neighbours are; or say with --delivery, or with --env, what is to install it instead.',
  'newApp.chartsOfSet': ({ file }: Args<'file'>) =>
    `the charts of this repository are those that the ApplicationSet in ${file} makes Applications of, and nothing can be added to its list but by hand`,
  'newApp.addToSet':
    'Add an element for it there, as its neighbours have it; or take --delivery argo for an Application of its own, or --delivery kustomize.',
  'newApp.takeRouteChartNone': 'Take --route chart where the chart has route values, or --route none.',
  'newApp.secretsNotNamed': ({ names }: Args<'names'>) =>
    `nothing that is rendered names these prepared Secrets: ${names}`,
  'newApp.secretsNotPrepared': ({ names }: Args<'names'>) =>
    `its Pods read Secrets that nothing makes: ${names}`,
  'newApp.secretsHaveNoPlace': ({ delivery, names }: Args<'delivery' | 'names'>) =>
    `its Pods read Secrets that nothing makes, and ${delivery} apps have no folder for them here: ${names}`,
  'newApp.updateDependencies': ({ home }: Args<'home'>) =>
    `a Chart.lock, where one is kept, is made by: helm dependency update ${home}`,
  'newApp.unchanged': 'unchanged',
  'newApp.flagNeedsRoute': ({ flag, route, why }: Args<'flag' | 'route' | 'why'>) =>
    `--${flag} is for a route, and this is --route ${route}: ${why}`,
  'newApp.nearestChart': ({ term, near }: Args<'term' | 'near'>) =>
    `no chart has ${term} in its name; did you mean ${near}?`,
  'newApp.hostOrFirstPart': ({ label, hosts }: Args<'label' | 'hosts'>) =>
    `Host names, commas between (${label} = ${hosts})`,
  'newApp.wholeHosts': 'Host names, whole, separated by commas',
};
