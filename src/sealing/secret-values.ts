import { randomInt } from 'node:crypto';
import { UserError } from '../errors.ts';
import { parseSecretKey } from '../repository/names.ts';
import type { Text } from '../text/language.ts';
import { MAX_SECRET_BYTES } from './plain-secret.ts';
import { say } from '../locales/say.ts';

export type ValueRules = { allowEmpty: boolean };

/**
 * What holds for the values of one Secret, before any of them is sealed.
 * @throws UserError E_SECRET for none at all, an empty one, or more than the API server takes
 */
export function requireSealable(values: ReadonlyMap<string, Uint8Array>, { allowEmpty }: ValueRules): void {
  const hint = say('sealing.allowEmpty');
  if (values.size === 0 && !allowEmpty)
    throw new UserError('E_SECRET', say('sealing.secretHasNoValues'), { hint });
  const empty = [...values].find(([, value]) => value.byteLength === 0)?.[0];
  if (empty !== undefined && !allowEmpty)
    throw new UserError('E_SECRET', say('sealing.valueEmpty', { empty }), { hint });
  const bytes = [...values.values()].reduce((sum, value) => sum + value.byteLength, 0);
  if (bytes > MAX_SECRET_BYTES)
    throw new UserError('E_SECRET', say('sealing.valuesBytesTogetherMoreThan', { bytes }), {
      hint: say('sealing.splitIntoSeveralSecrets'),
    });
}

/** One line that ends with a newline is most often one that `echo` added. Files of several lines end so on purpose. */
export function endsWithStrayNewline(value: Uint8Array): boolean {
  return value.indexOf(0x0a) === value.byteLength - 1 && value.byteLength > 0;
}

/** Keeps all but one final newline. */
export function withoutNewline(value: Buffer): Buffer {
  if (!endsWithStrayNewline(value)) return value;
  return value.subarray(0, value.at(-2) === 0x0d ? -2 : -1);
}

/** Says of these keys that the newline at the end of their values is kept. */
export function strayNewlineNote(keys: readonly string[]): Text {
  const names = keys.join(', ');
  return say('sealing.valueEndsNewlineWhichKept', { names });
}

export type GenerateRequest = { key: string; length: number };

const DEFAULT_LENGTH = 32;
const MAX_LENGTH = 1024;

/** `<key>` or `<key>:<length>`: a random value to make. @throws UserError E_VALUE */
export function parseGenerate(input: string): GenerateRequest {
  const [key = '', length, ...more] = input.split(':');
  const wanted = length === undefined ? DEFAULT_LENGTH : Number(length);
  const isLength = Number.isInteger(wanted) && wanted >= 8 && wanted <= MAX_LENGTH;
  if (more.length > 0 || !isLength)
    throw new UserError('E_VALUE', say('sealing.generateNotKeyLength', { input }), {
      hint: say('sealing.giveLengthFrom8Such', { max_length: MAX_LENGTH }),
    });
  return { key: parseSecretKey(key), length: wanted };
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits, which no URL, shell or YAML file needs to quote: 5.9 bits each. */
export function generateValue(length: number, random: (max: number) => number = randomInt): Buffer {
  const value = Buffer.alloc(length);
  for (let index = 0; index < length; index++)
    value[index] = LETTERS_AND_DIGITS.charCodeAt(random(LETTERS_AND_DIGITS.length));
  return value;
}

/** `<key>=<path>`, or `<path>` alone, whose file name is the key then. `-` is stdin. @throws UserError E_VALUE */
export function parseFromFile(input: string): { key: string; path: string } {
  const equals = input.indexOf('=');
  const path = input.slice(equals + 1);
  const key = equals < 0 ? input.slice(input.lastIndexOf('/') + 1) : input.slice(0, equals);
  if (path !== '' && !(path === '-' && equals < 0)) return { key: parseSecretKey(key), path };
  throw new UserError('E_VALUE', say('sealing.fromFileNotKeyPath', { input }), {
    hint: say('sealing.giveKeyPathKeyReads'),
  });
}
