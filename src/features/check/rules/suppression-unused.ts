import type { CommentRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** A comment that silences nothing hides the next fault of its kind. */
export const suppressionUnused: CommentRule = {
  scope: 'comments',
  severity: 'warning',
  title: say('rules.slipwayIgnoreCommentSilencesSomething'),
  check: suppressions =>
    suppressions
      .filter(({ isKnown, reason, isUsed, mayBeUsed }) => isKnown && reason !== '' && !isUsed && mayBeUsed)
      .map(({ place, code }) => ({
        ...place,
        message: say('rules.nothingSilenceNoHere', { code }),
        hint: say('rules.removeComment'),
      })),
};
