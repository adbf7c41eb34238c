import type { Args, Plural } from '../args.ts';

export const init = {
  'init.bumpsImages': 'writes the new version of an image that a pipeline has pushed',
  'init.shards':
    'how many machines of CI share the check of a change (default: one job, or as its files have it)',
  'init.noShards': ({ text, most }: Args<'text' | 'most'>) =>
    `"${text}" is not a number of shards from 1 to ${most}`,
  'init.giveShards': 'Give a number, such as 8; 1 is one job for all apps.',
  'init.manyApps': ({ count }: Args<'count'>, plural: Plural) =>
    `one job of CI checks ${plural(count, 'app')}; --shards 8 shares them out over eight machines`,
  'init.agents':
    'what .mcp.json lets an AI agent do: none (no such file), read, or write what a person agrees to',
  'init.agentsServer': 'lets AI agents look and plan through slipway',
  'init.whoPromotes': 'who merges environments: none, or GitOps Promoter over branches that Argo CD renders',
  'init.promotionNeedsTwo': 'there is nothing to promote between: one environment',
  'init.nameEnvironments': 'Name several: --environments production,dev.',
  'init.promotionForge':
    'what GitOps Promoter needs to know of this forge is not known here: only GitHub and GitLab are',
  'init.promotionByHand': 'Leave --promotion out, and write its ScmProvider and GitRepository by hand.',
  'init.platformNotPromoted': 'what the cluster itself needs is not promoted',
  'init.promotesEnvironments': 'promotes environment by environment',
  'init.stubPromotionToken': 'stub: a token that may write',
  'init.commentsPreviews': 'puts the preview of a pull request below it',
  'init.accountLetsEncryptDefaultNone':
    "account at Let's Encrypt (default: none, certificates are self-signed)",
  'init.alsoOverwriteFilesThereDiffer': 'also overwrite files that are there and differ',
  'init.buildsDependenciesLocalCharts': 'builds the dependencies of local charts',
  'init.cannotEnvironment': ({ name }: Args<'name'>) => `"${name}" cannot be an environment`,
  'init.chart': 'with its chart',
  'init.chartsAppsCouldNotLooked': ({ count, reasons }: Args<'count' | 'reasons'>, plural: Plural) =>
    `the charts of ${plural(count, 'app')} could not be looked up: ${reasons}`,
  'init.checksEachChange': 'checks each change',
  'init.checksEachChangeProposesUpgrades': 'checks each change, proposes upgrades',
  'init.checksEachCommit': 'checks each commit',
  'init.chooseNamesWhichNoneEnd': 'Choose names none of which ends in another.',
  'init.ci': 'CI',
  'init.ciChecksChangesProposesUpgrades':
    'CI that checks changes and proposes upgrades (default: by the URL)',
  'init.commitOfThisClone': 'the commit of this clone, which its remote has',
  'init.default': 'default',
  'init.deletedVolumesToo': 'it is deleted, volumes too',
  'init.domainsFlag': 'domains of the apps, the main one first',
  'init.domainsQuestion': 'Domains of the apps, the main one first, separated by commas',
  'init.eMailAddressLetsEncrypt': "E-mail address for Let's Encrypt (empty for self-signed certificates)",
  'init.style': 'ApplicationSets that take folders, or a root that lists an Application for each app',
  'init.styleDefaultSets':
    'who makes the Applications: sets of folders (default), or a root that lists one for each app',
  'init.whatRootMayDo': 'what the root may make: Applications, and nothing else',
  'init.rootOfApps': ({ folder }: Args<'folder'>) => `the root: it brings what ${folder} lists`,
  'init.listsApplications': 'lists the Applications of the cluster',
  'init.appOfRoot': 'the Application of one app',
  'init.startRoot': 'Start the root, which brings the Applications that it lists.',
  'init.layout': 'folders of apps, or overlays of one base for each app',
  'init.layoutDefaultFolders':
    'how environments stand: as folders of apps (default), or as overlays of each app’s base',
  'init.eachOverlayApplication': 'every overlay of every app becomes an application',
  'init.eachFolderApplication': ({ environment }: Args<'environment'>) =>
    `each folder of ${environment}/ is an application`,
  'init.editors': 'for editors',
  'init.environmentsCanGiveTwoApps': ({ name, ending }: Args<'name' | 'ending'>) =>
    `the environments ${name} and ${ending} can give two apps the same name`,
  'init.environmentsSeparatedCommas': 'Environments, separated by commas',
  'init.foldersAppsArgoCdGoes': 'folders of apps; Argo CD goes into the first (default production,dev)',
  'init.gitopsRepositoryArgoCdCan':
    'a GitOps repository that Argo CD can sync; adds what is missing to one that exists',
  'init.giveHostPathWithoutScheme': 'Give host and path without a scheme, such as mirror.example.org/.',
  'init.giveHttpsGitHostPath': 'Give https://… or git@host:path.',
  'init.giveMost30CharactersNone': ({ value }: Args<'value'>) =>
    `Give at most 30 characters, and none of ${value}.`,
  'init.giveOneSuchAppsExample': 'Give one such as apps.example.org.',
  'init.givePackage':
    'Give name@version, git+https://host/path.git#commit, git+ssh://…, or a folder that begins with ./ or /.',
  'init.howRepositoryWorks': 'how this repository works',
  'init.imagesGuessedFromValuesNot': ({ unseen }: Args<'unseen'>) =>
    `images were guessed from the values, not rendered: ${unseen}`,
  'init.imagesThrough': ({ mirror }: Args<'mirror'>) => `images through ${mirror}`,
  'init.itsFilesExist': 'its files are there',
  'init.keepsPlaintextOutGit': 'keeps plaintext out of git',
  'init.languageReadmeAgentsMdReports': 'language of README, AGENTS.md and reports (default: of this run)',
  'init.languageRepository': 'Language of the repository',
  'init.languageRun': 'language of this run',
  'init.leaveThemOutArgoCd':
    'Leave them out: Argo CD reads them from the sealed Secret production/argo-cd/resources/repository-sealedsecret.yaml.',
  'init.letsEncrypt': ({ email }: Args<'email'>) => `Let's Encrypt for ${email}`,
  'init.made': 'made',
  'init.mirrorImagesEmptyNone': 'Mirror for images (empty for none)',
  'init.nameFolder': 'Name a folder.',
  'init.chartBringsGatewayApi': "the Gateway's chart brings them",
  'init.clusterHasGatewayApi': "the cluster has them already: the chart's are left out",
  'init.whoBringsGatewayApi': 'The CRDs of Gateway API',
  'init.whoBringsGatewayApiDefault':
    "who brings the CRDs of Gateway API: the Gateway's chart, or a cluster that has them already (default chart)",
  'init.nameGateway': 'Name of the Gateway',
  'init.nameGatewayAppNamespaceDefault':
    'name of the Gateway, its app and its namespace (default envoy-gateway)',
  'init.lookingUpCharts': 'looking up charts',
  'init.nameRepositoryHasThemCharts':
    'Name a repository that has them with --charts-from, or start with --no-charts and run init again later.',
  'init.noApplicationsetListsSoNothing': ({ environment }: Args<'environment'>) =>
    `no ApplicationSet lists ${environment}/*, so nothing there is synced`,
  'init.noDomain': ({ bad }: Args<'bad'>) => `"${bad}" is not a domain`,
  'init.noEMailAddress': ({ text }: Args<'text'>) => `"${text}" is not an e-mail address`,
  'init.noLookUpsAppsMade': 'no look-ups: the apps are made without their charts, which a later init adds',
  'init.noPackage': ({ text }: Args<'text'>) =>
    `"${text}" is no package with a version, git address or folder`,
  'init.noRegistry': ({ text }: Args<'text'>) => `"${text}" is not a registry`,
  'init.noUrlGitRepository': ({ text }: Args<'text'>) => `"${text}" is not the URL of a git repository`,
  'init.none': ({ flag, text, choices }: Args<'flag' | 'text' | 'choices'>) =>
    `--${flag} ${text} is not one of ${choices}`,
  'init.notFolder': ({ root }: Args<'root'>) => `${root} is not a folder`,
  'init.note': 'note',
  'init.nothingMissing': 'nothing is missing in',
  'init.npmInstalledItFrom': 'npm installed it from there',
  'init.npmPackageCiPreCommit':
    'what CI and pre-commit install: a package with its version, a git address or a folder (default: where this slipway came from)',
  'init.oneChartRepositoryHasAll': 'one chart repository that has all charts, instead of their publishers’',
  'init.ports80443444Passthrough': 'ports 80, 443 and 444 (passthrough)',
  'init.proposesUpgrades': 'proposes upgrades',
  'init.putRepositoryWhereArgoCd': 'Put the repository where Argo CD reads it.',
  'init.registryImagesPulledThroughDefault': 'registry that images are pulled through (default: none)',
  'init.restInReadme':
    'README.md has the first start; it takes kubectl, kustomize and helm, which this machine lacks.',
  'init.rulesPeopleAgents': 'rules for people and agents',
  'init.sealWhatStubsSealedsecretYaml':
    'Seal what the stubs (`*-sealedsecret.yaml`) ask for and list each under `resources`; delete the stub of the repository if it is public.',
  'init.selfSignedCertificates': 'self-signed certificates',
  'init.slipwayInitAddsChartsOnce': ({ bare }: Args<'bare' | 'bare2'>) =>
    `Run slipway init again once charts can be looked up: it adds those of ${bare}.`,
  'init.startArgoCdSecondTime':
    'Start Argo CD; the second time its own kinds exist. From here on it takes care of itself and of all others.',
  'init.startControllerOpensSealedSecrets': 'Start the controller that opens sealed secrets.',
  'init.staysWrongMoveGitDeletes': 'it stays: a wrong move in git deletes no volume',
  'init.stubAccessPrivateRepository': 'a stub: access to a private repository',
  'init.thereAlready': 'there already',
  'init.thereAlreadyDifferentLeftForce': 'there already and different; left as it is (--force overwrites)',
  'init.thereMustLeastOneEnvironment': 'there must be at least one environment',
  'init.thisDiffersOverwrite': ({ paths }: Args<'paths'>) => `${paths} is there and differs. Overwrite it?`,
  'init.urlRepositoryArgoCdReads': 'URL of this repository, as Argo CD reads it',
  'init.urlRepositoryHoldsCredentials': 'the URL of the repository contains credentials',
  'init.urlSays': ({ host }: Args<'host'>) => `the URL says ${host}`,
  'init.whatCiInstalls': 'What CI installs to have slipway (name@version, or git+https://…#commit)',
  'init.whatRepositoryMayDo': 'what this repository may do',
  'init.whatRunsAppWhoseFolder': "what becomes of a removed app's objects: stays (default) or is deleted",
  'init.whatSlipwayGoes': 'what slipway goes by',
  'init.whenAppsFolderGoesWhat': 'When an app’s folder goes, what becomes of what it runs?',
  'init.whereArgoCdReadsRepository': 'where Argo CD reads this repository (default: the remote origin)',
  'init.wildcardCertificates': ({ domains }: Args<'domains' | 'domains2'>) =>
    `wildcard certificates for ${domains}`,
  'init.withoutChartRunSlipwayInit': 'without its chart: run slipway init again where charts can be reached',
  'init.wouldMake': 'would make',
  'init.tooManyDomains': ({ count, most }: Args<'count' | 'most'>) =>
    `${count} domains are more than a Gateway takes: it has 64 listeners, two for each domain and two more, so ${most} at most`,
  'init.fewerDomains': 'Give the main ones; another Gateway can take the rest, with listeners of its own.',
  'init.whatSyncsDefaultArgoCd':
    'what syncs the repository (default: argocd; flux where its Kustomizations are here)',
  'init.whatSyncs': 'What syncs the repository?',
  'init.mirrorNotForFlux':
    'a mirror is set by a kustomize transformer, and that does not see the images of a HelmRelease',
  'init.mirrorOnNodes': 'Leave --mirror out; set the mirror on the nodes, or in the values of each chart.',
  'init.whatClusterBuilds': 'what a cluster builds, in this order',
  'init.listsApps': 'lists what Flux builds',
  'init.releaseOf': ({ chart }: Args<'chart'>) => `the release of ${chart}`,
  'init.putRepositoryWhereFlux': 'Put the repository where Flux reads it',
  'init.bootstrapFlux':
    'Start Flux, once for each cluster: it writes itself to clusters/<environment>/flux-system, and asks for access to the repository',
  'init.sealWhatStubsHold':
    'Once the controller runs, seal what the stubs (*-sealedsecret.yaml) ask for, and list them: slipway seal --into <file>',
  'init.gatewayApiNotForFlux':
    'a HelmRelease installs all CRDs of its chart or none: those of Gateway API alone cannot be left out',
  'init.skipCrdsByHand':
    'Leave --gateway-api out, then set install.crds and upgrade.crds to Skip in its helmrelease.yaml and install the CRDs of Envoy Gateway yourself.',
  'init.addLines': ({ paths }: Args<'paths'>) => `${paths} lacks lines. Add them at its end?`,
  'init.linesLeftOut': 'lacks the lines above; left as it is (--force adds them)',
};
