import type { Args } from '../args.ts';

export const fleet = {
  'fleet.summary': '有哪些集群、由谁管理、运行什么，以及同一 chart 在各集群的版本差异',
  'fleet.count': ({ count }: Args<'count'>) => `${count} 个集群`,
  'fleet.none': '仓库中没有声明集群，也没有部署到任何集群：用 slipway add cluster 添加第一个。',
  'fleet.skew': ({ count }: Args<'count'>) => `${count} 个 chart 的版本不一致`,
  'fleet.inStep': ({ count }: Args<'count'>) => `没有版本差异：${count} 个 chart 在各集群的版本都一致。`,
  'fleet.cluster': '集群',
  'fleet.master': '管理者',
  'fleet.labels': '标签',
  'fleet.apps': '应用',
  'fleet.chart': 'chart 名称',
  'fleet.version': '版本',
  'fleet.clusters': '集群',
  'fleet.undeclared': '未声明',
};
