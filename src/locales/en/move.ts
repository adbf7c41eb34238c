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
  'move.slipwayRenameNewName': ({ path }: Args<'path'>) => `slipway rename ${path} <new-name>`,
  'move.thereAlready': ({ path }: Args<'path'>) => `${path} already exists`,
  'move.theseValuesMustSealedAgain':
    'These values must be sealed again, since they were sealed for another namespace or name:',
  'move.whateverChartsRender': ({ unseen }: Args<'unseen'>) => `and whatever its charts render (${unseen})`,
  'move.wouldMove': ({ from, to }: Args<'from' | 'to'>) => `would move ${from} to ${to}`,
  'move.notKnownWhetherDeployed': ({ environment }: Args<'environment'>) =>
    `Nothing here says what deploys ${environment}/*: if something does, it may delete the objects of the app.`,
};
