import type { Args, Plural } from '../args.ts';

export const deliveryRules = {
  'rules.titleReleaseSourceMissing': 'the source of a HelmRelease is in the repository',
  'rules.sayReleaseSourceMissing': ({ name, source }: Args<'name' | 'source'>) =>
    `${name} takes its chart from ${source}, which is not in this repository`,
  'rules.hintReleaseSourceMissing': 'Add the source, or correct the name',
  'rules.titleReleaseTwoSources': 'a HelmRelease has one source',
  'rules.sayReleaseTwoSources': ({ name }: Args<'name'>) => `${name} has both chart and chartRef`,
  'rules.hintReleaseTwoSources': 'Keep one of them',
  'rules.titleReleaseVersionFloating': 'a HelmRelease pins a version or a range',
  'rules.sayReleaseVersionFloating': ({ name }: Args<'name'>) =>
    `${name} takes whatever version is the newest when Flux looks`,
  'rules.hintReleaseVersionFloating': 'Write the version; slipway upgrade --pin does so',
  'rules.titleReleaseValuesMissing': 'what valuesFrom names is made in the repository',
  'rules.sayReleaseValuesMissing': ({ name, map }: Args<'name' | 'map'>) =>
    `${name} takes values from the ConfigMap ${map}, which nothing in this repository makes`,
  'rules.hintReleaseValuesMissing': 'Add it under configMapGenerator, or mark the entry optional',
  'rules.titleReleaseValuesUnhashedStale': 'a change of generated values reaches Helm at once',
  'rules.sayReleaseValuesUnhashedStale': ({ name, map }: Args<'name' | 'map'>) =>
    `${name} takes values from ${map}, whose name has no hash: a change waits for the next interval`,
  'rules.hintReleaseValuesUnhashedStale':
    'Give it the label reconcile.fluxcd.io/watch: Enabled, or keep the hash and rewrite the reference by nameReference',
  'rules.titleReleaseSubstitution': 'Flux has a value for each variable in values',
  'rules.sayReleaseSubstitution': ({ name, variable }: Args<'name' | 'variable'>) =>
    `${name} has ${variable} in its values, which Flux fills in and nothing gives`,
  'rules.hintReleaseSubstitution': 'Give it under postBuild.substitute, or write $$ where the text is meant',
  'rules.titleFluxApiRemoved': 'Flux serves the API versions in use',
  'rules.sayFluxApiRemoved': ({ kind, name, version }: Args<'kind' | 'name' | 'version'>) =>
    `${kind} ${name} is of ${version}, which Flux no longer serves`,
  'rules.hintFluxApiRemoved': ({ now }: Args<'now'>) => `Write ${now}`,
  'rules.titleKsPathMissing': 'what a Kustomization of Flux builds is there',
  'rules.sayKsPathMissing': ({ name, path }: Args<'name' | 'path'>) =>
    `Kustomization ${name} builds ${path}, which is not there`,
  'rules.hintKsPathMissing': 'Correct spec.path',
  'rules.titleKsNotListed': 'each Kustomization of Flux is listed where its neighbours are',
  'rules.sayKsNotListed': ({ name, list }: Args<'name' | 'list'>) =>
    `Kustomization ${name} is applied by nothing: ${list} does not list it`,
  'rules.hintKsNotListed': ({ entry }: Args<'entry'>) =>
    `List ${entry} under resources, or name it in a comment there if it is left out on purpose`,
  'rules.titleApplicationPathMissing': 'what an Application deploys is there',
  'rules.sayApplicationPathMissing': ({ name, path }: Args<'name' | 'path'>) =>
    `Application ${name} deploys ${path}, which is not there`,
  'rules.hintApplicationPathMissing': 'Correct the path',
  'rules.titleApplicationValuesMissing': 'values files of an Application are there',
  'rules.sayApplicationValuesMissing': ({ name, file }: Args<'name' | 'file'>) =>
    `Application ${name} takes values from ${file}, which is not there`,
  'rules.hintApplicationValuesMissing': 'Correct the path, or set ignoreMissingValueFiles',
  'rules.titleApplicationRevisionFloating': 'an Application pins the version of a chart',
  'rules.sayApplicationRevisionFloating': ({ name }: Args<'name'>) =>
    `${name} takes whatever version of the chart is the newest when Argo CD looks`,
  'rules.hintApplicationRevisionFloating': 'Write the version under targetRevision',
  'rules.titleApplicationRefTwice': 'a ref names one source of an Application',
  'rules.sayApplicationRefTwice': ({ name, ref }: Args<'name' | 'ref'>) =>
    `Application ${name} has two sources with the ref ${ref}`,
  'rules.hintApplicationRefTwice': 'Give each source a ref of its own',
  'rules.titleApplicationOciScheme': 'a chart of a registry stands without oci://',
  'rules.sayApplicationOciScheme': ({ name, url }: Args<'name' | 'url'>) =>
    `Application ${name} names the registry of a chart as ${url}; Argo CD takes it without the scheme`,
  'rules.hintApplicationOciScheme': ({ without }: Args<'without'>) => `Write ${without}`,
  'rules.titleApplicationProjectForbids':
    'the project of an Application allows its sources and its destination',
  'rules.sayApplicationProjectForbids': ({ name, project, what }: Args<'name' | 'project' | 'what'>) =>
    `the project ${project} does not allow Application ${name} to use ${what}`,
  'rules.hintApplicationProjectForbids': ({ project }: Args<'project'>) =>
    `Allow it in sourceRepos or destinations of the AppProject ${project}, or choose another project`,
  'rules.titleSourceOverride': 'what a kustomization says of an image is what runs',
  'rules.saySourceOverride': ({ image, name, tag }: Args<'image' | 'name' | 'tag'>) =>
    `Argo CD takes ${image} from here, not ${tag} that the kustomization says for ${name}`,
  'rules.hintSourceOverride': 'Change the image here, or take one of the two out',
  'rules.titleReleaseCrdsSkipped': 'definitions of a chart are upgraded with it',
  'rules.sayReleaseCrdsSkipped': ({ name, count }: Args<'name' | 'count'>, plural: Plural) =>
    `${name} brings ${plural(count, 'definition', 'definitions')} that Flux does not upgrade with the chart`,
  'rules.hintReleaseCrdsSkipped':
    'Set spec.upgrade.crds to CreateReplace, or Skip where something else upgrades them',
  'rules.applicationNameTaken': 'an Application has its name to itself in its Argo CD',
  'rules.applicationsetEmpty': 'an ApplicationSet makes at least one Application',
  'rules.rootCascades': 'an Application of Applications does not take them along when it is deleted',
  'rules.applicationNameTakenBy': ({ name, file }: Args<'name' | 'file'>) =>
    `the Application ${name} is made by ${file} too: they overwrite each other, and deleting one deletes the workload of both`,
  'rules.applicationNameTakenHint':
    'Give one of them another name, for instance with the cluster or the environment in it.',
  'rules.setMakesNothingDeletes': ({ set }: Args<'set'>) =>
    `the ApplicationSet ${set} takes nothing: Argo CD deletes every Application that it made, and all that these made`,
  'rules.setMakesNothingHint':
    'Correct what its generators look for, or delete the set; `slipway apps` lists what sets make.',
  'rules.setRefused': ({ set, why }: Args<'set' | 'why'>) =>
    `Argo CD refuses the ApplicationSet ${set}, and nothing of it changes any more: ${why}`,
  'rules.setRefusedHint':
    'Correct what the message names: every file that its generators take must hold what its template asks for.',
  'rules.rootTakesAlong': ({ name, count }: Args<'name' | 'count'>, plural: Plural) =>
    `with the finalizer, deleting the Application ${name} deletes ${plural(count, 'Application')} and all that they made`,
  'rules.rootTakesAlongHint': 'Remove resources-finalizer.argocd.argoproj.io from its metadata.finalizers.',
};
