import path from 'node:path';
import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { isPlainSetting, isReference, plaintextKeys } from '../facts/secret-objects.ts';
import { isToBeFilledIn } from '../../../text/filled-in.ts';
import { PLACEHOLDER } from '../../../sealing/sealed-secret.ts';
import { isAllowed, mayHoldSecret } from '../../../repository/secret-shapes.ts';
import type { SecretMechanism } from '../../../repository/secret-mechanism.ts';
import { isNamedEncrypted, isSopsEncrypted, leftPlain, sopsRuleFor } from '../../../repository/sops.ts';
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

function plainSecrets(facts: AppFacts): Diagnostic[] {
  return facts.objects.flatMap(object => {
    const keys = plaintextKeys(object, key => isAllowedAt(facts, object, key)).filter(
      key => !isLeftOnPurpose(object, key),
    );
    if (keys.length === 0) return [];
    const field = isRecord(object.body['stringData']) ? 'stringData' : 'data';
    const named = shorten(keys);
    const message = say('rules.secretKeepsPlainText', { name: object.name, named });
    return [{ ...object.at(field), message, hint: hintFor(facts) }];
  });
}

/** Another scanner was told already that this value is meant. */
function isAllowedAt(facts: AppFacts, object: ObjectFacts, key: string): boolean {
  const lines = (facts.text(object.file) ?? '').split('\n');
  return ['data', 'stringData'].some(field => {
    const values = object.body[field];
    if (!isRecord(values) || !(key in values)) return false;
    return isAllowed(lines[object.at(field, key).line - 1] ?? '', 0);
  });
}

function shorten(keys: readonly string[]): string {
  return keys.slice(0, NAMED).join(', ') + (keys.length > NAMED ? ` +${keys.length - NAMED}` : '');
}

/** A value of an encrypted Secret that SOPS was told to leave as it is. */
function isLeftOnPurpose({ body }: ObjectFacts, key: string): boolean {
  if (!isRecord(body['sops']) || !String(body['sops']['mac']).startsWith('ENC[')) return false;
  return !leftPlain(body).some(keys => keys.at(-1) === key);
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

/** A file that SOPS is meant to encrypt, by its name or by `.sops.yaml`, and that is plain, as a whole or in part. */
function unencrypted(facts: AppFacts): Diagnostic[] {
  return facts.files.flatMap(file => {
    const content = facts.text(file);
    if (content === undefined || content.trim() === '') return [];
    if (isSopsEncrypted(content)) return partlyPlain(facts, file);
    if (!isMeantForSops(facts, file)) return [];
    const stubs = waiting(facts, file);
    if (stubs.length > 0) return stubs;
    const message = content.includes('ENC[')
      ? say('rules.encryptedWithoutBlock')
      : say('rules.namedEncryptedIsPlain');
    return [{ file, line: 1, column: 1, message, hint: say('rules.encryptSops') }];
  });
}

/** Secrets that still hold the placeholders that `add secret` writes. */
function waiting({ objects }: AppFacts, file: string): Diagnostic[] {
  return objects
    .filter(object => object.file === file && object.kind === 'Secret')
    .flatMap(object => {
      const values = object.body['stringData'];
      const keys = isRecord(values) ? Object.keys(values).filter(key => values[key] === PLACEHOLDER) : [];
      if (keys.length === 0) return [];
      const message = say('rules.secretWaitsForValues', { name: object.name, named: shorten(keys) });
      return [{ ...object.at('stringData'), message, hint: say('rules.encryptThenFillIn') }];
    });
}

/** Objects other than Secrets may lie where a rule of `.sops.yaml` reaches; settings that it picks out are meant. */
function isMeantForSops(facts: AppFacts, file: string): boolean {
  if (path.posix.basename(file) === '.sops.yaml') return false;
  if (isNamedEncrypted(file)) return true;
  if (!/\.(?:ya?ml|json|env|ini)$/.test(file) || facts.kustomizations.some(each => each.file === file))
    return false;
  const objects = facts.objects.filter(object => object.file === file);
  const isKept = objects.every(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Secret');
  return isKept && sopsRuleFor(facts.text, file)?.covers === 'special';
}

/** Values that were written into an encrypted file by hand. */
function partlyPlain(facts: AppFacts, file: string): Diagnostic[] {
  const documents = facts.yaml(file)?.documents ?? [];
  const keys = documents.flatMap(document => leftPlain(document)).map(steps => steps.join('.'));
  if (keys.length === 0) return [];
  const named = shorten([...new Set(keys)]);
  const hint = say('rules.encryptSops');
  return [{ file, line: 1, column: 1, message: say('rules.encryptedKeepsPlain', { named }), hint }];
}

/** Encrypted, or a setting that has to lie in a Secret without being one. A file that is not there is unknown. */
function isNoSecret({ text }: AppFacts, folder: string, value: string): boolean {
  const content = text(path.posix.join(folder, value.replace(/^[^=/]*=/, '')));
  if (content === undefined) return false;
  return isSopsEncrypted(content) || (isSetting(value) && !mayHoldSecret(content));
}

function isSetting(value: string): boolean {
  return /\.(?:ya?ml|json|toml|conf|cfg|ini|sh|py|sql|lua|js)$/.test(value);
}

/** As of a Secret that is written out: where all are settings, none is a secret. */
function plainLiterals(literals: readonly string[]): string[] {
  const plain = literals
    .map(literal => ({ key: literal.split('=', 1)[0] ?? '', value: literal.replace(/^[^=]*=/, '') }))
    .filter(({ value }) => !isReference(value) && !isToBeFilledIn(value));
  return plain.every(({ key, value }) => isPlainSetting(key, value)) ? [] : plain.map(({ key }) => key);
}

/** A generator reads its values from plain text beside it. */
function generatedSecrets(facts: AppFacts): Diagnostic[] {
  return facts.kustomizations.flatMap(({ data, at, folder }) => {
    const list = data['secretGenerator'];
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry: unknown, index) => {
      const sources = [
        ...plainLiterals(stringsAt(entry, ['literals'])),
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
