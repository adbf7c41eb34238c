import type { Translated } from '../args.ts';
import type { completion as en } from '../en/completion.ts';

export const completion = {
  'completion.missing': '未指明 shell',
  'completion.shells': ({ shells }) => `请指明其一：${shells}。`,
  'completion.summary': '在 bash、zsh 和 fish 中按 Tab 补全命令、参数、应用和 chart',
  'completion.unknown': ({ shell }) => `没有适用于 ${shell} 的脚本`,
} satisfies Translated<typeof en>;
