import { say } from '../../../locales/say.ts';
import { namedBases } from '../../../repository/bases.ts';
import type { AppRule } from '../rule.ts';

/** What runs is looked for in the overlay, then in the base: a third place is where nobody looks. */
export const baseHasBase: AppRule = {
  scope: 'app',
  habit: 'oneLevelBases',
  severity: 'note',
  title: say('rules.baseHasBase'),
  check: facts => {
    const { root } = facts;
    if (!root || facts.isPart) return [];
    return namedBases(root, facts.text).flatMap(({ base, steps }) => {
      const [further] = namedBases(base, facts.text);
      if (!further) return [];
      return [
        {
          ...root.at(...steps),
          message: say('rules.sayBaseHasBase', { base: base.folder, further: further.base.folder }),
          hint: say('rules.hintBaseHasBase'),
        },
      ];
    });
  },
};
