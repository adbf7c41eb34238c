import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import {
  isNamedEncrypted,
  isReference,
  isSopsEncrypted,
  isToBeFilledIn,
  plaintextKeys,
} from '../facts/secret-objects.ts';
import { mayHoldSecret } from '../facts/secret-shapes.ts';
import type { SecretMechanism } from '../facts/secret-mechanism.ts';
import type { Text } from '../../../text/language.ts';
import { isRecord, stringOf, stringsAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

const NAMED = 4;

/** Whoever reads the repository reads the secret, also in its history; base64 hides nothing. */
export const secretPlaintext: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.secretsOnlyKeptSealed'),
  check: facts => {
    const secrets = plainSecrets(facts);
    const known = new Set(secrets.map(({ file }) => file));
    return [
      ...secrets,
      ...generatedSecrets(facts),
      ...unencrypted(facts).filter(({ file }) => !known.has(file)),
    ];
  },
};

function plainSecrets(facts: AppFacts): Remark[] {
  return facts.objects.flatMap(object => {
    const keys = plaintextKeys(object);
    if (keys.length === 0) return [];
    const field = isRecord(object.body['stringData']) ? 'stringData' : 'data';
    const more = keys.length > NAMED ? ` +${keys.length - NAMED}` : '';
    const named = `${keys.slice(0, NAMED).join(', ')}${more}`;
    return [
      {
        ...object.at(field),
        message: say('rules.secretKeepsPlainText', { name: object.name, named }),
        hint: hintFor(facts),
      },
    ];
  });
}

const HINTS = {
  sealed: say('rules.sealSlipwaySealRemovePlain'),
  external: say('rules.putIntoStoreExternalSecret'),
  sops: say('rules.encryptSops'),
} as const satisfies Record<SecretMechanism, Text>;

/** What the repository itself does with its secrets. */
function hintFor({ conventions }: AppFacts): Text {
  return HINTS[conventions.secrets ?? 'sealed'];
}

/** A file whose name says that SOPS has encrypted it, and that is plain. */
function unencrypted({ files, text }: AppFacts): Remark[] {
  return files.filter(isNamedEncrypted).flatMap(file => {
    const content = text(file);
    if (content === undefined || content.trim() === '' || isSopsEncrypted(content)) return [];
    return [
      {
        file,
        line: 1,
        column: 1,
        message: say('rules.namedEncryptedIsPlain'),
        hint: say('rules.encryptSops'),
      },
    ];
  });
}

/** Encrypted, or a setting that has to lie in a Secret without being one. A file that is not there is unknown. */
function isNoSecret({ text }: AppFacts, folder: string, value: string): boolean {
  const content = text(path.posix.join(folder, value.replace(/^[^=/]*=/, '')));
  if (content === undefined) return false;
  return isSopsEncrypted(content) || (isSetting(value) && !mayHoldSecret(content));
}

function isSetting(value: string): boolean {
  return /\.(?:ya?ml|json|toml|conf|cfg|ini)$/.test(value);
}

/** A generator reads its values from plain text beside it. */
function generatedSecrets(facts: AppFacts): Remark[] {
  return facts.kustomizations.flatMap(({ data, at, folder }) => {
    const list = data['secretGenerator'];
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry: unknown, index) => {
      const sources = [
        ...stringsAt(entry, ['literals'])
          .map(literal => literal.replace(/^[^=]*=/, ''))
          .filter(value => !isReference(value) && !isToBeFilledIn(value)),
        ...['files', 'envs']
          .flatMap(field => stringsAt(entry, [field]))
          .filter(file => !isNoSecret(facts, folder, file)),
      ];
      const env = isRecord(entry) ? stringOf(entry['env']) : undefined;
      if (sources.length === 0 && env === undefined) return [];
      const name = isRecord(entry) ? (stringOf(entry['name']) ?? '') : '';
      return [
        {
          ...at('secretGenerator', index),
          message: say('rules.generatorTakesValuesFromPlain', { name }),
          hint: hintFor(facts),
        },
      ];
    });
  });
}
