import type { Translated } from '../args.ts';
import type { fleetRules as en } from '../en/fleet-rules.ts';

export const fleetRules = {
  'rules.applicationNameInvalid': 'Application 的名称符合 Kubernetes 的要求',
  'rules.sayApplicationNameInvalid': ({ name }) => `${name} 不是 Kubernetes 可接受的 Application 名称`,
  'rules.applicationsetDeletes': 'ApplicationSet 继续生成它已生成的 Application',
  'rules.setDeletes': ({ set, names, lost }) =>
    `ApplicationSet ${set} 不再生成 ${names}：Argo CD 会删除其部署的内容${lost}`,
  'rules.hintSetDeletes':
    '保留名称；或在该 ApplicationSet 中设置 syncPolicy.preserveResourcesOnDeletion: true，并在此更改之前先同步；备份数据卷',
  'rules.setGoneDeletes': ({ set, names, lost }) =>
    `没有了 ApplicationSet ${set}，它的 Application 也会被删除，包括由其他 ApplicationSet 重新生成的（${names}）：Argo CD 会删除其部署的内容${lost}`,
  'rules.hintSetGoneDeletes':
    '保留该 ApplicationSet 及其名称；或在其中设置 syncPolicy.preserveResourcesOnDeletion: true，并在删除之前先同步。applicationsSync 无济于事：Application 归 ApplicationSet 所有',
  'rules.setLeavesOld': ({ set, names }) =>
    `ApplicationSet ${set} 改用新名称，但无权删除旧的 Application（${names}）：新旧两者会管理相同的对象`,
  'rules.hintSetLeavesOld':
    '手动删除旧的 Application 但保留其资源（argocd app delete --cascade=false），或保留原名称',
  'rules.applicationsetRollingAutosync': '渐进式同步的每个 Application 都属于某个步骤',
  'rules.setUnrolled': ({ set, names }) =>
    `ApplicationSet ${set} 没有任何步骤选中 ${names}，而 RollingSync 会关闭自动同步：无人同步它们`,
  'rules.hintSetUnrolled': '为这些 Application 添加步骤所选的标签，或增加一个步骤',
  'rules.setRollsAutomated': ({ set, automated }) =>
    `ApplicationSet ${set} 的 RollingSync 关闭了 ${automated} 个 Application 的自动同步`,
  'rules.hintSetRollsAutomated': '从模板中删除 syncPolicy.automated，使其与实际行为一致',
  'rules.rootMissesChild': '根 Application 能看到其目录中的每个 Application',
  'rules.rootDoesNotList': ({ name, root, folder }) =>
    `${root} 部署 ${folder}，但其中的 kustomization 没有列出 ${name}：Argo CD 不知道它`,
  'rules.hintRootDoesNotList': ({ folder }) =>
    `在 ${folder}/kustomization.yaml 的 resources 中列出它，或将其删除`,
  'rules.rootDoesNotDescend': ({ name, root, folder }) =>
    `${root} 只部署 ${folder} 中的文件，不包括子目录：Argo CD 不知道 ${name}`,
  'rules.hintRootDoesNotDescend': ({ root, folder }) =>
    `在 ${root} 的 source 中设置 directory.recurse: true，将其移入 ${folder}，或将其删除`,
  'rules.applicationFight': '一个对象只由一个 Application 创建',
  'rules.bothMake': ({ first, second, file, objects }) =>
    `${second} 与 ${first}（${file}）都会创建 ${objects}：每次同步都会从对方手中夺走`,
  'rules.bothDeploy': ({ first, second, file, path }) =>
    `${second} 与 ${first}（${file}）都将 ${path} 部署到同一位置：每次同步都会从对方手中夺走全部对象`,
  'rules.hintBothMake': '只保留其中一个；删除另一个时，该对象也会被删除',
  'rules.clusterInvalid': 'clusters/ 下的每个文件声明一个集群，且名称不重复',
  'rules.clusterUnknown': 'Application 部署到仓库中已声明的集群',
  'rules.sayClusterUnknown': ({ name, cluster }) =>
    `${name} 部署到 ${cluster}，但 clusters/ 下的文件和集群 Secret 都没有声明它`,
  'rules.hintClusterUnknown': '在 clusters/<name>.yaml 中声明它，或更正 destination',
  'rules.hintClusterNear': ({ near }) => `是否想写 ${near}？`,
  'rules.clusterTwoMasters': '集群的一个命名空间只由一个 Argo CD 部署',
  'rules.sayClusterTwoMasters': ({ namespace, cluster, own, other, file }) =>
    `${cluster} 自身 Argo CD 的 ${own} 与另一个 Argo CD 的 ${other}（${file}）都部署到其命名空间 ${namespace}`,
  'rules.hintClusterTwoMasters': '只让其中一方管理该命名空间：双方都会在互不知情的情况下清理和修复对象',
  'rules.blastRadius': '更改逐步到达多个集群',
  'rules.sayBlastRadius': ({ set, count, names }) =>
    `对 ApplicationSet ${set} 所部署内容的一次提交会同时影响 ${count} 个集群（${names}）`,
  'rules.hintBlastRadius': '使用 RollingSync 策略按 env 等标签分步进行，最不重要的先行',
  'rules.hubHoldsAdmin': '没有集群持有另一个集群的全部权限凭据',
  'rules.sayHubHoldsAdmin': ({ count, names }) =>
    `Argo CD 持有 ${count} 个其他集群的凭据，且未限定命名空间（${names}）：入侵者也会随之控制这些集群`,
  'rules.hintHubHoldsAdmin':
    '用 namespaces 和 clusterResources 限制该 Secret，或改由代理拉取（controlledBy: agent:<hub>）',
} satisfies Translated<typeof en>;
