import type { Translated } from '../args.ts';
import type { explain as en } from '../en/explain.ts';

export const explain = {
  'explain.concepts': '术语',
  'explain.decisions': '升级的结果与决定',
  'explain.errors': '错误',
  'explain.installAgain': '请重新安装 slipway。',
  'explain.noPages': ({ folder }) => `${folder} 中没有随 slipway 提供的文档`,
  'explain.risks': '升级的风险',
  'explain.rules': 'check 的规则',
  'explain.seeAll': '运行 slipway explain 可查看所有词条。',
  'explain.summary': '解释一个错误、规则、决定、风险或术语',
  'explain.unknown': ({ word }) => `没有文档解释 ${word}`,
  'explain.usage': '[词条]',
} satisfies Translated<typeof en>;
