import type { Args, Translated } from '../args.ts';
import type { move as en } from '../en/move.ts';

export const move = {
  'move.appMissing': '未指定应用',
  'move.applicationGoesObjectsStayPreserveresourcesondeletion':
    'Application 被删除，其对象保留（preserveResourcesOnDeletion）。',
  'move.argoCdDeletesApplicationObjects': ({ name, count }: Args<'name' | 'count'>) =>
    `Argo CD 将删除 Application ${name} 及其 ${count} 个对象：`,
  'move.argoCdDoesNotSync': ({ environment }: Args<'environment'>) =>
    `Argo CD 不同步 ${environment}/*，集群中不会删除任何内容。`,
  'move.chooseAnotherNameEnvironment': '请选择其他名称或环境。',
  'move.environmentFolderArgoCdDoes': '目标环境，或 Argo CD 不同步的目录（例如 disabled）',
  'move.files': ({ count }: Args<'count'>) => `${count} 个文件`,
  'move.from': ({ from }: Args<'from'>) => `来自 ${from}`,
  'move.giveEnvironmentDisabled': '请指定 --to <environment>，或 --to disabled。',
  'move.keptDeleteFalse': '保留（Delete=false）',
  'move.known': ({ value }: Args<'value'>) => `已知的有 ${value}。`,
  'move.linesStillSpeakOldPlace': '仍提到旧位置的行：',
  'move.lostGoodDataEverythingInside': '无法恢复，包括数据和其中的一切',
  'move.missing': '缺少 --to',
  'move.moveHandFirst': '请先手动移动。',
  'move.moveTheseFiles': '移动这些文件？',
  'move.toMove': ({ from, to }: Args<'from' | 'to'>) => `把 ${from} 移到 ${to}`,
  'move.moved': ({ from, to }: Args<'from' | 'to'>) => `已把 ${from} 移到 ${to}`,
  'move.nameOneEnvironmentApp': '请以 <environment>/<app> 的形式指定一个。',
  'move.names': ({ to }: Args<'to'>) => `指向 ${to}`,
  'move.newNameMissing': '未指定新名称',
  'move.noFolderApps': ({ given }: Args<'given'>) => `--to ${given} 不是存放应用的文件夹`,
  'move.noPlainFileLinkMay': ({ path }: Args<'path'>) => `${path} 不是普通文件，链接在移动后可能指向别处`,
  'move.folderIsNow': ({ path }: Args<'path'>) => `现为 ${path}`,
  'move.targetIsNow': ({ target }: Args<'target'>) => `现为 ${target}`,
  'move.oneOverlay': ({ word, count }: Args<'word' | 'count'>) =>
    `${word} 只是该应用 ${count} 个 overlay 之一，新名称对所有 overlay 生效`,
  'move.slipwayRenameNewName': ({ path }: Args<'path'>) => `slipway rename ${path} <new-name>`,
  'move.holdsCluster': ({ folder, name }: Args<'folder' | 'name'>) =>
    `${folder} 含有 Cluster API 的 Cluster ${name}，其 Application 消失时会连同机器一起被删除`,
  'move.clusterRecipe': ({ namespace }: Args<'namespace'>) =>
    `先在两边停止同步（argocd app set <app> --sync-policy none、flux suspend kustomization <name>），执行 clusterctl move -n ${namespace} --to-kubeconfig <文件>，再用 git mv 移动目录并恢复同步；若仍在同一管理集群，请留在原处。`,
  'move.thereAlready': ({ path }: Args<'path'>) => `${path} 已存在`,
  'move.theseValuesMustSealedAgain': '以下值是为其他命名空间或名称加密的，必须重新加密：',
  'move.whateverChartsRender': ({ unseen }: Args<'unseen'>) => `以及其 chart 渲染的内容（${unseen}）`,
  'move.wouldMove': ({ from, to }: Args<'from' | 'to'>) => `将把 ${from} 移到 ${to}`,
  'move.notKnownWhetherDeployed': ({ environment }: Args<'environment'>) =>
    `这里没有说明由什么部署 ${environment}/*：如果确有部署，应用的对象可能会被删除。`,
  'move.isOneFile': ({ word, home, kind }: Args<'word' | 'home' | 'kind'>) =>
    `${word} 不是目录：它是 ${home} 中的 ${kind}`,
  'move.moveFileByHand': ({ home }: Args<'home'>) =>
    `请用 git mv 移动 ${home}：名称不变，它在集群中就仍是同一个对象。`,
  'move.moveListedFileByHand': ({ home, lists }: Args<'home' | 'lists'>) =>
    `请用 git mv 移动 ${home}，并修改 ${lists} 中的条目：名称不变，它在集群中就仍是同一个对象。`,
  'move.childGoes': ({ name }: Args<'name'>) =>
    `Application ${name} 从根 Application 的列表中去掉；它没有 finalizer，因此它创建的对象会保留。`,
  'move.childBecomes': ({ name, becomes }: Args<'name' | 'becomes'>) =>
    `Application ${name} 改为 ${becomes}；旧的所创建的对象会保留，直到有人删除。`,
  'move.applicationFollows': ({ name }: Args<'name'>) =>
    `Application ${name} 按路径引用该目录，并会随之更新：集群中不会删除任何对象。`,
  'move.fluxStillBuilds': ({ builder }: Args<'builder'>) =>
    `Flux Kustomization ${builder} 在新位置仍会构建它。`,
  'move.fluxMovesNamespace': ({ from, to }: Args<'from' | 'to'>) =>
    `它的命名空间从 ${from} 变为 ${to}：Flux 会删除并重新创建以下对象，其中的 release 会被卸载：`,
  'move.fluxLeavesObjects': ({ builder }: Args<'builder'>) =>
    `Flux Kustomization ${builder} 不再构建它；由于未启用 prune，其对象会留在集群中。`,
  'move.fluxPrunes': ({ builder }: Args<'builder'>) =>
    `Flux Kustomization ${builder} 不再构建它，并且启用了 prune：Flux 会删除以下对象，其中的 release 会被卸载：`,
  'move.fluxBuildsInstead': ({ builder }: Args<'builder'>) =>
    `改由 Flux Kustomization ${builder} 构建它，并重新创建其对象。`,
  'move.fluxKeepFirst':
    '若要保留正在运行的内容：先为将被移除的 Kustomization 设置 spec.deletionPolicy: Orphan，待 Flux 应用之后再运行本命令。',
  'move.fluxSuspended': ({ builder }: Args<'builder'>) =>
    `Flux Kustomization ${builder} 已暂停：恢复之前什么都不会发生，恢复后会一次全部执行。`,
} satisfies Translated<typeof en>;
