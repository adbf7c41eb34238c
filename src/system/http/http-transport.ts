import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { UserError } from '../../errors.ts';
import {
  leastPublic,
  mostPublic,
  exceedsScope,
  scopeOfAddress,
  ssrfRefusal,
  type AddressScope,
} from './address-guard.ts';
import { openDirectLane } from './direct-lane.ts';
import type {
  DnsLookup,
  Exchange,
  Lane,
  ProxyRoutes,
  TlsIdentity,
  Transport,
  TransportOptions,
} from './http-lane.ts';
import { authority } from './http-url.ts';
import { say } from '../../locales/say.ts';

/** Node's default of 250 ms gives up on addresses that are merely far away. */
const NEXT_ADDRESS_AFTER_MS = 2000;

/** Connections, each of which is checked at the moment at which its address is known. */
export function openTransport(options: TransportOptions): Transport {
  const reaches = new Map<string, AddressScope>();
  const lanes = new Map<TlsIdentity | undefined, Map<string, Promise<Lane>>>();
  const laneOf = (exchange: Exchange): Promise<Lane> => {
    const name = laneName(exchange, options);
    const ofIdentity = lanes.get(exchange.tls) ?? new Map<string, Promise<Lane>>();
    lanes.set(exchange.tls, ofIdentity);
    const found = ofIdentity.get(name) ?? openLane(exchange, options, reaches);
    ofIdentity.set(name, found);
    return found;
  };
  return {
    async exchange(exchange) {
      const opened = await laneOf(exchange);
      exchange.signal.throwIfAborted();
      return opened.send(exchange);
    },
    reachOf: hostname => reaches.get(hostname),
    async close() {
      const open = [...lanes.values()].flatMap(ofIdentity => [...ofIdentity.values()]);
      lanes.clear();
      // One that could not be opened has nothing to close.
      await Promise.all(
        open.map(lane =>
          lane.then(
            opened => opened.close(),
            () => undefined,
          ),
        ),
      );
    },
  };
}

/** Connections are shared only by requests with the same rights. */
function laneName({ url, allowed }: Exchange, { connectTo, insecureHosts }: TransportOptions): string {
  const host = authority(url);
  const rights = [allowed, insecureHosts.has(host) ? 'insecure' : '', connectTo.has(host) ? 'direct' : ''];
  return [url.protocol, ...rights].join();
}

async function openLane(
  { url, allowed, tls }: Exchange,
  options: TransportOptions,
  reaches: Map<string, AddressScope>,
): Promise<Lane> {
  const routes = proxies(options.env);
  const lookup = guardedLookup(options.lookup, { allowed, reaches });
  const common = { lookup, nextAddressAfterMs: NEXT_ADDRESS_AFTER_MS, tls };
  const host = authority(url);
  if (routes.httpProxy === '' && routes.httpsProxy === '' && !options.connectTo.has(host)) {
    const { connections, timeouts, insecureHosts } = options;
    // Given explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED has no say.
    const rejectUnauthorized = !insecureHosts.has(host);
    return openDirectLane({ ...common, connections, timeouts, rejectUnauthorized }, url.protocol);
  }
  const { openProxiedLane } = await import('./proxied-lane.ts');
  return openProxiedLane(url, { ...common, options, routes });
}

/** What undici reads from the environment by itself, but this machine is never behind a proxy. */
function proxies(env: Record<string, string | undefined>): ProxyRoutes {
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

type Guard = { allowed: AddressScope; reaches: Map<string, AddressScope> };

/**
 * Judges the addresses that a connection is about to use, as a name may resolve differently the next time. URLs
 * that spell an address out are judged before they come here.
 */
function guardedLookup(lookup: DnsLookup, { allowed, reaches }: Guard): LookupFunction {
  return judgedLookup(lookup, (hostname, addresses) => {
    const found = addresses.map(({ address }) => scopeOfAddress(address));
    if (exceedsScope(leastPublic(found), allowed)) return ssrfRefusal(hostname);
    // The most public that it ever was: a name must not turn inside to be allowed to send us there.
    reaches.set(hostname, mostPublic([reaches.get(hostname) ?? 'link-local', ...found]));
    return undefined;
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
