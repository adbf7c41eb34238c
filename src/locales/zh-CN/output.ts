import type { Translated } from '../args.ts';
import type { output as en } from '../en/output.ts';

export const output = {
  'output.cancelled': '已取消',
  'output.noMatch': '没有符合这些词的内容。',
} satisfies Translated<typeof en>;
