import { display, displayUrl } from '../../text/display.ts';
import { say } from '../../locales/say.ts';
import { systemCode, UserError, type ErrorCode, type UserErrorOptions } from '../../errors.ts';

/** A connection to a proxy that did not come about. Keeps the system's code, on which retries depend. */
export class ProxyFailure extends Error {
  readonly code: string | undefined;

  constructor(cause: Error) {
    super('the proxy could not be reached', { cause });
    this.code = systemCode(cause);
  }
}

type Explanation = { code: ErrorCode; says: string; hint?: string };

const PROXY: Explanation = {
  code: 'E_NET_PROXY',
  says: 'the proxy of the environment cannot be reached',
  hint: 'Check HTTPS_PROXY and HTTP_PROXY, or add the host to NO_PROXY.',
};
const PROXY_LOGIN: Explanation = {
  code: 'E_NET_PROXY',
  says: 'the proxy wants a login (407)',
  hint: 'Put user and password into HTTPS_PROXY and HTTP_PROXY.',
};
const TLS: Explanation = {
  code: 'E_TLS',
  says: 'the certificate is not trusted',
  hint: 'If your organisation signs it, set NODE_EXTRA_CA_CERTS to the CA certificate (PEM file).',
};
const TOTAL: Explanation = { code: 'E_NET_TIMEOUT', says: 'not done within the total time limit' };

const BY_CODE: Record<string, Explanation> = {
  ENOTFOUND: { code: 'E_NET_DNS', says: 'no such host', hint: 'Check the spelling of the host name.' },
  EAI_AGAIN: { code: 'E_NET_DNS', says: 'the name server does not answer' },
  ECONNREFUSED: { code: 'E_NET_CONNECT', says: 'connection refused' },
  ECONNRESET: { code: 'E_NET_CONNECT', says: 'connection reset' },
  EPIPE: { code: 'E_NET_CONNECT', says: 'connection reset' },
  ETIMEDOUT: { code: 'E_NET_TIMEOUT', says: 'no connection (connect time-out)' },
  UND_ERR_CONNECT_TIMEOUT: { code: 'E_NET_TIMEOUT', says: 'no connection (connect time-out)' },
  UND_ERR_HEADERS_TIMEOUT: { code: 'E_NET_TIMEOUT', says: 'no answer (first byte time-out)' },
  UND_ERR_BODY_TIMEOUT: { code: 'E_NET_TIMEOUT', says: 'the answer stopped half-way (idle time-out)' },
  UND_ERR_SOCKET: { code: 'E_NET_TRUNCATED', says: 'the connection closed before the answer was complete' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    code: 'E_NET_TRUNCATED',
    says: 'the connection closed before the answer was complete',
  },
  UND_ERR_HEADERS_OVERFLOW: { code: 'E_LIMIT', says: 'the headers of the answer are too large' },
  CERT_HAS_EXPIRED: { ...TLS, says: 'the certificate has expired' },
  CERT_NOT_YET_VALID: { ...TLS, says: 'the certificate is not valid yet', hint: 'Check the clock.' },
  ERR_TLS_CERT_ALTNAME_INVALID: { ...TLS, says: 'the certificate belongs to another host' },
};

const CERTIFICATE = /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/;

/** What went wrong on the way to an answer, in words; errors that are ours already stay as they are. */
export function networkFailure(error: unknown, url: URL): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const explanation = explain(error);
  if (!explanation) return error;
  const { code, says, hint } = explanation;
  const options: UserErrorOptions = { subject: url.host, cause: error, ...(hint ? { hint } : {}) };
  return new UserError(code, `${displayUrl(url.href)}: ${says}`, options);
}

function explain(error: Error): Explanation | undefined {
  if (error.name === 'TimeoutError') return TOTAL;
  if (/Proxy.*\(407\)/.test(error.message)) return PROXY_LOGIN;
  if (error instanceof ProxyFailure || error.message.startsWith('Proxy response')) return PROXY;
  const code = systemCode(error) ?? '';
  if (CERTIFICATE.test(code)) return BY_CODE[code] ?? TLS;
  if (error.name === 'HTTPParserError') return { code: 'E_HTTP', says: 'the answer is not HTTP' };
  if (/^(E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(code))
    return BY_CODE[code] ?? { code: 'E_NET_CONNECT', says: display(code) };
  return undefined;
}

/** Failures that say something about the host, and so count towards giving it up. */
export function isHostFailure(error: unknown): error is UserError {
  return error instanceof UserError && /^E_(NET_|TLS$|RATE_LIMITED$)/.test(error.code);
}

export type FailedAnswer = {
  status: number;
  /** Where the answer came from. */
  url: string;
  /** The URL that the user configured, if that is another origin. */
  configured: string | undefined;
  /** Where the login came from that was refused: a variable or a file. */
  loginFrom?: string | undefined;
};

/** An answer that arrived and says no. */
export function statusFailure({ status, url, configured, loginFrom }: FailedAnswer): UserError {
  const shown = displayUrl(url);
  const host = new URL(url).host;
  const refused = (code: ErrorCode, says: string, hint?: UserErrorOptions['hint']): UserError =>
    new UserError(code, `${shown}: ${says}`, { subject: host, ...(hint ? { hint } : {}) });
  if (status === 401 || status === 403)
    return refused(
      'E_AUTH',
      `access denied (${status})${loginFrom === undefined ? '' : `, with the login from ${display(loginFrom)}`}`,
      loginFrom === undefined
        ? accessHint(host, configured)
        : say('system.loginFromRefused', { loginFrom: display(loginFrom), host }),
    );
  if (status === 407) return refused(PROXY_LOGIN.code, PROXY_LOGIN.says, PROXY_LOGIN.hint);
  if (status === 404 || status === 410) return refused('E_HTTP', `not found (${status})`, 'Check the URL.');
  if (status === 429)
    return refused('E_RATE_LIMITED', 'too many requests (429)', 'Run again later, or log in.');
  return refused('E_HTTP', `answered ${status}`, status >= 500 ? 'Run again later.' : undefined);
}

function accessHint(host: string, configured: string | undefined): string {
  if (configured && new URL(configured).host !== host)
    return `${host} gets no credentials of ${new URL(configured).host}; pass_credentials_all in Helm's repositories.yaml allows that.`;
  return `Log in to ${host}: helm registry login for OCI, helm repo add --username for a repository.`;
}
