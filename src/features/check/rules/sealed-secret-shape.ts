import type { ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { valueAt } from '../../../data/fields.ts';
import { encryptedData, isSealedSecret, shapeProblem, stubKeys } from '../../../sealing/sealed-data.ts';
import { say } from '../../../locales/say.ts';

const PROBLEMS = {
  'not-text': say('rules.noText'),
  'not-base64': say('rules.noBase64'),
  'no-header': say('rules.doesNotBeginKubesealWrites'),
  'cut-short': say('rules.cutShort'),
} as const satisfies Record<NonNullable<ReturnType<typeof shapeProblem>>, Text>;

/** One value that cannot be opened fails the whole object, and the Secret is never made. */
export const sealedSecretShape: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.sealedDataHasFormKubeseal'),
  check: ({ objects }) => objects.filter(isSealedSecret).flatMap(checkOne),
};

function checkOne(object: ObjectFacts): Diagnostic[] {
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
      message: say('rules.sealedValueProblem', {
        name: object.name,
        key: first.key,
        problems: PROBLEMS[first.problem],
        more,
      }),
      hint: say('rules.sealValueAgain'),
    },
  ];
}

/** `spec.data` is the deprecated form, which the controller refuses unless told otherwise. */
function empty(object: ObjectFacts): Diagnostic {
  const isOld = valueAt(object.body, ['spec', 'data']) !== undefined;
  return {
    ...object.at('spec'),
    message: isOld
      ? say('rules.usesSpecDataWhichController', { name: object.name })
      : say('rules.hasNoEncrypteddata', { name: object.name }),
    hint: say('rules.sealValuesUnderSpecEncrypteddata'),
  };
}
