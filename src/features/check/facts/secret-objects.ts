import { type Manifest } from '../../../repository/manifest.ts';
import { isRecord } from '../../../data/fields.ts';

/**
 * What something fills in or opens later is no secret: `${VAR}`, `$(VAR)`, `<path:secret/data#key>` of argocd-vault-plugin,
 * `{{ … }}`, `op://…` of 1Password, `ref+vault://…` of vals, `ENC[…]` of SOPS.
 */
const REFERENCE =
  /\$\{[^}]+\}|\$\([^)]+\)|<path:[^>]+>|\{\{[^]*\}\}|^<[^>]*>$|^(?:\{\{ )?op:\/\/|^ref\+[a-z0-9]+:\/\/|^vault:[\w/-]+#|^ENC\[[A-Z0-9_]+,[^]*\]$/;

/** Whether a text is a file that SOPS has encrypted: it ends in its block, with the code that seals the values. */
export function isSopsEncrypted(text: string): boolean {
  return (
    (/^(?:sops:|"sops":|\s*"sops":)/m.test(text) && /\bmac"?:\s*["']?ENC\[/.test(text)) ||
    /^sops_mac=ENC\[/m.test(text)
  );
}

/** Whether a file is named as people name what SOPS has encrypted; `.sops.yaml` is the configuration. */
export function isNamedEncrypted(file: string): boolean {
  return /[^/]\.(?:sops|enc|encrypted)\.(?:ya?ml|json|env|ini)$/.test(file);
}

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
