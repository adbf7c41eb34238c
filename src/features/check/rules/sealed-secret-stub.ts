import type { AppRule } from '../rule.ts';
import { isStub, stubKeys } from '../../../sealing/sealed-data.ts';
import { say } from '../../../locales/say.ts';

/** The controller cannot open a placeholder, and Argo CD shows the app degraded until it is sealed. */
export const sealedSecretStub: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.sealedsecretSealed'),
  check: ({ objects }) =>
    objects.filter(isStub).map(object => {
      const [first = ''] = stubKeys(object);
      return {
        ...object.at('spec', 'encryptedData', first),
        ...(object.listed ? {} : { severity: 'note' as const }),
        message: say('rules.waitsValues', { name: object.name, object: stubKeys(object).join(', ') }),
        hint: object.listed ? say('rules.sealSlipwaySeal') : say('rules.sealSlipwaySealThenList'),
      };
    }),
};
