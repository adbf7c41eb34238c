import type { Args } from '../args.ts';

export const check = {
  'check.appsChangedSinceBranchTag': 'the apps that changed since a branch, tag or commit',
  'check.appsNothingFound': ({ apps }: Args<'apps'>) => `${apps} apps, nothing found`,
  'check.buildEveryAppKustomizeHelm': 'build every app with kustomize and helm, and check what comes out',
  'check.canMendedFix': ({ fixable }: Args<'fixable'>) => `${fixable} can be mended with --fix`,
  'check.cannotRead': ({ configuration_file, reasons }: Args<'configuration_file' | 'reasons'>) =>
    `${configuration_file} cannot be read: ${reasons}`,
  'check.didYouMean': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'check.error': 'error',
  'check.errorsWarningsNotesFilesApps': ({
    errors,
    warnings,
    notes,
    files,
    apps,
  }: Args<'errors' | 'warnings' | 'notes' | 'files' | 'apps'>) =>
    `${errors} errors, ${warnings} warnings, ${notes} notes in ${files} files of ${apps} apps`,
  'check.failNoSeverity': ({ wanted }: Args<'wanted'>) => `--fail-on ${wanted} is no severity`,
  'check.fix': '[--fix]',
  'check.fixAlsoFilesUncommittedChanges': 'with --fix: also files with uncommitted changes',
  'check.folderNoGitRepository': 'this folder is in no git repository',
  'check.formatNoneChecksFormats': ({ wanted }: Args<'wanted'>) =>
    `--format ${wanted} is none of check's formats`,
  'check.gitKnowsNoRevision': ({ since }: Args<'since'>) => `git knows no revision ${since}`,
  'check.hasNo': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} has no ${name} ${version}`,
  'check.link': ({ link }: Args<'link'>) => `${link} is a link`,
  'check.mendWhatSafeMendShows': 'mend what is safe to mend; shows the difference',
  'check.mildestFindingEndsExitCode': 'the mildest finding that ends with exit code 1 (default: warning)',
  'check.nameBranchTagCommitCi': 'Name a branch, a tag or a commit; in CI, fetch it first (fetch-depth: 0).',
  'check.nameFileAppFolderApps': 'Name a file, an app or a folder of apps.',
  'check.nameFileInside': 'Name a file inside it.',
  'check.needs': ({ home, name, version, repository }: Args<'home' | 'name' | 'version' | 'repository'>) =>
    `${home} needs ${name} ${version} of ${repository}`,
  'check.notMended': ({ file, reason }: Args<'file' | 'reason'>) => `not mended: ${file} ${reason}`,
  'check.notThereEntryNamesNo': ({ home }: Args<'home'>) =>
    `${home} is not there, and the entry names no repo and version`,
  'check.note': 'note',
  'check.noteNewerChartVersionsAsks': 'note newer chart versions (asks the network)',
  'check.nothingCheckTheseFilesBelong': ({ environments }: Args<'environments'>) =>
    `nothing to check: these files belong to no app of ${environments}; name an app's folder to check it wherever it is`,
  'check.nothingRenderedRenderDoes': 'nothing was rendered: --render does that',
  'check.outsideRepository': ({ given, root }: Args<'given' | 'root'>) =>
    `${given} is outside of the repository ${root}`,
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
  'check.stagedSinceNeedOne': '--staged and --since need one.',
  'check.thereNoRepository': ({ path }: Args<'path'>) => `there is no ${path} in the repository`,
  'check.theyListedDocsRulesReadme': 'They are listed in docs/rules/README.md.',
  'check.useOne': ({ known }: Args<'known'>) => `Use one of ${known}.`,
  'check.useOne2': ({ severities }: Args<'severities'>) => `Use one of ${severities}.`,
  'check.templatesLeftOut': ({ templates }: Args<'templates'>) =>
    `${templates} template files were left out: helm, backstage, copier or cookiecutter fills them in`,
  'check.valuesFilesNotComparedTheir': ({ unknownDefaults }: Args<'unknownDefaults'>) =>
    `${unknownDefaults} values files were not compared with their defaults: the charts are neither unpacked here nor in the cache`,
  'check.warning': 'warning',
  'check.whatPrinted': 'what is printed',
};
