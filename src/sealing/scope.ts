import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** How far a SealedSecret may move: nowhere, within its namespace under another name, or anywhere in the cluster. */
export const SCOPES = ['strict', 'namespace-wide', 'cluster-wide'] as const;
export type Scope = (typeof SCOPES)[number];

/** The namespace and name that the controller computes the label from: those of the SealedSecret in the cluster. */
export type Identity = { namespace: string; name: string };

const ANNOTATIONS = {
  'namespace-wide': 'sealedsecrets.bitnami.com/namespace-wide',
  'cluster-wide': 'sealedsecrets.bitnami.com/cluster-wide',
} as const satisfies Record<Exclude<Scope, 'strict'>, string>;

/** @throws UserError E_VALUE */
export function parseScope(input: string): Scope {
  const scope = SCOPES.find(name => name === input);
  if (scope) return scope;
  throw new UserError('E_VALUE', say('sealing.scopeNone', { input, scopes: SCOPES.join(', ') }));
}

/** The annotations that say a scope; none for strict. They belong on the object and on its template. */
export function scopeAnnotations(scope: Scope): Record<string, string> {
  return scope === 'strict' ? {} : { [ANNOTATIONS[scope]]: 'true' };
}

/** The scope that the controller reads: cluster-wide wins, and only the literal `true` counts. */
export function scopeOf(annotations: Readonly<Record<string, unknown>>): Scope {
  if (annotations[ANNOTATIONS['cluster-wide']] === 'true') return 'cluster-wide';
  return annotations[ANNOTATIONS['namespace-wide']] === 'true' ? 'namespace-wide' : 'strict';
}

/** The scope annotations whose value is neither `true` nor `false`: the controller takes them for absent. */
export function oddScopeAnnotations(annotations: Readonly<Record<string, unknown>>): string[] {
  return Object.values(ANNOTATIONS).filter(key => {
    const value = Object.hasOwn(annotations, key) ? annotations[key] : 'false';
    return value !== 'true' && value !== 'false';
  });
}

/** Annotations without those that say a scope. */
export function withoutScope(annotations: Readonly<Record<string, string>>): Record<string, string> {
  const own: readonly string[] = Object.values(ANNOTATIONS);
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !own.includes(key)));
}

/** The OAEP label that binds a value to where it may be opened (sealed-secrets, `EncryptionLabel`). */
export function sealingLabel({ namespace, name }: Identity, scope: Scope): string {
  const labels: Record<Scope, string> = {
    strict: `${namespace}/${name}`,
    'namespace-wide': namespace,
    'cluster-wide': '',
  };
  return labels[scope];
}

/** Whether a value sealed for one place can be opened in another. */
export function opensIn(scope: Scope, sealedFor: Identity, placed: Identity): boolean {
  return sealingLabel(sealedFor, scope) === sealingLabel(placed, scope);
}
