import type { Translated } from '../args.ts';
import type { build as en } from '../en/build.ts';

export const build = {
  'build.summary': '在标准输出上按应用顺序给出应用渲染出的对象',
  'build.env': '只处理该环境的应用或 overlay',
  'build.rendering': '正在渲染',
  'build.needsRenderer': 'slipway doctor 会显示缺少什么。',
  'build.masked': ({ count }) => `${count} 个 Secret 的值已遮盖；键与渲染结果一致`,
} satisfies Translated<typeof en>;
