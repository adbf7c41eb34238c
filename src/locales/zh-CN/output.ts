import type { Translated } from '../args.ts';
import type { output as en } from '../en/output.ts';

export const output = {
  'output.cancelled': '已取消',
} satisfies Translated<typeof en>;
