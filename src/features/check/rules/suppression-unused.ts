import type { CommentRule } from '../rule.ts';

/** A comment that silences nothing hides the next fault of its kind. */
export const suppressionUnused: CommentRule = {
  scope: 'comments',
  severity: 'warning',
  title: { en: 'a slipway-ignore comment silences something', 'zh-CN': 'slipway-ignore 注释确有作用' },
  check: suppressions =>
    suppressions
      .filter(({ isKnown, reason, isUsed, mayBeUsed }) => isKnown && reason !== '' && !isUsed && mayBeUsed)
      .map(({ place, code }) => ({
        ...place,
        message: { en: `nothing to silence: no ${code} here`, 'zh-CN': `此处没有 ${code}，无需忽略` },
        hint: { en: 'remove the comment', 'zh-CN': '删除该注释' },
      })),
};
