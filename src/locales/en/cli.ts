import type { Args, Plural } from '../args.ts';

export const cli = {
  'cli.acceptDefaultsConfirmations': 'accept defaults and confirmations',
  'cli.all': 'all',
  'cli.appAnotherEnvironmentOutService':
    'an app to another environment, or out of service; shows what the cluster deletes',
  'cli.appsWorkedOnceSlipwayJobs': 'apps worked on at once (or SLIPWAY_JOBS)',
  'cli.back': 'back',
  'cli.bug': 'this is a bug of slipway. Please report the lines below.',
  'cli.cancelled': 'cancelled',
  'cli.cancelledNothingWritten': 'cancelled; nothing was written',
  'cli.carryTeamsCustomisationsOverCharts':
    "carry a team's customisations over to a chart's new default values",
  'cli.changeOneDoes': 'Change to one that does.',
  'cli.chartRouteSecretVolumeTls':
    'a chart, route, secret, storage or TLS certificate for an app that exists',
  'cli.choose': 'choose',
  'cli.completeNewAppFolderFrom': 'a complete new app folder, from a chart, an image or a manifest',
  'cli.couldNotRemove': ({ path, reason }: Args<'path' | 'reason'>) =>
    `could not remove ${path} (${reason}); the next run will`,
  'cli.currentFolderNoLongerExists': 'the current folder no longer exists',
  'cli.deadlineNoDuration': ({ text }: Args<'text'>) => `--deadline ${text} is not a duration`,
  'cli.dumbTerminal':
    'TERM=dumb stands for a terminal that cannot show questions, so none are asked; set another TERM, such as xterm, to be asked',
  'cli.didYouMean': ({ near }: Args<'near'>) => `Did you mean --${near}?`,
  'cli.didYouMeanSlipway': ({ near }: Args<'near'>) => `Did you mean slipway ${near}?`,
  'cli.didYouMeanWord': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'cli.earlierRunInterrupted': ({ done, paths, left }: Args<'done' | 'paths' | 'left'>) =>
    `an earlier run was interrupted; ${done} it (${paths})${left}`,
  'cli.encryptsSecretsIntoSealedsecretsOffline': 'encrypts Secrets into SealedSecrets, offline',
  'cli.error': ({ message }: Args<'message'>) => `${message}.`,
  'cli.errorWithNextStep': ({ message, hint }: Args<'message' | 'hint'>) => `${message}. Next: ${hint}`,
  'cli.finished': 'finished',
  'cli.gitopsRepositoryArgoCdCan':
    'a GitOps repository that Argo CD can sync; adds what is missing to one that exists',
  'cli.gitopsRepositoryDefaultOneAround': 'the GitOps repository (default: the one around this folder)',
  'cli.giveOnce': 'Give it once.',
  'cli.giveYesLookFirstDry': 'Give --yes, or look first with --dry-run.',
  'cli.givenTwice': ({ name }: Args<'name'>) => `--${name} is given twice`,
  'cli.givesAppAnotherNameShows': 'gives an app another name; shows what the cluster deletes',
  'cli.go': 'go on',
  'cli.guidedTourThrowAwayCopy':
    'the guided tour, in a throw-away copy: about fifteen minutes, no network, no cluster',
  'cli.hadOtherNames': ({ path }: Args<'path'>) =>
    `${path} had other names (hard links), which keep the old content`,
  'cli.hadUncommittedChanges': ({ path, restore }: Args<'path' | 'restore'>) =>
    `${path} had uncommitted changes; bring them back with: ${restore}`,
  'cli.helmCommand': 'render with this helm instead of the renderer inside',
  'cli.hidden': 'hidden',
  'cli.holdsEveryAppFolderRepositorys':
    "holds every app folder to the repository's rules; --fix mends what is safe",
  'cli.howLongRunMayTake': 'how long the run may take: 90s, 15m (default in CI: 15m)',
  'cli.invert': 'invert',
  'cli.jobsNoNumberFrom1': ({ text }: Args<'text'>) => `--jobs ${text} is not a number from 1 to 99`,
  'cli.leaveJobsOut': 'Give a number such as --jobs 2, or leave --jobs and SLIPWAY_JOBS out.',
  'cli.kustomizeCommand': 'render with this kustomize instead of the renderer inside',
  'cli.langNotLanguageSlipwaySpeaks': ({ lang }: Args<'lang'>) =>
    `--lang ${lang} is not a language that slipway speaks`,
  'cli.languagePromptsReports': 'language of prompts and reports',
  'cli.leftAloneSinceChanged': ({ paths }: Args<'paths'>) =>
    `; left alone, since somebody changed them: ${paths}`,
  'cli.leftOut': ({ problem }: Args<'problem'>) => `left out: ${problem}`,
  'cli.mendRunAgain': 'Fix that and run again.',
  'cli.minAgeNoNumberDays': ({ text }: Args<'text'>) => `--min-age ${text} is not a number of days`,
  'cli.move': 'move',
  'cli.movesChartsNewerVersionsEvery':
    'moves charts to newer versions, every customisation carried over and verified',
  'cli.nameFolderThere': 'Name a folder that exists with -C <dir>.',
  'cli.nameOneCDirMake': 'Name one with -C <dir>, make one with slipway init, or try slipway new-app --demo.',
  'cli.nameOneNpxPlopDest': 'name one: npx plop --dest <dir>',
  'cli.needsValue': ({ rawName, value }: Args<'rawName' | 'value'>) =>
    `${rawName} needs a value: ${rawName} ${value}`,
  'cli.needsValueLooksLikeFlag': ({ rawName, value }: Args<'rawName' | 'value'>) =>
    `${rawName} needs a value, and ${value} looks like a flag`,
  'cli.neverAsk': 'never ask',
  'cli.newerVersionsChartsGithubRelease':
    'newer versions of charts, of GitHub-release resources and of images',
  'cli.next': 'next',
  'cli.no': 'No',
  'cli.noMatch': 'nothing matches what was typed',
  'cli.noColours': 'no colours',
  'cli.noDecisionAskedAnswer': ({ id }: Args<'id'>) => `no decision asked for the answer ${id}`,
  'cli.noGitopsRepository': ({ cwd }: Args<'cwd'>) => `${cwd} is not in a GitOps repository`,
  'cli.noSuchFolder': ({ cwd }: Args<'cwd'>) => `there is no folder ${cwd}`,
  'cli.nobodyCanAskedWhether': ({ needsYes }: Args<'needsYes'>) =>
    `nobody can be asked whether to ${needsYes}`,
  'cli.notDoneWithin': ({ text }: Args<'text'>) => `not done within ${text}`,
  'cli.note': ({ text }: Args<'text'>) => `note: ${text}`,
  'cli.notRecorded':
    'note: this run cannot be undone by slipway undo; git has what it replaced, if it was committed',
  'cli.noteRunInterruptedUnderWay': ({ journal }: Args<'journal'>) =>
    `note: a run was interrupted or is under way (${journal}); the next command that writes finishes or undoes it`,
  'cli.oneJsonDocumentStdoutAsks': 'one JSON document on stdout; asks nothing',
  'cli.ourCustomisationsAgainstChartsDefaults': "our customisations against the chart's defaults, key by key",
  'cli.printVersion': 'print the version',
  'cli.runAgainWhatDoneStays': 'Run again: what is done stays done. Or give a longer --deadline.',
  'cli.sameAgain': 'the same again',
  'cli.sayWhatFetchedRun': 'say what is fetched and run',
  'cli.sealNeedsCertificate': ({ file }: Args<'file'>) =>
    `${file} waits for its values: slipway seal --into fills it in, with the certificate of your controller (--cert <file>, or --from-cluster)`,
  'cli.seeHelpFlags': 'See --help for the flags.',
  'cli.seeSlipwayHelp': 'See slipway --help.',
  'cli.showWhatWouldWrittenWrite': 'show what would be written, write nothing',
  'cli.slipwayCallsIt': ({ line }: Args<'line'>) => `In slipway that is: ${line}`,
  'cli.slipwayConnectToNoAddresses': 'SLIPWAY_CONNECT_TO is not a pair of addresses',
  'cli.slipwaysOwnCloneWhichNo': ({ folder }: Args<'folder'>) =>
    `${folder} is in slipway's own clone, which is not a GitOps repository`,
  'cli.stepMajor': 'major',
  'cli.stepMinor': 'minor',
  'cli.stepPatch': 'patch',
  'cli.switchTakesNoValue': ({ rawName }: Args<'rawName'>) => `${rawName} is a switch and takes no value`,
  'cli.text': 'this text',
  'cli.toggle': 'on or off',
  'cli.tookOverLock': ({ pid }: Args<'pid'>) => `took over the lock of process ${pid}, which no longer runs`,
  'cli.toolsCredentialsRepositoriesCertificateConventions':
    'tools, credentials, repositories, certificate, conventions, leftovers: what is wrong and what to do',
  'cli.undid': 'undid',
  'cli.unexpectedArgument': ({ positionals }: Args<'positionals'>) => `unexpected argument ${positionals}`,
  'cli.unknownCommand': ({ name }: Args<'name'>) => `unknown command ${name}`,
  'cli.unknownFlag': ({ given }: Args<'given'>) => `unknown flag ${given}`,
  'cli.usageAdd': ({ words }: Args<'words'>) => `<${words}> <app>`,
  'cli.usageApps': '[app…]',
  'cli.usageCheck': '[path…]',
  'cli.usageFolder': '[dir]',
  'cli.usageMergeValues': '--base <file> --ours <file> --theirs <file>',
  'cli.usageMove': '<app> --to <environment|disabled>',
  'cli.usageNewApp': '[name]',
  'cli.usageOverview': 'slipway <command> [flags]',
  'cli.usageRename': '<app> <new-name>',
  'cli.usageSeal': '[file…]',
  'cli.usageSlipway': ({ name, usage }: Args<'name' | 'usage'>) => `Usage: slipway ${name} ${usage}`,
  'cli.useCacheOnly': 'use the cache only',
  'cli.useOne': ({ languages }: Args<'languages'>) => `Use one of ${languages}.`,
  'cli.write90s15m2hMost': 'Write 90s, 15m or 2h, at most 24h.',
  'cli.writeHostPortOtherHostPort': 'Write it as host:port:other-host:other-port, or unset it.',
  'cli.writeIfValue': ({ rawName, value }: Args<'rawName' | 'value'>) =>
    `Write ${rawName}=${value} if it is the value.`,
  'cli.writeTheseFiles': 'Write these files?',
  'cli.yesOrNo': 'Answer with y or n.',
  'cli.yes': 'Yes',
  'cli.builds': ({ app, count }: Args<'app' | 'count'>, plural: Plural) =>
    `${app} builds (${plural(count, 'object')})`,
  'cli.notBuilt': ({ app, reason }: Args<'app' | 'reason'>) => `${app} was not built: ${reason}`,
  'cli.doesNotBuildYet': ({ app, reason }: Args<'app' | 'reason'>) => `${app} does not build yet: ${reason}`,
  'cli.didNotBuildBefore': ({ app, reason }: Args<'app' | 'reason'>) =>
    `${app} does not build, and did not before: ${reason}`,
  'cli.syncedBy': ({ folder, syncer }: Args<'folder' | 'syncer'>) => `${folder} is synced by ${syncer}`,
  'cli.syncedByNobodyUntilListed': ({ folder, files }: Args<'folder' | 'files'>) =>
    `nothing syncs ${folder} until ${files} lists it`,
  'cli.syncedByNobody': ({ folder }: Args<'folder'>) =>
    `nothing syncs ${folder}: no ApplicationSet, Application or Flux Kustomization of this repository includes it`,
  'cli.syncUnknown': ({ folder }: Args<'folder'>) =>
    `what syncs ${folder} is not known: this repository has no ApplicationSet, Application or Flux Kustomization`,
  'cli.proofBudget': 'with --prove: renderings of a chart at most (default 200)',
  'cli.budgetNoNumber': ({ text }: Args<'text'>) => `--budget ${text} is no number from 1 to 99999`,
  'cli.budgetWithoutProof': '--budget has a meaning with --prove only',
  'cli.giveProve': 'Give --prove too, or leave --budget out.',
  'cli.thisFolderIsDemo':
    'slipway made this folder as a demo: its charts come with slipway, and no network is asked',
  'cli.pathBehindFlag': ({ flag, value }: Args<'flag' | 'value'>) =>
    `To name it as the folder of --${flag}, write --${flag}=${value}.`,
  'cli.wrotePage': ({ file }: Args<'file'>) => `wrote ${file}`,
  'cli.appMissing': 'no app is named',
  'cli.planTracked': ({ file }: Args<'file'>) => `${file} is tracked by git: a plan does not replace it`,
  'cli.planPlaceTaken': ({ file }: Args<'file'>) => `${file} is there, and holds no plan`,
  'cli.namePlanElsewhere': 'Name a new file, or an earlier plan outside of git, to --plan.',
  'cli.nameApp': 'Name one, or several; slipway map shows all of them.',
};
