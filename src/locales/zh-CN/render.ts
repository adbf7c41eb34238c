import type { Args, Translated } from '../args.ts';
import type { render as en } from '../en/render.ts';

export const render = {
  'render.absolutePath': ({ value }: Args<'value'>) => `${value} 是绝对路径`,
  'render.beginsSoHelmWouldTake': '以 "-" 开头，helm 会将其当作选项',
  'render.cannotNameChart': ({ name }: Args<'name'>) => `${name} 不能作为 chart 名称`,
  'render.confighomeMakesHelmLoadPlugins': 'configHome 会让 helm 加载插件（程序）',
  'render.containerFunctionProgram': ({ what }: Args<'what'>) => `${what} 是容器函数（程序）`,
  'render.execFunctionProgram': ({ what }: Args<'what'>) => `${what} 是 exec 函数（程序）`,
  'render.execGoPluginProgramKustomize': ({ what }: Args<'what'>) =>
    `${what} 是 exec 或 Go 插件（程序）：kustomize 自身没有它`,
  'render.hasNo': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} 中没有 ${name} ${version}`,
  'render.hasNoArchive': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} 中没有 ${name} ${version} 的归档文件`,
  'render.hasToBeFetched': ({ place, address }: Args<'place' | 'address'>) => `${place}：需要下载 ${address}`,
  'render.helmWouldFetch': ({ name }: Args<'name'>) => `helm 需要获取 ${name}`,
  'render.helmchartinflationgeneratorCanNameProgramOwn':
    'helmChartInflationGenerator 可以指定程序；请改用 helmCharts',
  'render.holdsNoChart': ({ home }: Args<'home'>) => `${home} 中没有 chart`,
  'render.kustomizationHasMoreThanOne': 'kustomization 含有多个文档',
  'render.kustomizeCannotRunHelm': ({ kustomize, helm }: Args<'kustomize' | 'helm'>) =>
    `kustomize ${kustomize} 无法运行 Helm ${helm}`,
  'render.kustomizePutsWhatChartsRender': ({ kustomize }: Args<'kustomize'>) =>
    `kustomize ${kustomize} 会为 chart 渲染的对象强制设置 namespace，5.8 起不再如此`,
  'render.kustomizeReadsWriteSo': ({ key, names }: Args<'key' | 'names'>) =>
    `kustomize 会把 ${key} 当作 ${names}；请照此书写`,
  'render.nametemplateAsksEnvironmentNetwork': 'nameTemplate 读取环境变量或访问网络',
  'render.noFieldHelmchartinflationgenerator': ({ key }: Args<'key'>) =>
    `${key} 不是 HelmChartInflationGenerator 的字段`,
  'render.notRendered': ({ reason }: Args<'reason'>) => `未渲染：${reason}`,
  'render.renderVersionClusterUses': '使用与集群相同的版本渲染',
  'render.fileProblem': ({ file, problem }: Args<'file' | 'problem'>) => `${file} ${problem}`,
  'render.repositoryProblem': ({ repository, problem }: Args<'repository' | 'problem'>) =>
    `${repository} ${problem}`,
  'render.pathProblem': ({ value, problem }: Args<'value' | 'problem'>) => `${value} ${problem}`,
  'render.refusal': ({ what, zh }: Args<'what' | 'en' | 'zh'>) => `${what} ${zh}`,
  'render.thereIsNo': ({ file }: Args<'file'>) => `没有 ${file}`,
  'render.useKustomize581': '使用 kustomize 5.8.1 及以上，或 Helm 3',
  'render.wouldChangePluginsBeforeThey': ({ key }: Args<'key'>) => `${key} 会在插件运行前修改它们`,
  'render.kustomizeNotInstalled': '没有安装 kustomize',
  'render.noRendererInside': '设置了 `renderer: inside`，但没有适用于这台机器的渲染器',
  'render.rendererNotThere': ({ program }: Args<'program'>) => `SLIPWAY_RENDERER：没有程序 ${program}`,
  'render.takeToolsInstead':
    '设置 `renderer: tools` 或将 SLIPWAY_RENDERER 设为空，即用 PATH 中的 helm 和 kustomize 渲染',
  'render.notBuilt': ({ refusal }: Args<'refusal'>) => `未渲染：${refusal}`,
  'render.compareWithCluster': ({ warning }: Args<'warning'>) => `${warning}；请与集群中的实际情况比较`,
  'render.renderedInside': ({
    kustomize,
    helm,
    kubernetes,
    from,
  }: Args<'kustomize' | 'helm' | 'kubernetes' | 'from'>) =>
    `由 slipway 以 Kustomize ${kustomize} 和 Helm ${helm} 渲染，面向 Kubernetes ${kubernetes}（${from}）`,
  'render.renderedWithTools': ({
    kustomize,
    helm,
    kubernetes,
    from,
  }: Args<'kustomize' | 'helm' | 'kubernetes' | 'from'>) =>
    `由本机的 kustomize ${kustomize} 和 helm ${helm} 渲染，面向 Kubernetes ${kubernetes}（${from}）`,
  'render.renderedWithoutHelm': ({
    kustomize,
    kubernetes,
    from,
  }: Args<'kustomize' | 'kubernetes' | 'from'>) =>
    `由本机的 kustomize ${kustomize} 渲染（没有 helm），面向 Kubernetes ${kubernetes}（${from}）`,
  'render.wouldNotBuild': ({ app, reason }: Args<'app' | 'reason'>) => `${app} 将无法构建：${reason}`,
  'render.doesNotBuild': ({ app, reason }: Args<'app' | 'reason'>) =>
    `${app} 目前无法渲染，因此无法判断更改后是否保持不变：${reason}`,
  'render.nothingWrittenMendBefore': '未写入任何内容。请先修复此问题，然后重新运行。',
  'render.nothingWrittenMendFirst': '未写入任何内容。请更改回答，或手动构建此应用查看原因。',
  'render.budgetSpent': ({ budget }: Args<'budget'>) => `未全部尝试：${budget} 次渲染额度已用完`,
  'render.insideAnotherChart': '其他 chart 的依赖不单独渲染',
  'render.valuesUnseen': ({ places }: Args<'places'>) => `此处无法看到的 values：${places}`,
  'render.renderings': ({ count }: Args<'count'>) => `渲染 ${count} 次`,
  'render.noEffect': '不影响渲染结果',
  'render.notProved': ({ reason }: Args<'reason'>) => `未能确定效果：${reason}`,
  'render.maskedParts': ({ parts }: Args<'parts'>) => `每次渲染都不同，故未比较：${parts}`,
  'render.rendersSame': ({ count }: Args<'count'>) => `渲染结果相同：前后均为 ${count} 个对象`,
  'render.rendersOtherwise': ({ count }: Args<'count'>) =>
    `渲染结果不同：${count} 个对象将有差异，因此未写入任何内容`,
  'render.verdictNotRendered': ({ reason }: Args<'reason'>) => `未渲染：${reason}`,
  'render.seeDifference': '未写入任何内容。差异见上文；在 JSON 中为该应用的 `render.differences`。',
  'render.asksCluster': ({ files }: Args<'files'>) =>
    `会查询集群（\`lookup\`），而此处没有任何回答：${files}`,
} satisfies Translated<typeof en>;
