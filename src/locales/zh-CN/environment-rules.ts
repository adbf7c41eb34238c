import type { Translated } from '../args.ts';
import type { environmentRules as en } from '../en/environment-rules.ts';

export const environmentRules = {
  'rules.imageBumpUnmatched': 'images: 下的每个条目都对应正在运行的镜像',
  'rules.sayImageBumpUnmatched': ({ name }) => `images: 中 ${name} 的条目没有改变任何渲染出的镜像`,
  'rules.hintImageBumpUnmatched':
    '去掉该条目，或改用清单中的名称；slipway bump 会拒绝没有任何对象运行的名称。',
  'rules.sayImageTagMutable': ({ image }) => `${image} 指向最近一次推送的任意内容`,
  'rules.hintImageTagMutable': '请写明版本，或在标签旁固定摘要。',
  'rules.imageTagMutable': '镜像使用不会变动的标签',
  'rules.promotionBehind': '曾提升过的应用不落后于其来源',
  'rules.sayPromotionBehind': ({ name, here, there, folder, date }) =>
    `${name} 在 ${folder} 中是 ${there}，这里是 ${here}${date === '' ? '' : `；上次提升于 ${date}`}`,
  'rules.hintPromotionBehind': ({ app, from, to }) =>
    `slipway promote ${app} --from ${from} --to ${to} --dry-run`,
  'rules.promotionSkips': '来源环境没有的版本不会先出现在目标环境',
  'rules.sayPromotionSkips': ({ name, here, there, folder }) =>
    `${name} 在这里是 ${here}，而其来源 ${folder} 中只有 ${there}`,
  'rules.hintPromotionSkips': ({ from }) => `请把该版本也带到 ${from}：下一次提升从那里的内容开始。`,
  'rules.baseHasBase': 'base 不再建立在另一个 base 之上',
  'rules.sayBaseHasBase': ({ base, further }) => `${base} 本身又建立在 ${further} 之上`,
  'rules.hintBaseHasBase': '请让 overlay 同时引用两者，或把共用部分做成 component。',
  'rules.overlayRepeatsBase': 'overlay 只写与 base 不同的内容',
  'rules.sayOverlayRepeatsBase': ({ what, base }) => `${what} 在 ${base} 中已有`,
  'rules.hintOverlayRepeatsBase': '请在此删除：base 更新时它不会跟着更新。',
  'rules.generatorHashInChart': 'chart 所引用的名称就是 kustomize 给出的名称',
  'rules.sayGeneratorHashInChart': ({ by, path, kind, name, is }) =>
    `${by} 在 ${path} 中引用 ${kind} ${name}，而它实际名为 ${is}`,
  'rules.hintGeneratorHashInChart':
    '请在该条目设置 options: { disableNameSuffixHash: true }，或在 configurations 文件的 nameReference 中写明该字段。',
} satisfies Translated<typeof en>;
