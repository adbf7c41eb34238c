import type { Args, Translated } from '../args.ts';
import type { check as en } from '../en/check.ts';

export const check = {
  'check.appsChangedSinceBranchTag': '自某个分支、标签或提交以来有改动的应用',
  'check.appsNothingFound': ({ apps }: Args<'apps'>) => `检查 ${apps} 个应用，没有发现问题`,
  'check.buildEveryAppKustomizeHelm': '用 kustomize 和 helm 渲染每个应用，并检查结果',
  'check.canMendedFix': ({ fixable }: Args<'fixable'>) => `其中 ${fixable} 个可用 --fix 修正`,
  'check.cannotBuildBefore': ({ reason }: Args<'reason'>) =>
    `它可能改变已部署的内容，而该应用无法在这里构建，因而无法证明它不会：${reason}`,
  'check.cannotRead': ({ configuration_file, reasons }: Args<'configuration_file' | 'reasons'>) =>
    `无法读取 ${configuration_file}：${reasons}`,
  'check.didYouMean': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'check.noApps': '未检查任何内容：这里没有可检查的应用',
  'check.error': '错误',
  'check.errorsWarningsNotesFilesApps': ({
    errors,
    warnings,
    notes,
    files,
    apps,
  }: Args<'errors' | 'warnings' | 'notes' | 'files' | 'apps'>) =>
    `${apps} 个应用的 ${files} 个文件中：${errors} 个错误，${warnings} 个警告，${notes} 个提示`,
  'check.failNoSeverity': ({ wanted }: Args<'wanted'>) => `--fail-on ${wanted} 不是有效的严重级别`,
  'check.fix': '[--fix]',
  'check.fixAlsoFilesUncommittedChanges': '配合 --fix：包括有未提交改动的文件',
  'check.fixNotProved': ({ code, reason }: Args<'code' | 'reason'>) => `（${code}）：${reason}`,
  'check.folderNoGitRepository': '此文件夹不在 git 仓库中',
  'check.forceFixesItAllTheSame': ({ reason }: Args<'reason'>) => `${reason}（--force 仍会修复）`,
  'check.formatNoneChecksFormats': ({ wanted }: Args<'wanted'>) => `check 不支持输出格式 --format ${wanted}`,
  'check.gitKnowsNoRevision': ({ since }: Args<'since'>) => `git 中没有修订版本 ${since}`,
  'check.hasNo': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} 中没有 ${name} ${version}`,
  'check.hasUnstagedChanges': '有未暂存的更改',
  'check.isHiddenFromGit': '对 git 隐藏（assume-unchanged、稀疏检出）',
  'check.isInConflict': '处于冲突状态',
  'check.isInNoCommit': '既未提交也未暂存',
  'check.isNotAsStaged': '与暂存的内容不同',
  'check.itIsNotRegularFile': '不是普通文件',
  'check.itIsSymbolicLink': '是符号链接',
  'check.itIsTooLarge': '过大',
  'check.link': ({ link }: Args<'link'>) => `${link} 是符号链接`,
  'check.mendWhatSafeMendShows': '修正可安全修正的问题，并显示差异',
  'check.mildestFindingEndsExitCode': '导致退出码为 1 的最低级别（默认 warning）',
  'check.nameBranchTagCommitCi': '请指定分支、标签或提交；在 CI 中请先获取它（fetch-depth: 0）。',
  'check.nameFileAppFolderApps': '请指定文件、应用或存放应用的文件夹。',
  'check.nameFileInside': '请指定仓库内的文件。',
  'check.needs': ({ home, name, version, repository }: Args<'home' | 'name' | 'version' | 'repository'>) =>
    `${home} 需要 ${repository} 的 ${name} ${version}`,
  'check.noKustomizeToProve': '它可能改变已部署的内容，而这里没有 kustomize 可以证明它不会',
  'check.notMended': ({ file, reason }: Args<'file' | 'reason'>) => `未修正：${file} ${reason}`,
  'check.notThereEntryNamesNo': ({ home }: Args<'home'>) => `${home} 不存在，且该条目未指定 repo 和 version`,
  'check.note': '提示',
  'check.noteNewerChartVersionsAsks': '提示 chart 的新版本（需要网络）',
  'check.nothingCheckTheseFilesBelong': ({ environments }: Args<'environments'>) =>
    `没有可检查的内容：这些文件不属于 ${environments} 中的应用；可直接指定应用目录`,
  'check.nothingRenderedRenderDoes': '未渲染：加 --render 可渲染检查',
  'check.outsideRepository': ({ given, root }: Args<'given' | 'root'>) => `${given} 在仓库 ${root} 之外`,
  'check.putPlainFilePlace': '请在原处放置普通文件。',
  'check.readIndexNextCommitWill': '读取暂存区（即将提交的内容）；不给路径时只检查有改动的应用',
  'check.rulesNotRuleSlipwayCheck': ({
    configuration_file,
    unknown,
  }: Args<'configuration_file' | 'unknown'>) =>
    `${configuration_file}：rules.${unknown} 不是 slipway check 的规则`,
  'check.runHelmDependencyBuildThere': '请在那里运行 helm dependency build，并提交 Chart.lock。',
  'check.silencedComments': ({ suppressed }: Args<'suppressed'>) => `${suppressed} 个已由注释忽略`,
  'check.stagedSinceNeedOne': '--staged 和 --since 需要 git 仓库',
  'check.systemRefusesIt': '系统拒绝读取',
  'check.templatesLeftOut': ({ templates }: Args<'templates'>) =>
    `略过 ${templates} 个模板文件：它们由 helm、backstage、copier 或 cookiecutter 填充`,
  'check.thereNoRepository': ({ path }: Args<'path'>) => `仓库中没有 ${path}`,
  'check.theyListedDocsRulesReadme': '所有规则见 docs/rules/README.md。',
  'check.useOneOfFormats': ({ known }: Args<'known'>) => `请使用 ${known} 之一。`,
  'check.useOneOfSeverities': ({ severities }: Args<'severities'>) => `请使用 ${severities} 之一。`,
  'check.valuesFilesNotComparedTheir': ({ unknownDefaults }: Args<'unknownDefaults'>) =>
    `${unknownDefaults} 个 values 文件未与默认值比较：chart 既未解包在此，也不在缓存中`,
  'check.warning': '警告',
  'check.whatPrinted': '输出格式',
  'check.wouldAdd': ({ object }: Args<'object'>) => `构建结果将多出原本没有的 ${object}`,
  'check.wouldChange': ({ object, field }: Args<'object' | 'field'>) => `它会改变 ${object} 的 ${field}`,
  'check.wouldNotBuild': ({ reason }: Args<'reason'>) => `修正后该应用将无法构建：${reason}`,
  'check.wouldTakeAway': ({ object }: Args<'object'>) => `构建结果将不再包含 ${object}`,
  'check.notLookedAt': ({ what, reason }: Args<'what' | 'reason'>) => `未检查 ${what}：${reason}`,
  'check.mendItFirst': '请先修好它。',
  'check.notAsked': ({ count }: Args<'count'>) => `无法得知 ${count} 个 chart 是否有新版本：没有得到答复`,
  'check.notRendered': ({ count, apps }: Args<'count' | 'apps'>) =>
    `${apps} 个应用中有 ${count} 个未渲染，未检查其渲染结果`,
} satisfies Translated<typeof en>;
