import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { plaintextKeys } from '../facts/secret-objects.ts';
import { isRecord, stringOf, stringsAt } from '../../../data/fields.ts';

const NAMED = 4;

/** Whoever reads the repository reads the secret, also in its history; base64 hides nothing. */
export const secretPlaintext: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'Secrets are only kept sealed', 'zh-CN': 'Secret 只以加密形式保存' },
  check: facts => [...plainSecrets(facts), ...generatedSecrets(facts)],
};

function plainSecrets({ objects }: AppFacts): Remark[] {
  return objects.flatMap(object => {
    const keys = plaintextKeys(object);
    if (keys.length === 0) return [];
    const field = isRecord(object.body['stringData']) ? 'stringData' : 'data';
    const more = keys.length > NAMED ? ` +${keys.length - NAMED}` : '';
    const named = `${keys.slice(0, NAMED).join(', ')}${more}`;
    return [
      {
        ...object.at(field),
        message: {
          en: `the Secret ${object.name} keeps ${named} in plain text`,
          'zh-CN': `Secret ${object.name} 以明文保存 ${named}`,
        },
        hint: SEAL,
      },
    ];
  });
}

const SEAL = {
  en: 'seal it (slipway seal), remove the plain file, and change the secret: history keeps the old one',
  'zh-CN': '加密它（slipway seal），删除明文文件，并更换密钥：git 历史会保留旧值',
};

/** A generator reads its values from plain text beside it. */
function generatedSecrets({ kustomizations }: AppFacts): Remark[] {
  return kustomizations.flatMap(({ data, at }) => {
    const list = data['secretGenerator'];
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry: unknown, index) => {
      const sources = ['literals', 'files', 'envs'].flatMap(field => stringsAt(entry, [field]));
      const env = isRecord(entry) ? stringOf(entry['env']) : undefined;
      if (sources.length === 0 && env === undefined) return [];
      const name = isRecord(entry) ? (stringOf(entry['name']) ?? '') : '';
      return [
        {
          ...at('secretGenerator', index),
          message: {
            en: `the generator of ${name} takes its values from plain text`,
            'zh-CN': `${name} 的生成器从明文取值`,
          },
          hint: SEAL,
        },
      ];
    });
  });
}
