import type { Args, Plural } from '../args.ts';

export const check = {
  'check.flagPlan':
    'with --matrix: write down what shards need to know of each other, so that each reads its own files only',
  'check.flagApply': 'with --shard: take what the others look at from the file of --plan',
  'check.planIsOfAll': ({ flag }: Args<'flag'>) =>
    `--${flag} is about the whole repository: name no paths beside it`,
  'check.planNeedsMatrix': '--plan goes with --matrix',
  'check.appsChangedSinceBranchTag': 'the apps that changed since a branch, tag or commit',
  'check.appsNothingFound': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'app')}, nothing found`,
  'check.buildEveryAppKustomizeHelm': 'build every app with kustomize and helm, and check what comes out',
  'check.canMendedFix': ({ fixable }: Args<'fixable'>) => `${fixable} can be fixed with --fix`,
  'check.cannotBuildBefore': ({ reason }: Args<'reason'>) =>
    `it may change what is deployed, and the app cannot be built here to show that it does not: ${reason}`,
  'check.cannotRead': ({ configuration_file, reasons }: Args<'configuration_file' | 'reasons'>) =>
    `${configuration_file} cannot be read: ${reasons}`,
  'check.didYouMean': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'check.changed': ({ file }: Args<'file'>) => `${file} changed`,
  'check.exitCode': 'end with 1 also if something was not looked at',
  'check.noApps': 'nothing was looked at: there are no apps here',
  'check.error': 'error',
  'check.errorsWarningsNotesFilesApps': (
    { errors, warnings, notes, files, apps }: Args<'errors' | 'warnings' | 'notes' | 'files' | 'apps'>,
    plural: Plural,
  ) =>
    `${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${plural(notes, 'note')} in ${plural(files, 'file')} of ${plural(apps, 'app')}`,
  'check.failNoSeverity': ({ wanted }: Args<'wanted'>) => `--fail-on ${wanted} is not a severity`,
  'check.fix': '[--fix]',
  'check.fixAlsoFilesUncommittedChanges': 'with --fix: also files with uncommitted changes',
  'check.fixNotProved': ({ code, reason }: Args<'code' | 'reason'>) => `(${code}): ${reason}`,
  'check.folderNoGitRepository': 'this folder is not in a git repository',
  'check.forceFixesItAllTheSame': ({ reason }: Args<'reason'>) => `${reason} (--force fixes it all the same)`,
  'check.formatNoneChecksFormats': ({ wanted }: Args<'wanted'>) =>
    `--format ${wanted} is not a format of check`,
  'check.gitKnowsNoRevision': ({ since }: Args<'since'>) => `git does not know the revision ${since}`,
  'check.hasNo': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} has no ${name} ${version}`,
  'check.hasUnstagedChanges': 'has changes that are not staged',
  'check.isHiddenFromGit': 'is hidden from git (assume-unchanged, sparse checkout)',
  'check.isInConflict': 'is in conflict',
  'check.isInNoCommit': 'is in no commit and not staged',
  'check.isNotAsStaged': 'is not as it is staged',
  'check.itIsNotRegularFile': 'it is not a regular file',
  'check.itIsSymbolicLink': 'it is a symbolic link',
  'check.itIsTooLarge': 'it is too large',
  'check.link': ({ link }: Args<'link'>) => `${link} is a link`,
  'check.mendWhatSafeMendShows': 'fix what is safe to fix; shows the difference',
  'check.mildestFindingEndsExitCode': 'the mildest finding that ends with exit code 1 (default: warning)',
  'check.nameBranchTagCommitCi': 'Name a branch, a tag or a commit; in CI, fetch it first (fetch-depth: 0).',
  'check.nameFileAppFolderApps': 'Name a file, an app or a folder of apps.',
  'check.nameFileInside': 'Name a file inside it.',
  'check.needs': ({ home, name, version, repository }: Args<'home' | 'name' | 'version' | 'repository'>) =>
    `${home} needs ${name} ${version} of ${repository}`,
  'check.noKustomizeToProve':
    'it may change what is deployed, and there is no kustomize here that could show that it does not',
  'check.notMended': ({ file, reason }: Args<'file' | 'reason'>) => `not fixed: ${file} ${reason}`,
  'check.notThereEntryNamesNo': ({ home }: Args<'home'>) =>
    `${home} does not exist, and the entry names no repo and version`,
  'check.note': 'note',
  'check.noteNewerChartVersionsAsks': 'note newer chart versions (asks the network)',
  'check.nothingCheckTheseFilesBelong': ({ environments }: Args<'environments'>) =>
    `nothing to check: these files belong to no app of ${environments}; name an app's folder to check it wherever it is`,
  'check.nothingRenderedRenderDoes': 'nothing was rendered: --render does that',
  'check.nothingHereRenders':
    'nothing was rendered: --render takes kustomize or kubectl, and neither is installed',
  'check.outsideRepository': ({ given, root }: Args<'given' | 'root'>) =>
    `${given} is outside the repository ${root}`,
  'check.putPlainFilePlace': 'Put a plain file in its place.',
  'check.readIndexNextCommitWill':
    'read the index, as the next commit will have it; without paths, the apps that it changes',
  'check.rulesNotRuleSlipwayCheck': ({
    configuration_file,
    unknown,
  }: Args<'configuration_file' | 'unknown'>) =>
    `${configuration_file}: rules.${unknown} is not a rule of slipway check`,
  'check.runHelmDependencyBuildThere': 'Run helm dependency build there and commit Chart.lock.',
  'check.silencedComments': ({ suppressed }: Args<'suppressed'>) => `${suppressed} silenced by comments`,
  'check.stagedSinceNeedOne': '--staged and --since need a git repository',
  'check.systemRefusesIt': 'the system refuses it',
  'check.templatesLeftOut': ({ templates }: Args<'templates'>, plural: Plural) =>
    `${plural(templates, 'template file was', 'template files were')} left out: helm, backstage, copier or cookiecutter fills in such files`,
  'check.thereNoRepository': ({ path }: Args<'path'>) => `${path} does not exist in the repository`,
  'check.theyListedDocsRulesReadme': 'They are listed in docs/rules/README.md.',
  'check.useOneOfFormats': ({ known }: Args<'known'>) => `Use one of ${known}.`,
  'check.useOneOfSeverities': ({ severities }: Args<'severities'>) => `Use one of ${severities}.`,
  'check.valuesFilesNotComparedTheir': ({ unknownDefaults }: Args<'unknownDefaults'>, plural: Plural) =>
    `${plural(unknownDefaults, 'values file was', 'values files were')} not compared with the defaults: the charts are neither unpacked here nor in the cache`,
  'check.warning': 'warning',
  'check.watch': 'check again after each change, until Ctrl+C; prints lines as compilers do',
  'check.watching': 'waiting for changes (Ctrl+C ends)',
  'check.watchWithout': ({ flag }: Args<'flag'>) => `--watch and ${flag} do not go together`,
  'check.whatPrinted': 'what is printed',
  'check.wouldAdd': ({ object }: Args<'object'>) => `the build would get ${object}, which it does not have`,
  'check.wouldChange': ({ object, field }: Args<'object' | 'field'>) =>
    `it would change ${field} of ${object}`,
  'check.wouldNotBuild': ({ reason }: Args<'reason'>) => `the app would not build with it: ${reason}`,
  'check.wouldTakeAway': ({ object }: Args<'object'>) => `the build would no longer have ${object}`,
  'check.notLookedAt': ({ what, reason }: Args<'what' | 'reason'>) => `${what} was not looked at: ${reason}`,
  'check.mendItFirst': 'Mend that first.',
  'check.notAsked': ({ count }: Args<'count'>, plural: Plural) =>
    `whether there are newer versions of ${plural(count, 'chart')} is not known: nobody answered`,
  'check.notRendered': ({ count, apps }: Args<'count' | 'apps'>, plural: Plural) =>
    `${plural(count, `of ${plural(apps, 'app')} was`, `of ${plural(apps, 'app')} were`)} not rendered, and the output was not looked at`,
  'check.filesOfNoApp': 'nothing to check: these files belong to no app; name the folder of an app',
  'check.pageTitle': 'Findings',
  'check.filter': 'Filter files and rules',
  'check.madeBy': 'Found by slipway check; each rule is explained in its documentation.',
};
