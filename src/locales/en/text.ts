import type { Args } from '../args.ts';
export const text = {
  'text.aboutSubject': ({ subject, problem }: Args<'subject' | 'problem'>) => `${subject}: ${problem}`,
  'text.isNotUtf8': 'it is not UTF-8 text',
  'text.isUtf16': 'it is UTF-16',
  'text.saveUtf8': 'Save it as UTF-8.',
  'text.subjectWithPredicate': ({ subject, predicate }: Args<'subject' | 'predicate'>) =>
    `${subject} ${predicate}`,
};
