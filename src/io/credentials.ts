/** What Helm's and Docker's configuration files hold for one host. */
export type Credential =
  | { kind: 'password'; username: string; password: string }
  /** A refresh token, which an authorisation server turns into an access token. */
  | { kind: 'identity-token'; token: string };
