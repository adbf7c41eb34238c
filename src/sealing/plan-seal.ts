import { CONFIGURATION_FILE } from '../repository/configuration.ts';
import type { Text } from '../text/language.ts';
import type { SealingCertificate } from './certificate.ts';
import type { PlainSecret } from './plain-secret.ts';
import type { Scope } from './scope.ts';
import { openKeys, requireSealedSecret } from './sealed-secret.ts';
import { sealSecret } from './seal-secret.ts';
import type { SealTarget } from './seal-target.ts';
import { type ListContext, listResource } from '../repository/kustomization-edit.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import { say } from '../locales/say.ts';

/** One Secret, where it goes, and how far it may move. */
export type SealOrder = { secret: PlainSecret; target: SealTarget; scope: Scope };

/** What was sealed, without any of its values. */
export type Sealed = {
  file: string;
  namespace: string;
  name: string;
  scope: Scope;
  keys: string[];
  /** Keys of the same object that still wait for a value. */
  open: string[];
};

export type SealContext = ListContext & { certificate: SealingCertificate };

/** Seals one Secret into its file, and lists the file in its kustomization once no value is open any more. */
export async function planSeal(context: SealContext, { secret, target, scope }: SealOrder): Promise<Sealed> {
  const { drafts, certificate, t } = context;
  const { file, identity } = target;
  const text = sealSecret(secret, target, { certificate, scope });
  const keys = [...secret.values.keys()];
  await drafts.write({ path: file, text, why: t(sealedKeys(keys)) });
  const open = openKeys(requireSealedSecret(text, file, target.existing?.name ?? secret.name));
  const { kustomized } = target;
  if (open.length === 0 && kustomized && !kustomized.listed)
    await listResource(context, kustomized.file, file);
  return { file, ...identity, scope, keys, open };
}

function sealedKeys(keys: readonly string[]): Text {
  const names = keys.join(', ');
  return say('sealing.sealed', { names });
}

/** Writes the fingerprint of the certificate down, so that another one is noticed. */
export async function planPin(
  { drafts, t }: Pick<SealContext, 'drafts' | 't'>,
  pin: { fingerprint: string; certificate: string | undefined },
): Promise<void> {
  const text = pinCertificate(await drafts.read(CONFIGURATION_FILE), pin);
  const why = t(say('sealing.pinsSealingCertificate'));
  await drafts.write({ path: CONFIGURATION_FILE, text, why });
}

/**
 * The repository's configuration with the fingerprint of the certificate in use, and where it is if that is still
 * open; every other byte of the file stays.
 */
function pinCertificate(
  text: string | undefined,
  pin: { fingerprint: string; certificate: string | undefined },
): string {
  const { fingerprint, certificate } = pin;
  const fields = { ...(certificate === undefined ? {} : { certificate }), fingerprint };
  const edits = Object.entries(fields).map(([key, value]): YamlEdit => ({
    kind: 'put',
    path: ['sealing', key],
    value,
  }));
  return editYaml(text ?? '', CONFIGURATION_FILE, edits);
}
