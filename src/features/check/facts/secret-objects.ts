import { type Manifest } from '../../../repository/manifest.ts';
import { isRecord } from '../../../data/fields.ts';

/**
 * What something fills in or opens later is no secret: `${VAR}`, `$(VAR)`, `<path:secret/data#key>` of argocd-vault-plugin,
 * `{{ … }}`, `op://…` of 1Password, `ref+vault://…` of vals, `ENC[…]` of SOPS.
 */
const REFERENCE =
  /\$\{[^}]+\}|\$\([^)]+\)|<path:[^>]+>|\{\{[^]*\}\}|^<[^>]*>$|^(?:\{\{ )?op:\/\/|^ref\+[a-z0-9]+:\/\/|^vault:[\w/-]+#|^ENC\[[A-Z0-9_]+,[^]*\]$/;

/** What stands where a value is still to come. */
export const PLACEHOLDER = 'REPLACE_ME';

/** The keys of a Secret whose values stand there in plain text; base64 hides nothing. */
export function plaintextKeys({ apiVersion, kind, body }: Manifest): string[] {
  if (apiVersion !== 'v1' || kind !== 'Secret') return [];
  return ['data', 'stringData'].flatMap(field => {
    const values = body[field];
    if (!isRecord(values)) return [];
    return Object.entries(values).flatMap(([key, value]) => (isPlaintext(value, field) ? [key] : []));
  });
}

/** Whether a Secret holds a value that everybody can read. */
export function hasPlaintext(manifest: Manifest): boolean {
  return plaintextKeys(manifest).length > 0;
}

function isPlaintext(value: unknown, field: string): boolean {
  if (typeof value !== 'string') return value !== null && value !== undefined;
  const text = field === 'data' ? Buffer.from(value, 'base64').toString('utf8') : value;
  return value.trim() !== '' && !isReference(value) && !isReference(text);
}

/** Whether a value is filled in or opened later. */
export function isReference(value: string): boolean {
  return REFERENCE.test(value.trim());
}
