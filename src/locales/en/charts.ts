import type { Args, Plural } from '../args.ts';

export const charts = {
  'charts.providerUnknown': ({ name }: Args<'name'>) =>
    `not looked at: nobody says where ${name} is released; spec.fetchConfig.url of a GitHub repository would`,
  'charts.releasesTooNew':
    'not looked at: the releases that GitHub lists first are all of later minor versions',
  'charts.addressEndsInName': ({ message, address }: Args<'message' | 'address'>) =>
    `${message}; the address ends in the chart's name, which Helm adds: write ${address}`,
  'charts.addressHasBadCharacters': 'its address contains characters that no address may contain',
  'charts.addressNamesNoFile': ({ url }: Args<'url'>) => `its address names no file: ${url}`,
  'charts.addressNotHttpOrOci': ({ url }: Args<'url'>) =>
    `its address is not one of http, https or oci: ${url}`,
  'charts.addressUnreadable': 'its address cannot be read',
  'charts.ageUnknown': 'age unknown',
  'charts.andMore': ({ count }: Args<'count'>) => ` and ${count} more`,
  'charts.anotherLine': 'another line',
  'charts.anotherMajor': 'another major version',
  'charts.answeredSomethingNoJson': ({ url }: Args<'url'>) =>
    `${url} answered with something that is not JSON`,
  'charts.archiveNotOneIndexLists': ({ what }: Args<'what'>) =>
    `${what}: the archive is not the one the index lists`,
  'charts.artifactHubAnsweredSomethingNo': 'Artifact Hub answered with something that is not JSON',
  'charts.askedButArchiveHolds': ({ wanted, name, version }: Args<'wanted' | 'name' | 'version'>) =>
    `asked for ${wanted}, but the archive holds ${name} ${version}`,
  'charts.canBeChosen': 'can be chosen by itself',
  'charts.cannotReadWhatShould': ({ file }: Args<'file'>) => `${file}: does not have the form it should have`,
  'charts.chartCallsItself': ({ json }: Args<'json'>) => `the chart calls itself ${json}`,
  'charts.chartCannotFetched': ({ problem }: Args<'problem'>) => `the chart cannot be fetched: ${problem}`,
  'charts.chartNeedsNameLowerCase':
    'A chart needs a name of lower-case letters, digits, "-", "_" and "."; tell its publisher.',
  'charts.chartRefused': ({ problem }: Args<'problem'>) => `the chart is refused: ${problem}`,
  'charts.chartsValuesSchemaJsonRefused': ({ problem }: Args<'problem'>) =>
    `the chart's values.schema.json is refused: ${problem}`,
  'charts.checkAddressRepositoryWhetherAsks':
    'Check the address of the repository, and whether it asks for a login.',
  'charts.checkChartRepository': 'Check the chart and its repository.',
  'charts.chooseAnotherVersionTellPublisher':
    'Choose another version, or tell the publisher of the repository.',
  'charts.currentNotVersion': ({ current }: Args<'current'>) => `${current} is not a version`,
  'charts.currentVersionNotVersion': ({ name, current }: Args<'name' | 'current'>) =>
    `${name}: the current version "${current}" is not a version`,
  'charts.daysOld': ({ days }: Args<'days'>, plural: Plural) => `${plural(days, 'day')} old`,
  'charts.dependencyCallsItself': ({ name }: Args<'name'>) => `a dependency calls itself ${name}`,
  'charts.dependencyHasAlias': ({ name, alias }: Args<'name' | 'alias'>) =>
    `the dependency ${name} has the alias ${alias}`,
  'charts.dependencyHasNoName': 'a dependency has no name',
  'charts.deprecated': 'deprecated',
  'charts.didYouMean': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'charts.doNotUseDamagedExchanged': 'Do not use it: it is damaged or was replaced. Ask the publisher.',
  'charts.downgradeNeverMadeItselfEdit':
    'slipway never downgrades by itself; edit the version by hand if you mean it.',
  'charts.empty': ({ what }: Args<'what'>) => `${what} is empty`,
  'charts.entriesNotMapCharts': ({ what }: Args<'what'>) => `${what}: entries is not a map of charts`,
  'charts.giveExactVersionRangeSuch':
    'Give an exact version, or a range such as ~1.2, ^1, ">=1.2 <2" or "1.2 - 1.4".',
  'charts.giveNameAliasNameOci':
    'Give a name, alias/name, oci://host/path/name, or the path of a chart folder.',
  'charts.giveReleaseBehindEachChart': 'Give --release after each --chart.',
  'charts.giveRepoHttpsOci': 'Give --repo https://… or oci://….',
  'charts.gotHtmlPage': 'got an HTML page (a login, or a proxy?)',
  'charts.has': ({ known, value }: Args<'known' | 'value'>) => `It has ${known}${value}.`,
  'charts.hasMoreThanVersionsIndex': ({ chart, max_versions }: Args<'chart' | 'max_versions'>) =>
    `${chart} has more than ${max_versions} versions in the index`,
  'charts.hasNoChart': ({ what, chart }: Args<'what' | 'chart'>) => `${what} has no chart ${chart}`,
  'charts.indexGivesNoAddress': 'the index gives no address for it',
  'charts.indexListsMoreThanCharts': ({ max_charts }: Args<'max_charts'>) =>
    `the index lists more than ${max_charts} charts`,
  'charts.isPublished': 'is published',
  'charts.itHasNo': ({ path }: Args<'path'>) => `it has no ${path}`,
  'charts.itIsNotJson': 'it is not JSON',
  'charts.itIsNotMap': 'it is not a map',
  'charts.itNestsDeeperThan': ({ levels }: Args<'levels'>) => `it nests deeper than ${levels} levels`,
  'charts.itRefersTo': ({ reference }: Args<'reference'>) => `it refers to ${reference}`,
  'charts.itsVersionIs': ({ version }: Args<'version'>) => `its version is ${version}`,
  'charts.known': ({ names }: Args<'names'>) => `Known: ${names}.`,
  'charts.largerThanMibNotForm': ({ what, max_parsed_bytes }: Args<'what' | 'max_parsed_bytes'>) =>
    `${what} is larger than ${max_parsed_bytes} MiB and not in the form that helm repo index writes`,
  'charts.localChart': 'the local chart',
  'charts.mendFileMoveAwayLog': 'Fix the file, or move it away and log in again.',
  'charts.missing': 'missing',
  'charts.nameOneSuchVersion': ({ flag, newest }: Args<'flag' | 'newest'>) =>
    `Name one, such as --${flag} ${newest}.`,
  'charts.addressHasVersion': ({ chart }: Args<'chart'>) => `${chart} holds a tag or a digest`,
  'charts.giveVersionApart': ({ bare, version }: Args<'bare' | 'version'>) =>
    `Say --chart ${bare} --version ${version}`,
  'charts.leaveDigestOut': ({ bare }: Args<'bare'>) =>
    `Say --chart ${bare}, and its version with --version; the digest is pinned by slipway.`,
  'charts.nameStandsTwice': ({ name, repo }: Args<'name' | 'repo' | 'address'>) =>
    `The chart's name stands in the address twice: is ${repo} the chart ${name}?`,
  'charts.addressNeedsName': ({ address }: Args<'address' | 'name' | 'repo'>) =>
    `The address must end in the chart's name: if ${address} is where the charts are, say ${address}/<chart>.`,
  'charts.namesNoChart': ({ chart }: Args<'chart'>) => `${chart} does not name a chart`,
  'charts.namesNoReleaseSoContent': ({ text }: Args<'text'>) =>
    `${text} does not name a release, so its content can change`,
  'charts.neitherUrlNorKnownRepository': ({ repo }: Args<'repo'>) =>
    `${repo} is neither a URL nor a known repository`,
  'charts.noDigestStated': ({ what }: Args<'what'>) =>
    `${what}: the repository states no digest, so its bytes cannot be checked`,
  'charts.noListRegistryHost': ({ token_hosts }: Args<'token_hosts'>) =>
    `${token_hosts} is not a list of REGISTRY=HOST`,
  'charts.noSha256Digest': ({ what, expected }: Args<'what' | 'expected'>) =>
    `${what}: ${expected} is not a sha256 digest`,
  'charts.noVersion': ({ name, wanted, problem, list }: Args<'name' | 'wanted' | 'problem' | 'list'>) =>
    `${name}: no version${wanted} ${problem}; ${list}`,
  'charts.noneAtAll': 'there are none at all',
  'charts.notHttpsUrlYamlFile': ({ text }: Args<'text'>) => `${text} is not the https URL of a YAML file`,
  'charts.notIndexCharts': ({ what, problem }: Args<'what' | 'problem'>) =>
    `${what} is not an index of charts: ${problem}`,
  'charts.notVersionRangeVersions': ({ text }: Args<'text'>) =>
    `"${text}" is not a version or a range of versions`,
  'charts.nothingUsedTellPublisherRepository':
    'Nothing of it was used. Tell the publisher of the repository.',
  'charts.olderThanCurrent': ({ name, version, current }: Args<'name' | 'version' | 'current'>) =>
    `${name} ${version} is older than the current ${current}`,
  'charts.oneDayOld': '1 day old',
  'charts.pinExactVersionFirst': 'Pin it to an exact version first.',
  'charts.preRelease': 'pre-release',
  'charts.removed': 'removed',
  'charts.takeUrlReleaseReleasesDownload':
    'Take the URL of a release: …/releases/download/v1.2.3/install.yaml.',
  'charts.takesMoreThanMibIndex': ({ chart, max_slice_bytes }: Args<'chart' | 'max_slice_bytes'>) =>
    `${chart} takes more than ${max_slice_bytes} MiB of the index`,
  'charts.tellPublisherChart': 'Tell the publisher of the chart.',
  'charts.thereAre': ({ list, more }: Args<'list' | 'more'>) => `there are ${list}${more}`,
  'charts.tooYoung': 'too young',
  'charts.twoChartsAppHaveRelease': ({ twice }: Args<'twice'>) =>
    `two charts of the app have the release name ${twice}`,
  'charts.verifiedChartSoBuildNeeds': 'the verified chart, so a build needs no network',
  'charts.versionWithNotes': ({ version, notes }: Args<'version' | 'notes'>) => `${version} (${notes})`,
  'charts.writeRegistryExampleOrgLogin':
    'Write registry.example.org=login.example.org, with commas between several.',
  'charts.digestAlone': 'pinned by its digest alone, which has no order',
  'charts.refBranch': ({ ref }: Args<'ref'>) => `${ref} is a branch, which changes by itself`,
  'charts.refCommit': 'pinned to a commit, which has no order',
  'charts.refElsewhere': ({ host }: Args<'host'>) =>
    `newer versions are looked up on GitHub only, not on ${host}`,
  'charts.refNoReleases': ({ repository }: Args<'repository'>) =>
    `${repository} publishes no releases to compare with`,
  'charts.refNoVersion': ({ ref }: Args<'ref'>) => `${ref} is not a version: a tag that holds, or a branch`,
  'charts.refNone': 'no ref: the default branch, which changes by itself',
};
