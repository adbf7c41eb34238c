import { asList, asMap, isDataMap, isRecord } from '../../data/fields.ts';
import type { FieldChange } from '../rendered-changes.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** Names under which people keep what nobody else may read, in any spelling: `dbPasswords`, `ENCRYPTION_KEY`. */
const SECRET =
  /pass(?:word|wd|phrase)|secret|token|credential|(?:api|private|access|encryption|signing|client|master|root)[-_.]?key|connection[-_.]?string|(?:^|[-_.])(?:dsn|pin)$/i;

/** Names of what only leads to a secret. */
const REFERENCE =
  /^existing|(?:refs?|names?|stores?|class|seconds|policy|mount(?:path)?)$|^(?:imagePullSecrets|serviceAccountToken|automountServiceAccountToken)$/i;

/** Whether what stands under a name is a secret: `secret: {…}` is a volume; `secret: abc` is one. */
export function isSecret(name: string, value: unknown): boolean {
  if (!SECRET.test(name) || REFERENCE.test(name)) return false;
  return !/^secrets?$/i.test(name) || isText(value);
}

/** An object's body without its secrets. `other` is the other side's: a mask says whether another value is behind it. */
export function withoutSecrets(manifest: Manifest, other: unknown): unknown {
  if (manifest.kind !== 'Secret') return masked(manifest.body, other);
  const body = { ...manifest.body };
  for (const key of ['data', 'stringData']) {
    const values = body[key];
    if (isRecord(values)) body[key] = maskAll(values, asMap(asMap(other)[key]));
  }
  const metadata = asMap(body['metadata']);
  const annotations = metadata['annotations'];
  // What kubectl applied last holds the values once more.
  if (isRecord(annotations)) body['metadata'] = { ...metadata, annotations: maskApplied(annotations) };
  return body;
}

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function maskApplied(annotations: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.hasOwn(annotations, APPLIED)
    ? { ...annotations, [APPLIED]: mask(undefined, false) }
    : { ...annotations };
}

function maskAll(
  values: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Record<string, string> {
  // Of a rendered Secret there is only a digest, whose length says nothing.
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, mask(undefined, isOther(value, other[key]))]),
  );
}

function masked(value: unknown, other: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => maskedItem(item, Array.isArray(other) ? other[index] : undefined));
  if (typeof value === 'string') return withoutUrlPasswords(value, isOther(value, other));
  if (!isDataMap(value)) return value;
  const beside = asMap(other);
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key,
      isSecret(key, own) ? maskBelow(own, beside[key]) : masked(own, beside[key]),
    ]),
  );
}

/** `postgres://app:…@db/app`: a login in an address is a secret under whatever name it stands. */
function withoutUrlPasswords(text: string, isChanged: boolean): string {
  if (!text.includes('://')) return text;
  return text.replaceAll(/(?<=:\/\/[^\s/:@]{0,200}:)[^\s/:@]{1,200}(?=@)/g, mask(undefined, isChanged));
}

/** Every text below a name that is a secret's. */
function maskBelow(value: unknown, other: unknown): unknown {
  if (isText(value)) return mask(value, isOther(value, other));
  if (Array.isArray(value)) return value.map((item, index) => maskBelow(item, asList(other)[index]));
  if (!isDataMap(value)) return value;
  const beside = asMap(other);
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, maskBelow(own, beside[key])]));
}

/** `- name: DB_PASSWORD, value: …` of a container. */
function maskedItem(item: unknown, other: unknown): unknown {
  const result = masked(item, other);
  if (!isDataMap(result) || typeof result['name'] !== 'string' || !isSecret(result['name'], result['value']))
    return result;
  const { value } = result;
  return isText(value) ? { ...result, value: mask(value, isOther(value, asMap(other)['value'])) } : result;
}

/** A change of one field without what is secret: `auth.password`, `env[DB_PASSWORD].value`, anything in a Secret. */
export function maskedChange<Change extends FieldChange>(change: Change, kind?: string): Change {
  const { path, before, after } = change;
  const inSecret = kind === 'Secret' && /^(?:data|stringData)\b/.test(path);
  const shown = (json: string | undefined, other: string | undefined): string | undefined => {
    if (json === undefined) return undefined;
    const [value, beside] = [json, other].map(text =>
      text === undefined ? undefined : (JSON.parse(text) as unknown),
    );
    if (inSecret) return JSON.stringify(hidden(value, before !== after));
    return JSON.stringify(leadsToSecret(path, value) ? maskBelow(value, beside) : maskedItem(value, beside));
  };
  return { ...change, before: shown(before, after), after: shown(after, before) };
}

/** Two values of one place, as data, without what is secret in them; undefined where there is none. */
export function maskedPair<Value>(
  path: string,
  pair: { before: Value; after: Value },
): { before: Value; after: Value } {
  const json = (value: Value): string | undefined =>
    value === undefined ? undefined : JSON.stringify(value);
  const data = (text: string | undefined): Value =>
    (text === undefined ? undefined : JSON.parse(text)) as Value;
  const shown = maskedChange({ path, before: json(pair.before), after: json(pair.after) });
  return { before: data(shown.before), after: data(shown.after) };
}

/** Of what stands in a Secret there is only a digest: neither it nor its length is shown. */
function hidden(value: unknown, isChanged: boolean): unknown {
  if (!isDataMap(value)) return mask(undefined, isChanged);
  return Object.fromEntries(Object.keys(value).map(key => [key, mask(undefined, isChanged)]));
}

/** Whether a name on the way to a value is a secret's; that of a container's variable is one of them. */
function leadsToSecret(path: string, value: unknown): boolean {
  // Of the items of a list only a variable says by its name what its value is.
  const names = path
    .replaceAll(/\[[^[\]"]*\](?!\.value$)/g, '.')
    .split(/[.[\]"]+/)
    .filter(name => name !== '');
  return names.some((name, index) => isSecret(name, index === names.length - 1 ? value : undefined));
}

function isText(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function isOther(value: unknown, other: unknown): boolean {
  return other !== undefined && JSON.stringify(value) !== JSON.stringify(other);
}

/** What stands in the place of a secret: its length where that is known, and whether the other side has another one. */
function mask(value: string | number | undefined, isChanged: boolean): string {
  const words = [
    ...(value === undefined ? [] : [`${String(value).length} characters`]),
    ...(isChanged ? ['changed'] : []),
  ];
  return words.length > 0 ? `••• (${words.join(', ')})` : '•••';
}
