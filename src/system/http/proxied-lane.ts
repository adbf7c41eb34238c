import { once } from 'node:events';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { ProxyFailure } from './http-failure.ts';
import { authority } from './http-url.ts';
import type { Exchange, Lane, ProxyRoutes, Timeouts, TransportOptions } from './http-lane.ts';

export type ProxiedLaneOptions = {
  options: TransportOptions;
  routes: ProxyRoutes;
  lookup: LookupFunction;
  nextAddressAfterMs: number;
  tls: Exchange['tls'];
};

/** What a proxy may stand in the way of, and what is served from elsewhere: undici's, which knows proxies. */
export function openProxiedLane(url: URL, lane: ProxiedLaneOptions): Lane {
  const dispatcher = openDispatcher(url, lane);
  const { firstByteMs, idleMs } = lane.options.timeouts;
  return {
    async send({ url: { origin, pathname, search }, method, headers, body, signal }) {
      const path = pathname + search;
      const times = { headersTimeout: firstByteMs, bodyTimeout: idleMs };
      const sent = dispatcher.request({
        origin,
        path,
        method,
        headers,
        body: body ?? null,
        signal,
        ...times,
      });
      const answer = await unlessAborted(sent, signal);
      return { status: answer.statusCode, headers: singleHeaders(answer.headers), body: answer.body };
    },
    close: () => dispatcher.destroy(),
  };
}

/** undici notices an abort only once it is connected. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = once(signal, 'abort', { signal: settled.signal }).then((): never => {
    throw signal.reason as Error;
  });
  return Promise.race([work, aborted]).finally(() => settled.abort());
}

function singleHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function openDispatcher(
  url: URL,
  { options, routes, lookup, nextAddressAfterMs, tls }: ProxiedLaneOptions,
): Dispatcher {
  const { connectTo, connections, insecureHosts, timeouts } = options;
  const host = authority(url);
  // Given explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED has no say.
  const secure = { ...tls, rejectUnauthorized: !insecureHosts.has(host), timeout: timeouts.connectMs };
  if (connectTo.has(host))
    return new Agent({ connections, connect: mappedConnector(buildConnector(secure), connectTo) });
  const connect = buildConnector({
    ...secure,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
    lookup,
  });
  const proxyUrls = [routes.httpProxy, routes.httpsProxy].map(hrefOf);
  const pool = (origin: string | URL, settings: PoolSettings): Pool =>
    new Pool(origin, proxyUrls.includes(hrefOf(origin)) ? towardsProxy(settings, timeouts) : settings);
  return new EnvHttpProxyAgent({
    ...routes,
    connections,
    connect,
    requestTls: secure,
    proxyTls: { timeout: timeouts.connectMs },
    // Plain http through a plain proxy needs no tunnel; many proxies refuse one to port 80.
    proxyTunnel: false,
    factory: pool,
    clientFactory: pool,
  });
}

type PoolSettings = { connect?: buildConnector.connector };

function hrefOf(url: string | URL): string {
  return URL.canParse(String(url)) ? new URL(url).href : '';
}

/** What goes wrong on the way to a proxy must not look like the fault of the host behind it. */
function towardsProxy({ connect }: PoolSettings, { connectMs }: Timeouts): Pool.Options {
  if (!connect) return { headersTimeout: connectMs };
  return {
    headersTimeout: connectMs,
    connect: (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (error) callback(new ProxyFailure(error), null);
        else callback(null, socket);
      }),
  };
}

function mappedConnector(
  connect: buildConnector.connector,
  connectTo: TransportOptions['connectTo'],
): buildConnector.connector {
  return (target, callback) => {
    const to = connectTo.get(authorityOf(target));
    connect(to ? { ...target, hostname: to.host, port: String(to.port) } : target, callback);
  };
}

function authorityOf({ hostname, port, protocol }: buildConnector.Options): string {
  const bracketed = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return `${bracketed}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
