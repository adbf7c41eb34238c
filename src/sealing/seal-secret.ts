import type { SealingCertificate } from './certificate.ts';
import type { PlainSecret } from './plain-secret.ts';
import { type Scope, sealingLabel, type Identity, scopeAnnotations } from './scope.ts';
import type { SealTarget } from './seal-target.ts';
import { sealValue } from './seal-value.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import type { SealedSecret } from './sealed-secret.ts';
import { omitUndefined } from '../data/fields.ts';
import { printYaml } from '../yaml/print.ts';

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

type SealedChange = {
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

type NewSealedSecret = {
  /** As the file names it, before kustomize adds prefixes. */
  name: string;
  /** What the values are sealed for. */
  identity: Identity;
  scope: Scope;
  /** Ciphertext by key. */
  encryptedData: ReadonlyMap<string, string>;
} & Pick<PlainSecret, 'labels' | 'annotations' | 'type' | 'immutable'>;

/**
 * A whole SealedSecret as kubeseal writes one: keys in alphabetical order, the scope's annotation on the object, which
 * the controller reads, and on the template, which kubeseal reads. The template names what the values are sealed for.
 */
export function renderSealedSecret(secret: NewSealedSecret): string {
  const { identity, type, immutable } = secret;
  const scope = scopeAnnotations(secret.scope);
  const annotations = { ...secret.annotations, ...scope };
  const body = {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { ...annotated(scope), ...named({ ...identity, name: secret.name }) },
    spec: {
      encryptedData: sorted(Object.fromEntries(secret.encryptedData)),
      template: omitUndefined({
        immutable: immutable || undefined,
        metadata: { ...annotated(annotations), ...labelled(secret.labels), ...named(identity) },
        type,
      }),
    },
  };
  return `---\n${printYaml(body, { indentLists: false })}\n`;
}

function named({ name, namespace }: Identity) {
  return namespace === '' ? { name } : { name, namespace };
}

function annotated(annotations: Readonly<Record<string, string>>) {
  return Object.keys(annotations).length > 0 ? { annotations: sorted(annotations) } : {};
}

function labelled(labels: Readonly<Record<string, string>>) {
  return Object.keys(labels).length > 0 ? { labels: sorted(labels) } : {};
}

function sorted(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
