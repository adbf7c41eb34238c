import type { Manifest } from '../../../repository/manifest.ts';
import { isRecord } from '../../../data/fields.ts';
import { isToBeFilledIn } from '../../../text/filled-in.ts';
import { mayHoldSecret } from '../../../repository/secret-shapes.ts';

/**
 * What something fills in or opens later is no secret: `${VAR}`, `$(VAR)`, `<path:secret/data#key>` of argocd-vault-plugin,
 * `{{ … }}`, `$secret:key` of Argo CD, `op://…` of 1Password, `ref+vault://…` of vals, `ENC[…]` of SOPS.
 */
const REFERENCE =
  /\$\{[^${}]+\}|\$\([^$()]+\)|<path:[^<>]+>|\{\{[^{}]*\}\}|^<[^>]*>$|^(?:\{\{ )?op:\/\/|^ref\+[a-z0-9]+:\/\/|^vault:[\w/-]+#|^\$[\w.-]+:[\w.-]+$|^ENC\[[A-Z0-9_]+,[^]*\]$/;

/**
 * The keys of a Secret whose values stand there in plain text; base64 hides nothing.
 * @param isMeant whether somebody said of a key that its value may stand there
 */
export function plaintextKeys(
  { apiVersion, kind, body }: Manifest,
  isMeant: (key: string) => boolean = () => false,
): string[] {
  if (apiVersion !== 'v1' || kind !== 'Secret') return [];
  return ['data', 'stringData'].flatMap(field => {
    const values = body[field];
    if (!isRecord(values)) return [];
    const plain = Object.entries(values).filter(([key, value]) => isPlaintext(value, field) && !isMeant(key));
    // Programs want some settings in a Secret; that alone makes none of them one.
    if (plain.every(([key, value]) => isPlainSetting(key, textOf(value, field)))) return [];
    return plain.map(([key]) => key);
  });
}

function textOf(value: unknown, field: string): string {
  const text = typeof value === 'string' ? value : '';
  return field === 'data' ? Buffer.from(text, 'base64').toString('utf8') : text;
}

const SETTINGS = /\.(?:ya?ml|json|toml|conf(?:ig)?|cfg|ini|properties|xml)$/;
const PLACES =
  /(?:path|name|endpoint|host|port|region|retention|count|url|uri|server|project|type|bucket|period|interval|driver|provider|mode|user(?:name)?|db|database|kind|level|format|time_?zone|locale|language)$/i;

/** Who is meant, which a login page shows to everybody: `AZURE_CLIENT_ID`, `tenantId`. */
const IDENTITIES = /(?:client|tenant|subscription|account|project|app(?:lication)?|zone)[-_]?id$/i;
const SWITCHED = /^\s*(?:true|false|\d{1,3}[smhd]?)\s*$/;

/** Whether a value of a Secret is none itself: a file without anything in it that looks like a secret, or a place that a key names. */
export function isPlainSetting(key: string, text: string): boolean {
  if (SWITCHED.test(text) || IDENTITIES.test(key)) return true;
  if (/users?\.|pass|credential|auth(?!entik)/i.test(key)) return false;
  if (SETTINGS.test(key) || isJsonMap(text)) return !mayHoldSecret(text);
  return PLACES.test(key) && !text.includes('\n') && !mayHoldSecret(`${key}: ${text}`);
}

function isJsonMap(text: string): boolean {
  return /^\s*\{[^]*\}\s*$/.test(text);
}

/** Whether a Secret holds a value that everybody can read. */
export function hasPlaintext(manifest: Manifest): boolean {
  return plaintextKeys(manifest).length > 0;
}

function isPlaintext(value: unknown, field: string): boolean {
  if (typeof value !== 'string') return value !== null && value !== undefined;
  const text = field === 'data' ? Buffer.from(value, 'base64').toString('utf8') : value;
  return value.trim() !== '' && !isReference(value) && !isReference(text) && !isToBeFilledIn(text);
}

/** Whether a value is filled in or opened later. */
export function isReference(value: string): boolean {
  return REFERENCE.test(value.trim());
}
