import { asMap, isDataMap, isRecord } from '../../data/fields.ts';
import type { FieldChange } from '../rendered-changes.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** Names under which people keep what nobody else may read. */
const SECRET =
  /pass(?:word|wd|phrase)?$|secret$|token$|api[-_]?key$|private[-_]?key$|credentials?$|access[-_]?key$|connection[-_]?string$|dsn$/i;

/** An object's body without its secrets. `other` is the other side's: a mask says whether another value is behind it. */
export function withoutSecrets(manifest: Manifest, other: unknown): unknown {
  if (manifest.kind !== 'Secret') return masked(manifest.body, other);
  const body = { ...manifest.body };
  for (const key of ['data', 'stringData']) {
    const values = body[key];
    if (isRecord(values)) body[key] = maskAll(values, asMap(asMap(other)[key]));
  }
  return body;
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
  if (!isDataMap(value)) return value;
  const beside = asMap(other);
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key,
      SECRET.test(key) && isText(own) ? mask(own, isOther(own, beside[key])) : masked(own, beside[key]),
    ]),
  );
}

/** `- name: DB_PASSWORD, value: …` of a container. */
function maskedItem(item: unknown, other: unknown): unknown {
  const result = masked(item, other);
  if (!isDataMap(result) || typeof result['name'] !== 'string' || !SECRET.test(result['name'])) return result;
  const { value } = result;
  return isText(value) ? { ...result, value: mask(value, isOther(value, asMap(other)['value'])) } : result;
}

/** A change of one field without what is secret: `auth.password`, `env[DB_PASSWORD].value`, anything in a Secret. */
export function maskedChange<Change extends FieldChange>(change: Change, kind?: string): Change {
  const { path, before, after } = change;
  const inSecret = kind === 'Secret' && /^(?:data|stringData)\b/.test(path);
  if (!inSecret && !SECRET.test(nameIn(path))) return change;
  const [old, fresh] = [before, after].map(json => shownFor(json, inSecret, before !== after));
  return { ...change, before: old, after: fresh };
}

function shownFor(json: string | undefined, inSecret: boolean, isChanged: boolean): string | undefined {
  if (json === undefined || /^(?:[[{]|true$|false$|null$|""$)/.test(json)) return json;
  const value = json.startsWith('"') ? (JSON.parse(json) as string) : json;
  return JSON.stringify(mask(inSecret ? undefined : value, isChanged));
}

/** The last name of a path; of a container's variable its own. */
function nameIn(path: string): string {
  const item = /\[([^[\]]+)\]\.value$/.exec(path)?.[1];
  return item ?? path.slice(path.lastIndexOf('.') + 1).replaceAll(/^.*\["|"\]$/g, '');
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
