import type { Translated } from '../args.ts';
import type { cluster as en } from '../en/cluster.ts';

export const cluster: Translated<typeof en> = {
  'cluster.absentNamespace': ({ namespace }) =>
    `集群里还没有命名空间 ${namespace}：其中的对象按位于 default 来判断`,
  'cluster.asked': ({ context, version, apps, objects }) =>
    `已就 ${apps} 个应用、${objects} 个对象询问 ${context}（Kubernetes ${version}）：只是试运行，没有写入任何内容`,
  'cluster.asking': '正在询问集群',
  'cluster.askWithServer': '再通过 kubectl 试运行，问一问 API server',
  'cluster.bringCrdFirst': '先让集群或本仓库的某个应用带上它的 CRD',
  'cluster.clusterDoesNotAnswer': ({ context, reason }) => `没有集群：${context} 没有应答：${reason}`,
  'cluster.clusterOrOffline': '--cluster 要询问集群，而 --offline 谁也不问',
  'cluster.contextWithoutCluster': '--context 只用于 --cluster',
  'cluster.definitionComes': ({ apiVersion }) => `集群还不认识 ${apiVersion}；本仓库带有它的 CRD`,
  'cluster.giveRightsOfApply':
    '请给它与应用相同的权限：patch，新对象还需要 create；或用 --context 指定另一个上下文。',
  'cluster.giveOneOfBoth': '去掉其中一个。',
  'cluster.installKubectl': '安装 kubectl，或用 SLIPWAY_KUBECTL 指定；不加 --cluster 就不需要它。',
  'cluster.kubeconfigRelative': ({ file }) => `KUBECONFIG 指向相对路径 ${file}`,
  'cluster.logIn': '像 kubectl 那样登录，或用 --context 指定另一个上下文。',
  'cluster.lookAtContext': '用该上下文试试 kubectl version；--context 可指定另一个。',
  'cluster.mendWhatServerSays': '改正 API server 拒绝的内容；否则整个同步都会失败',
  'cluster.nameContext': '用 --context 指定一个；kubectl config get-contexts 会列出全部上下文。',
  'cluster.nameKubeconfigFromTheRoot': '请给出完整路径：相对路径可能是仓库里的文件。',
  'cluster.namespaceMadeByTheSync': '如果同步会创建它，则无需处理；否则请列出一个 Namespace',
  'cluster.noAnswer': ({ reason }) => `没有应答：${reason}`,
  'cluster.noCluster': ({ reason }) => `没有集群：${reason}`,
  'cluster.noKubectl': ({ command }) => `没有 kubectl：PATH 上找不到 ${command}`,
  'cluster.noRight': ({ reason }) => `没有询问的权限：${reason}`,
  'cluster.noCurrentContext': '没有集群：您的 kubeconfig 没有当前上下文',
  'cluster.noSuchContext': ({ context }) => `没有集群：您的 kubeconfig 里没有上下文 ${context}`,
  'cluster.noRightToAnything': ({ context, count, reason }) =>
    `${count} 个对象中，${context} 一个也不能询问：${reason}`,
  'cluster.noRightInCluster': ({ context, reason }) => `没有权限：${context} 不让您进入：${reason}`,
  'cluster.notAsked': ({ count }) => `集群没有对 ${count} 个对象作出判断`,
  'cluster.notDryRun': ({ name }) => `webhook ${name} 不接受试运行`,
  'cluster.objectNotAsked': ({ kind, name, reason }) => `集群没有判断 ${kind} ${name}：${reason}`,
  'cluster.objectsNotAsked': ({ kind, name, more, reason }) =>
    `集群没有判断 ${kind} ${name} 等 ${Number(more) + 1} 个对象：${reason}`,
  'cluster.policySays': ({ kind, name, by, reason }) => `策略 ${by} 拒绝 ${kind} ${name}：${reason}`,
  'cluster.replaced': '它是被替换而不是被应用的（Replace=true），试运行代表不了这种做法',
  'cluster.contextWithoutSchemas': '--context 只用于 --schemas',
  'cluster.nameNewFolder': '请指定一个新的或空的文件夹。',
  'cluster.schemasFolderTaken': ({ folder }) => `${folder} 不是空的`,
  'cluster.schemasOrOffline': '--schemas 要询问集群，而 --offline 谁也不问',
  'cluster.schemasWritten': ({ context, version, count }) =>
    `${context}（Kubernetes ${version}）的 schema：写入了 ${count} 个文件`,
  'cluster.schemasWouldBeWritten': ({ context, version, count }) =>
    `${context}（Kubernetes ${version}）的 schema：将写入 ${count} 个文件`,
  'cluster.useSchemas': ({ place }) =>
    `设置 SLIPWAY_KUBECONFORM_SCHEMAS='${place}'：check --render 就按它们判断`,
  'cluster.whichContextSchemas': '与 --schemas 一起使用：您的 kubeconfig 中的上下文（默认：当前上下文）',
  'cluster.writeSchemas': '把集群的 schema 写入一个新文件夹，供 kubeconform 使用',
  'cluster.seeThatItIsAsked': '让集群可以被询问，然后再运行一次',
  'cluster.secretField': ({ field, problem }) => `${field}：${problem}（不显示其值）`,
  'cluster.secretReason': '其说明可能含有 Secret 的值，故不显示',
  'cluster.serverSays': ({ kind, name, reason }) => `集群拒绝 ${kind} ${name}：${reason}`,
  'cluster.serverSaysOfMore': ({ kind, name, more, reason }) =>
    `集群拒绝 ${kind} ${name} 等 ${Number(more) + 1} 个对象：${reason}`,
  'cluster.syncDefinitionFirst': '等同步带上它之后再询问一次',
  'cluster.takesRightsOfApply': '试运行需要与应用相同的权限：patch，新对象还需要 create',
  'cluster.serverWarns': ({ reason }) => `集群警告：${reason}`,
  'cluster.readTheWarning': '合并之前看一看：并没有拒绝什么',
  'cluster.webhookSays': ({ kind, name, by, reason }) => `webhook ${by} 拒绝 ${kind} ${name}：${reason}`,
  'cluster.webhookSilent': ({ name, reason }) => `webhook ${name} 没有应答：${reason}`,
  'cluster.whichContext': '与 --cluster 一起使用：您的 kubeconfig 中的上下文（默认：当前上下文）',
};
