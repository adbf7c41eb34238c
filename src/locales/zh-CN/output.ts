import type { Translated } from '../args.ts';
import type { output as en } from '../en/output.ts';

export const output = {
  'output.cancelled': 'cancelled',
} satisfies Translated<typeof en>;
