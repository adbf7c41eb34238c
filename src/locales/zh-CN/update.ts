import type { Args, Translated } from '../args.ts';
import type { update as en } from '../en/update.ts';

export const update = {
  'update.base': '当时生成',
  'update.nameOne':
    '请指定一个由 slipway new 生成的应用：slipway update <app>。升级 chart 请用 slipway upgrade。',
  'update.needsDecision': ({ app, count }: Args<'app' | 'count'>) =>
    `${app}：有 ${count} 项待决定，未写入该应用`,
  'update.notMade': ({ word }: Args<'word'>) => `没有 slipway new 生成 ${word} 的记录`,
  'update.nothingLeft': ({ app }: Args<'app'>) => `为 ${app} 生成的内容已全部不在`,
  'update.madeElsewhere': ({ app, made }: Args<'app' | 'made'>) =>
    `按已记录的答案会生成到 ${made}，而之前生成的内容现在位于 ${app}`,
  'update.nothingLeftHint':
    '如果应用已移动，请修改 .slipway/generated 下对应文件中的答案和路径，或删除该文件。',
  'update.nothingRecorded': '.slipway/generated 中没有 slipway new 生成的记录',
  'update.ours': '当前内容',
  'update.set': '替换已记录的答案；仅用于一个应用',
  'update.setOne': '--set 只能用于一个应用',
  'update.several': ({ word, several }: Args<'word' | 'several'>) => `${word} 对应多个应用：${several}`,
  'update.staysGone': ({ file }: Args<'file'>) => `${file} 已在此处删除，保持不变`,
  'update.summary': '生成器变化后，用已记录的答案对其生成的内容做三方更新',
  'update.theirs': '现在生成',
  'update.unchanged': ({ app, generators }: Args<'app' | 'generators'>) =>
    `${app}：与 ${generators} 的生成结果一致`,
  'update.updated': ({ app, generators }: Args<'app' | 'generators'>) => `${app}：已按 ${generators} 更新`,
  'update.usage': '[应用…]',
  'update.why': ({ name }: Args<'name'>) => `${name} 现在的生成结果`,
  'update.wouldUpdate': ({ app, generators }: Args<'app' | 'generators'>) =>
    `${app}：将按 ${generators} 更新`,
} satisfies Translated<typeof en>;
