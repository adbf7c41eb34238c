import type { Args, Translated } from '../args.ts';
import type { onboard as en } from '../en/onboard.ts';

export const onboard = {
  'onboard.addApp': '新增应用',
  'onboard.appNeedsSecretKeySeal': ({
    name,
    key,
    file,
    certificate,
  }: Args<'name' | 'key' | 'file' | 'certificate'>) =>
    `应用需要一个密码：名为 ${name}、键为 ${key} 的 Secret。用教程的证书 ../${certificate}（没有人持有其私钥）把一个随机值加密到 ${file}。明文不会写入任何文件。`,
  'onboard.beginAnew': '重新开始',
  'onboard.breakMendRule': '违反规则，再修正',
  'onboard.bringBackGitBeginAnew': '请用 git 恢复，或用 --restart 重新开始。',
  'onboard.changesNotCommittedFirst': ({ count, open }: Args<'count' | 'open'>) =>
    `还有 ${count} 处改动未提交，第一处：${open}`,
  'onboard.commit': '提交',
  'onboard.commitEverythingMessageFormFeat': ({ app }: Args<'app'>) =>
    `提交全部改动，提交信息的格式为 feat(${app}): 改动内容。在真实仓库里接下来是合并请求；合并之后，Argo CD 会让集群与之一致。`,
  'onboard.conceptArgoCd': ({ apps, folders }: Args<'apps' | 'folders'>) =>
    `Argo CD\n  盯着仓库，让集群与之一致：这叫同步（sync）。合并了的就会运行，别的都不会。${folders} 的每个目录是一个应用；这里有 ${apps} 个。`,
  'onboard.conceptCrd':
    'CRD\n  Kubernetes 本身不认识的对象类型（例如 HTTPRoute），由自定义资源定义（CRD）教给它。chart 会带上自己的。',
  'onboard.conceptDiagram': '你 -> git -> Argo CD -> 集群\n浏览器 -> Gateway -> 路由 -> 应用',
  'onboard.conceptDocker':
    '你了解 Docker：镜像，用 docker run 或 compose 文件启动。在这里没有人手工启动任何东西：要运行什么，写在这个 git 仓库里，由一个程序去实现：',
  'onboard.conceptHelm': ({ chart }: Args<'chart'>) =>
    `Helm chart\n  由别人维护、带设置项的 YAML，好比一个满是变量的 compose 文件。版本是锁定的（${chart}）。设置项叫 values；values/<chart>-<版本>.yaml 是全部默认值加上团队的修改，一比就知道哪些是我们的。`,
  'onboard.conceptKubernetes':
    'Kubernetes\n  在多台机器（集群）上运行容器。要运行什么用 YAML 描述，每样东西是一个对象：Deployment 表示“让这个镜像的三个容器一直运行”，Service 是它们前面的名字和端口。',
  'onboard.conceptKustomize':
    'Kustomize\n  把一个应用拼装起来：kustomization.yaml 列出它的普通 YAML 文件和 chart。',
  'onboard.conceptMirror': ({ mirror }: Args<'mirror'>) =>
    `镜像站\n  镜像经由 ${mirror}（Docker Hub 等的副本）拉取：image-prefix.yaml 把它加在每个镜像名前面。`,
  'onboard.conceptNamespace': ({ app }: Args<'app'>) =>
    `命名空间（namespace）\n  集群里的一个隔间，类似一个 compose 项目。应用的目录（例如 ${app}）就是它的名字。`,
  'onboard.conceptRoute': ({ host, gateway }: Args<'host' | 'gateway'>) =>
    `Gateway 与路由\n  Gateway（${gateway}）是浏览器进来的唯一入口，好比容器前面的反向代理。应用的路由（类型 HTTPRoute）说明哪个域名通向哪个 Service：${host}。`,
  'onboard.conceptSealed': ({ sealed }: Args<'sealed'>) =>
    `加密的 Secret（SealedSecret）\n  密码只以加密形式存在于 git（这里有 ${sealed} 个文件）。任何人都能用证书加密；只有集群中的控制器能解开。`,
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
  'onboard.leftSlipwayOnboardGoesFrom': '已离开。从这里继续：',
  'onboard.liesInsideRepositoryWouldCopy': ({ folder }: Args<'folder'>) => `${folder} 位于它要复制的仓库之内`,
  'onboard.makeAppFromChartVersion': ({
    path,
    name,
    from,
    repository,
    value2,
  }: Args<'path' | 'name' | 'from' | 'repository' | 'value' | 'value2'>) =>
    `用 ${repository} 的 chart ${name}（版本 ${from}）新建应用 ${path}。然后看看它的目录：锁定版本的 chart、完整的默认值、命名空间${value2}。不带参数时 slipway new-app 会逐项询问。`,
  'onboard.meanwhileTeamChangedTwoValues': ({
    name,
    from,
    to,
    answers,
    report,
  }: Args<'name' | 'from' | 'to' | 'answers' | 'report'>) =>
    `与此同时，团队改了两个值：三个副本，以及另一个镜像标签（可用 git show 查看）。把 ${name} 从 ${from} 升级到 ${to}，并把报告写到 ../${report}。副本数会自动保留；镜像标签两边都改了，slipway 会问你采用哪一个。无法提问的场合用文件回答：--decisions ../${answers} 就是一例。`,
  'onboard.missing': ({ file }: Args<'file'>) => `缺少 ${file}`,
  'onboard.nameFolderOutside': '请指定仓库之外的文件夹。',
  'onboard.noSealedsecretNamed': ({ file, name }: Args<'file' | 'name'>) =>
    `${file} 不是名为 ${name} 的 SealedSecret`,
  'onboard.notListedUnderResourcesKustomization': ({ relative, path }: Args<'relative' | 'path'>) =>
    `${relative} 未列入 ${path}/kustomization.yaml 的 resources，不会被应用`,
  'onboard.oldValuesFileStillThere': ({ place }: Args<'place'>) => `旧的 values 文件 ${place} 还在：删除它`,
  'onboard.readReportAndFix': ({ report }: Args<'report'>) =>
    `打开 ../${report}：上游变更、对我们的影响、迁移结果。新版 chart 的服务端口由 80 变为 8080，而我们自己的路由仍指向 80：修正应用的 resources/httproute.yaml。（有 helm 和 kustomize 渲染时，报告会自己指出。）`,
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
  'onboard.somebodyCarelessKustomizationYamlNow': ({ path }: Args<'path'>) =>
    `有人粗心大意：${path}/kustomization.yaml 现在违反了两条规则（可用 git show 查看）。用 slipway check 找出来。--fix 会修正安全的部分；可能影响集群中资源的，留给你决定。手工修正剩下的，直到检查通过。`,
  'onboard.stepTourDoesNotWork': ({ id, word }: Args<'id' | 'word'>) =>
    `导览的步骤 ${id} 在这里无法进行：${word}`,
  'onboard.stillLeadsPortReportSays': ({ file, led }: Args<'file' | 'led'>) =>
    `${file} 仍指向端口 ${led}；新版 chart 的端口是 8080`,
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
    `教程结束。副本保留在 ${root}。重新开始：`,
  'onboard.tourMisses': ({ file }: Args<'file'>) => `导览缺少 ${file}`,
  'onboard.tourNeedsTerminal': '导览需要终端',
  'onboard.typeCommandsHereTheyRun':
    '在此输入命令，它们在副本中运行。直接回车检查本步骤，hint 显示做法，help 重新显示任务，quit 离开。',
  'onboard.upgradeChart': '升级 chart',
  'onboard.valueNotSealedSlipwaySeal': ({ key, file }: Args<'key' | 'file'>) =>
    `${file} 中 ${key} 的值没有加密：用 slipway seal --into 写入`,
  'onboard.conceptDiagramFlux': '你 -> git -> Flux -> 集群\n浏览器 -> Gateway -> 路由 -> 应用',
  'onboard.conceptFlux': ({ folders }: Args<'folders'>) =>
    `Flux\n  盯着仓库，让集群与之一致。它的 Kustomization 规定构建哪些目录（应用位于 ${folders}）；合并了的就会运行，移除的会被删除。`,
  'onboard.conceptNamespaceOf': ({ app, namespace }: Args<'app' | 'namespace'>) =>
    `命名空间（namespace）\n  集群里的一个隔间，类似一个 compose 项目。${app} 创建的对象位于 ${namespace}。`,
  'onboard.conceptRelease': ({ chart, app }: Args<'chart' | 'app'>) =>
    `Helm chart\n  由别人维护、带设置项的 YAML，好比一个满是变量的 compose 文件。HelmRelease 写明 chart、来源和版本（${app} 中的 ${chart}）；其中的 values 是与 chart 默认值的差异。`,
  'onboard.conceptApplication': ({ chart, app }: Args<'chart' | 'app'>) =>
    `Helm chart\n  由别人维护、带设置项的 YAML，好比一个满是变量的 compose 文件。Application 写明 chart 和版本（${app} 中的 ${chart}）；其中的 values 是与 chart 默认值的差异。`,
  'onboard.conceptUmbrella': ({ chart, app }: Args<'chart' | 'app'>) =>
    `Helm chart\n  由别人维护、带设置项的 YAML，好比一个满是变量的 compose 文件。应用自身是一个依赖其他 chart 的 chart（${app} 中的 ${chart}）；values.yaml 在该 chart 的名称下写明与默认值的差异。`,
  'onboard.tourUnderWay': '现在就在导览中',
  'onboard.leaveTourFirst': '输入 hint 查看这一步要做什么，输入 exit 离开导览。',
} satisfies Translated<typeof en>;
