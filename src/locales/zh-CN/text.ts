import type { Args, Translated } from '../args.ts';
import type { text as en } from '../en/text.ts';

export const text = {
  'text.aboutSubject': ({ subject, problem }: Args<'subject' | 'problem'>) => `${subject}：${problem}`,
  'text.isNotUtf8': '不是 UTF-8 文本',
  'text.isUtf16': '编码为 UTF-16',
  'text.saveUtf8': '请保存为 UTF-8。',
  'text.subjectWithPredicate': ({ subject, predicate }: Args<'subject' | 'predicate'>) =>
    `${subject} ${predicate}`,
} satisfies Translated<typeof en>;
