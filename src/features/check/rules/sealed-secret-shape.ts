import type { ObjectFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { valueAt } from '../../../data/fields.ts';
import { encryptedData, isSealedSecret, shapeProblem, stubKeys } from '../../../sealing/sealed-data.ts';

const PROBLEMS = {
  'not-text': { en: 'is no text', 'zh-CN': '不是文本' },
  'not-base64': { en: 'is no base64', 'zh-CN': '不是 base64' },
  'no-header': { en: 'does not begin as kubeseal writes', 'zh-CN': '开头不符合 kubeseal 的格式' },
  'cut-short': { en: 'is cut short', 'zh-CN': '内容不完整' },
} as const satisfies Record<NonNullable<ReturnType<typeof shapeProblem>>, Text>;

/** One value that cannot be opened fails the whole object, and the Secret is never made. */
export const sealedSecretShape: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'sealed data has the form that kubeseal writes', 'zh-CN': '加密数据符合 kubeseal 的格式' },
  check: ({ objects }) => objects.filter(isSealedSecret).flatMap(checkOne),
};

function checkOne(object: ObjectFacts): Remark[] {
  const data = encryptedData(object);
  if (Object.keys(data).length === 0) return [empty(object)];
  const stubs = new Set(stubKeys(object));
  const bad = Object.entries(data).flatMap(([key, value]) => {
    const problem = stubs.has(key) ? undefined : shapeProblem(value);
    return problem ? [{ key, problem }] : [];
  });
  const [first, ...others] = bad;
  if (!first) return [];
  const more = others.length > 0 ? ` (+${others.length})` : '';
  return [
    {
      ...object.at('spec', 'encryptedData', first.key),
      message: {
        en: `${object.name}: ${first.key} ${PROBLEMS[first.problem].en}${more}`,
        'zh-CN': `${object.name}：${first.key} ${PROBLEMS[first.problem]['zh-CN']}${more}`,
      },
      hint: { en: 'seal the value again', 'zh-CN': '重新加密该值' },
    },
  ];
}

/** `spec.data` is the deprecated form, which the controller refuses unless told otherwise. */
function empty(object: ObjectFacts): Remark {
  const isOld = valueAt(object.body, ['spec', 'data']) !== undefined;
  return {
    ...object.at('spec'),
    message: isOld
      ? {
          en: `${object.name} uses spec.data, which the controller refuses`,
          'zh-CN': `${object.name} 使用已弃用的 spec.data`,
        }
      : { en: `${object.name} has no encryptedData`, 'zh-CN': `${object.name} 没有 encryptedData` },
    hint: { en: 'seal its values under spec.encryptedData', 'zh-CN': '将加密值写入 spec.encryptedData' },
  };
}
