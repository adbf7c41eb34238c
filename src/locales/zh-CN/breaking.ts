import type { Args, Translated } from '../args.ts';
import type { breaking as en } from '../en/breaking.ts';

export const breaking = {
  'breaking.mayBreak': ({ count }: Args<'count'>) => `chart 自述的破坏性变更（${count}）`,
  'breaking.summary': '可能破坏',
  'breaking.appMajorStep': '应用主版本升级',
  'breaking.crdFileSkipped': '此处不会更新的 CRD 文件',
  'breaking.crdFilesSkipped': ({ count }: Args<'count'>) => `${count} 个不会被更新的 CRD 文件`,
  'breaking.announcedCount': ({ count }: Args<'count'>) => `公告 ${count} 项移除、变更或安全更新`,
  'breaking.endingApis': '即将或已经终止的 API 版本',
  'breaking.apiRemoved': ({ since }: Args<'since'>) => `自 ${since} 起不再提供`,
  'breaking.apiDeprecated': ({ since, instead }: Args<'since' | 'instead'>) =>
    `已由 ${instead} 取代（${since}）`,
  'breaking.apiNotServed': ({ api }: Args<'api'>) => `集群不提供 ${api}`,
} satisfies Translated<typeof en>;
