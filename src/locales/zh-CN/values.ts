import type { Args, Translated } from '../args.ts';
import type { values as en } from '../en/values.ts';

export const values = {
  'values.readNoLonger': '已从 chart 中移除，而它此前有作用',
  'values.keepsIt': '保留',
  'values.dropsIt': '删除',
  'values.movesIt': '移到那里',
  'values.answerOursTheirsMerged': '请从该决定的选项中选一个作答。',
  'values.imageChanged': '双方都修改了镜像，且改动的部分相互关联',
  'values.imageMerged': '合并双方修改后的镜像为',
  'values.deprecated': ({ path }: Args<'path'>) => `${path}：新默认值已将其标为弃用`,
  'values.deprecatedUse': ({ path, to }: Args<'path' | 'to'>) =>
    `${path}：新默认值已将其标为弃用，建议改用 ${to}`,
  'values.noSuchAnswer': ({ path }: Args<'path'>) => `${path}：关于它的决定没有这个答案`,
  'values.documentUnread': 'Helm 只读取第一个文档',
  'values.commentsWouldGo': '会有行无故增减',
  'values.twoChangesMeet': ({ path, theirs, line }: Args<'path' | 'theirs' | 'line'>) =>
    `你在 ${path} 处的改动与新默认值在该处的改动（${theirs}:${line}）无法同时写入`,
  'values.resultWouldDiffer': ({ places }: Args<'places'>) => `结果在 ${places} 处会与你的文件不一致`,
  'values.resultNotStable': '再次合并时结果还会变化',
  'values.resultNoYaml': '结果将不是合法的 YAML',
  'values.reasonUnknown': ({ reason }: Args<'reason'>) => `slipway 内部错误（${reason}）`,
  'values.migrateFileHand':
    '请以新默认值为准并手工写入你的改动，或用注释固定版本（# pin: …）；请附上三个文件报告此问题。',
  'values.writeOut':
    '请像默认值那样完整写出锚点、别名和花括号，然后重新运行；slipway adopt --audit 会说明该文件是否出自另一版本。',
  'values.rewriteOrMigrateByHand': ({ path, file, line }: Args<'path' | 'file' | 'line'>) =>
    `请像新默认值那样完整写出 ${path}（${file}:${line}），不用锚点、别名和花括号，然后重新运行；或以新默认值为准手工写入该改动；或用注释固定版本（# pin: …）。`,
  'values.answerNoneOursTheirsMerged': ({ file, id }: Args<'file' | 'id'>) =>
    `${file}：${id} 的答案不是 ours、theirs、merged 或 { value }`,
  'values.answerOursTheirsValue': '请回答 ours、theirs 或给出一个值。',
  'values.applied': '已应用',
  'values.bothSidesChanged': '双方都修改了',
  'values.bothChangesTaken': '双方改了不同的地方，结果包含双方的修改',
  'values.bothSidesChangedList': '双方都修改了列表',
  'values.cannotBeMigrated': ({ file, reason }: Args<'file' | 'reason'>) => `无法自动迁移 ${file}：${reason}`,
  'values.cannotBeRewritten': ({ file, reason }: Args<'file' | 'reason'>) =>
    `无法自动改写 ${file}：${reason}`,
  'values.commentsCarried': '已保留注释',
  'values.giveValuesFileChart': '请给出 chart 的 values 文件。',
  'values.goneFromChartKeptDelete': '已从 chart 中移除，保留：确认后可删除',
  'values.goneFromDefaultsKept': '已从默认值中移除，保留',
  'values.goneFromDefaultsMayNow': '已从默认值中移除，可能移到',
  'values.goneFromDefaultsStillRead': '已从默认值中移除，但模板仍读取，保留',
  'values.keyTwice': ({ path, line }: Args<'path' | 'line'>) =>
    `我方文件中 ${path} 定义了两次：Helm 采用最后一个，第 ${line} 行不起作用`,
  'values.linesDifferFromNewDefaults': '行与新默认值不同，每一行都有依据',
  'values.listsCannotMergedItemItem': ({ node }: Args<'node'>) => `${node}：这两个列表无法逐项合并`,
  'values.noDecision': ({ file, id }: Args<'file' | 'id'>) => `${file}：${id} 不是待决定事项`,
  'values.noMapDecisionIdsAnswers': ({ file }: Args<'file'>) => `${file} 不是由决定 id 到答案的映射`,
  'values.nowDefault': '已成为默认值',
  'values.restoredHelmIgnoresDeletedKeys': '已恢复（Helm 会忽略删除的键）',
  'values.typeChangedUpstream': '上游改变了类型',
  'values.untilThenOursStandsAnswer': '在此之前保留我方的值。请在 --decisions 的文件中作答，每行一条：',
  'values.valuesMustMap': ({ name, line, column }: Args<'name' | 'line' | 'column'>) =>
    `${name}:${line}:${column}：values 必须是映射`,
  'values.noDecisionKind': ({ file, kind }: Args<'file' | 'kind'>) => `${file}：没有 ${kind} 这种决定`,
  'values.decisionKinds': ({ kinds }: Args<'kinds'>) => `种类：${kinds}。`,
  'values.noPathPattern': ({ file, path }: Args<'file' | 'path'>) =>
    `${file}：${path} 既不是决定的 id，也不是路径模式`,
  'values.pathPatterns': '模式是 image.tag 之类的路径；* 代表一级，** 代表任意级。',
} satisfies Translated<typeof en>;
