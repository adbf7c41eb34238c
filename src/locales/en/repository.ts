import type { Args, Plural } from '../args.ts';

export const repository = {
  'repository.notInEnvironment': ({ word, environment }: Args<'word' | 'environment'>) =>
    `there is no app ${word} in ${environment}`,
  'repository.noSuchEnvironment': ({ environment }: Args<'environment'>) => `no app is in ${environment}`,
  'repository.environmentsAre': ({ environments }: Args<'environments'>) =>
    `The environments are ${environments}.`,
  'repository.isInEnvironments': ({ environments }: Args<'environments'>) => `It is in ${environments}.`,
  'repository.aChartName': 'a chart name',
  'repository.aHost': 'a host',
  'repository.aKeyOfSecret': 'a key of a Secret',
  'repository.aNamespace': 'a namespace',
  'repository.aPort': 'a port',
  'repository.aReleaseName': 'a release name',
  'repository.aSecret': 'a secret',
  'repository.aService': 'a service',
  'repository.absolutePath': 'is an absolute path',
  'repository.aCluster': 'the name of a cluster',
  'repository.aGroup': 'the name of a group of clusters',
  'repository.aFolder': 'the name of a folder',
  'repository.anAppName': 'an app name',
  'repository.anObjectName': 'an object name',
  'repository.atMostCharacters': ({ rule, most }: Args<'rule' | 'most'>) =>
    `${rule}, at most ${most} characters`,
  'repository.byApplicationSets': 'ApplicationSets name Applications after folders',
  'repository.cannotBe': ({ input, what }: Args<'input' | 'what'>) => `"${input}" cannot be ${what}`,
  'repository.cannotBeBecause': ({ input, what, problem }: Args<'input' | 'what' | 'problem'>) =>
    `"${input}" cannot be ${what}: it ${problem}`,
  'repository.cannotReadUrl': 'it cannot be read as a URL',
  'repository.chartNameRule':
    'lower-case letters, digits, "-", "_" and ".", with a letter or digit at both ends, at most 250 characters',
  'repository.clusterTwice': ({ name, file }: Args<'name' | 'file'>) =>
    `the name ${name} is taken by ${file}`,
  'repository.clusterSame': ({ file }: Args<'file'>) =>
    `${file} declares the same cluster under another name`,
  'repository.clusterMasterAbsent': ({ cluster }: Args<'cluster'>) =>
    `controlledBy: nothing here declares the cluster ${cluster}`,
  'repository.clusterMasterRound': ({ cluster }: Args<'cluster'>) =>
    `controlledBy: ${cluster} is itself controlled by this cluster`,
  'repository.clusterOneMap': 'a cluster is one map, in a file of its own',
  'repository.clusterKey': ({ key, near }: Args<'key' | 'near'>) =>
    `there is no ${key}; did you mean ${near}?`,
  'repository.clusterName': ({ key }: Args<'key'>) =>
    `${key} must be lower-case letters, digits and "-", with a letter or digit at both ends, at most 63 characters`,
  'repository.clusterControlledBy':
    'controlledBy must be self, hub, flux, group:<cluster> or agent:<cluster>',
  'repository.clusterLabels': 'labels must be a map',
  'repository.clusterLabel': ({ key }: Args<'key'>) =>
    `labels: ${key} is not a label of Kubernetes, or its value is not a text of one (quote true, false and numbers)`,
  'repository.clusterDestination': 'destination must hold server or name, and nothing else',
  'repository.clusterServer': 'destination.server must be an https address without a login, "..", "?" or "#"',
  'repository.clusterHint':
    'A file of clusters/ holds name, controlledBy, and if you like group, labels and destination; schemas/cluster.schema.json has the details.',
  'repository.configured': 'configured',
  'repository.countsOfApps': ({ counts, of }: Args<'counts' | 'of'>, plural: Plural) =>
    `${counts} of ${plural(of, 'app')}`,
  'repository.default': 'default',
  'repository.defaultNoAppCompletesShortName': 'default: no app completes a short name',
  'repository.defaultNoAppShowsIt': 'default: no app shows it',
  'repository.didYouMean': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'repository.chartNoApp': ({ chart }: Args<'chart'>) =>
    `there is no app ${chart}, it is the name of a chart`,
  'repository.didYouMeanApp': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'repository.doesNotBeginHttpsHttp': 'it does not begin with https://, http:// or oci:// and a host',
  'repository.eachKeyOnce': 'each key once',
  'repository.fetchLfsContent': 'Fetch the content with git lfs pull.',
  'repository.fetchLfsContentOrKeepOut':
    'Fetch the content with git lfs pull, or keep values files out of Git LFS.',
  'repository.give': ({ rule }: Args<'rule'>) => `Give ${rule}.`,
  'repository.giveRegistryRepositoryTagSha256':
    'Give [registry/]repository[:tag][@sha256:…], the repository in lower case.',
  'repository.giveValuesFileChart': 'Give the values file of a chart.',
  'repository.giveValuesFileInside': 'Give the chart a values file inside of the repository.',
  'repository.holdsCharactersNoPathShould': 'contains characters that no path should',
  'repository.holdsLoginWhichEverybodyWho':
    'it contains a login, which everybody who reads the repository would know',
  'repository.holdsSpaceAnotherCharacterNo':
    'it contains a space or another character that no address may contain',
  'repository.hostRule': ({ rule }: Args<'rule'>) =>
    `parts separated by ".", each of ${rule} and at most 63 characters; no address, no port`,
  'repository.ifOverrideUnderSlipwayTemplates':
    'If it is an override under .slipway/templates/, fix or remove it.',
  'repository.inApplicationSet': ({ folders }: Args<'folders'>) => `${folders} in an ApplicationSet`,
  'repository.knownHere': ({ known }: Args<'known'>) => `Known here: ${known}.`,
  'repository.kustomizationMap': ({ path }: Args<'path'>) => `${path}: a kustomization must be a map`,
  'repository.labelRule': 'lower-case letters, digits and "-", with a letter or digit at both ends',
  'repository.labelsByDots': ({ rule, most }: Args<'rule' | 'most'>) =>
    `${rule}, parts separated by ".", at most ${most} characters`,
  'repository.leadsOutRepository': 'leads out of the repository',
  'repository.listenersOfGateway': 'listeners of the gateway',
  'repository.lists': ({ item }: Args<'item'>) => `lists ${item}`,
  'repository.longerThanCharacters': ({ max_length }: Args<'max_length'>) =>
    `it is longer than ${max_length} characters`,
  'repository.must': ({
    configuration_file,
    where,
    expected,
  }: Args<'configuration_file' | 'where' | 'expected'>) =>
    `${configuration_file}: ${where} must be ${expected}`,
  'repository.nameOneEnvironmentApp': 'Name one as <environment>/<app>.',
  'repository.nameOneOf': ({ apps }: Args<'apps'>) => `Name one of ${apps}.`,
  'repository.nameWithApps': ({ name, count }: Args<'name' | 'count'>, plural: Plural) =>
    `${name}: ${plural(count, 'app')}`,
  'repository.moreEnvironments': ({ more }: Args<'more'>) => `and ${more} more`,
  'repository.noApplicationSet': 'no ApplicationSet makes Applications of folders',
  'repository.noPathFileRepository': 'is not the path of a file in the repository',
  'repository.noSettingRepository': ({ configuration_file, where }: Args<'configuration_file' | 'where'>) =>
    `${configuration_file}: ${where} is not a setting of a repository`,
  'repository.notContainerImage': ({ input }: Args<'input'>) => `"${input}" is not a container image`,
  'repository.pointerGitLfsNotKustomization': ({ path }: Args<'path'>) =>
    `${path} is a pointer of Git LFS, not a kustomization`,
  'repository.pointerGitLfsNotValues': ({ name }: Args<'name'>) =>
    `${name} is a pointer of Git LFS, not the values themselves`,
  'repository.portRule': 'a number from 1 to 65535',
  'repository.repositoryNoAddress': ({ chart, problem }: Args<'chart' | 'problem'>) =>
    `the repository of ${chart} is not an address: ${problem}`,
  'repository.secretKeyRule': 'letters, digits, "-", "_" and ".", at most 253, not beginning with ".."',
  'repository.secretRule':
    '<name>:<key>,<key>: a Kubernetes name, then keys of letters, digits, "-", "_" and "."',
  'repository.servicePortRule': '<name>:<port>, such as grafana:3000',
  'repository.severalAppsNamed': ({ word, byName }: Args<'word' | 'byName'>) =>
    `several apps are named ${word}: ${byName}`,
  'repository.installsChart': ({ folder, name }: Args<'folder' | 'name'>) => `${folder} installs ${name}`,
  'repository.someOfAppsWithSecrets': ({ count, of }: Args<'count' | 'of'>, plural: Plural) =>
    `${count} of ${plural(of, 'app')} with secrets`,
  'repository.someApps': ({ of }: Args<'of'>, plural: Plural) => plural(of, 'app'),
  'repository.someCharts': ({ of }: Args<'of'>, plural: Plural) => plural(of, 'chart'),
  'repository.someOfApps': ({ count, of }: Args<'count' | 'of'>, plural: Plural) =>
    `${count} of ${plural(of, 'app')}`,
  'repository.someOfWhat': ({ count, what }: Args<'count' | 'of' | 'what'>) => `${count} of ${what}`,
  'repository.someRoutedApps': ({ of }: Args<'of'>, plural: Plural) => `${plural(of, 'app')} with routes`,
  'repository.someValuesFiles': ({ of }: Args<'of'>, plural: Plural) =>
    `${plural(of, 'values file')}, judged by name`,
  'repository.startApiversionKind': 'Start it with apiVersion and kind.',
  'repository.storage': 'storage',
  'repository.storageRule': '<class>:<size>, such as ceph-block:10Gi',
  'repository.template': ({ name, reason }: Args<'name' | 'reason'>) => `template ${name}: ${reason}`,
  'repository.thatCompleteShortNames': ({ evidence }: Args<'evidence'>) =>
    `${evidence} that complete short names`,
  'repository.theFirstPartOfHost': 'the first part of a host',
  'repository.thereNoApp': ({ word }: Args<'word'>) => `there is no app ${word}`,
  'repository.valueWithRoutes': ({ value, evidence }: Args<'value' | 'evidence'>) =>
    `${value}: ${evidence} with routes`,
  'repository.valuesFetched': ({ written }: Args<'written'>) =>
    `${written} is an address, not a file of the repository`,
  'repository.valuesMustMap': ({ name }: Args<'name'>) => `${name}: values must be a map`,
  'repository.valuesOutside': ({ written }: Args<'written'>) => `${written} leads out of the repository`,
  'repository.withRoutes': ({ evidence }: Args<'evidence'>) => `${evidence} with routes`,
  'repository.writeHttpsHostPathOci':
    'Write https://HOST/PATH or oci://HOST/PATH; a login belongs to helm repo add or helm registry login.',
  'repository.aServiceName': 'the name of a Service',
  'repository.serviceNameRule':
    'lower-case letters, digits and "-", beginning with a letter, at most 63 characters',
  'repository.chartsRead': (
    { read, all, left, kinds }: Args<'read' | 'all' | 'left' | 'kinds'>,
    plural: Plural,
  ) => `${read} of ${plural(all, 'chart')} read: ${kinds} ${left === 1 ? 'is' : 'are'} not understood`,
  'repository.unreadCommands': ({ count }: Args<'count'>, plural: Plural) =>
    plural(count, 'helm command of a script', 'helm commands of scripts'),
  'repository.unreadDependencies': ({ count }: Args<'count'>, plural: Plural) =>
    plural(count, 'dependency of a Chart.yaml', 'dependencies of Chart.yaml'),
  'repository.unreadHelmCharts': ({ count }: Args<'count'>, plural: Plural) =>
    plural(
      count,
      'entry of helmCharts without a version or in no app',
      'entries of helmCharts without a version or in no app',
    ),
  'repository.unreadInFile': ({ count, kind }: Args<'count' | 'kind'>, plural: Plural) =>
    `${plural(count, 'chart')} of ${kind}`,
  'repository.unreadKind': ({ what, first }: Args<'what' | 'first'>) => `${what} (first: ${first})`,
  'repository.unreadObjects': ({ count, kind }: Args<'count' | 'kind'>, plural: Plural) =>
    plural(count, String(kind)),
  'repository.unreadOfSource': ({ count, kind, source }: Args<'count' | 'kind' | 'source'>, plural: Plural) =>
    `${plural(count, String(kind))} with a chart from ${source === 'ExternalArtifact' ? 'an' : 'a'} ${source} that is not here`,
  'repository.unreadInTemplate': ({ count, kind }: Args<'count' | 'kind'>, plural: Plural) =>
    `${plural(count, String(kind))} in Helm templates, where only rendering tells the chart,`,
  'repository.unreadTerraform': ({ count }: Args<'count'>, plural: Plural) =>
    plural(count, 'helm_release of Terraform', 'helm_releases of Terraform'),
  'repository.unreadFiles': ({ count }: Args<'count'>, plural: Plural) =>
    plural(count, 'app that cannot be read', 'apps that cannot be read'),
  'repository.kindNotUnderstood': ({ what, count }: Args<'what' | 'count'>) =>
    `${what} ${count === 1 ? 'is' : 'are'} not understood, and not looked at`,
  'repository.namespaceOfCluster': ({ name }: Args<'name'>) =>
    `"${name}" cannot be an app: every cluster has a namespace of that name, which no app may make, label or take away`,
  'repository.otherNameThanCluster':
    'Choose another name; what belongs into that namespace can name it itself.',
  'repository.giveSuchAs': ({ rule, such }: Args<'rule' | 'such'>) => `Give ${rule}: ${such}, for example.`,
};
