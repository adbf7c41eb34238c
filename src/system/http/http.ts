import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { openHops } from './http-hops.ts';
import type { Hops, Order } from './http-hops.ts';
import { statusFailure } from './http-failure.ts';
import { isRedirect, nextHop } from './http-redirect.ts';
import type { Hop } from './http-redirect.ts';
import type { Clock } from './http-retry.ts';
import type { Lookup, Timeouts, TlsIdentity } from './http-transport.ts';
import { parseHttpUrl } from './http-url.ts';

const MAX_REDIRECTS = 5;

export type HttpRequest = {
  url: string;
  /** Most bytes of the body, decoded. */
  limit: number;
  /** Lower-case names. Sent to the URL's own origin; most are dropped where a redirect leaves it. */
  headers?: Readonly<Record<string, string>>;
  /** The value of the Authorization header, for the URL's own origin. */
  authorization?: string;
  /** Whose answer this is, where answers are cached: a user name, never a secret. Not sent. */
  account?: string;
  /** `identity` takes the bytes as they are on the wire: archives and blobs, which have digests. */
  encoding?: 'gzip' | 'identity';
  /** The answer has to be text: refused at its first control byte. */
  text?: boolean;
  /** Statuses besides 2xx that are answers rather than errors. */
  expect?: readonly number[];
  /** Redirects to follow at most. */
  redirects?: number;
  /** The configured URL whose answer named this one; absent if the user configured it directly. */
  linkedFrom?: string;
  tls?: TlsIdentity;
  totalMs?: number;
};

export type HttpResponse = {
  /** Where the answer came from in the end. */
  url: string;
  status: number;
  /** Lower-case names; several of a name are joined by commas. */
  headers: Readonly<Record<string, string>>;
  /** Whole and decoded; of an answer that is not 2xx at most 8 KiB. Shared: never written to. */
  body: Buffer;
};

export type Http = {
  readonly offline: boolean;
  /** `host:port` of everybody a request went to. */
  readonly contacted: ReadonlySet<string>;
  get(request: HttpRequest): Promise<HttpResponse>;
  head(request: HttpRequest): Promise<HttpResponse>;
  /** Neither repeated nor redirected. */
  post(request: HttpRequest & { body: string }): Promise<HttpResponse>;
  /** Cuts what is still under way. */
  close(): Promise<void>;
};

export type HttpOptions = {
  /** For proxies, and to notice that certificate checks are switched off. */
  env: Record<string, string | undefined>;
  signal?: AbortSignal;
  /** Ends every request with its reason, which is an error of that request alone. */
  deadline?: AbortSignal;
  offline?: boolean;
  userAgent?: string;
  /** `host:port` that may lie on any network even if a stranger's link leads there. */
  trustedHosts?: readonly string[];
  /** `host:port` whose certificate is not checked. */
  insecureHosts?: readonly string[];
  /** `host:port` → where it is really served, like curl's --connect-to. */
  connectTo?: ReadonlyMap<string, { host: string; port: number }>;
  timeouts?: Partial<Timeouts & { totalMs: number }>;
  clock?: Clock;
  lookup?: Lookup;
};

/** All HTTP of one run. The HTTP library is loaded with the first request. */
export function openHttp(options: HttpOptions): Http {
  const hops = openHops(options);
  const underWay = new Map<string, Promise<HttpResponse>>();
  const send = (order: Order): Promise<HttpResponse> => {
    if (options.offline) throw offlineMiss(order.url);
    return follow(hops, order, options.userAgent ?? 'slipway');
  };
  return {
    offline: options.offline ?? false,
    contacted: hops.contacted,
    async get(request) {
      const { tls, ...plain } = request;
      const order: Order = { ...request, method: 'GET' };
      return tls ? send(order) : once(underWay, JSON.stringify(plain), () => send(order));
    },
    head: async request => send({ ...request, method: 'HEAD' }),
    post: async request => send({ ...request, method: 'POST', redirects: 0 }),
    close: () => hops.close(),
  };
}

/** Two who ask for the same at the same time share one request. */
function once<T>(underWay: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const found = underWay.get(key);
  if (found) return found;
  const started = start().finally(() => underWay.delete(key));
  underWay.set(key, started);
  return started;
}

async function follow(hops: Hops, order: Order, userAgent: string): Promise<HttpResponse> {
  let hop = firstHop(order, userAgent);
  let from = order.linkedFrom ? parseHttpUrl(order.linkedFrom).url : undefined;
  for (;;) {
    const answer = await hops.ask(hop, order, from);
    if (!isRedirect(answer.status)) return requireSuccess(answer, order);
    from = hop.url;
    hop = nextHop(hop, answer.headers['location'], order.redirects ?? MAX_REDIRECTS);
  }
}

function firstHop(order: Order, userAgent: string): Hop {
  const { url, userinfo } = parseHttpUrl(order.url, order.linkedFrom ? 'E_NO_URL' : 'E_VALUE');
  // A link may not bring credentials of its own.
  const own = userinfo && !order.linkedFrom ? basicAuthorization(userinfo) : undefined;
  const authorization = order.authorization ?? own;
  const headers = {
    accept: '*/*',
    'accept-encoding': order.encoding === 'identity' ? 'identity' : 'gzip, identity',
    'user-agent': userAgent,
    ...order.headers,
    ...(authorization ? { authorization } : {}),
  };
  return { url, headers, tls: order.tls, trail: [url.href] };
}

/** `user:password` as the value of an Authorization header. */
export function basicAuthorization(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
}

function requireSuccess(answer: HttpResponse, { expect = [], linkedFrom }: Order): HttpResponse {
  const { status, url } = answer;
  if ((status >= 200 && status < 300) || expect.includes(status)) return answer;
  throw statusFailure({ status, url, configured: linkedFrom });
}

function offlineMiss(url: string): UserError {
  return new UserError('E_OFFLINE_MISS', `${displayUrl(url)}: not in the cache, and the network is off`, {
    hint: 'Run once without --offline.',
  });
}
