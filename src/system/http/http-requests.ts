import { lookup as systemLookup } from 'node:dns';
import { promisify } from 'node:util';
import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import {
  mostPublic,
  exceedsScope,
  scopeOfAddress,
  scopeOfName,
  ssrfRefusal,
  type AddressScope,
} from './address-guard.ts';
import type { HttpOptions, HttpRequest, HttpResponse } from './http-types.ts';
import { readBody, readExcerpt } from './http-body.ts';
import { isHostFailure, networkFailure, statusFailure } from './http-failure.ts';
import type { Hop } from './http-redirect.ts';
import { isTransientError, SYSTEM_CLOCK, TRIES, withRetries } from './http-retry.ts';
import type { DnsLookup, RawAnswer, Transport } from './http-lane.ts';
import { authority, parseHttpUrl } from './http-url.ts';
import { createLimiter, type Limiter } from './request-limiter.ts';
import { say } from '../../locales/say.ts';

const EXCERPT_BYTES = 8 * 1024;
const CONCURRENCY = { perHost: 4, total: 16 };
const TIMEOUTS = { connectMs: 10_000, firstByteMs: 30_000, idleMs: 30_000, totalMs: 120_000 };

export type Order = HttpRequest & { method: 'GET' | 'HEAD' | 'POST'; body?: string };

export type Requests = {
  /** One URL, asked until it answers or is given up. `from` is the URL whose answer named this one. */
  ask(hop: Hop, order: Order, from: URL | undefined): Promise<HttpResponse>;
  readonly contacted: ReadonlySet<string>;
  close(): Promise<void>;
};

type Run = {
  options: HttpOptions;
  totalMs: number;
  lookup: DnsLookup;
  transport: () => Promise<Transport>;
  /** A host keeps its slot while it is retried, so that a dead one does not draw the whole queue in. */
  hostSlots: Limiter;
  slots: Limiter;
  breaker: CircuitBreaker;
  trusted: Set<string>;
  contacted: Set<string>;
  /** Where those hosts are that were not connected to in this run. */
  lookedUp: Map<string, Promise<AddressScope>>;
};

/** What one URL needs to be asked politely and safely: slot, guard, time limits, retries, giving up. */
export function createRequests(options: HttpOptions): Requests {
  let transport: Promise<Transport> | undefined;
  const lookup: DnsLookup =
    options.lookup ?? ((hostname, callback) => systemLookup(hostname, { all: true }, callback));
  const run: Run = {
    options,
    totalMs: options.timeouts?.totalMs ?? TIMEOUTS.totalMs,
    lookup,
    transport: () => (transport ??= loadTransport(options, lookup)),
    hostSlots: createLimiter(CONCURRENCY.perHost),
    slots: createLimiter(CONCURRENCY.total),
    breaker: openCircuitBreaker(),
    trusted: new Set(options.trustedHosts),
    contacted: new Set(),
    lookedUp: new Map(),
  };
  return {
    ask: (hop, order, from) => ask(run, { hop, order, from }),
    contacted: run.contacted,
    close: async () => (await transport)?.close(),
  };
}

async function loadTransport(options: HttpOptions, lookup: DnsLookup): Promise<Transport> {
  const { openTransport } = await import('./http-transport.ts');
  return openTransport({
    env: options.env,
    connections: CONCURRENCY.perHost,
    timeouts: { ...TIMEOUTS, ...options.timeouts },
    lookup,
    connectTo: options.connectTo ?? new Map(),
    insecureHosts: new Set(options.insecureHosts),
  });
}

type Step = { hop: Hop; order: Order; from: URL | undefined };

async function ask(run: Run, step: Step): Promise<HttpResponse> {
  const { url } = step.hop;
  const send = (allowed: AddressScope) => (): Promise<HttpResponse> =>
    run.slots.run('all', () => exchange(run, step, allowed));
  try {
    requireOpen(run.options, url);
    requireCertificateChecks(run.options, url);
    const once = send(await allowedScope(run, step));
    const repeated = (): Promise<HttpResponse> => withRetries(once, retryOptions(run, url));
    return await run.hostSlots.run(authority(url), step.order.method === 'POST' ? once : repeated);
  } catch (error) {
    if (run.options.signal?.aborted)
      throw new UserError('E_CANCELLED', say('system.cancelled'), { cause: error });
    if (run.options.deadline?.aborted) throw tooLate(run.options.deadline, url);
    throw networkFailure(error, url);
  }
}

function tooLate({ reason }: AbortSignal, url: URL): unknown {
  if (!(reason instanceof UserError)) return reason;
  const { code, texts } = reason;
  return new UserError(
    code,
    say('text.aboutSubject', { subject: displayUrl(url.href), problem: texts.message }),
    {
      subject: url.host,
      ...(texts.hint ? { hint: texts.hint } : {}),
    },
  );
}

/** Ends with the run, or with its time. */
function endOf({ signal, deadline }: HttpOptions): AbortSignal | undefined {
  return signal && deadline ? AbortSignal.any([signal, deadline]) : (signal ?? deadline);
}

function retryOptions({ options }: Run, url: URL) {
  return {
    clock: options.clock ?? SYSTEM_CLOCK,
    signal: endOf(options),
    subject: displayUrl(url.href),
  };
}

async function exchange(run: Run, step: Step, allowed: AddressScope): Promise<HttpResponse> {
  const { url } = step.hop;
  const host = authority(url);
  endOf(run.options)?.throwIfAborted();
  run.breaker.requireAlive(host);
  try {
    const answer = await exchangeOnce(run, step, allowed);
    if (answer.status < 500 && answer.status !== 429) run.breaker.succeeded(host);
    else
      run.breaker.failed(host, {
        error: statusFailure({ ...answer, configured: undefined }),
        share: 1 / TRIES,
      });
    return answer;
  } catch (error) {
    if (endOf(run.options)?.aborted) throw error;
    const failure = networkFailure(error, url);
    const share = isTransientError(error) ? 1 / TRIES : 1;
    if (isHostFailure(failure)) run.breaker.failed(host, { error: failure, share });
    throw error;
  }
}

async function exchangeOnce(run: Run, step: Step, allowed: AddressScope): Promise<HttpResponse> {
  const { hop, order } = step;
  run.contacted.add(authority(hop.url));
  const total = AbortSignal.timeout(order.totalMs ?? run.totalMs);
  const end = endOf(run.options);
  const signal = end ? AbortSignal.any([end, total]) : total;
  const transport = await run.transport();
  const { method, body } = order;
  const answer = await transport.exchange({ ...hop, method, body, signal, allowed });
  const bytes = await bodyOf(answer, step);
  return { url: hop.url.href, status: answer.status, headers: answer.headers, body: bytes };
}

function bodyOf({ status, headers, body }: RawAnswer, { hop, order }: Step): Promise<Buffer> {
  if (status < 200 || status >= 300 || order.method === 'HEAD') return readExcerpt(body, EXCERPT_BYTES);
  return readBody(body, {
    subject: displayUrl(hop.url.href),
    limit: order.limit,
    contentEncoding: headers['content-encoding'],
    contentLength: headers['content-length'],
    decode: order.encoding !== 'identity',
    text: order.text ?? false,
  });
}

/** @throws UserError E_OFFLINE_MISS for whatever is not served from here, where nothing else may be asked */
function requireOpen({ closed = false, connectTo }: HttpOptions, url: URL): void {
  if (!closed || connectTo?.has(authority(url))) return;
  throw new UserError('E_OFFLINE_MISS', say('system.notAskedInDemo', { url: displayUrl(url.href) }), {
    hint: say('system.runInRepositoryOfYourOwn'),
    subject: url.host,
  });
}

/** The variable switches all checks off, for everybody: we do not obey it, and refuse to look as if we did. */
function requireCertificateChecks({ env, insecureHosts = [] }: HttpOptions, url: URL): void {
  const host = authority(url);
  if (
    env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0' ||
    url.protocol !== 'https:' ||
    insecureHosts.includes(host)
  )
    return;
  throw new UserError('E_TLS', say('system.nodeTlsRejectUnauthorized0', { host }), {
    hint: say('system.unsetNodeExtraCaCerts'),
    subject: host,
  });
}

/** How far inside a request may go: anywhere if the user named the host, else no further than who sent us. */
async function allowedScope(run: Run, { hop, order, from }: Step): Promise<AddressScope> {
  const { url } = hop;
  run.trusted.add(authority(parseHttpUrl(order.linkedFrom ?? order.url).url));
  if (!from || run.trusted.has(authority(url))) return 'link-local';
  const allowed = await reachOf(run, from);
  if (exceedsScope(scopeOfName(url.hostname) ?? 'public', allowed)) throw ssrfRefusal(url.hostname);
  return allowed;
}

async function reachOf(run: Run, { hostname }: URL): Promise<AddressScope> {
  const known = scopeOfName(hostname) ?? (await run.transport()).reachOf(hostname);
  if (known) return known;
  const found = run.lookedUp.get(hostname) ?? lookedUpReach(run.lookup, hostname);
  run.lookedUp.set(hostname, found);
  return found;
}

/** Behind a proxy names may not resolve at all; then nothing inside is allowed. */
async function lookedUpReach(lookup: DnsLookup, hostname: string): Promise<AddressScope> {
  const addresses = await promisify(lookup)(hostname).catch(() => []);
  return mostPublic(addresses.map(({ address }) => scopeOfAddress(address)));
}

/** So many requests in a row may fail. */
const REQUESTS = 5;

type CircuitBreaker = {
  /** Throws once the host is given up. */
  requireAlive(host: string): void;
  succeeded(host: string): void;
  /** `share`: how much of a request's tries this failure was. */
  failed(host: string, failure: { error: UserError; share: number }): void;
};

/** Gives a host up after five failed requests in a row, so that one dead host costs a bulk run seconds, not hours. */
function openCircuitBreaker(): CircuitBreaker {
  const failures = new Map<string, { error: UserError; requests: number }>();
  return {
    requireAlive(host) {
      const found = failures.get(host);
      if (!found || found.requests < REQUESTS) return;
      throw new UserError(
        found.error.code,
        say('system.givenUpAfterFailedRequests', { host, requests: REQUESTS }),
        {
          hint: say('system.runAgainLaterLeaveApps'),
          subject: host,
          cause: found.error,
        },
      );
    },
    succeeded: host => void failures.delete(host),
    failed(host, { error, share }) {
      failures.set(host, { error, requests: (failures.get(host)?.requests ?? 0) + share });
    },
  };
}
