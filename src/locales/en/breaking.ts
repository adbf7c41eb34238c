import type { Args, Plural } from '../args.ts';

export const breaking = {
  'breaking.mayBreak': ({ count }: Args<'count'>) => `May break, as the chart itself says (${count})`,
  'breaking.summary': 'may break',
  'breaking.appMajorStep': 'a major step of the app',
  'breaking.crdFileSkipped': 'custom resource definitions that nothing here updates',
  'breaking.crdFilesSkipped': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'file')} of CRDs that nothing here updates`,
  'breaking.announcedCount': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'change')} announced as removed, changed or security`,
  'breaking.endingApis': 'API versions that end',
  'breaking.apiRemoved': ({ since }: Args<'since'>) => `not served since ${since}`,
  'breaking.apiDeprecated': ({ since, instead }: Args<'since' | 'instead'>) =>
    `replaced by ${instead} (${since})`,
  'breaking.apiNotServed': ({ api }: Args<'api'>) => `the cluster does not serve ${api}`,
};
