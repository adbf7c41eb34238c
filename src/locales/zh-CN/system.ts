import type { Args, Translated } from '../args.ts';
import type { system as en } from '../en/system.ts';

export const system = {
  'system.anotherSlipwayRunWritingRepository': ({ who }: Args<'who'>) =>
    `another slipway run is writing to this repository: ${who}`,
  'system.answeredWithoutListTags': ({ repository }: Args<'repository'>) =>
    `${repository}: answered without a list of tags`,
  'system.answeredWithoutToken': ({ url }: Args<'url'>) => `${url}: answered without a token`,
  'system.archivesWithinArchivesWithoutEnd': ({ place }: Args<'place'>) =>
    `${place}: archives within archives without end`,
  'system.askOwnerServeHttps': ({ host }: Args<'host'>) => `Ask the owner of ${host} to serve https.`,
  'system.bytesHaveAnotherDigest': ({ repository, digest }: Args<'repository' | 'digest'>) =>
    `${repository}@${digest}: the bytes have another digest`,
  'system.bytesInstead': ({ shown, count, size }: Args<'shown' | 'count' | 'size'>) =>
    `${shown}: ${count} bytes instead of ${size}`,
  'system.bytesMoreThanLimit': ({ shown, size, limit }: Args<'shown' | 'size' | 'limit'>) =>
    `${shown}: ${size} bytes are more than the limit of ${limit}`,
  'system.bytesUnpackMoreThanTimes': ({ subject, wire, max_ratio }: Args<'subject' | 'wire' | 'max_ratio'>) =>
    `${subject}: ${wire} bytes unpack to more than ${max_ratio} times that`,
  'system.cachedCopyDamaged': ({ name }: Args<'name'>) => `${name}: the cached copy is damaged`,
  'system.cancelled': 'cancelled',
  'system.cannotRead': ({ name, reasons }: Args<'name' | 'reasons'>) => `${name} cannot be read: ${reasons}`,
  'system.cannotRead2': ({ file, code }: Args<'file' | 'code'>) => `${file}: cannot be read (${code})`,
  'system.cannotReadWithinLimits': ({ what }: Args<'what'>) => `${what} cannot be read within the limits`,
  'system.cannotTag': ({ repository, version }: Args<'repository' | 'version'>) =>
    `${repository}: ${version} cannot be a tag`,
  'system.chartArchiveRefused': ({ problem }: Args<'problem'>) => `the chart archive is refused: ${problem}`,
  'system.chartLinkNoRegularFile': ({ name }: Args<'name'>) =>
    `${name} of the chart is a link or no regular file`,
  'system.checkPath': 'Check the path.',
  'system.checkPermissionsDiskThenRun': 'Check the permissions and the disk, then run again.',
  'system.chooseNameEveryOperatingSystem': 'Choose a name that every operating system can have.',
  'system.clonePartialDamagedFetchMissing':
    'This clone is partial or damaged: fetch the missing objects, then run again.',
  'system.commitFirstForceOverwrittenRun':
    'Commit it first. With --force it is overwritten, and the run tells how to get it back.',
  'system.conflict': ({ file }: Args<'file'>) => `${file} is in conflict`,
  'system.contentEncodingNotAsked': ({ subject, encoding }: Args<'subject' | 'encoding'>) =>
    `${subject}: content encoding ${encoding} was not asked for`,
  'system.correctOrUnsetSlipwayKustomize':
    '请更正该变量，或取消设置：届时会在 PATH 中查找 kustomize 和 kubectl。',
  'system.couldNotStarted': ({ command, message }: Args<'command' | 'message'>) =>
    `${command} could not be started: ${message}`,
  'system.differOnlyCaseForm': ({ entry, twin, where }: Args<'entry' | 'twin' | 'where'>) =>
    `${entry} and ${twin}${where} differ only in case or form`,
  'system.doNotUseDamagedHostile': 'Do not use it: it is damaged or hostile. Tell its publisher.',
  'system.doNotUseThemThey': 'Do not use them: they are damaged or were exchanged.',
  'system.doesNotSayWhichEngines': ({ program }: Args<'program'>) =>
    `${program} does not say which engines it has`,
  'system.existsAlready': ({ target }: Args<'target'>) => `${target} exists already`,
  'system.failed': ({ what, message }: Args<'what' | 'message'>) => `${what} failed: ${message}`,
  'system.failed2': ({ program, verb, why }: Args<'program' | 'verb' | 'why'>) =>
    `${program} ${verb} failed: ${why}`,
  'system.filesWrittenCommitThemHand': 'The files are written; commit them by hand.',
  'system.finishAbortGitStatusTells': 'Finish or abort it (git status tells how), then run again.',
  'system.folder': ({ file }: Args<'file'>) => `${file} is a folder`,
  'system.folderMovedReplacedDuringRun': ({ name }: Args<'name'>) =>
    `the folder ${name} was moved or replaced during the run`,
  'system.freeSomeSpaceThenRun': 'Free some space, then run again.',
  'system.gitCannotTellWhatCommitted': ({ said }: Args<'said'>) =>
    `git cannot tell what is committed: ${said}`,
  'system.gitConfigurationRepositoryHasOdd': ({ name }: Args<'name'>) =>
    `the git configuration of this repository has an odd key: ${name}`,
  'system.gitFailed': ({ args, words }: Args<'args' | 'words'>) => `git ${args} failed: ${words}`,
  'system.gitHasNoContent': ({ file, id }: Args<'file' | 'id'>) => `git has no content for ${file} (${id})`,
  'system.gitNotInstalledSoNobody': 'git is not installed, so nobody can tell what is committed',
  'system.gitRefusesBelongsAnotherUser': ({ folder }: Args<'folder'>) =>
    `git refuses ${folder}: it belongs to another user`,
  'system.giveWholeNumberSuch1024': 'Give a whole number, such as 1024.',
  'system.givenUpAfterFailedRequests': ({ host, requests }: Args<'host' | 'requests'>) =>
    `${host}: given up after ${requests} failed requests`,
  'system.gzipStreamEndsEarly': ({ subject }: Args<'subject'>) => `${subject}: the gzip stream ends early`,
  'system.hasBytesMoreThan': ({
    file,
    count,
    named_file_bytes,
  }: Args<'file' | 'count' | 'named_file_bytes'>) =>
    `${file} has ${count} bytes, more than ${named_file_bytes}`,
  'system.hasNamesHardLinks': ({ target, nlink }: Args<'target' | 'nlink'>) =>
    `${target} has ${nlink} names (hard links)`,
  'system.helmTemplateFailed': ({ result }: Args<'result'>) => `helm template failed: ${result}`,
  'system.holdsControlByteWhichNo': ({ subject, byte }: Args<'subject' | 'byte'>) =>
    `${subject}: holds a control byte (${byte}), which no text does`,
  'system.holdsNoChartYaml': ({ folder }: Args<'folder'>) => `${folder} holds no Chart.yaml`,
  'system.httpsProxyHttpProxyNot': 'HTTPS_PROXY or HTTP_PROXY is not a URL',
  'system.ifLoginServerSetSlipway': ({ host, host2 }: Args<'host' | 'host2'>) =>
    `If ${host} is its login server, set SLIPWAY_TOKEN_HOSTS=${host2}=${host}.`,
  'system.ifRightAppSetSlipway': 'If that is right for this app, set SLIPWAY_RENDER_MEMORY to more MiB.',
  'system.ifRunGoneDeleteRun': ({ file }: Args<'file'>) =>
    `If that run is gone, delete ${file} and run again.`,
  'system.ifWantedNameHostConfiguration': 'If that is wanted, name the host in the configuration.',
  'system.ifYouTrustGitConfig': ({ folder }: Args<'folder'>) =>
    `If you trust it: git config --global --add safe.directory ${folder}`,
  'system.ifYourOwnRunInterrupted':
    'If your own run was interrupted elsewhere, look at the files that it names, put them right and delete it; else delete it.',
  'system.installGitThenRunAgain': 'Install git, then run again.',
  'system.installPutPath': ({ command }: Args<'command'>) => `Install ${command} or put it on PATH.`,
  'system.is': ({ name, what }: Args<'name' | 'what'>) => `${name} is ${what}`,
  'system.kubectlGetRawFailed': ({ reason }: Args<'reason'>) => `kubectl get --raw failed: ${reason}`,
  'system.largerThanBytes': ({ name, maxBytes }: Args<'name' | 'maxBytes'>) =>
    `${name} is larger than ${maxBytes} bytes`,
  'system.largerThanChartMayFiles': ({
    root,
    max_files,
    max_bytes,
  }: Args<'root' | 'max_files' | 'max_bytes'>) =>
    `${root} is larger than a chart may be (${max_files} files, ${max_bytes} bytes)`,
  'system.largerThanLimit': ({ subject, size }: Args<'subject' | 'size'>) =>
    `${subject}: larger than the limit of ${size}`,
  'system.largerThanLimitBytes': ({ url, limit }: Args<'url' | 'limit'>) =>
    `${url}: larger than the limit of ${limit} bytes`,
  'system.largerThanMib': ({ name, maxBytes }: Args<'name' | 'maxBytes'>) =>
    `${name} is larger than ${maxBytes} MiB`,
  'system.letVersionWroteFinishRun':
    'Let the version that wrote it finish: run it once. Delete the file if the repository looks right.',
  'system.link': ({ folder }: Args<'folder'>) => `${folder} is a link`,
  'system.logAgainHelmRegistryLogin': 'Log in again with helm registry login or docker login.',
  'system.loginFromRefused': ({ loginFrom, host }: Args<'loginFrom' | 'host'>) =>
    `${host} 拒绝了来自 ${loginFrom} 的登录信息；请在该处更正。`,
  'system.lookCurrentContextControllerNamespace':
    'Look at the current context and at --controller <namespace/name>, or give --cert <file>.',
  'system.lookIntoThenDelete': 'Look into it, then delete it.',
  'system.makeFileOwnUseForce':
    'Make it a file of its own, or use --force: only this name gets the new content.',
  'system.moreThanRedirects': ({ from, limit }: Args<'from' | 'limit'>) =>
    `${from}: more than ${limit} redirects`,
  'system.moreThanTags': ({ repository, max_tags }: Args<'repository' | 'max_tags'>) =>
    `${repository}: more than ${max_tags} tags`,
  'system.moveAwayThenRunAgain': 'Move it away, then run again.',
  'system.name': ({ target, name, problem }: Args<'target' | 'name' | 'problem'>) =>
    `${target}: the name ${name} ${problem}`,
  'system.nameEmptyFolder': 'Name an empty folder.',
  'system.nameFileInsideRepository': 'Name a file inside the repository.',
  'system.nameFolderChart': 'Name the folder of a chart.',
  'system.noFile': ({ file }: Args<'file'>) => `no file ${file}`,
  'system.nodeTlsRejectUnauthorized0': ({ host }: Args<'host'>) =>
    `${host}: NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off`,
  'system.notCacheNetworkOff': ({ url }: Args<'url'>) => `${url}: not in the cache, and the network is off`,
  'system.notEmptyHoldsNoTour': ({ folder }: Args<'folder'>) => `${folder} is not empty and holds no tour`,
  'system.notGzipStreamClaims': ({ subject }: Args<'subject'>) =>
    `${subject}: not the gzip stream it claims to be`,
  'system.notHttpHttpsUrl': ({ text }: Args<'text'>) => `not an http or https URL: ${text}`,
  'system.notNameCredentialHelper': ({ helper }: Args<'helper'>) =>
    `not the name of a credential helper: ${helper}`,
  'system.notOciRepository': ({ reference }: Args<'reference'>) => `not an OCI repository: ${reference}`,
  'system.notSha256Digest': ({ shown }: Args<'shown'>) => `${shown}: not a SHA-256 digest`,
  'system.notUrl': ({ text }: Args<'text'>) => `not a URL: ${text}`,
  'system.notUtf8': ({ file, line, column }: Args<'file' | 'line' | 'column'>) =>
    `${file}:${line}:${column}: not UTF-8`,
  'system.notWrittenVersionSlipway': ({ file }: Args<'file'>) =>
    `${file} was not written by this version of slipway`,
  'system.notWrittenYouMachine': ({ file }: Args<'file'>) => `${file} was not written by you on this machine`,
  'system.nothingUsedTellPublisherChart': 'Nothing of it was used. Tell the publisher of the chart.',
  'system.nothingWrittenOutsideFolderRendering': 'Nothing is written outside of the folder for rendering.',
  'system.onlyBytesCouldWritten': ({ name, size, bytes }: Args<'name' | 'size' | 'bytes'>) =>
    `${name}: only ${size} of ${bytes} bytes could be written`,
  'system.pipeLetSlipwayAskHidden': 'Pipe it in, or let slipway ask for it, hidden: --key <key>.',
  'system.pointsNoGitFolder': ({ file }: Args<'file'>) => `${file} points to no git folder`,
  'system.rateLimitedUntil': ({ subject, until }: Args<'subject' | 'until'>) =>
    `${subject}: rate limited until ${until}`,
  'system.redirectsCircle': ({ from }: Args<'from'>) => `${from}: redirects in a circle`,
  'system.redirectsFromHttpsHttp': ({ from }: Args<'from'>) => `${from}: redirects from https to http`,
  'system.redirectsSomethingUnreadable': ({ href }: Args<'href'>) =>
    `${href}: redirects to something unreadable`,
  'system.redirectsWhichRefusedHere': ({ from }: Args<'from'>) => `${from}: redirects, which is refused here`,
  'system.redirectsWithoutSayingWhere': ({ from }: Args<'from'>) => `${from}: redirects without saying where`,
  'system.removeChooseAnotherNameForce': 'Remove it or choose another name; --force overwrites a file.',
  'system.removeFromGitConfig': 'Remove it from .git/config.',
  'system.removedDuringRun': ({ place }: Args<'place'>) => `${place} was removed during the run`,
  'system.rendererClosed': 'the renderer was closed',
  'system.repairGitWorktreeRepairGit':
    'Repair it (git worktree repair, git submodule update --init), or remove it.',
  'system.resolveGitAddThenRun': 'Resolve it and git add it, then run again.',
  'system.runAgain': 'Run again.',
  'system.runAgainAfterLoginOften': ({ until }: Args<'until'>) =>
    `Run again after ${until}; a login often raises the limit.`,
  'system.runAgainChangePlannedAnew': 'Run again: the change is planned anew.',
  'system.runAgainLaterLeaveApps': 'Run again later, or leave the apps of this host out.',
  'system.runAgainNextRunFirst': 'Run again: the next run first undoes the rest.',
  'system.runGitStatusThereMend': 'Run git status there and mend what it says.',
  'system.runOnceWithoutOffline': 'Run once without --offline.',
  'system.saveUtf8': 'Save it as UTF-8.',
  'system.sendsLogins': ({ host, href }: Args<'host' | 'href'>) => `${host}: sends logins to ${href}`,
  'system.serverInternetSentUsAddress': ({ host }: Args<'host'>) =>
    `${host}: a server on the internet sent us to an address inside`,
  'system.shouldComeFromStandardInput': ({ name }: Args<'name'>) =>
    `${name} should come from standard input, which is a terminal`,
  'system.sinceRunLooked': ({ target, what }: Args<'target' | 'what'>) =>
    `${target} ${what} since this run looked at it`,
  'system.slipwayDoesNotEditFiles': 'slipway does not edit files of that size.',
  'system.slipwayKustomizeNamesNone': ({ named }: Args<'named'>) =>
    `SLIPWAY_KUSTOMIZE 指定的 ${named} 不是可运行的 kustomize`,
  'system.slipwayNeitherReadsNorWrites':
    'slipway neither reads nor writes through links: put a real file or folder there.',
  'system.slipwayRenderMemoryNoNumber': 'SLIPWAY_RENDER_MEMORY is no number of MiB',
  'system.slipwayWritesOnlyInsideRepository': 'slipway writes only inside the repository.',
  'system.soSlipwayDidNotWrite': ({ message }: Args<'message'>) => `${message}, so slipway did not write it`,
  'system.symbolicLink': ({ name, address }: Args<'name' | 'address'>) =>
    `${name} is a symbolic link${address}`,
  'system.takesMoreMemoryThanFile': ({ what }: Args<'what'>) =>
    `${what} takes more memory than a file of its kind may`,
  'system.takesMoreThanSRead': ({ what, ms }: Args<'what' | 'ms'>) =>
    `${what} takes more than ${ms} s to read`,
  'system.uncommittedWorkWouldOverwritten': ({ named, more }: Args<'named' | 'more'>) =>
    `uncommitted work would be overwritten: ${named}${more}`,
  'system.underWayGitRepository': ({ operation }: Args<'operation'>) =>
    `${operation} is under way in this git repository`,
  'system.undoingFailedToo': ({ message, message2 }: Args<'message' | 'message2'>) =>
    `${message}; undoing it failed too: ${message2}`,
  'system.unsetNodeExtraCaCerts': 'Unset it; NODE_EXTRA_CA_CERTS adds a CA of your organisation.',
  'system.useNameOneDiffersMore': ({ twin }: Args<'twin'>) =>
    `Use the name ${twin}, or one that differs in more.`,
  'system.utf16': ({ subject }: Args<'subject'>) => `${subject}: it is UTF-16`,
  'system.waitUntilHasEndedThen': 'Wait until it has ended, then run again.',
  'system.writeHttpHostPort': 'Write http://HOST:PORT.',
  'system.writeOciHostPathChart': 'Write oci://HOST/PATH/CHART, in lower case.',
} satisfies Translated<typeof en>;
