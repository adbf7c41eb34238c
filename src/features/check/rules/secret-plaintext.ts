import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { plaintextKeys } from '../facts/secret-objects.ts';
import { isRecord, stringOf, stringsAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

const NAMED = 4;

/** Whoever reads the repository reads the secret, also in its history; base64 hides nothing. */
export const secretPlaintext: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.secretsOnlyKeptSealed'),
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
        message: say('rules.secretKeepsPlainText', { name: object.name, named }),
        hint: SEAL,
      },
    ];
  });
}

const SEAL = say('rules.sealSlipwaySealRemovePlain');

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
          message: say('rules.generatorTakesValuesFromPlain', { name }),
          hint: SEAL,
        },
      ];
    });
  });
}
