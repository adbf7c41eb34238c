import type { Args, Translated } from '../args.ts';
import type { proof as en } from '../en/proof.ts';

export const proof = {
  'proof.prove': '升级前后分别带与不带每项定制渲染，找出失去效果的定制',
  'proof.proveNoRender': '--prove 与 --no-render 不能同时使用',
  'proof.lostEffectHeading': ({ count }: Args<'count'>) =>
    `${count} 项定制将失去效果：目前影响渲染结果，升级后不再影响`,
  'proof.lostEffect': ({ paths }: Args<'paths'>) => `失去效果：${paths}`,
  'proof.lostEffectMark': '失去效果：目前影响渲染结果，升级后不再影响',
  'proof.wakesUp': '此前无效果，升级后开始影响渲染结果',
  'proof.noEffectNow': '升级前后都不影响渲染结果',
  'proof.effectsProved': ({ renders }: Args<'renders'>) => `效果依据：带与不带各项定制共渲染 ${renders} 次。`,
  'proof.watchLostEffect': ({ path }: Args<'path'>) =>
    `${path} 对新 chart 不起作用：请找出替代项，或将其移除。`,
} satisfies Translated<typeof en>;
