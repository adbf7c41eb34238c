import type { CommentRule } from '../rule.ts';

/** Who silences a rule says why, to whoever reads it next. */
export const suppressionReason: CommentRule = {
  scope: 'comments',
  severity: 'error',
  title: {
    en: 'a slipway-ignore comment names a rule and a reason',
    'zh-CN': 'slipway-ignore 注释写明规则与原因',
  },
  check: suppressions =>
    suppressions.flatMap(({ place, code, reason, isKnown }) => {
      if (isKnown && reason !== '') return [];
      return [
        {
          ...place,
          message: isKnown
            ? { en: `slipway-ignore: ${code} gives no reason`, 'zh-CN': `slipway-ignore: ${code} 没有写原因` }
            : { en: `there is no rule ${code}`, 'zh-CN': `没有规则 ${code}` },
          hint: {
            en: 'write # slipway-ignore: <rule> <reason>',
            'zh-CN': '写成 # slipway-ignore: <规则> <原因>',
          },
        },
      ];
    }),
};
