import { type Manifest } from '../../../repository/manifest.ts';
import { isRecord } from '../../../data/fields.ts';

/** A reference that something fills in later is no secret: `${VAR}`, `$(VAR)`, `<path:secret/data#key>`, `{{ … }}`. */
const REFERENCE = /^(?:\$\{[^}]*\}|\$\([^)]*\)|<[^>]*>|\{\{[^]*\}\})$/;

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
  return value.trim() !== '' && !REFERENCE.test(value.trim()) && !REFERENCE.test(text.trim());
}
