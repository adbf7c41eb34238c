import type { Args } from '../args.ts';

export const explain = {
  'explain.concepts': 'words',
  'explain.decisions': 'outcomes and decisions of an upgrade',
  'explain.errors': 'errors',
  'explain.installAgain': 'Install slipway again.',
  'explain.noPages': ({ folder }: Args<'folder'>) => `the pages that ship with slipway are not in ${folder}`,
  'explain.risks': 'risks of an upgrade',
  'explain.rules': 'rules of check',
  'explain.seeAll': 'See slipway explain for all words.',
  'explain.summary': 'what an error, a rule, a decision, a risk or a word means',
  'explain.unknown': ({ word }: Args<'word'>) => `no page explains ${word}`,
  'explain.usage': '[word]',
};
