import type { Args } from '../args.ts';

export const apps = {
  'apps.summary': 'Argo CD 会由仓库生成的 Application，以及一次变更会新增或删除哪些',
  'apps.flagBase': '列出与该版本相比新增、改名和消失的 Application',
  'apps.refused': ({ why }: Args<'why'>) => `Argo CD 会拒绝该 ApplicationSet：${why}`,
  'apps.notTold': ({ why }: Args<'why'>) => `仅凭仓库无法得知：${why}`,
  'apps.count': ({ count }: Args<'count'>) => `${count} 个 Application`,
  'apps.untold': '无法得知',
  'apps.appears': '新增',
  'apps.renamed': '改名：旧的会被删除',
  'apps.vanishes': '消失',
  'apps.keeps': '它创建的对象会保留在集群中',
  'apps.deletes': '它创建的所有对象都会被删除',
  'apps.deletesData': ({ data }: Args<'data'>) => `它创建的所有对象都会被删除，包括 ${data}`,
};
