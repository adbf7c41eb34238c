/** How secrets are kept in a repository. */
export type SecretMechanism = 'sealed' | 'external' | 'sops';
