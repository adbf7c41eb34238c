import type { Args, Plural } from '../args.ts';

export const convert = {
  'convert.accept':
    'accept what is lost, or what the cluster does: the id of a decision, or a pattern (lost:*)',
  'convert.adoptThem':
    'Let the new delivery take them over before you remove anything: same names, same namespace.',
  'convert.already': ({ app, target }: Args<'app' | 'target'>) => `${app} is delivered by ${target} already`,
  'convert.answerWith':
    'Write each id with accept into a file, and run again with --decisions FILE; or give --accept ID',
  'convert.argoInflates':
    'Let Argo CD sync the folder (kustomize with --enable-helm), and take it out of what Flux builds.',
  'convert.asApplication': 'Write the app as an Application of its own first.',
  'convert.asHelmCharts': 'Write the chart as an entry of helmCharts first.',
  'convert.automation': 'something else moves the version',
  'convert.becomes': ({ name, target }: Args<'name' | 'target'>) => `${name} by ${target}`,
  'convert.bringFiles': 'Bring its files into this repository first.',
  'convert.bringValues': 'Bring these values into a file of this repository first.',
  'convert.cannot': ({ app, target, reasons }: Args<'app' | 'target' | 'reasons'>) =>
    `${app} cannot be converted to ${target}: ${reasons}`,
  'convert.cascades': ({ name }: Args<'name'>) =>
    `the Application ${name} has the resources finalizer: once its file goes, Argo CD deletes everything that it deployed`,
  'convert.commonMetadata': 'labels and annotations on every object of a release are said in Flux alone',
  'convert.copyFiles': 'Copy what those files of the chart say into the values first.',
  'convert.decide': ({ app, target, count }: Args<'app' | 'target' | 'count'>, plural: Plural) =>
    `${app} to ${target}: ${plural(count, 'decision')} first. Nothing was written.`,
  'convert.decisions': 'answers to decisions: a YAML map of id to accept',
  'convert.disablePruneArgo':
    'First set prune: false under syncPolicy.automated (for an ApplicationSet, preserveResourcesOnDeletion: true too), let it sync, then merge this; remove what is left by hand.',
  'convert.disablePruneFlux':
    'First set prune: false in that Kustomization and let it reconcile, then merge this.',
  'convert.done': ({ app, home, target }: Args<'app' | 'home' | 'target'>) =>
    `${app} is delivered by ${target} now: ${home}`,
  'convert.dropFinalizer': ({ name }: Args<'name'>) =>
    `First remove the finalizer from ${name}, or delete it with argocd app delete ${name} --cascade=false. Where an ApplicationSet makes it, set preserveResourcesOnDeletion: true.`,
  'convert.equalAsFarAsRead': 'chart, version, release and values are equal; no more was looked at',
  'convert.fileOfItsOwn': 'Give each object a file of its own first.',
  'convert.fillIn': 'Write the value in the place of the variable first.',
  'convert.filesOfChart': 'values files of the chart itself take the place of its defaults in Flux alone',
  'convert.generated': 'an ApplicationSet makes it, together with others',
  'convert.generator': 'a chart in a generator file is not taken apart',
  'convert.helmOwns': ({ release }: Args<'release'>) =>
    `Helm will install ${release} over objects that another program made`,
  'convert.hookByArgo': ({ hook }: Args<'hook'>) =>
    `${hook} is a hook: Helm no longer runs it; Argo CD runs it at each sync, or whoever applies the build creates it like every other object`,
  'convert.hookByHelm': ({ hook }: Args<'hook'>) =>
    `${hook} is a hook: Helm will run it at install or upgrade, the first time when Flux takes over`,
  'convert.intoValues':
    "Say it in the chart's values where it can be said there, or keep kustomize for this app.",
  'convert.labelThem': ({ release, namespace }: Args<'release' | 'namespace'>) =>
    `helm-controller takes them over unless disableTakeOwnership is set; an older one needs the label app.kubernetes.io/managed-by: Helm and the annotations meta.helm.sh/release-name: ${release} and meta.helm.sh/release-namespace: ${namespace} on each object.`,
  'convert.leaveOut': 'Exclude the folder there first.',
  'convert.listItFirst':
    'Let that kustomization take the files of the folder first, or give the app the layout of its siblings.',
  'convert.localChart': 'the chart lies in this repository',
  'convert.lost': ({ path, object, file }: Args<'path' | 'object' | 'file'>) =>
    `${path} of ${object} (${file}) is said no more`,
  'convert.mendDifference':
    'What differs is said by one delivery alone: change it in the old one first, let it roll out, and convert again.',
  'convert.mendValues': 'Write them as a YAML map first, each key once.',
  'convert.missing': 'which app is to be converted, and to which delivery, is not said',
  'convert.missingTarget': '--to is missing',
  'convert.moveAside': 'Move the file aside, or convert under another name.',
  'convert.moveBeside': "Move the app's other files to where its siblings have theirs first.",
  'convert.nameBoth': 'slipway convert <app> --to kustomize|flux|argo',
  'convert.nameRelease': 'Give the release a releaseName in the place of nameTemplate first.',
  'convert.nameRemote':
    'Give git a remote named origin, or name this repository in an Application: the address is written into the new one.',
  'convert.nameTaken': ({ name, file }: Args<'name' | 'file'>) =>
    `there is an Application ${name} already (${file}): Argo CD would take one for the other, and delete what only one of them says`,
  'convert.namesItself': 'a template gives the release its name',
  'convert.noChart': ({ app }: Args<'app'>) => `${app} uses no chart`,
  'convert.noOwnUrl': ({ folder }: Args<'folder'>) =>
    `an Application would take ${folder} from this repository, whose address is not known`,
  'convert.noSource': ({ app, delivery }: Args<'app' | 'delivery'>) =>
    `${app} is delivered by ${delivery}, which is not converted`,
  'convert.noTarget': ({ to }: Args<'to'>) => `${to} is no delivery to convert to`,
  'convert.notExact': ({ version }: Args<'version'>) => `${version} is not an exact version`,
  'convert.notInflated': ({ name }: Args<'name'>) =>
    `${name} builds the folder, and Flux does not render helmCharts: its build would fail`,
  'convert.nothingWritten': ({ app, target }: Args<'app' | 'target'>) =>
    `${app} would not run the same by ${target}. Nothing was written.`,
  'convert.oldPlace': 'what delivered it before',
  'convert.oneFolder': 'Bring its folders together first.',
  'convert.onePlace': 'Take the patch into the release first.',
  'convert.order': 'an order between apps is said in Flux alone',
  'convert.orderOtherwise': 'Remove dependsOn once the app starts without it, or keep Flux for this app.',
  'convert.orphans': ({ name }: Args<'name'>) =>
    `the Application ${name} has no resources finalizer: what it deployed stays, and is nobody's until the new delivery takes it over`,
  'convert.otherCluster': 'it is deployed into another cluster',
  'convert.otherMeaning': ({ name, target }: Args<'name' | 'target'>) =>
    `${name} would not say the same by ${target}: chart, version, release or values differ`,
  'convert.otherRepository': 'it takes files of another repository',
  'convert.parameters': 'parameters lie over all values',
  'convert.patchByHand':
    "Say it in the chart's values where it can be said there, or keep Flux for this app.",
  'convert.patched': 'a patch elsewhere decides the release',
  'convert.pinFirst': 'Pin it first: slipway upgrade --pin.',
  'convert.plugin': 'a tool of Argo CD prepares the source',
  'convert.postRenderers': 'Flux patches what the chart renders',
  'convert.pruned': ({ name }: Args<'name'>) =>
    `${name} prunes: it deletes the objects of the chart as soon as the folder no longer renders them, volumes included, before the new delivery makes them again`,
  'convert.publishFirst': 'Publish the chart in a repository or a registry first.',
  'convert.question': 'Write these files?',
  'convert.reaches': "it changes what the chart's objects are",
  'convert.refused': ({ place, file, reason }: Args<'place' | 'file' | 'reason'>) =>
    `${place} (${file}): ${reason}`,
  'convert.renameFirst': 'Rename one of the two apps first: slipway rename.',
  'convert.reportIt': 'Please report this with slipway doctor: nothing was written.',
  'convert.runThere': 'Convert it in the repository of that cluster.',
  'convert.severalCharts': ({ charts }: Args<'charts'>) => `it uses several charts: ${charts}`,
  'convert.severalFolders': 'it takes several folders beside the chart',
  'convert.sharesFile': 'other objects stand in the same file',
  'convert.siblingsElsewhere': ({ sibling }: Args<'sibling'>) =>
    `siblings such as ${sibling} have their files in another place`,
  'convert.splitFirst': 'Give each chart an app of its own first.',
  'convert.stopAutomation': 'Stop what moves the version first, and write the version down.',
  'convert.summary': 'hands an app to kustomize, Flux or Argo CD, where the same runs afterwards',
  'convert.suspendFirst': ({ name }: Args<'name'>) =>
    `First set spec.suspend: true in ${name} and let it reconcile: a suspended release that goes is not uninstalled. Then merge this.`,
  'convert.takeIt': 'Accept this?',
  'convert.takesAccept': ({ file, id }: Args<'file' | 'id'>) =>
    `${file}: a decision is answered with accept: ${id}`,
  'convert.thereAlready': ({ file }: Args<'file'>) => `${file} is there already`,
  'convert.to': 'what is to deliver the app: kustomize, flux or argo',
  'convert.toConvert': ({ target }: Args<'target'>) => `to deliver it by ${target}`,
  'convert.twice': ({ name, folder }: Args<'name' | 'folder'>) =>
    `${name} deploys ${folder} as well: both would fight over the same objects`,
  'convert.unlisted': 'nothing lists it, so nothing would deploy it',
  'convert.uninstalls': ({ name, release }: Args<'name' | 'release'>) =>
    `once ${name} goes, Flux uninstalls the release ${release}: everything in it is deleted, volumes included unless the chart keeps them`,
  'convert.usage': '<app> --to <kustomize|flux|argo>',
  'convert.valuesElsewhere': 'its values stand outside of this repository',
  'convert.valuesUnread': 'they cannot be read as a YAML map: a key may be there twice',
  'convert.variables': 'Flux fills variables in',
  'convert.withoutPlugin': 'Take the tool out of the source first.',
  'convert.would': ({ app, home, target }: Args<'app' | 'home' | 'target'>) =>
    `would deliver ${app} by ${target}: ${home}`,
  'convert.writeAsValues': 'Write the parameters as values first.',
};
