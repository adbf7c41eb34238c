import { renderTemplate, type Template } from '../repository/templates.ts';
import type { PlacedSecret } from './place-secret.ts';

/** The templates that Secrets are made of, by mechanism. */
export const SECRET_TEMPLATES = {
  sealed: 'resources/sealedsecret.yaml',
  external: 'resources/externalsecret.yaml',
  sops: 'resources/secret.yaml',
} as const;

type SecretTemplates = Record<(typeof SECRET_TEMPLATES)[keyof typeof SECRET_TEMPLATES], Template>;

/** What stands where nobody knows what belongs there. */
const PLACEHOLDER = 'REPLACE_ME';

/** The file of a Secret; no value is in it. */
export function renderSecret(placed: PlacedSecret, templates: SecretTemplates): string {
  const { secret, mechanism, path, next } = placed;
  if (placed.existing !== undefined) return placed.existing;
  const template = templates[SECRET_TEMPLATES[mechanism]];
  switch (mechanism) {
    case 'sealed':
      return renderTemplate(template, { ...secret, file: path });
    case 'sops':
      return renderTemplate(template, { ...secret, encrypt: next[0] ?? '', edit: next[1] ?? '' });
    case 'external':
      return renderTemplate(template, externalView(placed));
  }
}

function externalView({ secret, convention, app: folder }: PlacedSecret) {
  const { apiVersion, store, refreshInterval, creationPolicy, remote } = convention?.external ?? {};
  const app = folder.split('/').at(-1) ?? '';
  const fill = (text: string, key: string): string =>
    text.replaceAll('{key}', key).replaceAll('{name}', secret.name).replaceAll('{app}', app);
  return {
    name: secret.name,
    namespace: secret.namespace,
    apiVersion: apiVersion ?? 'external-secrets.io/v1',
    refreshInterval: refreshInterval ?? false,
    creationPolicy: creationPolicy ?? false,
    storeKind: store?.kind ?? 'SecretStore',
    storeName: store?.name ?? PLACEHOLDER,
    values: secret.keys.map(key => ({
      secretKey: key,
      key: remote ? fill(remote.key, key) : PLACEHOLDER,
      property: remote?.property === undefined ? false : fill(remote.property, key),
    })),
  };
}
