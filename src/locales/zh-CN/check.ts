import type { Args, Translated } from '../args.ts';
import type { check as en } from '../en/check.ts';

export const check = {
  'check.appsChangedSinceBranchTag': '自某个分支、标签或提交以来有改动的应用',
  'check.appsNothingFound': ({ apps }: Args<'apps'>) => `检查 ${apps} 个应用，没有发现问题`,
  'check.buildEveryAppKustomizeHelm': '用 kustomize 和 helm 渲染每个应用，并检查结果',
  'check.canMendedFix': ({ fixable }: Args<'fixable'>) => `其中 ${fixable} 个可用 --fix 修正`,
  'check.cannotRead': ({ configuration_file, reasons }: Args<'configuration_file' | 'reasons'>) =>
    `${configuration_file} cannot be read: ${reasons}`,
  'check.didYouMean': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'check.error': '错误',
  'check.errorsWarningsNotesFilesApps': ({
    errors,
    warnings,
    notes,
    files,
    apps,
  }: Args<'errors' | 'warnings' | 'notes' | 'files' | 'apps'>) =>
    `${apps} 个应用的 ${files} 个文件中：${errors} 个错误，${warnings} 个警告，${notes} 个提示`,
  'check.failNoSeverity': ({ wanted }: Args<'wanted'>) => `--fail-on ${wanted} is no severity`,
  'check.fix': '[--fix]',
  'check.fixAlsoFilesUncommittedChanges': '配合 --fix：包括有未提交改动的文件',
  'check.folderNoGitRepository': 'this folder is in no git repository',
  'check.formatNoneChecksFormats': ({ wanted }: Args<'wanted'>) =>
    `--format ${wanted} is none of check's formats`,
  'check.gitKnowsNoRevision': ({ since }: Args<'since'>) => `git knows no revision ${since}`,
  'check.hasNo': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} has no ${name} ${version}`,
  'check.link': ({ link }: Args<'link'>) => `${link} 是符号链接`,
  'check.mendWhatSafeMendShows': '修正可安全修正的问题，并显示差异',
  'check.mildestFindingEndsExitCode': '导致退出码为 1 的最低级别（默认 warning）',
  'check.nameBranchTagCommitCi': 'Name a branch, a tag or a commit; in CI, fetch it first (fetch-depth: 0).',
  'check.nameFileAppFolderApps': 'Name a file, an app or a folder of apps.',
  'check.nameFileInside': 'Name a file inside it.',
  'check.needs': ({ home, name, version, repository }: Args<'home' | 'name' | 'version' | 'repository'>) =>
    `${home} needs ${name} ${version} of ${repository}`,
  'check.notMended': ({ file, reason }: Args<'file' | 'reason'>) => `未修正：${file} ${reason}`,
  'check.notThereEntryNamesNo': ({ home }: Args<'home'>) =>
    `${home} is not there, and the entry names no repo and version`,
  'check.note': '提示',
  'check.noteNewerChartVersionsAsks': '提示 chart 的新版本（需要网络）',
  'check.nothingCheckTheseFilesBelong': ({ environments }: Args<'environments'>) =>
    `没有可检查的内容：这些文件不属于 ${environments} 中的应用；可直接指定应用目录`,
  'check.nothingRenderedRenderDoes': '未渲染：加 --render 可渲染检查',
  'check.outsideRepository': ({ given, root }: Args<'given' | 'root'>) =>
    `${given} is outside of the repository ${root}`,
  'check.putPlainFilePlace': 'Put a plain file in its place.',
  'check.readIndexNextCommitWill': '读取暂存区（即将提交的内容）；不给路径时只检查有改动的应用',
  'check.rulesNotRuleSlipwayCheck': ({
    configuration_file,
    unknown,
  }: Args<'configuration_file' | 'unknown'>) =>
    `${configuration_file}: rules.${unknown} is not a rule of slipway check`,
  'check.runHelmDependencyBuildThere': 'Run helm dependency build there and commit Chart.lock.',
  'check.silencedComments': ({ suppressed }: Args<'suppressed'>) => `${suppressed} 个已由注释忽略`,
  'check.stagedSinceNeedOne': '--staged and --since need one.',
  'check.thereNoRepository': ({ path }: Args<'path'>) => `there is no ${path} in the repository`,
  'check.theyListedDocsRulesReadme': 'They are listed in docs/rules/README.md.',
  'check.useOne': ({ known }: Args<'known'>) => `Use one of ${known}.`,
  'check.useOne2': ({ severities }: Args<'severities'>) => `Use one of ${severities}.`,
  'check.valuesFilesNotComparedTheir': ({ unknownDefaults }: Args<'unknownDefaults'>) =>
    `${unknownDefaults} 个 values 文件未与默认值比较：chart 既未解包在此，也不在缓存中`,
  'check.warning': '警告',
  'check.whatPrinted': '输出格式',
} satisfies Translated<typeof en>;
