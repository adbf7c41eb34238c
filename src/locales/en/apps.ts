import type { Args, Plural } from '../args.ts';

export const apps = {
  'apps.summary': 'the Applications that Argo CD makes of the repository, and what a change adds or deletes',
  'apps.flagBase': 'say what appears, changes its name and vanishes against this revision',
  'apps.refused': ({ why }: Args<'why'>) => `Argo CD refuses the set: ${why}`,
  'apps.notTold': ({ why }: Args<'why'>) => `cannot be told from the repository: ${why}`,
  'apps.count': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'Application'),
  'apps.untold': 'Not told',
  'apps.appears': 'Appears',
  'apps.renamed': 'Changes its name: the old one is deleted',
  'apps.vanishes': 'Vanishes',
  'apps.keeps': 'what it made stays in the cluster',
  'apps.deletes': 'everything that it made is deleted',
  'apps.deletesData': ({ data }: Args<'data'>) => `everything that it made is deleted, with ${data}`,
};
