import type { Args, Plural } from '../args.ts';

export const render = {
  'render.absolutePath': ({ value }: Args<'value'>) => `${value} is an absolute path`,
  'render.beginsSoHelmWouldTake': 'begins with "-", so helm would take it for a flag',
  'render.cannotNameChart': ({ name }: Args<'name'>) => `${name} cannot be the name of a chart`,
  'render.confighomeMakesHelmLoadPlugins': 'configHome makes helm load plugins, which are programs',
  'render.containerFunctionProgram': ({ what }: Args<'what'>) => `${what} is a container function, a program`,
  'render.execFunctionProgram': ({ what }: Args<'what'>) => `${what} is an exec function, a program`,
  'render.execGoPluginProgramKustomize': ({ what }: Args<'what'>) =>
    `${what} is an exec or Go plugin, a program: kustomize itself has none of that name`,
  'render.hasNo': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} has no ${name} ${version}`,
  'render.hasNoArchive': ({ repo, name, version }: Args<'repo' | 'name' | 'version'>) =>
    `${repo} has no archive of ${name} ${version}`,
  'render.hasToBeFetched': ({ place, address }: Args<'place' | 'address'>) =>
    `${place}: ${address} has to be fetched`,
  'render.helmWouldFetch': ({ name }: Args<'name'>) => `helm would fetch ${name}`,
  'render.helmchartinflationgeneratorCanNameProgramOwn':
    'helmChartInflationGenerator can name a program of its own; write helmCharts',
  'render.holdsNoChart': ({ home }: Args<'home'>) => `${home} contains no chart`,
  'render.kustomizationHasMoreThanOne': 'the kustomization has more than one document',
  'render.kustomizeCannotRunHelm': ({ kustomize, helm }: Args<'kustomize' | 'helm'>) =>
    `kustomize ${kustomize} cannot run Helm ${helm}`,
  'render.kustomizePutsWhatChartsRender': ({ kustomize }: Args<'kustomize'>) =>
    `kustomize ${kustomize} puts what charts render into the app's namespace; since 5.8 it does not`,
  'render.kustomizeReadsWriteSo': ({ key, names }: Args<'key' | 'names'>) =>
    `kustomize reads ${key} as ${names}; write it so`,
  'render.nametemplateAsksEnvironmentNetwork': 'nameTemplate asks for the environment or the network',
  'render.noFieldHelmchartinflationgenerator': ({ key }: Args<'key'>) =>
    `${key} is not a field of a HelmChartInflationGenerator`,
  'render.notRendered': ({ reason }: Args<'reason'>) => `not rendered: ${reason}`,
  'render.renderVersionClusterUses': 'render with the version that the cluster uses',
  'render.fileProblem': ({ file, problem }: Args<'file' | 'problem'>) => `${file} ${problem}`,
  'render.repositoryProblem': ({ repository, problem }: Args<'repository' | 'problem'>) =>
    `${repository} ${problem}`,
  'render.pathProblem': ({ value, problem }: Args<'value' | 'problem'>) => `${value} ${problem}`,
  'render.refusal': ({ what, en }: Args<'what' | 'en' | 'zh'>) => `${what} ${en}`,
  'render.thereIsNo': ({ file }: Args<'file'>) => `there is no ${file}`,
  'render.useKustomize581': 'use kustomize 5.8.1 or newer, or Helm 3',
  'render.wouldChangePluginsBeforeThey': ({ key }: Args<'key'>) =>
    `${key} would change plugins before they run`,
  'render.kustomizeNotInstalled': 'kustomize is not installed',
  'render.noRendererInside': '`renderer: inside` is set, and there is no renderer for this machine',
  'render.rendererNotThere': ({ program }: Args<'program'>) =>
    `SLIPWAY_RENDERER: there is no program ${program}`,
  'render.takeToolsInstead':
    'set `renderer: tools`, or an empty SLIPWAY_RENDERER, to render with helm and kustomize of PATH',
  'render.notBuilt': ({ refusal }: Args<'refusal'>) => `not rendered: ${refusal}`,
  'render.compareWithCluster': ({ warning }: Args<'warning'>) =>
    `${warning}; compare it with what the cluster has`,
  'render.renderedInside': ({
    kustomize,
    helm,
    kubernetes,
    from,
  }: Args<'kustomize' | 'helm' | 'kubernetes' | 'from'>) =>
    `rendered by slipway with Kustomize ${kustomize} and Helm ${helm}, for Kubernetes ${kubernetes} (${from})`,
  'render.renderedWithTools': ({
    kustomize,
    helm,
    kubernetes,
    from,
  }: Args<'kustomize' | 'helm' | 'kubernetes' | 'from'>) =>
    `rendered by kustomize ${kustomize} and helm ${helm} of this machine, for Kubernetes ${kubernetes} (${from})`,
  'render.renderedWithoutHelm': ({
    kustomize,
    kubernetes,
    from,
  }: Args<'kustomize' | 'kubernetes' | 'from'>) =>
    `rendered by kustomize ${kustomize} of this machine, without helm, for Kubernetes ${kubernetes} (${from})`,
  'render.wouldNotBuild': ({ app, reason }: Args<'app' | 'reason'>) => `${app} would not build: ${reason}`,
  'render.doesNotBuild': ({ app, reason }: Args<'app' | 'reason'>) =>
    `${app} does not render as it is, so nobody can see whether it stays the same: ${reason}`,
  'render.nothingWrittenMendBefore': 'Nothing was written. Mend that first, and run again.',
  'render.nothingWrittenMendFirst':
    'Nothing was written. Change the answers, or build the app by hand to see what is wrong.',
  'render.budgetSpent': ({ budget }: Args<'budget'>) =>
    `not everything was tried: ${budget} renderings are spent`,
  'render.insideAnotherChart': 'a chart inside of another chart is not rendered alone',
  'render.valuesUnseen': ({ places }: Args<'places'>) => `values that cannot be seen here: ${places}`,
  'render.renderings': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'rendering'),
  'render.noEffect': 'changes nothing that is rendered',
  'render.notProved': ({ reason }: Args<'reason'>) => `effects not known: ${reason}`,
  'render.maskedParts': ({ parts }: Args<'parts'>) => `differs at every rendering, so not compared: ${parts}`,
  'render.rendersSame': ({ count }: Args<'count'>, plural: Plural) =>
    `renders the same: ${plural(count, 'object')} before and after`,
  'render.rendersOtherwise': ({ count }: Args<'count'>, plural: Plural) =>
    `renders otherwise: ${plural(count, 'object')} would differ, so nothing is written`,
  'render.verdictNotRendered': ({ reason }: Args<'reason'>) => `not rendered: ${reason}`,
  'render.seeDifference':
    'Nothing was written. Each difference is above; in JSON it is `render.differences` of the app.',
  'render.asksCluster': ({ files }: Args<'files'>) =>
    `asks the cluster (\`lookup\`), which answers nothing here: ${files}`,
};
