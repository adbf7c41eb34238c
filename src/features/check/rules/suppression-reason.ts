import type { CommentRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Who silences a rule says why, to whoever reads it next. */
export const suppressionReason: CommentRule = {
  scope: 'comments',
  severity: 'error',
  title: say('rules.slipwayIgnoreCommentNamesRule'),
  check: suppressions =>
    suppressions.flatMap(({ place, code, reason, isKnown }) => {
      if (isKnown && reason !== '') return [];
      return [
        {
          ...place,
          message: isKnown
            ? say('rules.slipwayIgnoreGivesNoReason', { code })
            : say('rules.thereNoRule', { code }),
          hint: say('rules.writeSlipwayIgnoreRuleReason'),
        },
      ];
    }),
};
