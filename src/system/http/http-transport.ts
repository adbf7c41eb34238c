import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent, buildConnector, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { UserError } from '../../errors.ts';
import {
  leastPublic,
  mostPublic,
  exceedsScope,
  scopeOfAddress,
  ssrfRefusal,
  type AddressScope,
} from './address-guard.ts';
import { ProxyFailure } from './http-failure.ts';
import { authority } from './http-url.ts';
import { say } from '../../locales/say.ts';

/** Node's default of 250 ms gives up on addresses that are merely far away. */
const NEXT_ADDRESS_AFTER_MS = 2000;

export type TlsIdentity = { ca?: string; cert?: string; key?: string };

export type Timeouts = {
  /** Name look-up, TCP and TLS. */
  connectMs: number;
  firstByteMs: number;
  /** Between two pieces of the body. */
  idleMs: number;
};

export type DnsLookup = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export type TransportOptions = {
  env: Record<string, string | undefined>;
  connections: number;
  timeouts: Timeouts;
  lookup: DnsLookup;
  /** Like curl's --connect-to: these hosts are served from elsewhere, without proxy and without guard. */
  connectTo: ReadonlyMap<string, { host: string; port: number }>;
  /** `host:port` of those whose certificate is not checked. */
  insecureHosts: ReadonlySet<string>;
};

type Exchange = {
  url: URL;
  method: 'GET' | 'HEAD' | 'POST';
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
  signal: AbortSignal;
  /** The least public address that may be connected to. */
  allowed: AddressScope;
  tls: TlsIdentity | undefined;
};

export type RawAnswer = { status: number; headers: Record<string, string>; body: Readable };

export type Transport = {
  /** One request, one answer: nothing is followed, decoded or repeated. */
  exchange(exchange: Exchange): Promise<RawAnswer>;
  /** Where a host name was found when it was connected to: the most public of its addresses. */
  reachOf(hostname: string): AddressScope | undefined;
  close(): Promise<void>;
};

/** undici, set up so that each connection is checked at the moment at which its address is known. */
export function openTransport(options: TransportOptions): Transport {
  const reaches = new Map<string, AddressScope>();
  const lanes = new Map<TlsIdentity | undefined, Map<string, Dispatcher>>();
  const lane = ({ url, allowed, tls }: Exchange): Dispatcher => {
    const name = laneName(url, allowed, options);
    const ofIdentity = lanes.get(tls) ?? new Map<string, Dispatcher>();
    lanes.set(tls, ofIdentity);
    const found = ofIdentity.get(name) ?? openLane(url, { options, reaches, allowed, tls });
    ofIdentity.set(name, found);
    return found;
  };
  return {
    async exchange(exchange) {
      const { url, method, headers, body, signal } = exchange;
      const sent = lane(exchange).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers,
        body: body ?? null,
        signal,
        headersTimeout: options.timeouts.firstByteMs,
        bodyTimeout: options.timeouts.idleMs,
      });
      const answer = await unlessAborted(sent, signal);
      return { status: answer.statusCode, headers: singleHeaders(answer.headers), body: answer.body };
    },
    reachOf: hostname => reaches.get(hostname),
    async close() {
      const open = [...lanes.values()].flatMap(ofIdentity => [...ofIdentity.values()]);
      lanes.clear();
      await Promise.all(open.map(dispatcher => dispatcher.destroy()));
    },
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

/** Connections are shared only by requests with the same rights. */
function laneName(url: URL, allowed: AddressScope, { connectTo, insecureHosts }: TransportOptions): string {
  const host = authority(url);
  return [allowed, insecureHosts.has(host) ? 'insecure' : '', connectTo.has(host) ? 'direct' : ''].join();
}

type Lane = {
  options: TransportOptions;
  reaches: Map<string, AddressScope>;
  allowed: AddressScope;
  tls: TlsIdentity | undefined;
};

function openLane(url: URL, { options, reaches, allowed, tls }: Lane): Dispatcher {
  const { connectTo, connections, env, insecureHosts, timeouts } = options;
  const host = authority(url);
  // Given explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED has no say.
  const secure = { ...tls, rejectUnauthorized: !insecureHosts.has(host), timeout: timeouts.connectMs };
  if (connectTo.has(host))
    return new Agent({ connections, connect: mappedConnector(buildConnector(secure), connectTo) });
  const connect = guardedConnector(secure, { options, reaches, allowed, tls });
  const routes = proxies(env);
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

/** What undici reads from the environment by itself, but this machine is never behind a proxy. */
function proxies(env: Record<string, string | undefined>) {
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  return {
    httpProxy: proxyUrl(env['http_proxy'] ?? env['HTTP_PROXY'] ?? ''),
    httpsProxy: proxyUrl(env['https_proxy'] ?? env['HTTPS_PROXY'] ?? ''),
    noProxy: noProxy === '*' ? noProxy : `${noProxy},localhost,127.0.0.1,[::1]`,
  };
}

/** As with curl, `proxy.corp:3128` means http. */
function proxyUrl(value: string): string {
  if (value === '') return '';
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (URL.canParse(url)) return url;
  throw new UserError('E_NET_PROXY', say('system.httpsProxyHttpProxyNot'), {
    hint: say('system.writeHttpHostPort'),
  });
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

/**
 * Judges the addresses that a connection is about to use, as a name may resolve differently the next time. URLs
 * that spell an address out are judged before they come here.
 */
function guardedConnector(
  secure: buildConnector.BuildOptions,
  { options, reaches, allowed }: Lane,
): buildConnector.connector {
  const judge: Judge = (hostname, addresses) => {
    const found = addresses.map(({ address }) => scopeOfAddress(address));
    if (exceedsScope(leastPublic(found), allowed)) return ssrfRefusal(hostname);
    // The most public that it ever was: a name must not turn inside to be allowed to send us there.
    reaches.set(hostname, mostPublic([reaches.get(hostname) ?? 'link-local', ...found]));
    return undefined;
  };
  return buildConnector({
    ...secure,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    lookup: judgedLookup(options.lookup, judge),
  });
}

type Judge = (hostname: string, addresses: readonly LookupAddress[]) => UserError | undefined;

function judgedLookup(lookup: DnsLookup, judge: Judge): LookupFunction {
  return (hostname, { all }, callback) =>
    // With an error there are no addresses, whatever the types of Node say.
    lookup(hostname, (error, addresses) => {
      const failure = error ?? judge(hostname, addresses);
      if (failure) callback(failure, []);
      else if (all) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
}
