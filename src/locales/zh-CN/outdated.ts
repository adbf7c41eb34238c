import type { Args } from '../args.ts';

import type { Translated } from '../args.ts';
import type { outdated as en } from '../en/outdated.ts';

export const outdated = {
  'outdated.skew': ({ charts }: Args<'charts'>) => `各集群的 ${charts} 版本不一致：用 slipway fleet 查看。`,
  'outdated.alsoImagesResourcesValues': '也检查资源和 values 中的镜像',
  'outdated.app': '应用',
  'outdated.current': '当前',
  'outdated.currentStatus': '已是最新',
  'outdated.demoRepository': '在演示仓库中运行',
  'outdated.deprecatedUpstream': '上游已弃用',
  'outdated.end1IfSomethingOutdated': '有可升级的版本时以 1 退出',
  'outdated.floating': '未固定版本',
  'outdated.held': '已固定',
  'outdated.howOldVersionMustCount': '版本至少发布多少天才算数（默认 7）',
  'outdated.isOutside': ({ version }: Args<'version'>) => `${version} 超出该范围`,
  'outdated.lookingNewerVersions': '查询新版本',
  'outdated.name': '名称',
  'outdated.newest': '最新',
  'outdated.nothingPinned': '未检查任何内容：这里没有应用固定了 chart 或发布资源的版本',
  'outdated.outdated': '可升级',
  'outdated.range': '版本范围',
  'outdated.remarks': '备注',
  'outdated.resolvesTo': ({ version }: Args<'version'>) => `当前为 ${version}`,
  'outdated.step': '幅度',
  'outdated.unknown': '未知',
  'outdated.unreachable': '无法访问',
  'outdated.flagHtml': '写出页面：一个自成一体的文件',
  'outdated.pageTitle': '新版本',
  'outdated.filter': '筛选应用、chart 和版本',
  'outdated.madeBy': '由 slipway outdated 查询。slipway upgrade 会采用所列版本。',
  'outdated.verdict': ({ behind, of }) => `${of} 项中的 ${behind} 项已过时。`,
  'outdated.verdictLost': ({ lost }) => `${lost} 项无法判断。`,
} satisfies Translated<typeof en>;
