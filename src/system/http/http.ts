import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { createRequests, type Requests, type Order } from './http-requests.ts';
import { statusFailure } from './http-failure.ts';
import { isRedirect, nextHop, type Hop } from './http-redirect.ts';
import { basicAuthorization, parseHttpUrl } from './http-url.ts';
import type { HttpRequest, HttpResponse, HttpOptions } from './http-types.ts';
import { say } from '../../locales/say.ts';

const MAX_REDIRECTS = 5;

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

/** All HTTP of one run. The HTTP library is loaded with the first request. */
export function openHttp(options: HttpOptions): Http {
  const hops = createRequests(options);
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

async function follow(hops: Requests, order: Order, userAgent: string): Promise<HttpResponse> {
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

function requireSuccess(
  answer: HttpResponse,
  { expect = [], linkedFrom, authorization, loginFrom }: Order,
): HttpResponse {
  const { status, url } = answer;
  if ((status >= 200 && status < 300) || expect.includes(status)) return answer;
  throw statusFailure({
    status,
    url,
    configured: linkedFrom,
    loginFrom: authorization === undefined ? undefined : loginFrom,
  });
}

function offlineMiss(url: string): UserError {
  return new UserError('E_OFFLINE_MISS', say('system.notCacheNetworkOff', { url: displayUrl(url) }), {
    hint: say('system.runOnceWithoutOffline'),
  });
}
