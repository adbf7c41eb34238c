import type { Args } from '../args.ts';

export const system = {
  'system.aBzip2File': 'a bzip2 file',
  'system.aFolder': 'a folder',
  'system.aPartOfIt': ({ predicate }: Args<'predicate'>) => `a part of it ${predicate}`,
  'system.aWebPage': 'a web page',
  'system.aZipFile': 'a zip file',
  'system.aZstdFile': 'a zstd file',
  'system.accessDenied': ({ status }: Args<'status'>) => `access denied (${status})`,
  'system.accessDeniedWithLogin': ({ status, loginFrom }: Args<'status' | 'loginFrom'>) =>
    `access denied (${status}), with the login from ${loginFrom}`,
  'system.anXzFile': 'an xz file',
  'system.anotherSlipwayRunWritingRepository': ({ who }: Args<'who'>) =>
    `another slipway run is writing to this repository: ${who}`,
  'system.answerNotHttp': 'the answer is not HTTP',
  'system.answerTruncated': 'the connection closed before the answer was complete',
  'system.answeredStatus': ({ status }: Args<'status'>) => `answered ${status}`,
  'system.answeredUnreadable': 'answered with something unreadable',
  'system.answeredWithoutListTags': ({ repository }: Args<'repository'>) =>
    `${repository}: answered without a list of tags`,
  'system.answeredWithoutToken': ({ url }: Args<'url'>) => `${url}: answered without a token`,
  'system.archivesWithinArchivesWithoutEnd': ({ place }: Args<'place'>) =>
    `${place}: archives are nested without end`,
  'system.askOwnerServeHttps': ({ host }: Args<'host'>) => `Ask the owner of ${host} to serve https.`,
  'system.butFound': ({ found }: Args<'found'>) => `, but ${found}`,
  'system.bytesHaveAnotherDigest': ({ repository, digest }: Args<'repository' | 'digest'>) =>
    `${repository}@${digest}: the bytes have a different digest`,
  'system.bytesInstead': ({ shown, count, size }: Args<'shown' | 'count' | 'size'>) =>
    `${shown}: ${count} bytes instead of ${size}`,
  'system.bytesMoreThanLimit': ({ shown, size, limit }: Args<'shown' | 'size' | 'limit'>) =>
    `${shown}: ${size} bytes are more than the limit of ${limit}`,
  'system.bytesUnpackMoreThanTimes': ({ subject, wire, max_ratio }: Args<'subject' | 'wire' | 'max_ratio'>) =>
    `${subject}: ${wire} bytes unpack to more than ${max_ratio} times that`,
  'system.cacheCannotBeUsed': ({ folder, code }: Args<'folder' | 'code'>) =>
    `the cache ${folder} cannot be used: ${code}`,
  'system.cacheNotUsed': ({ folder, objection }: Args<'folder' | 'objection'>) =>
    `the cache ${folder} is not used: ${objection}`,
  'system.cachedCopyDamaged': ({ name }: Args<'name'>) => `${name}: the cached copy is damaged`,
  'system.cancelled': 'cancelled',
  'system.cannotReadFile': ({ file, code }: Args<'file' | 'code'>) => `${file} cannot be read (${code})`,
  'system.cannotReadInput': ({ name, reasons }: Args<'name' | 'reasons'>) =>
    `${name} cannot be read: ${reasons}`,
  'system.cannotReadWithinLimits': ({ what }: Args<'what'>) => `${what} cannot be read within the limits`,
  'system.cannotTag': ({ repository, version }: Args<'repository' | 'version'>) =>
    `${repository}: ${version} cannot be a tag`,
  'system.certificateExpired': 'the certificate has expired',
  'system.certificateNotTrusted': 'the certificate is not trusted',
  'system.certificateNotYetValid': 'the certificate is not valid yet',
  'system.certificateOfOtherHost': 'the certificate belongs to another host',
  'system.chartArchiveRefused': ({ problem }: Args<'problem'>) => `the chart archive is refused: ${problem}`,
  'system.chartLayersInsteadOfOne': ({ count }: Args<'count'>) => `${count} chart layers instead of one`,
  'system.chartLinkNoRegularFile': ({ name }: Args<'name'>) =>
    `${name} of the chart is a link or not a regular file`,
  'system.checkClock': 'Check the clock.',
  'system.checkHostName': 'Check the spelling of the host name.',
  'system.checkPath': 'Check the path.',
  'system.checkPermissionsDiskThenRun': 'Check the permissions and the disk, then run again.',
  'system.checkProxy': 'Check HTTPS_PROXY and HTTP_PROXY, or add the host to NO_PROXY.',
  'system.checkUrl': 'Check the URL.',
  'system.chooseNameEveryOperatingSystem': 'Choose a name that every operating system can have.',
  'system.clonePartialDamagedFetchMissing':
    'This clone is partial or damaged: fetch the missing objects, then run again.',
  'system.commitFirstForceOverwrittenRun':
    'Commit it first. With --force it is overwritten, and the run tells how to get it back.',
  'system.conflict': ({ file }: Args<'file'>) => `${file} is in conflict`,
  'system.connectTimeOut': 'no connection (connect time-out)',
  'system.connectionRefused': 'connection refused',
  'system.connectionReset': 'connection reset',
  'system.contentEncodingNotAsked': ({ subject, encoding }: Args<'subject' | 'encoding'>) =>
    `${subject}: content encoding ${encoding} was not asked for`,
  'system.correctOrUnsetSlipwayKustomize':
    'Correct the variable, or unset it: then kustomize and kubectl are looked for on PATH.',
  'system.couldNotStarted': ({ command, message }: Args<'command' | 'message'>) =>
    `${command} could not be started: ${message}`,
  'system.crashedAtMemoryLimit': ({ memoryMib }: Args<'memoryMib'>) =>
    `it crashed, most likely at its limit of ${memoryMib} MiB of memory`,
  'system.dataAfterEnd': 'data follows the end of the archive',
  'system.didNotAnswerInTime': 'did not answer in time',
  'system.differOnlyCaseForm': ({ entry, twin, where }: Args<'entry' | 'twin' | 'where'>) =>
    `${entry} and ${twin}${where} differ only in case or form`,
  'system.digestNotSha256': 'a digest that is not SHA-256',
  'system.doNotUseDamagedHostile': 'Do not use it: it is damaged or hostile. Tell its publisher.',
  'system.doNotUseThemThey': 'Do not use them: they are damaged or were replaced.',
  'system.doesNotSayWhichEngines': ({ program }: Args<'program'>) =>
    `${program} does not say which engines it has`,
  'system.endsWithinHeader': 'it ends within a header',
  'system.existsAlready': ({ target }: Args<'target'>) => `${target} already exists`,
  'system.extendedHeaderChangesSize': 'an extended header changes a size or makes a link',
  'system.extendedHeaderTooLarge': ({ limit }: Args<'limit'>) =>
    `an extended header has more than ${limit} bytes`,
  'system.failedOutputWithheld': ({ code }: Args<'code'>) => `failed (${code}); its output is withheld`,
  'system.fileHasMoreBytesThan': ({ path, limit }: Args<'path' | 'limit'>) =>
    `${path} has more than ${limit} bytes`,
  'system.filesWrittenCommitThemHand': 'The files are written; commit them by hand.',
  'system.finishAbortGitStatusTells': 'Finish or abort it (git status tells how), then run again.',
  'system.firstAndSecond': ({ first, second }: Args<'first' | 'second'>) => `${first} and ${second}`,
  'system.firstByteTimeOut': 'no answer (first byte time-out)',
  'system.folder': ({ file }: Args<'file'>) => `${file} is a folder`,
  'system.folderHasSize': 'a folder has a size',
  'system.folderMovedReplacedDuringRun': ({ name }: Args<'name'>) =>
    `the folder ${name} was moved or replaced during the run`,
  'system.freeSomeSpaceThenRun': 'Free some space, then run again.',
  'system.gitCannotTellWhatCommitted': ({ said }: Args<'said'>) =>
    `git cannot tell what is committed: ${said}`,
  'system.gitConfigurationRepositoryHasOdd': ({ name }: Args<'name'>) =>
    `the git configuration of this repository has an odd key: ${name}`,
  'system.gitFailed': ({ args, words }: Args<'args' | 'words'>) => `git ${args} failed: ${words}`,
  'system.gitHasNoContent': ({ file, id }: Args<'file' | 'id'>) => `git has no content for ${file} (${id})`,
  'system.gitNotInstalledSoNobody': 'git is not installed, so nothing tells what is committed',
  'system.gitRefusesBelongsAnotherUser': ({ folder }: Args<'folder'>) =>
    `git refuses ${folder}: it belongs to another user`,
  'system.giveWholeNumberSuch1024': 'Give a whole number, such as 1024.',
  'system.givenUpAfterFailedRequests': ({ host, requests }: Args<'host' | 'requests'>) =>
    `${host}: gave up after ${requests} failed requests`,
  'system.gzipDamaged': 'its gzip data is damaged or followed by something else',
  'system.gzipStreamEndsEarly': ({ subject }: Args<'subject'>) => `${subject}: the gzip stream ends early`,
  'system.hasBytesMoreThan': ({
    file,
    count,
    named_file_bytes,
  }: Args<'file' | 'count' | 'named_file_bytes'>) =>
    `${file} has ${count} bytes, more than ${named_file_bytes}`,
  'system.hasChanged': 'has changed',
  'system.hasMoreBytesThan': ({ limit }: Args<'limit'>) => `it has more than ${limit} bytes`,
  'system.hasMoreEntriesThan': ({ limit }: Args<'limit'>) => `it has more than ${limit} entries`,
  'system.hasNameLongerThan': ({ bytes }: Args<'bytes'>) => `has a name longer than ${bytes} bytes`,
  'system.hasNamesHardLinks': ({ target, nlink }: Args<'target' | 'nlink'>) =>
    `${target} has ${nlink} names (hard links)`,
  'system.hasNoChartYamlInFolder': 'it has no Chart.yaml in its folder',
  'system.hasTwoFolders': ({ first, second }: Args<'first' | 'second'>) =>
    `it has two folders, ${first} and ${second}`,
  'system.headerChecksumWrong': 'a header has a wrong checksum',
  'system.headerNumberImpossible': 'a header holds an impossible number',
  'system.headerWithoutSize': 'a header has no size, or no plain one',
  'system.headersTooLarge': 'the headers of the answer are too large',
  'system.helmNotOnPath': 'it takes helm, which is not on PATH',
  'system.helmNotRunOnWindows':
    'it takes helm, which is not run under kustomize on Windows: nothing keeps it from the network there',
  'system.helmTemplateFailed': ({ result }: Args<'result'>) => `helm template failed: ${result}`,
  'system.holdsControlByteWhichNo': ({ subject, byte }: Args<'subject' | 'byte'>) =>
    `${subject}: contains a control byte (${byte}), which no text does`,
  'system.holdsNoChartYaml': ({ folder }: Args<'folder'>) => `${folder} contains no Chart.yaml`,
  'system.httpsProxyHttpProxyNot': 'HTTPS_PROXY or HTTP_PROXY is not a URL',
  'system.idleTimeOut': 'the answer stopped half-way (idle time-out)',
  'system.ifLoginServerSetSlipway': ({ host, host2 }: Args<'host' | 'host2'>) =>
    `If ${host} is its login server, set SLIPWAY_TOKEN_HOSTS=${host2}=${host}.`,
  'system.ifRightAppSetSlipway': 'If that is right for this app, set SLIPWAY_RENDER_MEMORY to more MiB.',
  'system.ifRunGoneDeleteRun': ({ file }: Args<'file'>) =>
    `If that run is gone, delete ${file} and run again.`,
  'system.ifWantedNameHostConfiguration': 'If that is wanted, name the host in the configuration.',
  'system.ifYouTrustGitConfig': ({ folder }: Args<'folder'>) =>
    `If you trust it: git config --global --add safe.directory ${folder}`,
  'system.ifYourOwnRunInterrupted':
    'If your own run was interrupted elsewhere, look at the files that it names, put them right and delete it; otherwise delete it.',
  'system.imageIndexNotChart': 'an image index, not a chart',
  'system.installGitThenRunAgain': 'Install git, then run again.',
  'system.installPutPath': ({ command }: Args<'command'>) => `Install ${command} or put it on PATH.`,
  'system.is': ({ name, what }: Args<'name' | 'what'>) => `${name} is ${what}`,
  'system.isNotInFolder': ({ path }: Args<'path'>) => `${path} is not in a folder`,
  'system.isNotOnPath': 'is not on PATH',
  'system.itBelongsToAnotherUser': 'it belongs to another user',
  'system.itCannotBeMade': ({ code }: Args<'code'>) => `it cannot be made (${code})`,
  'system.itHoldsBackslash': 'it holds a backslash',
  'system.itHoldsNoFiles': 'it holds no files',
  'system.itHoldsNulOrBackslash': 'it holds a NUL or a backslash',
  'system.itIsAbsolute': 'it is absolute',
  'system.itIsDeeperThan': ({ limit }: Args<'limit'>) => `it is deeper than ${limit} folders`,
  'system.itIsFolder': 'it is a folder',
  'system.itIsLinkNotFolder': 'it is a link, not a folder',
  'system.itIsLongerThan': ({ limit }: Args<'limit'>) => `it is longer than ${limit} bytes`,
  'system.justBegun': 'a run that has just begun',
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
  'system.layerOutsideRegistry': 'a layer that lies outside the registry',
  'system.leadsOutOnWindows': 'leads out of a folder on Windows',
  'system.leadsOutsideThroughLink': 'leads outside the repository through a link',
  'system.letVersionWroteFinishRun':
    'Let the version that wrote it finish: run it once. Delete the file if the repository looks right.',
  'system.link': ({ folder }: Args<'folder'>) => `${folder} is a link`,
  'system.linkTo': ({ target }: Args<'target'>) => ` to ${target}`,
  'system.logAgainHelmRegistryLogin': 'Log in again with helm registry login or docker login.',
  'system.logInTo': ({ host }: Args<'host'>) =>
    `Log in to ${host}: helm registry login for OCI, helm repo add --username for a repository.`,
  'system.loginFromRefused': ({ loginFrom, host }: Args<'loginFrom' | 'host'>) =>
    `${host} refuses the login from ${loginFrom}; put it right there.`,
  'system.lookCurrentContextControllerNamespace':
    'Look at the current context and at --controller <namespace/name>, or give --cert <file>.',
  'system.lookIntoThenDelete': 'Look into it, then delete it.',
  'system.makeFileOwnUseForce':
    'Make it a file of its own, or use --force: only this name gets the new content.',
  'system.manifestNotObject': 'the manifest is not a JSON object',
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
  'system.nameServerSilent': 'the name server does not answer',
  'system.neitherFileNorFolder': ({ path, type }: Args<'path' | 'type'>) =>
    `${path} is neither a file nor a folder (${type})`,
  'system.nextPageElsewhere': ({ host }: Args<'host'>) =>
    `the next page of tags is on another server, ${host}`,
  'system.nextPageNotUrl': 'the next page of tags is not a URL',
  'system.noAnswerAfter': ({ seconds }: Args<'seconds'>) => `no answer after ${seconds} s`,
  'system.noFile': ({ file }: Args<'file'>) => `${file} does not exist`,
  'system.noSuchFile': 'there is no such file',
  'system.noSuchHost': 'no such host',
  'system.nodeTlsRejectUnauthorized0': ({ host }: Args<'host'>) =>
    `${host}: NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off`,
  'system.notCacheNetworkOff': ({ url }: Args<'url'>) => `${url}: not in the cache, and the network is off`,
  'system.notEmptyHoldsNoTour': ({ folder }: Args<'folder'>) => `${folder} is not empty and is not a tour`,
  'system.notFolder': 'not a folder',
  'system.notFound': ({ status }: Args<'status'>) => `not found (${status})`,
  'system.notGzipFile': ({ guess }: Args<'guess'>) => `it is not a gzip file${guess}`,
  'system.notGzipStreamClaims': ({ subject }: Args<'subject'>) =>
    `${subject}: not the gzip stream it claims to be`,
  'system.notHelmChartBut': ({ type }: Args<'type'>) => `not a Helm chart but ${type}`,
  'system.notHttpHttpsUrl': ({ text }: Args<'text'>) => `not an http or https URL: ${text}`,
  'system.notNameCredentialHelper': ({ helper }: Args<'helper'>) =>
    `not the name of a credential helper: ${helper}`,
  'system.notOciManifestBut': ({ mediaType }: Args<'mediaType'>) => `not an OCI manifest but ${mediaType}`,
  'system.notOciRepository': ({ reference }: Args<'reference'>) => `not an OCI repository: ${reference}`,
  'system.notRegularFile': 'not a regular file',
  'system.notSha256Digest': ({ shown }: Args<'shown'>) => `${shown}: not a SHA-256 digest`,
  'system.notUrl': ({ text }: Args<'text'>) => `not a URL: ${text}`,
  'system.notUtf8': ({ file, line, column }: Args<'file' | 'line' | 'column'>) =>
    `${file}:${line}:${column}: not UTF-8`,
  'system.notWrittenVersionSlipway': ({ file }: Args<'file'>) =>
    `${file} was not written by this version of slipway`,
  'system.notWrittenYouMachine': ({ file }: Args<'file'>) => `${file} was not written by you on this machine`,
  'system.nothingUsedTellPublisherChart': 'Nothing of it was used. Tell the publisher of the chart.',
  'system.nothingWrittenOutsideFolderRendering': 'Nothing is written outside the folder for rendering.',
  'system.onlyBytesCouldWritten': ({ name, size, bytes }: Args<'name' | 'size' | 'bytes'>) =>
    `${name}: only ${size} of ${bytes} bytes could be written`,
  'system.othersHaveAccess': ({ folder }: Args<'folder'>) => `others have access (chmod 700 ${folder})`,
  'system.pagesInCircle': 'the pages of tags go round in a circle',
  'system.passCredentialsAll': ({ host, configured }: Args<'host' | 'configured'>) =>
    `${host} gets no credentials of ${configured}; pass_credentials_all in Helm's repositories.yaml allows that.`,
  'system.pathRefused': ({ path, problem }: Args<'path' | 'problem'>) =>
    `the path ${path} is refused: ${problem}`,
  'system.permissionDenied': 'permission denied',
  'system.pipeLetSlipwayAskHidden': 'Pipe it in, or let slipway ask for it, hidden: --key <key>.',
  'system.pointsNoGitFolder': ({ file }: Args<'file'>) => `${file} does not point to a git folder`,
  'system.printedMoreThan': ({ limit }: Args<'limit'>) => `printed more than ${limit} bytes`,
  'system.printedTooMuch': 'failed: it printed too much',
  'system.processOnHostSince': ({ pid, host, started }: Args<'pid' | 'host' | 'started'>) =>
    `process ${pid} on ${host} since ${started}`,
  'system.programFailed': ({ program, verb, why }: Args<'program' | 'verb' | 'why'>) =>
    `${program} ${verb} failed: ${why}`,
  'system.proxyUnreachable': 'the proxy of the environment cannot be reached',
  'system.proxyWantsLogin': 'the proxy requires a login (407)',
  'system.putLoginIntoProxy': 'Put user and password into HTTPS_PROXY and HTTP_PROXY.',
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
  'system.renderStepFailed': ({ what, message }: Args<'what' | 'message'>) => `${what} failed: ${message}`,
  'system.rendererClosed': 'the renderer was closed',
  'system.repairGitWorktreeRepairGit':
    'Repair it (git worktree repair, git submodule update --init), or remove it.',
  'system.resolveGitAddThenRun': 'Resolve it and git add it, then run again.',
  'system.runAgain': 'Run again.',
  'system.runAgainAfterLoginOften': ({ until }: Args<'until'>) =>
    `Run again after ${until}; a login often raises the limit.`,
  'system.runAgainChangePlannedAnew': 'Run again: the change is planned afresh.',
  'system.runAgainLater': 'Run again later.',
  'system.runAgainLaterLeaveApps': 'Run again later, or leave the apps of this host out.',
  'system.runAgainLaterOrLogIn': 'Run again later, or log in.',
  'system.runAgainNextRunFirst': 'Run again: the next run first undoes the rest.',
  'system.runGitStatusThereMend': 'Run git status there and fix what it reports.',
  'system.runOnceWithoutOffline': 'Run once without --offline.',
  'system.sameFileTwice': ({ both }: Args<'both'>) => `the same file is there twice: ${both}`,
  'system.saveUtf8': 'Save it as UTF-8.',
  'system.sendsLogins': ({ host, href }: Args<'host' | 'href'>) => `${host}: sends logins to ${href}`,
  'system.serverInternetSentUsAddress': ({ host }: Args<'host'>) =>
    `${host}: a server on the internet sent us to an address inside`,
  'system.setExtraCa':
    'If your organisation signs it, set NODE_EXTRA_CA_CERTS to the CA certificate (PEM file).',
  'system.shouldComeFromStandardInput': ({ name }: Args<'name'>) =>
    `${name} should come from standard input, which is a terminal`,
  'system.sinceRunLooked': ({ target, what }: Args<'target' | 'what'>) =>
    `${target} ${what} since this run looked at it`,
  'system.sizeInvalid': 'a size that is not valid',
  'system.slipwayDoesNotEditFiles': 'slipway does not edit files of that size.',
  'system.slipwayKustomizeNamesNone': ({ named }: Args<'named'>) =>
    `SLIPWAY_KUSTOMIZE names ${named}, which is no kustomize that runs`,
  'system.slipwayNeitherReadsNorWrites':
    'slipway neither reads nor writes through links: put a real file or folder there.',
  'system.slipwayRenderMemoryNoNumber': 'SLIPWAY_RENDER_MEMORY is not a number of MiB',
  'system.slipwayWritesOnlyInsideRepository': 'slipway writes only inside the repository.',
  'system.soSlipwayDidNotWrite': ({ message }: Args<'message'>) => `${message}, so slipway did not write it`,
  'system.socketOrDevice': 'a socket or a device',
  'system.somethingWithoutType': 'something without a type',
  'system.symbolicLink': ({ name, address }: Args<'name' | 'address'>) =>
    `${name} is a symbolic link${address}`,
  'system.systemError': ({ path, reason, code }: Args<'path' | 'reason' | 'code'>) =>
    `${path}: ${reason} (${code})`,
  'system.takesMoreMemoryThanFile': ({ what }: Args<'what'>) =>
    `${what} takes more memory than a file of its kind may`,
  'system.takesMoreThanSRead': ({ what, ms }: Args<'what' | 'ms'>) =>
    `${what} takes more than ${ms} s to read`,
  'system.takesTooMuchMemory': ({ memoryMib }: Args<'memoryMib'>) =>
    `it takes more than ${memoryMib} MiB of memory`,
  'system.tooManyPages': ({ limit }: Args<'limit'>) => `more than ${limit} pages of tags`,
  'system.tooManyRequests': 'too many requests (429)',
  'system.totalTimeOut': 'not done within the total time limit',
  'system.uncommittedWorkWouldOverwritten': ({ named, more }: Args<'named' | 'more'>) =>
    `uncommitted work would be overwritten: ${named}${more}`,
  'system.uncompressedTar': 'a tar file that is not compressed',
  'system.underWayGitRepository': ({ operation }: Args<'operation'>) =>
    `${operation} is under way in this git repository`,
  'system.undoingFailedToo': ({ message, message2 }: Args<'message' | 'message2'>) =>
    `${message}; undoing it failed too: ${message2}`,
  'system.unpacksToBytes': ({ limit }: Args<'limit'>) => `it unpacks to more than ${limit} bytes`,
  'system.unpacksToTimes': ({ ratio }: Args<'ratio'>) => `it unpacks to more than ${ratio} times its size`,
  'system.unsetNodeExtraCaCerts': 'Unset it; NODE_EXTRA_CA_CERTS adds a CA of your organisation.',
  'system.useNameOneDiffersMore': ({ twin }: Args<'twin'>) =>
    `Use the name ${twin}, or one that differs in more.`,
  'system.utf16': ({ subject }: Args<'subject'>) => `${subject}: it is UTF-16`,
  'system.waitUntilHasEndedThen': 'Wait until it has ended, then run again.',
  'system.wasRemoved': 'was removed',
  'system.writeHttpHostPort': 'Write http://HOST:PORT.',
  'system.writeOciHostPathChart': 'Write oci://HOST/PATH/CHART, in lower case.',
};
