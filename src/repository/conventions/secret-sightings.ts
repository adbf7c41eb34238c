import path from 'node:path';
import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { readDocuments } from '../../yaml/read.ts';
import { kustomizedBy } from '../kustomized.ts';
import { type Manifest, parseManifests } from '../manifest.ts';
import type { Repository } from '../model.ts';
import type { SecretMechanism } from '../secret-mechanism.ts';
import { isSopsEncrypted } from '../sops.ts';

/** A secret as one file of the repository keeps it. */
export type SecretSighting = {
  mechanism: SecretMechanism;
  /** The folder of the kustomization around it: an app, or one within; that of the file where there is none. */
  owner: string;
  /** From the owner's folder, with `{name}` for the object's name and `{app}` for the app's. */
  file: string;
  /** Whether the kustomization around it lists the file. */
  listed: boolean;
  manifest: Manifest | undefined;
};

const KIND = /^kind:[ "']*(?:SealedSecret|ExternalSecret|Secret)["']?[ \t\r]*$/m;

/** Every secret that files of the repository keep. What cannot be read shows nothing. */
export function sightSecrets(repository: Repository): SecretSighting[] {
  return [...repository.text].flatMap(([file, text]) =>
    repository.isTemplate(file) || !(KIND.test(text) || isSopsEncrypted(text))
      ? []
      : sightingsIn(repository, file, text),
  );
}

function sightingsIn(repository: Repository, file: string, text: string): SecretSighting[] {
  const found = manifestsIn(text, file).flatMap(manifest => {
    const mechanism = mechanismOf(manifest);
    return mechanism ? [{ mechanism, manifest }] : [];
  });
  const { owner, listed } = placeOf(repository, file);
  if (found.length > 0)
    return found.map(each => ({ ...each, owner, file: patternOf(owner, file, each.manifest.name), listed }));
  // Encrypted as a whole, kind and name too; values files and the like say nothing of how a Secret's file is named.
  const isSecret = /^kind: *["']?ENC\[/m.test(text);
  if (!isSopsEncrypted(text) || !isSecret) return [];
  return [{ mechanism: 'sops', owner, file: patternOf(owner, file, ''), listed, manifest: undefined }];
}

function manifestsIn(text: string, file: string): Manifest[] {
  try {
    return parseManifests(readDocuments(text, file));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function mechanismOf({ apiVersion, kind, body }: Manifest): SecretSighting['mechanism'] | undefined {
  if (kind === 'SealedSecret' && apiVersion.startsWith('bitnami.com/')) return 'sealed';
  if (kind === 'ExternalSecret' && apiVersion.startsWith('external-secrets.io/')) return 'external';
  const isSealed = kind === 'Secret' && isRecord(body['sops']);
  return isSealed && stringOf(valueAt(body, ['sops', 'mac'])) !== undefined ? 'sops' : undefined;
}

function placeOf({ text }: Repository, file: string): Pick<SecretSighting, 'owner' | 'listed'> {
  try {
    const kustomized = kustomizedBy(text, file);
    const owner = path.posix.dirname(kustomized?.file ?? file);
    return { owner, listed: kustomized?.listed === true };
  } catch (error) {
    if (error instanceof UserError) return { owner: path.posix.dirname(file), listed: false };
    throw error;
  }
}

/** The names are taken out of the file's own name only: `grafana-admin-externalsecret.yaml` → `{name}-externalsecret.yaml`. */
function patternOf(owner: string, file: string, name: string): string {
  const inside = path.posix.relative(owner, file);
  const folder = path.posix.dirname(inside);
  const app = path.posix.basename(owner);
  const base = path.posix.basename(inside);
  const own = replaceWord(base, name, '{name}');
  const pattern = own === base ? replaceWord(base, app, '{app}') : own;
  return folder === '.' ? pattern : `${folder}/${pattern}`;
}

/** A whole word: `db` is not in `dbus.yaml`. */
function replaceWord(text: string, word: string, by: string): string {
  const at = word === '' ? -1 : text.indexOf(word);
  const isWhole =
    at >= 0 && !/[a-z0-9]/i.test(text[at - 1] ?? '') && !/[a-z0-9]/i.test(text[at + word.length] ?? '');
  return isWhole ? text.slice(0, at) + by + text.slice(at + word.length) : text;
}
