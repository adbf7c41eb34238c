import type { LookupAddress } from 'node:dns';
import type { Readable } from 'node:stream';
import type { AddressScope } from './address-guard.ts';

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

export type Exchange = {
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

/** Connections of requests with the same rights. */
export type Lane = {
  send(exchange: Exchange): Promise<RawAnswer>;
  close(): void | Promise<void>;
};

export type Transport = {
  /** One request, one answer: nothing is followed, decoded or repeated. */
  exchange(exchange: Exchange): Promise<RawAnswer>;
  /** Where a host name was found when it was connected to: the most public of its addresses. */
  reachOf(hostname: string): AddressScope | undefined;
  close(): Promise<void>;
};

export type ProxyRoutes = { httpProxy: string; httpsProxy: string; noProxy: string };
