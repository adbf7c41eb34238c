import type { Args, Translated } from '../args.ts';
import type { onboard as en } from '../en/onboard.ts';

export const onboard = {
  'onboard.addApp': '新增应用',
  'onboard.appNeedsSecretKeySeal': ({
    name,
    key,
    file,
    certificate,
  }: Args<
    'name' | 'key' | 'file' | 'certificate'
  >) => `应用需要名为 ${name}、键为 ${key} 的 Secret。用教程的证书 ../${certificate}（没有人持有其私钥）把一个随机值加密到 ${file}。
明文不会写入任何文件。`,
  'onboard.beginAnew': '重新开始',
  'onboard.breakMendRule': '违反规则，再修正',
  'onboard.bringBackGitBeginAnew': '请用 git 恢复，或用 --restart 重新开始。',
  'onboard.changesNotCommittedFirst': ({ count, open }: Args<'count' | 'open'>) =>
    `还有 ${count} 处改动未提交，第一处：${open}`,
  'onboard.commit': '提交',
  'onboard.commitEverythingMessageFormFeat': ({ app }: Args<'app'>) =>
    `提交全部改动，提交信息的格式为 feat(${app}): 改动内容。在真实仓库里接下来是合并请求，合并后由 Argo CD 同步。`,
  'onboard.copyDemoEvenInsideRepository': '使用演示仓库的副本，即使当前目录在仓库中',
  'onboard.findingsLeftFirst': ({
    count,
    place,
    first,
    path,
  }: Args<'count' | 'said' | 'place' | 'first' | 'path'>) =>
    `还有 ${count} 个问题，第一个在 ${place}（${first}）。运行 slipway check ${path} 查看说明`,
  'onboard.holdsSecretPlaintextDeleteMust': ({ plain }: Args<'plain'>) =>
    `${plain} 含有明文 Secret：删除它，绝不能提交`,
  'onboard.howRepositoryWorks': '仓库如何工作',
  'onboard.lastMessageGiveFormFeat': ({ subject, app }: Args<'subject' | 'app'>) =>
    `最近的提交信息是“${subject}”；格式应为 feat(${app}): …（git commit --amend）`,
  'onboard.leftSlipwayOnboardGoesFrom': '已离开。再次运行 slipway onboard 会从这里继续。',
  'onboard.liesInsideRepositoryWouldCopy': ({ folder }: Args<'folder'>) => `${folder} 位于它要复制的仓库之内`,
  'onboard.makeAppFromChartVersion': ({
    path,
    name,
    from,
    repository,
    value2,
  }: Args<
    'path' | 'name' | 'from' | 'repository' | 'value' | 'value2'
  >) => `用 ${repository} 的 chart ${name}（版本 ${from}）新建应用 ${path}。然后看看它的目录：锁定版本的 chart、完整的默认值、
命名空间${value2}。不带参数时 slipway new-app 会逐项询问。`,
  'onboard.meanwhileTeamChangedTwoValues': ({
    name,
    from,
    to,
    answers,
    report,
  }: Args<
    'name' | 'from' | 'to' | 'answers' | 'report'
  >) => `与此同时，团队改了两个值：三个副本，以及另一个镜像标签（可用 git show 查看）。把 ${name} 从 ${from} 升级到 ${to}。副本数会自动保留；
镜像标签两边都改了，在你决定之前 slipway 什么也不写：用 --interactive 在终端里回答，或用 --decisions ../${answers}。报告写到
../${report}。`,
  'onboard.missing': ({ file }: Args<'file'>) => `缺少 ${file}`,
  'onboard.nameFolderOutside': '请指定仓库之外的文件夹。',
  'onboard.noSealedsecretNamed': ({ file, name }: Args<'file' | 'name'>) =>
    `${file} 不是名为 ${name} 的 SealedSecret`,
  'onboard.notListedUnderResourcesKustomization': ({ relative, path }: Args<'relative' | 'path'>) =>
    `${relative} 未列入 ${path}/kustomization.yaml 的 resources，不会被应用`,
  'onboard.oldValuesFileStillThere': ({ place }: Args<'place'>) => `旧的 values 文件 ${place} 还在：删除它`,
  'onboard.readReportAndFix': ({ report }: Args<'report'>) =>
    `打开 ../${report}：上游变更、对我们的影响、迁移结果。新版 chart 换了服务端口，报告指出了谁还指向旧端口。修正那个文件。`,
  'onboard.readReportOnly': ({ report }: Args<'report'>) =>
    `打开 ../${report}：上游变更、对我们的影响、迁移结果。`,
  'onboard.pinsTakeVersionSoThere': ({
    name,
    version,
    from,
    folder,
  }: Args<'name' | 'version' | 'from' | 'folder'>) =>
    `锁定的是 ${name} ${version}；请用 --version ${from}，这样之后才有可升级的版本（先删除 ${folder} 及其 lock）`,
  'onboard.readPageAbove': '阅读上面的内容。',
  'onboard.readReport': '阅读报告',
  'onboard.runOneYesHavePlayed': '请在终端中运行，或用 --yes 自动演示全程。',
  'onboard.sealSecret': '加密 Secret',
  'onboard.slipwayCheckCouldNotRun': ({ stdout }: Args<'stdout'>) => `slipway check 无法运行：${stdout}`,
  'onboard.slipwayDoctorTellsWhetherTool': 'slipway doctor 会指出是否缺少工具；如果不缺，请报告此问题。',
  'onboard.somebodyCarelessKustomizationYamlNow': ({
    path,
  }: Args<'path'>) => `有人粗心大意：${path}/kustomization.yaml 现在违反了两条规则（可用 git show 查看）。用 slipway check 找出来。--fix 会修正安全的
部分并显示差异；可能影响集群中资源的，留给你决定。手工修正剩下的，直到检查通过。`,
  'onboard.stepTourDoesNotWork': ({ id, word }: Args<'id' | 'word'>) =>
    `导览的步骤 ${id} 在这里无法进行：${word}`,
  'onboard.stillLeadsPortReportSays': ({ file, led }: Args<'file' | 'led'>) =>
    `${file} 仍指向端口 ${led}；报告写明了新版 chart 的端口`,
  'onboard.stillSlipwayUpgradeWritesNothing': ({ name, version, path }: Args<'name' | 'version' | 'path'>) =>
    `${name} 仍为 ${version}：有待决定的事项时 slipway upgrade ${path} 不写入任何内容`,
  'onboard.thereButNotMadeChart': ({ folder, name }: Args<'folder' | 'name'>) =>
    `${folder} 已存在，但不是来自 chart ${name}：删除后重试`,
  'onboard.thereNoAppYet': ({ folder }: Args<'folder'>) => `还没有应用 ${folder}`,
  'onboard.thereNoUndoUpgradeGit': ({ report }: Args<'report'>) =>
    `没有 ../${report}：撤销升级（git checkout . && git clean -fd）后带 --report 重做`,
  'onboard.thereNoYet': ({ file }: Args<'file'>) => `还没有 ${file}`,
  'onboard.threeReplicasLostUpgradeSlipway': ({ place }: Args<'place'>) =>
    `${place} 中丢失了三个副本的定制：请用 slipway 升级，它会保留`,
  'onboard.tourCopyStaysSlipwayOnboard': ({ root }: Args<'root'>) =>
    `教程结束。副本保留在 ${root}；slipway onboard --restart 可重新开始。`,
  'onboard.tourMisses': ({ file }: Args<'file'>) => `导览缺少 ${file}`,
  'onboard.tourNeedsTerminal': '导览需要终端',
  'onboard.typeCommandsHereTheyRun':
    '在此输入命令，它们在副本中运行。直接回车检查本步骤，hint 显示做法，quit 离开（再次运行 slipway onboard 回到这里）。',
  'onboard.upgradeChart': '升级 chart',
  'onboard.valueNotSealedSlipwaySeal': ({ key, file }: Args<'key' | 'file'>) =>
    `${file} 中 ${key} 的值没有加密：用 slipway seal --into 写入`,
} satisfies Translated<typeof en>;
