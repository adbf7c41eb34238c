import type { SealingCertificate } from './certificate.ts';
import type { PlainSecret } from './plain-secret.ts';
import { putSealedValues } from './put-sealed-values.ts';
import { renderSealedSecret } from './render-sealed-secret.ts';
import { type Scope, sealingLabel } from './scope.ts';
import type { SealTarget } from './seal-target.ts';
import { sealValue } from './seal-value.ts';

/** The text of a target's file with the values of a Secret sealed into it. */
export function sealSecret(
  secret: PlainSecret,
  { existing, identity }: Pick<SealTarget, 'existing' | 'identity'>,
  { certificate, scope }: { certificate: SealingCertificate; scope: Scope },
): string {
  const label = sealingLabel(identity, scope);
  const encryptedData = new Map(
    [...secret.values].map(([key, value]) => [key, sealValue(value, label, certificate)]),
  );
  const { labels, annotations } = secret;
  if (existing) return putSealedValues(existing, { encryptedData, identity, scope, labels, annotations });
  return renderSealedSecret({ ...secret, identity, scope, encryptedData });
}
