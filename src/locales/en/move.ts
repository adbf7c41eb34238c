import type { Args, Plural } from '../args.ts';

export const move = {
  'move.appMissing': 'the app is missing',
  'move.applicationGoesObjectsStayPreserveresourcesondeletion':
    'The Application goes; its objects stay (preserveResourcesOnDeletion).',
  'move.argoCdDeletesApplicationObjects': ({ name, count }: Args<'name' | 'count'>, plural: Plural) =>
    `Argo CD deletes the Application ${name} with its ${plural(count, 'object')}:`,
  'move.argoCdDoesNotSync': ({ environment }: Args<'environment'>) =>
    `Argo CD does not sync ${environment}/*, so nothing is deleted in the cluster.`,
  'move.chooseAnotherNameEnvironment': 'Choose another name or environment.',
  'move.environmentFolderArgoCdDoes':
    'the environment, or a folder that Argo CD does not sync, such as disabled',
  'move.files': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'file'),
  'move.from': ({ from }: Args<'from'>) => `from ${from}`,
  'move.giveEnvironmentDisabled': 'Give --to <environment>, or --to disabled.',
  'move.keptDeleteFalse': 'Kept (Delete=false)',
  'move.known': ({ value }: Args<'value'>) => `Known: ${value}.`,
  'move.linesStillSpeakOldPlace': 'Lines that still speak of the old place:',
  'move.lostGoodDataEverythingInside': 'Lost for good, data and everything inside included',
  'move.missing': '--to is missing',
  'move.moveHandFirst': 'Move it by hand first.',
  'move.moveTheseFiles': 'Move these files?',
  'move.toMove': ({ from, to }: Args<'from' | 'to'>) => `move ${from} to ${to}`,
  'move.moved': ({ from, to }: Args<'from' | 'to'>) => `moved ${from} to ${to}`,
  'move.nameOneEnvironmentApp': 'Name one as <environment>/<app>.',
  'move.names': ({ to }: Args<'to'>) => `names ${to}`,
  'move.newNameMissing': 'the new name is missing',
  'move.noFolderApps': ({ given }: Args<'given'>) => `--to ${given} is not a folder of apps`,
  'move.noPlainFileLinkMay': ({ path }: Args<'path'>) =>
    `${path} is not a plain file, and a link may lead elsewhere after a move`,
  'move.folderIsNow': ({ path }: Args<'path'>) => `now ${path}`,
  'move.targetIsNow': ({ target }: Args<'target'>) => `now ${target}`,
  'move.oneOverlay': ({ word, count }: Args<'word' | 'count'>) =>
    `${word} is one of ${count} overlays of its app, and a new name is for all of them`,
  'move.slipwayRenameNewName': ({ path }: Args<'path'>) => `slipway rename ${path} <new-name>`,
  'move.holdsCluster': ({ folder, name }: Args<'folder' | 'name'>) =>
    `${folder} holds Cluster ${name} of Cluster API, which is deleted with its machines when its Application goes`,
  'move.clusterRecipe': ({ namespace }: Args<'namespace'>) =>
    `Stop syncing on both sides (argocd app set <app> --sync-policy none, flux suspend kustomization <name>), run clusterctl move -n ${namespace} --to-kubeconfig <file>, then move the folder with git mv and sync again; in the same management cluster leave it where it is.`,
  'move.thereAlready': ({ path }: Args<'path'>) => `${path} already exists`,
  'move.theseValuesMustSealedAgain':
    'These values must be sealed again, since they were sealed for another namespace or name:',
  'move.whateverChartsRender': ({ unseen }: Args<'unseen'>) => `and whatever its charts render (${unseen})`,
  'move.wouldMove': ({ from, to }: Args<'from' | 'to'>) => `would move ${from} to ${to}`,
  'move.notKnownWhetherDeployed': ({ environment }: Args<'environment'>) =>
    `Nothing here says what deploys ${environment}/*: if something does, it may delete the objects of the app.`,
  'move.isOneFile': ({ word, home, kind }: Args<'word' | 'home' | 'kind'>) =>
    `${word} is no folder: it is the ${kind} in ${home}`,
  'move.moveFileByHand': ({ home }: Args<'home'>) =>
    `Move ${home} with git mv: under the same name it stays the same object in the cluster.`,
  'move.moveListedFileByHand': ({ home, lists }: Args<'home' | 'lists'>) =>
    `Move ${home} with git mv and change its entry in ${lists}: under the same name it stays the same object in the cluster.`,
  'move.childGoes': ({ name }: Args<'name'>) =>
    `The Application ${name} goes from the list of its root; it has no finalizer, so that what it made stays.`,
  'move.childBecomes': ({ name, becomes }: Args<'name' | 'becomes'>) =>
    `The Application ${name} becomes ${becomes}; what the old one made stays until somebody deletes it.`,
  'move.applicationFollows': ({ name }: Args<'name'>) =>
    `The Application ${name} names the folder, and follows it: nothing is deleted in the cluster.`,
  'move.fluxStillBuilds': ({ builder }: Args<'builder'>) =>
    `The Flux Kustomization ${builder} builds it from its new place too.`,
  'move.fluxMovesNamespace': ({ from, to }: Args<'from' | 'to'>) =>
    `Its namespace changes from ${from} to ${to}: Flux deletes these objects and makes them again, and uninstalls the releases among them:`,
  'move.fluxLeavesObjects': ({ builder }: Args<'builder'>) =>
    `The Flux Kustomization ${builder} no longer builds it; it does not prune, so its objects stay in the cluster.`,
  'move.fluxPrunes': ({ builder }: Args<'builder'>) =>
    `The Flux Kustomization ${builder} no longer builds it and prunes: Flux deletes these objects, and uninstalls the releases among them:`,
  'move.fluxBuildsInstead': ({ builder }: Args<'builder'>) =>
    `The Flux Kustomization ${builder} builds it instead, and makes its objects again.`,
  'move.fluxKeepFirst':
    'To keep what runs: give the one that goes spec.deletionPolicy: Orphan, let Flux take that, and run this then.',
  'move.fluxSuspended': ({ builder }: Args<'builder'>) =>
    `The Flux Kustomization ${builder} is suspended: nothing of it happens before it is resumed, then all at once.`,
};
