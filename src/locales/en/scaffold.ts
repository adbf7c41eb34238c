import type { Args } from '../args.ts';

export const scaffold = {
  'scaffold.portSpeaksTls': 'it speaks TLS',
  'scaffold.backendNeedsTlsPolicy': ({ service, port }: Args<'service' | 'port'>) =>
    `${service}:${port} speaks TLS, and the Gateway speaks plain HTTP to it: choose a plain port, or add a BackendTLSPolicy for ${service}`,
  'scaffold.bearsNameApp': 'it has the name of the app',
  'scaffold.chart': 'the chart',
  'scaffold.chooseAnotherNameOrEdit': 'Choose another name (--name, where there is one), or edit it by hand.',
  'scaffold.chooseAnotherName': 'Choose another name (--name, where there is one).',
  'scaffold.chooseAnotherRelease': 'Choose another with --release.',
  'scaffold.defaults': ({ name, version }: Args<'name' | 'version'>) => `defaults of ${name} ${version}`,
  'scaffold.hasChartAlready': ({
    path,
    name,
    version,
    release,
  }: Args<'path' | 'name' | 'version' | 'release'>) => `${path} already has ${name} ${version} as ${release}`,
  'scaffold.hasObjectAlready': ({ file, kind, name }: Args<'file' | 'kind' | 'name'>) =>
    `${file} already has a ${kind} ${name}`,
  'scaffold.hasReleaseAlreadyChart': ({ path, release, name }: Args<'path' | 'release' | 'name'>) =>
    `${path} already has a release ${release}, of the chart ${name}`,
  'scaffold.holdsNoKubernetesObject': ({ url }: Args<'url'>) => `${url} contains no Kubernetes object`,
  'scaffold.keptHereSoBuildNeeds': ({ url }: Args<'url'>) => `${url}, kept here so a build needs no network`,
  'scaffold.nameEmptyFolder': 'Name an empty folder.',
  'scaffold.namespace': 'the namespace',
  'scaffold.notEmptyHoldsNoDemo': ({ root }: Args<'root'>) => `${root} is not empty and is not a demo`,
  'scaffold.port': ({ port }: Args<'port'>) => `port ${port}`,
  'scaffold.portNamed': ({ name }: Args<'name'>) => `its port is named ${name}`,
  'scaffold.portSpeaksHttp': 'its appProtocol is http',
  'scaffold.pulledChartsStayOutGit': 'pulled charts stay out of git',
  'scaffold.removeListUnderHelmchartsHand': 'Remove it, or list it under helmCharts by hand.',
  'scaffold.runs': ({ image }: Args<'image'>) => `runs ${image}`,
  'scaffold.servesSomethingBesideApp': 'it serves something other than the app',
  'scaffold.serviceApp': 'it is a Service of the app',
  'scaffold.setChartStillRendersNo': ({ path, first }: Args<'path' | 'first'>) =>
    `with ${path} set, the chart still renders no HTTPRoute for ${first}`,
  'scaffold.slipwaySealIntoKeyKey': ({ path }: Args<'path'>) =>
    `slipway seal --into ${path} --key <key> adds single values.`,
  'scaffold.slipwayUpgradeMovesSecondOne': ({ path }: Args<'path'>) =>
    `slipway upgrade ${path} moves it; a second one needs a --release of its own.`,
  'scaffold.stubListedUnderResourcesOnce': 'a stub, listed under resources once it is sealed',
  'scaffold.takeRouteOwnWhichWrites': 'Use --route own, which writes an HTTPRoute beside the chart.',
  'scaffold.thereAlreadyNoChartApp': ({ path }: Args<'path'>) =>
    `${path} already exists, and no chart of the app uses it`,
  'scaffold.heldOtherwise': ({ path, object }: Args<'path' | 'object'>) =>
    `${path} holds ${object} already, and says something else of it`,
  'scaffold.changeItThere': 'Choose another name, or change it there by hand.',
  'scaffold.thereAlreadyOtherContent': ({ path }: Args<'path'>) =>
    `${path} already exists, with other content`,
  'scaffold.usualHttpPort': ({ port }: Args<'port'>) => `${port} is a usual HTTP port`,
  'scaffold.valuesSuggestPort': ({ from }: Args<'from'>) => `the chart's values name it (${from})`,
  'scaffold.whatOverlaysBuildOn': 'what every overlay builds on',
  'scaffold.whatIsBuiltFor': ({ environment }: Args<'environment'>) =>
    `what kustomize builds for ${environment}`,
  'scaffold.valuesOf': ({ environment }: Args<'environment'>) => `what is different in ${environment}`,
  'scaffold.patchOf': ({ environment }: Args<'environment'>) => `replicas and resources in ${environment}`,
  'scaffold.whatKustomizeBuilds': 'what kustomize builds',
  'scaffold.whatPinned': 'what was pinned',
  'scaffold.forSops': ({ evidence }: Args<'evidence'>) => `a Secret without values, for SOPS (${evidence})`,
  'scaffold.fromStore': ({ evidence }: Args<'evidence'>) => `an ExternalSecret (${evidence})`,
  'scaffold.noSopsConfiguration': ({ path }: Args<'path'>) =>
    `no .sops.yaml applies to ${path}: give sops the keys, such as --age <recipient>`,
  'scaffold.noSopsRule': ({ config, path }: Args<'config' | 'path'>) =>
    `no rule of ${config} matches ${path}, so sops refuses the file: add one`,
  'scaffold.listAsSiblings': ({ path }: Args<'path'>) =>
    `${path} is not listed under resources, since the other encrypted files are not either: list it as they are (KSOPS, for one)`,
  'scaffold.storeUnknown': ({ path }: Args<'path'>) =>
    `no ExternalSecret shows which store to use: replace REPLACE_ME in ${path}, then list it under resources`,
  'scaffold.storeKeyUnknown': ({ path }: Args<'path'>) =>
    `no ExternalSecret shows where the store keeps such a value: replace REPLACE_ME in ${path}, then list it under resources`,
  'scaffold.sopsOpensIt': ({ path }: Args<'path'>) => `sops ${path} opens it, to add single values.`,
  'scaffold.addKeyByHand': ({ path }: Args<'path'>) =>
    `Add the key under spec.data of ${path}, or choose another name.`,
  'scaffold.siblingNotRenamed': ({ file }: Args<'file'>) =>
    `${file}: its names cannot be told from what else it says`,
  'scaffold.noSecretsSeen':
    'nothing here shows how secrets are kept, so it is a SealedSecret; secrets.mechanism in .slipway/config.yaml says otherwise',
  'scaffold.tooManyHosts': ({ most }: Args<'most'>) =>
    `a route takes at most ${most} hosts, and the chart renders one route`,
  'scaffold.takeRouteOwnSplit': 'Take --route own: it writes as many routes as the hosts need.',
  'scaffold.projectAllows': ({ what }: Args<'what'>) => `the AppProject allows ${what}`,
  'scaffold.projectForbids': ({ project, what }: Args<'project' | 'what'>) =>
    `the AppProject ${project} takes away ${what}, and no entry more would allow it`,
  'scaffold.editProject': ({ file }: Args<'file'>) =>
    `Change the project in ${file}, or take another namespace or repository.`,
  'scaffold.oneChartEach': ({ delivery }: Args<'delivery'>) => `${delivery} installs one chart for each app`,
  'scaffold.oneAppEach': 'Make an app of each chart, or take --delivery kustomize.',
  'scaffold.localChartNotDelivered': ({ name, delivery }: Args<'name' | 'delivery'>) =>
    `${name} is a local folder, and ${delivery} takes charts from a repository or a registry`,
  'scaffold.takeKustomize': 'Take --delivery kustomize, or give the address of its repository with --repo.',
  'scaffold.asSibling': ({ sibling }: Args<'sibling'>) => `as ${sibling} has it`,
  'scaffold.noSibling': 'no app here shows how',
  'scaffold.valuesOfApp': 'its values',
  'scaffold.defaultsChanged': ({ name, version }: Args<'name' | 'version'>) =>
    `defaults of ${name} ${version}, changed by the answers`,
  'scaffold.chartsDefaults': "the chart's defaults",
};
