import type { Args, Translated } from '../args.ts';
import type { ask as en } from '../en/ask.ts';

export const ask = {
  'ask.answeredBefore': ({ message, answer }: Args<'message' | 'answer'>) => `✔ ${message} ${answer}`,
  'ask.answerNo': '否',
  'ask.answerYes': '是',
  'ask.answersKept': '已保留你的回答：下次启动时可接着用',
  'ask.backAndStop': 'Esc：回到上一个问题 · Ctrl+C：停止，保留已有回答',
  'ask.flagRefused': ({ flag, message }: Args<'flag' | 'message'>) => `--${flag}：${message}`,
  'ask.goOnWhereStopped': ({ count, name }: Args<'count' | 'name'>) =>
    `从上次停下的地方继续？（保留了 ${count} 个回答：${name}）`,
  'ask.giveThemFlags': '请在命令行中给出这些答案。',
  'ask.giveThemFlagsYesTake': '请在命令行中给出，或用 --yes 采用 slipway 建议的值。',
  'ask.keptForAnother': ({ name }: Args<'name'>) => `上次运行保留的回答（${name}）与这条命令不符，这次不用。`,
  'ask.noFlagPlop': ({ foreign }: Args<'foreign'>) => `plop 没有 --${foreign} 参数`,
  'ask.nobodyCanAskedTheseAnswers': ({ flags }: Args<'flags'>) => `无法交互询问，且缺少以下答案：${flags}`,
  'ask.orderSkipsOne': ({ questions }: Args<'questions'>) => `依次为：${questions}；用 _ 跳过一项。`,
  'ask.putSlipwaysOwnBehindNpx': ({ foreign }: Args<'foreign'>) =>
    `slipway 自己的参数放在 -- 之后，例如：npx plop new-app wiki -- --${foreign}`,
  'ask.rendersNoServiceAll': '它没有渲染出任何 Service。',
  'ask.rendersNoServicePort': ({ path, service, port }: Args<'path' | 'service' | 'port'>) =>
    `${path} 没有渲染出端口为 ${port} 的 Service ${service}`,
  'ask.rendersServices': ({ known }: Args<'known'>) => `它渲染出：${known}。`,
  'ask.takesAnswersGiven': ({ name, count, count2 }: Args<'name' | 'count' | 'count2'>) =>
    `${name} 接受 ${count} 个答案，却给出了 ${count2} 个`,
  'ask.flagsClash': ({ flag, other }: Args<'flag' | 'other'>) => `--${flag} 不能与 --${other} 同用`,
  'ask.leaveOneOut': '请去掉其中一个。',
  'ask.flagOnlyWith': ({ flag, other }: Args<'flag' | 'other'>) => `没有 --${other} 时 --${flag} 不起作用`,
  'ask.giveOtherToo': ({ flag, other }: Args<'flag' | 'other'>) =>
    `请同时给出 --${other}，或去掉 --${flag}。`,
} satisfies Translated<typeof en>;
