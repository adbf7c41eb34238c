/** How secrets are kept in a repository: as SealedSecrets, ExternalSecrets, or files that SOPS encrypts. */
export const SECRET_MECHANISMS = ['sealed', 'external', 'sops'] as const;
export type SecretMechanism = (typeof SECRET_MECHANISMS)[number];
