import type { Args } from '../args.ts';

export const doctor = {
  'doctor.allWell': 'all is well',
  'doctor.anotherRunWritingProcess': ({ who }: Args<'who'>) => `another run is writing: process ${who}`,
  'doctor.answersVersionsUsedHere': ({ count, name, used }: Args<'count' | 'name' | 'used'>) =>
    `answers; ${count} versions of ${name} (used here: ${used})`,
  'doctor.apps': ({ count }: Args<'count'>) => `${count} apps`,
  'doctor.chartRepositories': 'chart repositories',
  'doctor.compareAddress': 'Compare the address with that of the publisher, and look at proxies and logins.',
  'doctor.configuredKeepLoginsRegistriesNot':
    'is configured to keep logins of registries, and is not on PATH',
  'doctor.conventionsTheirEvidence': 'conventions, and their evidence',
  'doctor.copiesWhatRunOverwrote': 'copies of what a run overwrote',
  'doctor.credentials': 'credentials',
  'doctor.daysOldValidUntil': ({ ageDays, until }: Args<'ageDays' | 'until'>) =>
    `${ageDays} days old, valid until ${until}`,
  'doctor.deleteOnceYouMissNothing': 'delete it once you miss nothing',
  'doctor.doesNotRun': ({ reason }: Args<'reason'>) => `does not run: ${reason}`,
  'doctor.expiresDays': ({ left, until }: Args<'left' | 'until'>) => `expires in ${left} days, on ${until}`,
  'doctor.fetchCertificateIntoKubesealFetch':
    'Fetch the certificate into it: kubeseal --fetch-cert, or name another in .slipway/config.yaml.',
  'doctor.fetchCurrentOneKubesealFetch':
    'fetch the current one: kubeseal --fetch-cert, or slipway seal --from-cluster',
  'doctor.fixFile': 'Fix the file.',
  'doctor.fixThenRunDoctor': 'Fix that and run doctor again.',
  'doctor.giveHelmCaCaFile': 'give Helm its CA with --ca-file',
  'doctor.heldAnotherMachineProcess': ({ who }: Args<'who'>) => `held on another machine: process ${who}`,
  'doctor.renderersShutIn':
    'helm and kustomize run without a network, and write nowhere but in a folder of their own',
  'doctor.renderersWithoutNetworkOnly':
    'helm and kustomize run without a network, but could write wherever you can',
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
  'doctor.lookIntoThenDelete': 'look into it, then delete it',
  'doctor.looking': 'looking',
  'doctor.nameAnotherCertificate': 'Name another in .slipway/config.yaml.',
  'doctor.nameOneCDirMake': 'name one with -C <dir>, or make one: slipway init',
  'doctor.noLogin': 'no login',
  'doctor.noneHere': 'none here',
  'doctor.noneMachine': 'none on this machine',
  'doctor.noneSeen': 'none seen',
  'doctor.notAskedOffline': 'not asked (--offline)',
  'doctor.notConfigured': 'not configured',
  'doctor.notFoundChartsNotRendered':
    'not found: charts are not rendered, so services, images and secrets are guessed from values',
  'doctor.notFoundNoAppCan':
    'not found: no app can be built here, so upgrades and checks cannot see what comes out',
  'doctor.notFoundUncommittedWorkNot':
    'not found: uncommitted work is not protected by git, and nothing can be committed',
  'doctor.nothingButTheirOwnSettings':
    'nothing but their own settings keeps helm and kustomize from the network and from your files',
  'doctor.problems': ({ problems }: Args<'problems'>) => `problems: ${problems}`,
  'doctor.repository': 'repository',
  'doctor.runInterrupted': 'a run was interrupted',
  'doctor.runKilledNextOneTakes': 'left by a run that was killed: the next one takes it over',
  'doctor.runSlipwayCheckFixWhat':
    'run slipway check --fix, or what was interrupted: every command that writes first finishes or undoes it',
  'doctor.sealingCertificate': 'sealing certificate',
  'doctor.setGithubReleases': 'is set, for GitHub releases',
  'doctor.slipwaySealThenNeedsCert':
    'slipway seal then needs --cert or --from-cluster; name the file in .slipway/config.yaml',
  'doctor.temporaryFileNoRunOwns': 'a temporary file that no run owns',
  'doctor.loginAt': ({ where, login }: Args<'where' | 'login'>) => `${where}, ${login}`,
  'doctor.thereNoSuchFile': 'the file does not exist',
  'doctor.tools': 'tools',
  'doctor.useNode2019Newer': 'use Node 20.19 or newer',
  'doctor.valueAndEvidence': ({ value, evidence }: Args<'value' | 'evidence'>) => `${value} (${evidence})`,
};
