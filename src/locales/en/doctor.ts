import type { Args, Plural } from '../args.ts';

export const doctor = {
  'doctor.allWell': 'all is well',
  'doctor.anotherRunWritingProcess': ({ who }: Args<'who'>) => `another run is writing: process ${who}`,
  'doctor.answersVersionsUsedHere': (
    { count, name, used }: Args<'count' | 'name' | 'used'>,
    plural: Plural,
  ) => `answers; ${plural(count, 'version')} of ${name} (used here: ${used})`,
  'doctor.apps': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'app'),
  'doctor.appsOwnFolder': "the app's own",
  'doctor.bothAreNeeded': 'see docs/renderer.md for the renderer; install helm and kustomize',
  'doctor.chartRepositories': 'chart repositories',
  'doctor.clustersVersionDecides':
    'render with the version that the cluster uses: see docs/renderer.md for what differs',
  'doctor.compareAddress': 'Compare the address with that of the publisher, and look at proxies and logins.',
  'doctor.compareRenderersFlag':
    'render every app with the renderer inside and with the tools of PATH, and list differences',
  'doctor.configuredKeepLoginsRegistriesNot':
    'is configured to keep logins of registries, and is not on PATH',
  'doctor.conventionsTheirEvidence': 'conventions, and their evidence',
  'doctor.copiesWhatRunOverwrote': 'copies of what a run overwrote',
  'doctor.credentials': 'credentials',
  'doctor.days': ({ days }: Args<'days'>, plural: Plural) => plural(days, 'day'),
  'doctor.daysOldValidUntil': ({ ageDays, until }: Args<'ageDays' | 'until'>, plural: Plural) =>
    `${plural(ageDays, 'day')} old, valid until ${until}`,
  'doctor.lookForNewerSlipway': 'look whether there is a newer release; no network was asked',
  'doctor.ownVersionWithAge': ({ version, ageDays }: Args<'version' | 'ageDays'>, plural: Plural) =>
    `${version}, of sources ${plural(ageDays, 'day')} old`,
  'doctor.deleteOnceYouMissNothing': 'delete it once you miss nothing',
  'doctor.doesNotRun': ({ reason }: Args<'reason'>) => `does not run: ${reason}`,
  'doctor.expiresDays': ({ left, until }: Args<'left' | 'until'>, plural: Plural) =>
    `expires in ${plural(left, 'day')}, on ${until}`,
  'doctor.fetchCertificateIntoKubesealFetch':
    'Fetch the certificate into it: kubeseal --fetch-cert, or name another in .slipway/config.yaml.',
  'doctor.fetchCurrentOneKubesealFetch':
    'fetch the current one: kubeseal --fetch-cert, or slipway seal --from-cluster',
  'doctor.fixFile': 'Fix the file.',
  'doctor.fixThenRunDoctor': 'Fix that and run doctor again.',
  'doctor.giveHelmCaCaFile': 'give Helm its CA with --ca-file',
  'doctor.heldAnotherMachineProcess': ({ who }: Args<'who'>) => `held on another machine: process ${who}`,
  'doctor.ifRunGoneDeleteLock': ({ state }: Args<'state'>) => `if that run is gone, delete ${state}/lock`,
  'doctor.insecureSkipTlsVerifyNot': ({ where, login }: Args<'where' | 'login'>) =>
    `${where}, ${login}; insecure_skip_tls_verify is not obeyed`,
  'doctor.installGit': 'install git',
  'doctor.installHelmHttpsHelmSh': 'install Helm (https://helm.sh), or name it with SLIPWAY_HELM',
  'doctor.installKustomize581': 'install kustomize 5.8.1 or newer, or name it with SLIPWAY_KUSTOMIZE',
  'doctor.installTakeOutConfigJson': 'install it, or take it out of config.json and log in again',
  'doctor.keepsLoginsRegistries': 'keeps logins of registries',
  'doctor.leftNothing': 'left nothing',
  'doctor.leftoversInterruptedRuns': 'leftovers of interrupted runs',
  'doctor.linuxInstallUtilLinuxUnshare':
    'on Linux: install util-linux (unshare, mount, setpriv) and allow user namespaces to this user',
  'doctor.login': 'with a login',
  'doctor.loginAt': ({ where, login }: Args<'where' | 'login'>) => `${where}, ${login}`,
  'doctor.lookAtCheckRender': 'see what slipway check --render says of it',
  'doctor.lookIntoThenDelete': 'look into it, then delete it',
  'doctor.looking': 'looking',
  'doctor.nameAnotherCertificate': 'Name another in .slipway/config.yaml.',
  'doctor.nameOneCDirMake': 'name one with -C <dir>, or make one: slipway init',
  'doctor.noLogin': 'no login',
  'doctor.noneHere': 'none here',
  'doctor.noneMachine': 'none on this machine',
  'doctor.noneSeen': 'none seen',
  'doctor.notAskedOffline': 'not asked (--offline)',
  'doctor.notCompared': ({ inside, tools }: Args<'inside' | 'tools'>) =>
    `not compared; inside: ${inside}; tools: ${tools}`,
  'doctor.notConfigured': 'not configured',
  'doctor.notFoundChartsNotRendered':
    'not found: charts are not rendered, so services, images and secrets are guessed from values',
  'doctor.notFoundNoAppCan':
    'not found: no app can be built here, so upgrades and checks cannot see what comes out',
  'doctor.notFoundUncommittedWorkNot':
    'not found: uncommitted work is not protected by git, and nothing can be committed',
  'doctor.notNeeded': ({ version }: Args<'version'>) => `${version}, not used: the renderer is inside`,
  'doctor.nothingButTheirOwnSettings':
    'nothing but their own settings keeps helm and kustomize from the network and from your files',
  'doctor.nothingToCompare': 'nothing was compared: it takes the renderer inside, and kustomize',
  'doctor.onlyInside': 'only the renderer inside renders it',
  'doctor.onlyTools': 'only the tools of PATH render it',
  'doctor.problems': ({ problems }: Args<'problems'>, plural: Plural) => plural(problems, 'problem'),
  'doctor.rendererInside': ({ kustomize, helm }: Args<'kustomize' | 'helm'>) =>
    `inside slipway: Kustomize ${kustomize}, Helm ${helm}`,
  'doctor.renderers': 'renderers compared',
  'doctor.renderersShutIn':
    'helm and kustomize run without a network, and write nowhere but in a folder of their own',
  'doctor.renderersWithoutNetworkOnly':
    'helm and kustomize run without a network, but could write wherever you can',
  'doctor.repository': 'repository',
  'doctor.rulesOff': ({ evidence }: Args<'evidence'>) =>
    `off, since this repository does otherwise (${evidence})`,
  'doctor.rulesOffUnseen': 'off: none seen that could show it',
  'doctor.rulesOnUnseen': 'on: none seen that speaks against it',
  'doctor.rulesOn': ({ evidence }: Args<'evidence'>) => `on (${evidence})`,
  'doctor.runInterrupted': 'a run was interrupted',
  'doctor.runKilledNextOneTakes': 'left by a run that was killed: the next one takes it over',
  'doctor.runSlipwayCheckFixWhat':
    'run slipway check --fix, or what was interrupted: every command that writes first finishes or undoes it',
  'doctor.sameWithBoth': 'the same with both',
  'doctor.sealingCertificate': 'sealing certificate',
  'doctor.setGithubReleases': 'is set, for GitHub releases',
  'doctor.slipwaySealThenNeedsCert':
    'slipway seal then needs --cert or --from-cluster; name the file in .slipway/config.yaml',
  'doctor.subjectDomains': 'domains',
  'doctor.subjectEnvironments': 'environments',
  'doctor.subjectGateway': 'gateway',
  'doctor.subjectHelmRepository': ({ name }: Args<'name'>) => `Helm repository ${name}`,
  'doctor.subjectHosts': ({ name }: Args<'name'>) => `hosts of ${name}`,
  'doctor.subjectValuesFile': 'values files',
  'doctor.subjectIgnoredCharts': 'ignored charts',
  'doctor.subjectImagePrefix': 'image prefix',
  'doctor.subjectIndentation': 'indentation of lists',
  'doctor.subjectInterruptedRuns': 'interrupted runs',
  'doctor.subjectKubernetes': 'Kubernetes that charts see',
  'doctor.subjectLock': 'lock',
  'doctor.subjectLogins': 'logins',
  'doctor.subjectMinimumAge': 'minimum age',
  'doctor.subjectOrder': 'order of a kustomization',
  'doctor.subjectRegistry': ({ host }: Args<'host'>) => `registry ${host}`,
  'doctor.subjectRenderer': 'renderer',
  'doctor.subjectRepository': 'GitOps repository',
  'doctor.subjectResourcesFolder': 'resources folder',
  'doctor.subjectRules': 'rules of check',
  'doctor.subjectSandbox': 'sandbox',
  'doctor.subjectShortImageNames': 'short image names',
  'doctor.subjectStorageClasses': 'storage classes',
  'doctor.temporaryFileNoRunOwns': 'a temporary file that no run owns',
  'doctor.thereNoSuchFile': 'the file does not exist',
  'doctor.tools': 'tools',
  'doctor.nothingRenders': 'none: no app can be built here',
  'doctor.kustomizeAloneRenders':
    'kustomize of this machine, without helm: only apps without charts can be built here',
  'doctor.toolsRender': 'kustomize and helm of this machine',
  'doctor.useNode2019Newer': 'use Node 20.19 or newer',
  'doctor.valueAndEvidence': ({ value, evidence }: Args<'value' | 'evidence'>) => `${value} (${evidence})`,
  'doctor.allReadWell': 'what was looked at is well; not everything was looked at',
  'doctor.unreadCharts':
    'what outdated, upgrade, diff and check say holds for the charts they read: see docs/outdated.md',
  'doctor.subjectSecrets': 'secrets',
  'doctor.noneInUse': 'none is in use here, so none was asked',
};
