import type { Translated } from '../args.ts';
import type { text as en } from '../en/text.ts';

export const text = {
  'text.saveUtf8': '请保存为 UTF-8。',
} satisfies Translated<typeof en>;
