import type { AppRule } from '../rule.ts';
import { isStub, stubKeys } from '../../../sealing/sealed-data.ts';

/** The controller cannot open a placeholder, and Argo CD shows the app degraded until it is sealed. */
export const sealedSecretStub: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: { en: 'a SealedSecret is sealed', 'zh-CN': 'SealedSecret 已加密' },
  check: ({ objects }) =>
    objects.filter(isStub).map(object => {
      const [first = ''] = stubKeys(object);
      return {
        ...object.at('spec', 'encryptedData', first),
        ...(object.listed ? {} : { severity: 'note' as const }),
        message: {
          en: `${object.name} waits for its values: ${stubKeys(object).join(', ')}`,
          'zh-CN': `${object.name} 尚未加密：${stubKeys(object).join(', ')}`,
        },
        hint: object.listed
          ? { en: 'seal it with slipway seal', 'zh-CN': '用 slipway seal 加密' }
          : {
              en: 'seal it with slipway seal, then list it under resources',
              'zh-CN': '用 slipway seal 加密，然后列入 resources',
            },
      };
    }),
};
