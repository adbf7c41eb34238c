import { append } from '../data/append.ts';
import { isRecord } from '../data/fields.ts';
import { isName, isRandom } from './random-text.ts';
import type { ScalarPair } from '../yaml/read.ts';

export type SecretKind = 'private-key' | 'token' | 'url-password' | 'password-hash' | 'password';

export type SecretSpot = { offset: number; kind: SecretKind };

/** Texts that are secrets by their form alone, wherever they stand; the forms are those that issuers publish. */
const SHAPES: readonly { kind: SecretKind; regex: RegExp }[] = [
  {
    kind: 'private-key',
    regex: /(?<=-----BEGIN (?:[A-Z]+ )?)PRIVATE KEY(?: BLOCK)?-----(?=[#\s]*[A-Za-z0-9+/=:]{20})/y,
  },
  { kind: 'token', regex: /AGE-SECRET-KEY-1[0-9A-Z]{20,}/y },
  { kind: 'token', regex: /\bgh[pousr]_[A-Za-z0-9]{36,}\b/y },
  { kind: 'token', regex: /\bgithub_pat_\w{60,}\b/y },
  { kind: 'token', regex: /\bglpat-[\w-]{20,}/y },
  { kind: 'token', regex: /\bxox[abposr]-\d[\w-]{18,}/y },
  { kind: 'token', regex: /\bAKIA(?!.{0,12}EXAMPLE)[0-9A-Z]{16}\b/y },
  { kind: 'token', regex: /\bAIza[\w-]{35}\b/y },
  { kind: 'token', regex: /\b[rs]k_live_[A-Za-z0-9]{16,}/y },
  { kind: 'token', regex: /\bnpm_[A-Za-z0-9]{36}\b/y },
  { kind: 'token', regex: /\bhf_[A-Za-z0-9]{34}\b/y },
  { kind: 'token', regex: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/y },
];
/** How any of them begins: one search over the text instead of a dozen. */
const BEGINNING =
  /PRIVATE KEY|AGE-SECRET-KEY-|gh[pousr]_|github_pat_|glpat-|xox[abposr]-|AKIA|AIza|[rs]k_live_|npm_|hf_|eyJ/g;

const URL_PASSWORD = /:\/\/[^\s:/?#@'"`{}$<>()[\]]*:([^\s:/?#@'"`]{3,})@[\w[]/y;
const HASH =
  /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|[156]\$[^\s$]{1,32}\$[./A-Za-z0-9]{22,}|argon2i?d?\$v=\d+\$)/y;

/** Secrets that their form gives away. Comments count for keys and tokens: a leak is a leak. */
export function scanText(text: string): SecretSpot[] {
  return [...scanShapes(text), ...scanUrls(text), ...scanHashes(text)];
}

function scanShapes(text: string): SecretSpot[] {
  const found: SecretSpot[] = [];
  for (const { index } of text.matchAll(BEGINNING)) {
    const shape = SHAPES.find(({ regex }) => matchAt(regex, text, index));
    if (shape && !isIdOnly(text, index))
      found.push({ offset: startOf(shape.kind, text, index), kind: shape.kind });
  }
  return found;
}

const NEAR = 400;

/** The id of an access key, called so, is no secret: the key itself is, wherever that stands. */
function isIdOnly(text: string, index: number): boolean {
  if (!text.startsWith('AKIA', index)) return false;
  const before = text.slice(text.lastIndexOf('\n', index) + 1, index);
  const isRef = /secret\w*key\w*ref\b/i.test(text.slice(index, index + NEAR));
  return isRef || (/access[-_]?key[-_]?id/i.test(before) && !isBesideKey(text, index));
}

/** What AWS gives as the key: forty characters, of which no word consists. */
function isBesideKey(text: string, index: number): boolean {
  const around = text.slice(Math.max(0, index - NEAR), index + NEAR);
  return around.split(/[^A-Za-z0-9/+]+/).some(word => word.length === 40 && isRandom(word));
}

function startOf(kind: SecretKind, text: string, index: number): number {
  return kind === 'private-key' ? text.lastIndexOf('-----BEGIN', index) : index;
}

function matchAt(regex: RegExp, text: string, offset: number): RegExpExecArray | null {
  regex.lastIndex = offset;
  return regex.exec(text);
}

function scanUrls(text: string): SecretSpot[] {
  const found: SecretSpot[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const password = matchAt(URL_PASSWORD, text, at)?.[1];
    if (password !== undefined && !isHarmless(password) && !isComment(text, at))
      found.push({ offset: schemeStart(text, at), kind: 'url-password' });
  }
  return found;
}

function schemeStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && /[a-z0-9+.-]/i.test(text.charAt(start - 1))) start--;
  return start;
}

function scanHashes(text: string): SecretSpot[] {
  const found: SecretSpot[] = [];
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1))
    if (matchAt(HASH, text, at) && !isComment(text, at)) found.push({ offset: at, kind: 'password-hash' });
  return found;
}

function isComment(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset) + 1;
  return /(?:^|\s)#/.test(text.slice(start, offset));
}

/** Whether a text of lines such as `key: value` and `KEY=value` holds something that looks like a secret. */
export function mayHoldSecret(text: string): boolean {
  if (scanText(text).length > 0) return true;
  const isInJson = inJson(text);
  if (isInJson !== undefined) return isInJson;
  return text.split('\n').some(line => {
    const [head = '', key] = /^[\s"'-]*([\w.][\w.-]*)["']?\s*[:=]/.exec(line) ?? [];
    const value = line
      .slice(head.length)
      .trim()
      .replace(/^["']/, '')
      .replace(/["']?,?$/, '');
    if (/hooks\.slack\.com\/services\/\w/.test(value)) return true;
    return key !== undefined && looksSecret(key, value);
  });
}

/** What other scanners take as: this line was looked at, and is meant. */
const ALLOWED = /gitleaks:allow|pragma: ?allowlist secret|trufflehog:ignore|ggignore/;

/** Whether the line around a place says that what looks like a secret there is none. */
export function isAllowed(text: string, offset: number): boolean {
  const end = text.indexOf('\n', offset);
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, end < 0 ? undefined : end);
  return ALLOWED.test(line);
}

/** Whether a JSON text, one line often, holds something that looks like a secret; undefined for what is no JSON. */
function inJson(text: string): boolean | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const pairs: [string, unknown][] = [['', parsedJson(text)]];
  if (pairs[0]?.[1] === undefined) return undefined;
  for (const [key, value] of pairs)
    if (isRecord(value)) append(pairs, Object.entries(value));
    else if (Array.isArray(value))
      append(
        pairs,
        value.map((each: unknown): [string, unknown] => [key, each]),
      );
    else if (typeof value === 'string' && looksSecret(key, value)) return true;
  return false;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function looksSecret(key: string, value: string): boolean {
  return !isHarmless(value) && (keyKind(key) !== undefined || isRandom(value));
}

/** Whether the name of a key, or of a variable, could be that of a secret. */
export function isSuspect(key: string, name: string | undefined): boolean {
  return keyKind(nameOfPair(key, name)) !== undefined;
}

/** What a pair is called: an environment variable stands under `name`. */
export function nameOfPair(key: string, name: string | undefined): string {
  return key === 'value' && name !== undefined ? name : key;
}

/**
 * Whether a pair is a secret by the name of its key. `random`: only what no person would think of counts, for places
 * that are full of samples.
 */
export function evaluatePair(pair: ScalarPair, strictness: 'random' | 'any'): SecretKind | undefined {
  const kind = keyKind(nameOfPair(pair.key, pair.name));
  if (kind === undefined) return undefined;
  const text = pair.read().trim();
  if (isHarmless(text) || pair.isBlock) return undefined;
  if (isRandom(text)) return 'password';
  return strictness === 'any' && kind === 'password' && !isName(text) ? 'password' : undefined;
}

const SECRET_WORDS = new Set([
  'password',
  'passwd',
  'pass',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'credential',
  'credentials',
  'htpasswd',
  'apikey',
  'accesskey',
  'secretkey',
  'privatekey',
  'dsn',
]);
const PASSWORD_WORDS = new Set(['password', 'passwd', 'pass', 'pwd', 'passphrase']);
const KEY_OWNERS = new Set([
  'api',
  'access',
  'secret',
  'private',
  'encryption',
  'encrypt',
  'signing',
  'session',
  'auth',
  'license',
  'master',
  'shared',
  'account',
  'application',
  'app',
  'jwt',
  'hmac',
  'tsig',
]);
/** `existingSecretPasswordKey` names where a secret is. */
const POINTERS = new Set(['existing', 'ref', 'name', 'from', 'file', 'path', 'mount', 'volume', 'policy']);

type KeyKind = 'password' | 'other' | undefined;

/** The same keys come again and again: ten thousand values files have a few thousand. */
const KNOWN_KEYS = new Map<string, KeyKind>();
const MAX_KNOWN = 20_000;

function keyKind(key: string): KeyKind {
  if (key.length > 80) return undefined;
  if (KNOWN_KEYS.has(key)) return KNOWN_KEYS.get(key);
  const kind = judgeKey(key);
  if (KNOWN_KEYS.size < MAX_KNOWN) KNOWN_KEYS.set(key, kind);
  return kind;
}

/** What the last words of a key say: `adminPassword`, `SECRET_ACCESS_KEY`, `api-token`. */
function judgeKey(key: string): KeyKind {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
  const last = words.at(-1) ?? '';
  if (words.some(word => POINTERS.has(word))) return undefined;
  if (PASSWORD_WORDS.has(last)) return 'password';
  if (SECRET_WORDS.has(last)) return 'other';
  const before = words.at(-2) ?? '';
  return last === 'key' && KEY_OWNERS.has(before) ? 'other' : undefined;
}

const PLACEHOLDER =
  /^(?:.*(?:change[-_ ]?(?:me|it)|replace|placeholder|example|dummy|redacted|not-a-|your[-_ ]).*|_*my[-_][\w-]+|todo|tbd|fixme|x+|\*+|\.+|-+|none|null|nil|true|false|yes|no|on|off|enabled|disabled|default|auto|random|generated?)$/i;
/** Filled in by something else: Helm, a shell, Argo CD's vault plugin, a file, a reference of an operator. */
const TEMPLATE =
  /\{\{|\$\{|\$\(|\$[A-Z_]|^\{[\w.-]+\}$|^%|^<.*>$|^\$__|^@|^env\.|^vault:|^ref\+|^arn:|^projects\/|^ENC\[|^\$[\w.-]+:[\w.-]+$|^op:\/\/|<path:[^>]+>/;

function isHarmless(text: string): boolean {
  return (
    text.length < 4 ||
    PLACEHOLDER.test(text) ||
    /^(?:[A-Z]+_)*(?:PASSWORD|PASS|PWD|SECRET|TOKEN|KEY)$/.test(text) ||
    TEMPLATE.test(text) ||
    // The name of a file.
    /^[\w.-]+\.(?:json|ya?ml|pem|crt|key|txt|env|p12|jks)$/.test(text) ||
    /^(?:\/|\.{1,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(text) ||
    /^[\d.,:\s]+[a-z]{0,2}$/i.test(text)
  );
}
