import type { Clock } from './http-retry.ts';
import type { DnsLookup, Timeouts, TlsIdentity } from './http-lane.ts';

export type HttpRequest = {
  url: string;
  /** Most bytes of the body, decoded. */
  limit: number;
  /** Lower-case names. Sent to the URL's own origin; most are dropped where a redirect leaves it. */
  headers?: Readonly<Record<string, string>>;
  /** The value of the Authorization header, for the URL's own origin. */
  authorization?: string;
  /** Where the login comes from, for errors: a variable or a file, never what it holds. */
  loginFrom?: string;
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
  /** Nobody else is asked than those that are served from elsewhere. */
  closed?: boolean;
  timeouts?: Partial<Timeouts & { totalMs: number }>;
  clock?: Clock;
  lookup?: DnsLookup;
};
