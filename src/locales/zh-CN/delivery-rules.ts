import type { Args, Translated } from '../args.ts';
import type { deliveryRules as en } from '../en/delivery-rules.ts';

export const deliveryRules = {
  'rules.titleReleaseSourceMissing': 'HelmRelease 的来源在本仓库中',
  'rules.sayReleaseSourceMissing': ({ name, source }: Args<'name' | 'source'>) =>
    `${name} 的 chart 来自 ${source}，但本仓库中没有它`,
  'rules.hintReleaseSourceMissing': '添加该来源，或更正名称',
  'rules.titleReleaseTwoSources': 'HelmRelease 只有一个来源',
  'rules.sayReleaseTwoSources': ({ name }: Args<'name'>) => `${name} 同时写了 chart 和 chartRef`,
  'rules.hintReleaseTwoSources': '只保留其中一个',
  'rules.titleReleaseVersionFloating': 'HelmRelease 固定版本或范围',
  'rules.sayReleaseVersionFloating': ({ name }: Args<'name'>) => `${name} 总是使用 Flux 查看时的最新版本`,
  'rules.hintReleaseVersionFloating': '写明版本；slipway upgrade --pin 可以代劳',
  'rules.titleReleaseValuesMissing': 'valuesFrom 引用的内容由本仓库生成',
  'rules.sayReleaseValuesMissing': ({ name, map }: Args<'name' | 'map'>) =>
    `${name} 从 ConfigMap ${map} 读取 values，但本仓库中没有任何内容会生成它`,
  'rules.hintReleaseValuesMissing': '将其加入 configMapGenerator，或将该条目标记为 optional',
  'rules.titleReleaseValuesUnhashedStale': '生成的 values 一经更改即可到达 Helm',
  'rules.sayReleaseValuesUnhashedStale': ({ name, map }: Args<'name' | 'map'>) =>
    `${name} 从 ${map} 读取 values，其名称不带哈希：更改要等到下一个 interval 才生效`,
  'rules.hintReleaseValuesUnhashedStale':
    '为其添加标签 reconcile.fluxcd.io/watch: Enabled，或保留哈希并用 nameReference 改写引用',
  'rules.titleReleaseSubstitution': 'Flux 对 values 中的每个变量都有值',
  'rules.sayReleaseSubstitution': ({ name, variable }: Args<'name' | 'variable'>) =>
    `${name} 的 values 中有变量 ${variable}，Flux 会替换它，但没有任何地方为其赋值`,
  'rules.hintReleaseSubstitution': '在 postBuild.substitute 中赋值；若要保留原文，请写成 $$',
  'rules.titleFluxApiRemoved': 'Flux 仍提供所用的 API 版本',
  'rules.sayFluxApiRemoved': ({ kind, name, version }: Args<'kind' | 'name' | 'version'>) =>
    `${kind} ${name} 使用 ${version}，Flux 已不再提供`,
  'rules.hintFluxApiRemoved': ({ now }: Args<'now'>) => `请改为 ${now}`,
  'rules.titleKsPathMissing': 'Flux Kustomization 构建的目录存在',
  'rules.sayKsPathMissing': ({ name, path }: Args<'name' | 'path'>) =>
    `Kustomization ${name} 要构建 ${path}，但它不存在`,
  'rules.hintKsPathMissing': '请更正 spec.path',
  'rules.titleKsNotListed': '每个 Flux Kustomization 都与相邻的一样列出',
  'rules.sayKsNotListed': ({ name, list }: Args<'name' | 'list'>) =>
    `没有任何内容会应用 Kustomization ${name}：${list} 未列出它`,
  'rules.hintKsNotListed': ({ entry }: Args<'entry'>) =>
    `将 ${entry} 列入 resources；若有意不列出，请在其中用注释提及`,
  'rules.titleApplicationPathMissing': 'Application 部署的目录存在',
  'rules.sayApplicationPathMissing': ({ name, path }: Args<'name' | 'path'>) =>
    `Application ${name} 要部署 ${path}，但它不存在`,
  'rules.hintApplicationPathMissing': '请更正 path',
  'rules.titleApplicationValuesMissing': 'Application 的 values 文件存在',
  'rules.sayApplicationValuesMissing': ({ name, file }: Args<'name' | 'file'>) =>
    `Application ${name} 从 ${file} 读取 values，但它不存在`,
  'rules.hintApplicationValuesMissing': '请更正路径，或设置 ignoreMissingValueFiles',
  'rules.titleApplicationRevisionFloating': 'Application 固定 chart 版本',
  'rules.sayApplicationRevisionFloating': ({ name }: Args<'name'>) =>
    `${name} 总是使用 Argo CD 查看时的最新 chart 版本`,
  'rules.hintApplicationRevisionFloating': '在 targetRevision 中写明版本',
  'rules.titleApplicationRefTwice': 'ref 只对应 Application 的一个来源',
  'rules.sayApplicationRefTwice': ({ name, ref }: Args<'name' | 'ref'>) =>
    `Application ${name} 有两个来源使用同一 ref ${ref}`,
  'rules.hintApplicationRefTwice': '为每个来源使用不同的 ref',
  'rules.titleApplicationOciScheme': '来自 registry 的 chart 不带 oci://',
  'rules.sayApplicationOciScheme': ({ name, url }: Args<'name' | 'url'>) =>
    `Application ${name} 将 chart 的 registry 写为 ${url}；Argo CD 要求不带协议前缀`,
  'rules.hintApplicationOciScheme': ({ without }: Args<'without'>) => `请改为 ${without}`,
  'rules.titleApplicationProjectForbids': 'Application 的来源和目标都在其项目允许的范围内',
  'rules.sayApplicationProjectForbids': ({ name, project, what }: Args<'name' | 'project' | 'what'>) =>
    `项目 ${project} 不允许 Application ${name} 使用 ${what}`,
  'rules.hintApplicationProjectForbids': ({ project }: Args<'project'>) =>
    `在 AppProject ${project} 的 sourceRepos 或 destinations 中加以允许，或改用其他项目`,
  'rules.titleSourceOverride': 'kustomization 中写的镜像就是实际运行的镜像',
  'rules.saySourceOverride': ({ image, name, tag }: Args<'image' | 'name' | 'tag'>) =>
    `Argo CD 采用这里的 ${image}，而不是 kustomization 为 ${name} 写的 ${tag}`,
  'rules.hintSourceOverride': '在这里修改镜像，或删除其中一处',
  'rules.titleReleaseCrdsSkipped': 'chart 自带的 CRD 随之升级',
  'rules.sayReleaseCrdsSkipped': ({ name, count }: Args<'name' | 'count'>) =>
    `${name} 带有 ${count} 个 CRD，Flux 升级 chart 时不会升级它们`,
  'rules.hintReleaseCrdsSkipped': '将 spec.upgrade.crds 设为 CreateReplace；若由其他方式升级，请写明 Skip',
  'rules.applicationNameTaken': 'Application 的名称在其 Argo CD 中是唯一的',
  'rules.applicationsetEmpty': '每个 ApplicationSet 至少会生成一个 Application',
  'rules.rootCascades': '删除包含其他 Application 的根 Application 时不会连带删除它们',
  'rules.applicationNameTakenBy': ({ name, file }: Args<'name' | 'file'>) =>
    `${file} 也会生成名为 ${name} 的 Application：两者会互相覆盖，删除其中一个会连同另一个的工作负载一起删除`,
  'rules.applicationNameTakenHint': '请为其中一个换一个名称，例如在名称中加入集群或环境。',
  'rules.setMakesNothingDeletes': ({ set }: Args<'set'>) =>
    `ApplicationSet ${set} 没有匹配到任何内容：Argo CD 会删除它生成过的所有 Application 及其创建的一切`,
  'rules.setMakesNothingHint':
    '请修正其生成器的匹配条件，或删除该 ApplicationSet；`slipway apps` 会列出各 ApplicationSet 生成的内容。',
  'rules.setRefused': ({ set, why }: Args<'set' | 'why'>) =>
    `Argo CD 会拒绝 ApplicationSet ${set}，其内容不再更新：${why}`,
  'rules.setRefusedHint': '请修正消息中指出的内容：其生成器匹配的每个文件都必须提供模板所需的字段。',
  'rules.rootTakesAlong': ({ name, count }: Args<'name' | 'count'>) =>
    `由于带有 finalizer，删除 Application ${name} 会连带删除 ${count} 个 Application 及其创建的一切`,
  'rules.rootTakesAlongHint': '请从 metadata.finalizers 中移除 resources-finalizer.argocd.argoproj.io。',
} satisfies Translated<typeof en>;
