import type { Args } from '../args.ts';
export const text = {
  'text.aboutSubject': ({ subject, problem }: Args<'subject' | 'problem'>) => `${subject}: ${problem}`,
  'text.containsNul': 'contains a NUL',
  'text.endsWithDotOrSpace': 'ends with a dot or a space, which Windows drops',
  'text.hasForbiddenCharacter': 'has a character that Windows forbids',
  'text.hasInvisibleCharacters': 'contains characters that cannot be seen',
  'text.hasSlash': 'has a slash',
  'text.isDeviceName': 'is the name of a device on Windows',
  'text.isEmpty': 'is empty',
  'text.isGitFolder': "is git's own folder",
  'text.isLongerThan': ({ bytes }: Args<'bytes'>) => `is longer than ${bytes} bytes`,
  'text.isNotUnicode': 'is not valid Unicode',
  'text.isNotUtf8': 'it is not UTF-8 text',
  'text.isSlipwayFolder': "is slipway's own folder",
  'text.isUtf16': 'it is UTF-16',
  'text.leadsIntoGitFolder': "leads into git's own folder",
  'text.leadsOutsideRepository': 'leads outside the repository',
  'text.pointsToFolder': 'points to a folder, not into one',
  'text.saveUtf8': 'Save it as UTF-8.',
  'text.subjectWithPredicate': ({ subject, predicate }: Args<'subject' | 'predicate'>) =>
    `${subject} ${predicate}`,
};
