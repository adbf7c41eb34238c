import type { Args } from '../args.ts';

export const system = {
  'system.treeTooLarge': ({ most }: Args<'most'>) => `git lists more than ${most} files`,
  'system.aBzip2File': 'a bzip2 file',
  'system.aFolder': 'a folder',
  'system.aPartOfIt': ({ predicate }: Args<'predicate'>) => `a part of it ${predicate}`,
  'system.aWebPage': 'a web page',
  'system.aZipFile': 'a zip file',
  'system.aZstdFile': 'a zstd file',
  'system.anXzFile': 'an xz file',
  'system.anotherSlipwayRunWritingRepository': ({ who }: Args<'who'>) =>
    `another slipway run is writing to this repository: ${who}`,
  'system.answeredUnreadable': 'answered with something unreadable',
  'system.archivesWithinArchivesWithoutEnd': ({ place }: Args<'place'>) =>
    `${place}: archives are nested without end`,
  'system.butFound': ({ found }: Args<'found'>) => `, but ${found}`,
  'system.noFolderForFile': ({ folder }: Args<'folder'>) => `there is no folder ${folder} to write into`,
  'system.folderTakesNoFile': ({ folder }: Args<'folder'>) => `the folder ${folder} cannot be written into`,
  'system.nameOpenFolder': 'Make the folder, or name a file in one that can be written.',
  'system.cacheCannotBeUsed': ({ folder, code }: Args<'folder' | 'code'>) =>
    `the cache ${folder} cannot be used: ${code}`,
  'system.cacheKeyTooShort': ({ variable, least }: Args<'variable' | 'least'>) =>
    `${variable} has less than ${least} characters`,
  'system.makeCacheKey': 'Give it a long random text: openssl rand -hex 32.',
  'system.cacheNotUsed': ({ folder, objection }: Args<'folder' | 'objection'>) =>
    `the cache ${folder} is not used: ${objection}`,
  'system.cancelled': 'cancelled',
  'system.cannotReadFile': ({ file, code }: Args<'file' | 'code'>) => `${file} cannot be read (${code})`,
  'system.cannotReadInput': ({ name, reasons }: Args<'name' | 'reasons'>) =>
    `${name} cannot be read: ${reasons}`,
  'system.cannotReadWithinLimits': ({ what }: Args<'what'>) => `${what} cannot be read within the limits`,
  'system.chartArchiveRefused': ({ problem }: Args<'problem'>) => `the chart archive is refused: ${problem}`,
  'system.chartLinkNoRegularFile': ({ name }: Args<'name'>) =>
    `${name} of the chart is a link or not a regular file`,
  'system.checkPath': 'Check the path.',
  'system.checkPermissionsDiskThenRun': 'Check the permissions and the disk, then run again.',
  'system.chooseNameEveryOperatingSystem': 'Choose a name that every operating system can have.',
  'system.clonePartialDamagedFetchMissing':
    'This clone is partial or damaged: fetch the missing objects, then run again.',
  'system.commitFirst': 'Commit it first, then run again.',
  'system.conflict': ({ file }: Args<'file'>) => `${file} is in conflict`,
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
  'system.gzipDamaged': 'its gzip data is damaged or followed by something else',
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
  'system.helmNotInstalled': 'helm is not installed',
  'system.helmNotRunOnWindows':
    'it takes helm, which is not run under kustomize on Windows: nothing keeps it from the network there',
  'system.helmTemplateFailed': ({ result }: Args<'result'>) => `helm template failed: ${result}`,
  'system.noSuchChartFolder': ({ folder }: Args<'folder'>) => `there is no folder ${folder}`,
  'system.holdsNoChartYaml': ({ folder }: Args<'folder'>) => `${folder} contains no Chart.yaml`,
  'system.ifRightAppSetSlipway': 'If that is right for this app, set SLIPWAY_RENDER_MEMORY to more MiB.',
  'system.ifRunGoneDeleteRun': ({ file }: Args<'file'>) =>
    `If that run is gone, delete ${file} and run again.`,
  'system.ifYouTrustGitConfig': ({ folder }: Args<'folder'>) =>
    `If you trust it: git config --global --add safe.directory ${folder}`,
  'system.ifYourOwnRunInterrupted':
    'If your own run was interrupted elsewhere, look at the files that it names, put them right and delete it; otherwise delete it.',
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
  'system.gitHoldsFilesOfIt': 'git holds files of it: they came with the repository, or will go with it',
  'system.itLiesBehindLink': ({ link }: Args<'link'>) =>
    `it lies behind the link ${link}, which stands in a repository`,
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
  'system.largerThanMib': ({ name, maxBytes }: Args<'name' | 'maxBytes'>) =>
    `${name} is larger than ${maxBytes} MiB`,
  'system.leadsOutOnWindows': 'leads out of a folder on Windows',
  'system.leadsOutsideThroughLink': 'leads outside the repository through a link',
  'system.letVersionWroteFinishRun':
    'Let the version that wrote it finish: run it once. Delete the file if the repository looks right.',
  'system.link': ({ folder }: Args<'folder'>) => `${folder} is a link`,
  'system.linkTo': ({ target }: Args<'target'>) => ` to ${target}`,
  'system.logAgainHelmRegistryLogin': 'Log in again with helm registry login or docker login.',
  'system.lookCurrentContextControllerNamespace':
    'Look at the current context and at --controller <namespace/name>, or give --cert <file>.',
  'system.lookIntoThenDelete': 'Look into it, then delete it.',
  'system.makeFileOwnUseForce':
    'Make it a file of its own, or use --force: only this name gets the new content.',
  'system.mibTogether': ({ mib }: Args<'mib'>) =>
    `the files of the repository have more than ${mib} MiB together`,
  'system.moveAwayThenRunAgain': 'Move it away, then run again.',
  'system.name': ({ target, name, problem }: Args<'target' | 'name' | 'problem'>) =>
    `${target}: the name ${name} ${problem}`,
  'system.nameEmptyFolder': 'Name an empty folder.',
  'system.nameFileInsideRepository': 'Name a file inside the repository.',
  'system.nameFolderChart': 'Name the folder of a chart.',
  'system.neitherFileNorFolder': ({ path, type }: Args<'path' | 'type'>) =>
    `${path} is neither a file nor a folder (${type})`,
  'system.noAnswerAfter': ({ seconds }: Args<'seconds'>) => `no answer after ${seconds} s`,
  'system.noFile': ({ file }: Args<'file'>) => `${file} does not exist`,
  'system.noRoomFor': ({ file, limit }: Args<'file' | 'limit'>) => `${file}: ${limit}`,
  'system.nodesTogether': ({ most }: Args<'most'>) =>
    `the files of the repository hold more than ${most} values together`,
  'system.noSuchFile': 'there is no such file',
  'system.notEmptyHoldsNoTour': ({ folder }: Args<'folder'>) => `${folder} is not empty and is not a tour`,
  'system.notFolder': 'not a folder',
  'system.notGzipFile': ({ guess }: Args<'guess'>) => `it is not a gzip file${guess}`,
  'system.notNameCredentialHelper': ({ helper }: Args<'helper'>) =>
    `not the name of a credential helper: ${helper}`,
  'system.notRegularFile': 'not a regular file',
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
  'system.recordCannotUndo': 'This run cannot be undone any more; git has what was committed.',
  'system.recordDamaged': ({ file }: Args<'file'>) => `${file} is damaged`,
  'system.removeChooseAnotherNameForce': 'Remove it or choose another name; --force overwrites a file.',
  'system.removeFromGitConfig': 'Remove it from .git/config.',
  'system.removedDuringRun': ({ place }: Args<'place'>) => `${place} was removed during the run`,
  'system.renderStepFailed': ({ what, message }: Args<'what' | 'message'>) => `${what} failed: ${message}`,
  'system.rendererClosed': 'the renderer was closed',
  'system.repairGitWorktreeRepairGit':
    'Repair it (git worktree repair, git submodule update --init), or remove it.',
  'system.resolveGitAddThenRun': 'Resolve it and git add it, then run again.',
  'system.runAgain': 'Run again.',
  'system.runAgainChangePlannedAnew': 'Run again: the change is planned afresh.',
  'system.runAgainNextRunFirst': 'Run again: the next run first undoes the rest.',
  'system.runGitStatusThereMend': 'Run git status there and fix what it reports.',
  'system.sameFileTwice': ({ both }: Args<'both'>) => `the same file is there twice: ${both}`,
  'system.shouldComeFromStandardInput': ({ name }: Args<'name'>) =>
    `${name} should come from standard input, which is a terminal`,
  'system.sinceRunLooked': ({ target, what }: Args<'target' | 'what'>) =>
    `${target} ${what} since this run looked at it`,
  'system.slipwayDoesNotEditFiles': 'slipway does not edit files of that size.',
  'system.splitRepository':
    'Take what no app needs out of the repository, such as what is generated; the largest files are left out first.',
  'system.slipwayKustomizeNamesNone': ({ named }: Args<'named'>) =>
    `SLIPWAY_KUSTOMIZE names ${named}, which is no kustomize that runs`,
  'system.slipwayNeitherReadsNorWrites':
    'slipway neither reads nor writes through links: put a real file or folder there.',
  'system.slipwayRenderMemoryNoNumber': 'SLIPWAY_RENDER_MEMORY is not a number of MiB',
  'system.slipwayWritesOnlyInsideRepository': 'slipway writes only inside the repository.',
  'system.soSlipwayDidNotWrite': ({ message }: Args<'message'>) => `${message}, so slipway did not write it`,
  'system.socketOrDevice': 'a socket or a device',
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
  'system.uncommittedWorkWouldOverwritten': ({ named, more }: Args<'named' | 'more'>) =>
    `uncommitted work would be overwritten: ${named}${more}`,
  'system.uncompressedTar': 'a tar file that is not compressed',
  'system.underWayGitRepository': ({ operation }: Args<'operation'>) =>
    `${operation} is under way in this git repository`,
  'system.undoingFailedToo': ({ message, message2 }: Args<'message' | 'message2'>) =>
    `${message}; undoing it failed too: ${message2}`,
  'system.unpacksToBytes': ({ limit }: Args<'limit'>) => `it unpacks to more than ${limit} bytes`,
  'system.unpacksToTimes': ({ ratio }: Args<'ratio'>) => `it unpacks to more than ${ratio} times its size`,
  'system.useNameOneDiffersMore': ({ twin }: Args<'twin'>) =>
    `Use the name ${twin}, or one that differs in more.`,
  'system.waitUntilHasEndedThen': 'Wait until it has ended, then run again.',
  'system.wasRemoved': 'was removed',
};
