import { display, displayUrl } from '../../text/display.ts';
import { systemCode, UserError, type ErrorCode, type UserErrorOptions } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { type Text, untranslated } from '../../text/language.ts';

/** A connection to a proxy that did not come about. Keeps the system's code, on which retries depend. */
export class ProxyFailure extends Error {
  readonly code: string | undefined;

  constructor(cause: Error) {
    super('the proxy could not be reached', { cause });
    this.code = systemCode(cause);
  }
}

type Explanation = { code: ErrorCode; says: Text; hint?: Text };

const PROXY: Explanation = {
  code: 'E_NET_PROXY',
  says: say('system.proxyUnreachable'),
  hint: say('system.checkProxy'),
};
const PROXY_LOGIN: Explanation = {
  code: 'E_NET_PROXY',
  says: say('system.proxyWantsLogin'),
  hint: say('system.putLoginIntoProxy'),
};
const TLS: Explanation = {
  code: 'E_TLS',
  says: say('system.certificateNotTrusted'),
  hint: say('system.setExtraCa'),
};
const NO_TLS: Explanation = {
  code: 'E_TLS',
  says: say('system.doesNotSpeakTls'),
  hint: say('system.useHttpUrl'),
};
const HANDSHAKE: Explanation = { code: 'E_TLS', says: say('system.tlsHandshakeFailed') };
const TOTAL: Explanation = { code: 'E_NET_TIMEOUT', says: say('system.totalTimeOut') };

const BY_CODE: Record<string, Explanation> = {
  ENOTFOUND: { code: 'E_NET_DNS', says: say('system.noSuchHost'), hint: say('system.checkHostName') },
  EAI_AGAIN: { code: 'E_NET_DNS', says: say('system.nameServerSilent') },
  ECONNREFUSED: { code: 'E_NET_CONNECT', says: say('system.connectionRefused') },
  ECONNRESET: { code: 'E_NET_CONNECT', says: say('system.connectionReset') },
  EPIPE: { code: 'E_NET_CONNECT', says: say('system.connectionReset') },
  ETIMEDOUT: { code: 'E_NET_TIMEOUT', says: say('system.connectTimeOut') },
  UND_ERR_CONNECT_TIMEOUT: { code: 'E_NET_TIMEOUT', says: say('system.connectTimeOut') },
  UND_ERR_HEADERS_TIMEOUT: { code: 'E_NET_TIMEOUT', says: say('system.firstByteTimeOut') },
  UND_ERR_BODY_TIMEOUT: { code: 'E_NET_TIMEOUT', says: say('system.idleTimeOut') },
  UND_ERR_SOCKET: { code: 'E_NET_TRUNCATED', says: say('system.answerTruncated') },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    code: 'E_NET_TRUNCATED',
    says: say('system.answerTruncated'),
  },
  UND_ERR_HEADERS_OVERFLOW: { code: 'E_LIMIT', says: say('system.headersTooLarge') },
  CERT_HAS_EXPIRED: { ...TLS, says: say('system.certificateExpired') },
  CERT_NOT_YET_VALID: { ...TLS, says: say('system.certificateNotYetValid'), hint: say('system.checkClock') },
  ERR_TLS_CERT_ALTNAME_INVALID: { ...TLS, says: say('system.certificateOfOtherHost') },
};

const CERTIFICATE = /^(ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;
/** No certificate was looked at yet. */
const CONVERSATION = /^(ERR_SSL_|ERR_OSSL_|EPROTO$)/;
/** What a server answers that takes the handshake for a request, as OpenSSL reads it. */
const PLAIN =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|wrong version number|packet length too long|http request/;

/** What Node says of a connection that ends too early, under the code of one that was reset. */
const CUT_OFF = /^(?:aborted|socket hang up)$/;

/** What went wrong on the way to an answer, in words; errors that are ours already stay as they are. */
export function networkFailure(error: unknown, url: URL): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const explanation = explain(error);
  if (!explanation) return error;
  const { code, says, hint } = explanation;
  const options: UserErrorOptions = { subject: url.host, cause: error, ...(hint ? { hint } : {}) };
  return new UserError(
    code,
    say('text.aboutSubject', { subject: displayUrl(url.href), problem: says }),
    options,
  );
}

function explain(error: Error): Explanation | undefined {
  if (error.name === 'TimeoutError') return TOTAL;
  if (/Proxy.*\(407\)/.test(error.message)) return PROXY_LOGIN;
  if (error instanceof ProxyFailure || error.message.startsWith('Proxy response')) return PROXY;
  const code = systemCode(error) ?? '';
  if (CERTIFICATE.test(code)) return BY_CODE[code] ?? TLS;
  if (CONVERSATION.test(code)) return PLAIN.test(`${code} ${causesOf(error)}`) ? NO_TLS : HANDSHAKE;
  if (CUT_OFF.test(error.message)) return BY_CODE['UND_ERR_SOCKET'];
  if (code === 'HPE_HEADER_OVERFLOW') return BY_CODE['UND_ERR_HEADERS_OVERFLOW'];
  if (error.name === 'HTTPParserError' || code.startsWith('HPE_'))
    return { code: 'E_HTTP', says: say('system.answerNotHttp') };
  if (/^(E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(code))
    return BY_CODE[code] ?? { code: 'E_NET_CONNECT', says: untranslated(display(code)) };
  return undefined;
}

function causesOf(error: Error): string {
  return `${error.message}${error.cause instanceof Error ? ` ${causesOf(error.cause)}` : ''}`;
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
  const refused = (code: ErrorCode, problem: Text, hint?: Text): UserError =>
    new UserError(code, say('text.aboutSubject', { subject: shown, problem }), {
      subject: host,
      ...(hint ? { hint } : {}),
    });
  if (status === 401 || status === 403)
    return loginFrom === undefined
      ? refused('E_AUTH', say('system.accessDenied', { status }), accessHint(host, configured))
      : refused(
          'E_AUTH',
          say('system.accessDeniedWithLogin', { status, loginFrom: display(loginFrom) }),
          say('system.loginFromRefused', { loginFrom: display(loginFrom), host }),
        );
  if (status === 407) return refused(PROXY_LOGIN.code, PROXY_LOGIN.says, PROXY_LOGIN.hint);
  if (status === 404 || status === 410)
    return refused('E_HTTP', say('system.notFound', { status }), say('system.checkUrl'));
  if (status === 429)
    return refused('E_RATE_LIMITED', say('system.tooManyRequests'), say('system.runAgainLaterOrLogIn'));
  return refused(
    'E_HTTP',
    say('system.answeredStatus', { status }),
    status >= 500 ? say('system.runAgainLater') : undefined,
  );
}

function accessHint(host: string, configured: string | undefined): Text {
  if (configured && new URL(configured).host !== host)
    return say('system.passCredentialsAll', { host, configured: new URL(configured).host });
  return say('system.logInTo', { host });
}
