import type { Args, Translated } from '../args.ts';
import type { shard as en } from '../en/shard.ts';

export const shard = {
  'shard.summary': '把 check、preview 或 upgrade 各分片的结果合并为一次运行会给出的结果',
  'shard.flag': '只处理多台机器中一台的份额，如 2/8；slipway join 合并结果',
  'shard.flagMatrix': '为这么多个分片打印 CI 矩阵的条目，然后停止',
  'shard.flagFormat': '打印的格式；不给出时，为该命令给人看的输出',
  'shard.usage': '<文件…>',
  'shard.noShard': ({ text }: Args<'text'>) => `--shard ${text} 不是一次运行的份额`,
  'shard.shardsAre': ({ most }: Args<'most'>) => `写明第几份和总份数，如 2/8，最多 ${most} 份`,
  'shard.noMatrix': ({ text, most }: Args<'text' | 'most'>) =>
    `--matrix ${text} 不是 1 到 ${most} 之间的分片数`,
  'shard.notWith': ({ flag, other }: Args<'flag' | 'other'>) => `--${flag} 与 --${other} 互斥`,
  'shard.runWithout': ({ flag }: Args<'flag'>) => `去掉 --${flag}，或在一台机器上运行`,
  'shard.planNeedsShard': '--apply 说明其他分片看到的内容，因此需要 --shard',
  'shard.tooMany': ({ most }: Args<'most'>) => `文件超过 ${most} 个`,
  'shard.nothingToJoin': '没有可合并的文件',
  'shard.nameFiles': '请给出 slipway check、preview 或 upgrade 用 --shard 与 --json 写出的文件',
  'shard.noDocument': ({ file, problem }: Args<'file' | 'problem'>) => `${file} 不是分片的结果：${problem}`,
  'shard.noPart': '其中没有说明属于哪个分片、找到了什么',
  'shard.noJson': '不是完整的 JSON',
  'shard.damaged': '不是 slipway 写出的原文，被截断或改动过',
  'shard.otherCommand': '属于另一个命令',
  'shard.otherVersion': '由另一个版本的 slipway 写出',
  'shard.otherNumber': '所属运行的分片数不同',
  'shard.otherCommit': '属于另一个提交',
  'shard.otherFlags': '所属运行的参数不同',
  'shard.otherConfiguration': '属于另一份配置，或应用不同',
  'shard.notOfOneRun': ({ file, first, difference }: Args<'file' | 'first' | 'difference'>) =>
    `${file} 与 ${first} 不属于同一次运行：${difference}`,
  'shard.twice': ({ share, file, first }: Args<'share' | 'file' | 'first'>) =>
    `分片 ${share} 给出了两次：${first} 和 ${file}`,
  'shard.missing': ({ shards }: Args<'shards'>) => `缺少分片 ${shards}`,
  'shard.runAllAgain': '请给出同一次运行的每个分片各一个文件：提交、版本、配置和参数都相同',
  'shard.noJoin': ({ command }: Args<'command'>) => `${command} 的结果不能合并`,
  'shard.noFormat': ({ format, command }: Args<'format' | 'command'>) =>
    `--format ${format} 不是 ${command} 的格式`,
  'shard.planChanged': ({ changed }: Args<'changed'>) => `工作区不是生成计划时的那个提交：${changed} 不同`,
  'shard.planNeedsCommit': ({ changed }: Args<'changed'>) =>
    `分片计划基于一个提交，而工作区中的 ${changed} 与之不同`,
  'shard.otherPlanVersion': ({ file }: Args<'file'>) => `${file} 由另一个版本的 slipway 写出`,
  'shard.planNeedsGit': '分片计划基于一个提交，而这里没有提交',
  'shard.commitFirst': '请先提交改动，或不用 --plan：没有计划 --shard 也能用',
  'shard.tooManyObjects': '其分片渲染出的对象过多，文档中容纳不下',
  'shard.apart': ({ count }: Args<'count'>) =>
    `某个分片的 chart 带来了 ${count} 个自定义类型，但未据此检查其他分片的应用所用版本是否仍被提供：请不带 --shard 运行 check --render`,
  'shard.planAgain': '请在运行分片的地方重新计划：slipway check --plan FILE',
} satisfies Translated<typeof en>;
