import type { Args, Translated } from '../args.ts';
import type { doctor as en } from '../en/doctor.ts';

export const doctor = {
  'doctor.allWell': '一切正常',
  'doctor.anotherRunWritingProcess': ({ who }: Args<'who'>) => `另一个进程正在写入：${who}`,
  'doctor.answersVersionsUsedHere': ({ count, name, used }: Args<'count' | 'name' | 'used'>) =>
    `可访问；${name} 有 ${count} 个版本（本仓库使用：${used}）`,
  'doctor.apps': ({ count }: Args<'count'>) => `${count} 个应用`,
  'doctor.chartRepositories': 'chart 仓库',
  'doctor.configuredKeepLoginsRegistriesNot': '被配置为保管镜像仓库登录，但不在 PATH 中',
  'doctor.conventionsTheirEvidence': '约定及其依据',
  'doctor.copiesWhatRunOverwrote': '某次运行所覆盖内容的副本',
  'doctor.credentials': '凭据',
  'doctor.daysOldValidUntil': ({ ageDays, until }: Args<'ageDays' | 'until'>) =>
    `已有 ${ageDays} 天，有效期至 ${until}`,
  'doctor.deleteOnceYouMissNothing': '确认无需恢复后删除',
  'doctor.doesNotRun': ({ reason }: Args<'reason'>) => `无法运行：${reason}`,
  'doctor.expiresDays': ({ left, until }: Args<'left' | 'until'>) => `${left} 天后（${until}）过期`,
  'doctor.fetchCertificateIntoKubesealFetch':
    '请将证书获取到该文件：kubeseal --fetch-cert，或在 .slipway/config.yaml 中指定其他文件。',
  'doctor.fetchCurrentOneKubesealFetch':
    '获取当前证书：kubeseal --fetch-cert，或 slipway seal --from-cluster',
  'doctor.giveHelmCaCaFile': '用 --ca-file 为 Helm 指定 CA',
  'doctor.heldAnotherMachineProcess': ({ who }: Args<'who'>) => `被另一台机器持有：${who}`,
  'doctor.helmKustomizeRunWithoutNetwork': 'helm 和 kustomize 在无网络环境中运行，且只能写入自己的目录',
  'doctor.helmKustomizeRunWithoutNetwork2': 'helm 和 kustomize 在无网络环境中运行，但能写入你可写的任何位置',
  'doctor.ifRunGoneDeleteLock': ({ state }: Args<'state'>) => `如果该运行已不存在，删除 ${state}/lock`,
  'doctor.insecureSkipTlsVerifyNot': ({ where, login }: Args<'where' | 'login'>) =>
    `${where}，${login}；insecure_skip_tls_verify 不起作用`,
  'doctor.installGit': '安装 git',
  'doctor.installHelmHttpsHelmSh': '安装 Helm（https://helm.sh），或用 SLIPWAY_HELM 指定',
  'doctor.installKustomize581': '安装 kustomize 5.8.1 及以上，或用 SLIPWAY_KUSTOMIZE 指定',
  'doctor.installTakeOutConfigJson': '安装它，或从 config.json 中移除后重新登录',
  'doctor.keepsLoginsRegistries': '保管镜像仓库登录',
  'doctor.leftNothing': '没有遗留',
  'doctor.leftoversInterruptedRuns': '中断的运行的遗留',
  'doctor.linuxInstallUtilLinuxUnshare':
    'Linux：安装 util-linux（unshare、mount、setpriv），并允许该用户使用 user namespace',
  'doctor.login': '有登录',
  'doctor.lookIntoThenDelete': '确认内容后删除',
  'doctor.looking': '检查中',
  'doctor.nameOneCDirMake': '用 -C <目录> 指定，或新建：slipway init',
  'doctor.noLogin': '无登录',
  'doctor.noneHere': '此处没有',
  'doctor.noneMachine': '本机没有',
  'doctor.noneSeen': '未发现',
  'doctor.notAskedOffline': '未询问（--offline）',
  'doctor.notConfigured': '未配置',
  'doctor.notFoundChartsNotRendered': '未找到：无法渲染 chart，服务、镜像和 Secret 只能根据 values 推测',
  'doctor.notFoundNoAppCan': '未找到：无法构建应用，升级和检查看不到渲染结果',
  'doctor.notFoundUncommittedWorkNot': '未找到：无法借助 git 保护未提交的修改，也无法提交',
  'doctor.nothingButTheirOwnSettings': '除自身设置外，没有任何机制阻止 helm 和 kustomize 访问网络和你的文件',
  'doctor.problems': ({ problems }: Args<'problems'>) => `问题：${problems}`,
  'doctor.repository': '仓库',
  'doctor.runInterrupted': '有一次运行被中断',
  'doctor.runKilledNextOneTakes': '来自被终止的运行：下一次写入会接管它',
  'doctor.runSlipwayCheckFixWhat':
    '运行 slipway check --fix 或重新运行被中断的命令：写入命令会先完成或撤销它',
  'doctor.sealingCertificate': '加密证书',
  'doctor.setGithubReleases': '已设置，用于查询 GitHub 发布',
  'doctor.slipwaySealThenNeedsCert':
    'slipway seal 需要 --cert 或 --from-cluster；可在 .slipway/config.yaml 中写明证书文件',
  'doctor.temporaryFileNoRunOwns': '不属于任何运行的临时文件',
  'doctor.text': ({ where, login }: Args<'where' | 'login'>) => `${where}，${login}`,
  'doctor.thereNoSuchFile': '文件不存在',
  'doctor.tools': '工具',
  'doctor.useNode2019Newer': '使用 Node 20.19 及以上',
} satisfies Translated<typeof en>;
