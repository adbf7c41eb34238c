import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import { type Identity, type Scope, scopeAnnotations } from './scope.ts';
import type { SealedSecret } from './sealed-secret.ts';

export type SealedChange = {
  /** Ciphertext by key. */
  encryptedData: ReadonlyMap<string, string>;
  /** What the values are sealed for: noted in the template, and kept there by kustomize. */
  identity: Identity;
  scope: Scope;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
};

/**
 * Adds or replaces single values of a SealedSecret by byte range, and labels and annotations of its template. Its other
 * values and its comments stay; maps that are missing are made.
 */
export function putSealedValues(secret: SealedSecret, change: SealedChange): string {
  const template = ['spec', 'template', 'metadata'];
  const scope = scopeAnnotations(change.scope);
  const puts = [
    ...[...change.encryptedData].map(([key, value]) => ({ path: ['spec', 'encryptedData', key], value })),
    ...entries(scope, ['metadata', 'annotations']),
    ...entries({ ...change.annotations, ...scope }, [...template, 'annotations']),
    ...entries(change.labels, [...template, 'labels']),
    ...identityPuts(secret, change.identity),
  ];
  const { source, document } = secret;
  const edits = puts.map((put): YamlEdit => ({ kind: 'put', document, ...put }));
  return editYaml(source.text, source.name, edits);
}

type Put = { path: string[]; value: string };

function entries(map: Readonly<Record<string, string>>, path: string[]): Put[] {
  return Object.entries(map).map(([key, value]) => ({ path: [...path, key], value }));
}

/** Only what the file says already, or says wrongly: a namespace that it leaves to kustomize stays left out. */
function identityPuts(secret: SealedSecret, identity: Identity): Put[] {
  const template = ['spec', 'template', 'metadata'];
  const { namespace, name } = secret.sealedFor;
  const own =
    secret.namespace !== undefined && secret.namespace !== identity.namespace && identity.namespace !== '';
  return [
    ...(own ? [{ path: ['metadata', 'namespace'], value: identity.namespace }] : []),
    ...(namespace === identity.namespace || identity.namespace === ''
      ? []
      : [{ path: [...template, 'namespace'], value: identity.namespace }]),
    ...(name === identity.name ? [] : [{ path: [...template, 'name'], value: identity.name }]),
  ];
}
