import type { Args } from '../args.ts';

export const completion = {
  'completion.missing': 'which shell?',
  'completion.shells': ({ shells }: Args<'shells'>) => `Name one: ${shells}.`,
  'completion.summary': 'completes commands, flags, apps and charts at Tab, in bash, zsh and fish',
  'completion.unknown': ({ shell }: Args<'shell'>) => `there is no script for ${shell}`,
};
