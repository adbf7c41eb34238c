import { present } from '../data/fields.ts';
import { printYaml } from '../yaml/print.ts';
import type { PlainSecret } from './plain-secret.ts';
import { type Identity, type Scope, scopeAnnotations } from './scope.ts';

export type NewSealedSecret = {
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
      template: present({
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
