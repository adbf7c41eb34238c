import type { Translated } from '../args.ts';
import type { capiRules as en } from '../en/capi-rules.ts';

export const capiRules = {
  'rules.capiDeleteUnguarded': 'Cluster 只有在有人确认后才会被删除',
  'rules.capiClusterGoes': ({ name, by }) =>
    `Cluster ${name} 一旦离开 Git，${by} 就会删除它，连同其所有机器和卷`,
  'rules.capiGuardConfirm': '添加注解 argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm',
  'rules.capiGuardFalse': '添加注解 argocd.argoproj.io/sync-options: Prune=false,Delete=false',
  'rules.capiGuardFlux': '添加注解 kustomize.toolkit.fluxcd.io/prune: disabled',
  'rules.capiNamespaceTogether': '删除 Cluster 所需的对象会保留到删除结束',
  'rules.capiGoesTogether': ({ kind, name, cluster }) =>
    `${kind} ${name} 可能与 Cluster ${cluster} 一起被删除，而后者需要它来清理机器：删除会卡住，机器继续运行`,
  'rules.capiValidateOff': '应用 Cluster API 对象时会进行校验',
  'rules.capiAppUnchecked': ({ kind, name }) =>
    `Application 以 Validate=false 应用 ${kind} ${name}：拼错的字段会被悄悄丢弃`,
  'rules.capiObjectUnchecked': ({ kind, name }) =>
    `${kind} ${name} 以 Validate=false 应用：拼错的字段会被悄悄丢弃`,
  'rules.capiValidateHint':
    '去掉 Validate=false；若 CRD 随同一次同步到来，SkipDryRunOnMissingResource=true 就够了',
  'rules.capiOwnedNotPruned': '离开 Git 的集群组成部分不会继续运行',
  'rules.capiStaysBehind': ({ kind, name }) =>
    `${kind} ${name} 已不在 Git 中，但 Argo CD 不会删除它：它属于其 Cluster，机器会继续运行并产生费用`,
  'rules.capiDeleteByHand': ({ kind, name, namespace }) =>
    `同步之后执行：kubectl delete ${kind} ${name} -n ${namespace}`,
  'rules.capiVersionSkew': '集群的 Kubernetes 版本每次只升一个次版本，各部分彼此匹配',
  'rules.capiVersionBack': ({ kind, name, from, version }) =>
    `${kind} ${name} 从 ${from} 退回 ${version}，Cluster API 会拒绝`,
  'rules.capiVersionBackHint': '保持原版本；集群不能降级',
  'rules.capiVersionJump': ({ kind, name, from, version }) =>
    `${kind} ${name} 从 ${from} 升到 ${version}，一次跨越了不止一个次版本`,
  'rules.capiVersionJumpHint': ({ next }) =>
    `先升到 ${next}，等所有机器都完成后再继续；或让 ClusterClass 列出 kubernetesVersions`,
  'rules.capiVersionNotOfClass': ({ kind, name, version, className }) =>
    `${kind} ${name} 要求 ${version}，但 ClusterClass ${className} 没有列出该版本`,
  'rules.capiVersionNotOfClassHint': ({ versions }) =>
    `改用 ${versions} 之一，或把它加入该 class 的 kubernetesVersions`,
  'rules.capiWorkersNewer': ({ kind, name, version, above }) =>
    `${kind} ${name} 的版本是 ${version}，比控制平面的 ${above} 还新`,
  'rules.capiWorkersNewerHint': '先升级控制平面',
  'rules.capiWorkersOld': ({ kind, name, version, above }) =>
    `${kind} ${name} 的版本是 ${version}，比控制平面的 ${above} 落后超过三个次版本`,
  'rules.capiWorkersOldHint': '在控制平面继续升级之前，先升级工作节点',
  'rules.clusterGoesWithApp':
    '若确实要删除，请先删除 Cluster 并等其机器全部释放；否则请恢复该文件夹：集群的所有机器及其上运行的一切都会消失',
  'rules.capiApiDeprecated': '没有对象使用 Cluster API 即将停止提供的 API 版本',
  'rules.capiApiEnds': ({ kind, name, apiVersion, since }) =>
    `${kind} ${name} 使用 ${apiVersion}，${since} 起不再提供`,
  'rules.capiApiGone': ({ kind, name, apiVersion }) =>
    `${kind} ${name} 使用 ${apiVersion}，仍在维护的 Cluster API 版本均不再提供`,
  'rules.capiApiHint': ({ instead }) => `使用 ${instead}；字段位置有变动，请对照其参考文档`,
  'rules.capiSecretPlaintext': '集群的凭据和密钥不以明文保存',
  'rules.capiSecretPlain': ({ name }) => `Cluster API 使用的 Secret ${name} 是明文`,
  'rules.capiValuePlain': ({ kind, name, where }) => `${kind} ${name} 在 ${where} 中写明了机密`,
  'rules.capiSecretHint': '请在提供方更换它，因为 Git 会永久保留；用 slipway seal 密封新的，再引用该 Secret',
} satisfies Translated<typeof en>;
