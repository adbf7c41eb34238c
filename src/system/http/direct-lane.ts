// Requests that no proxy stands in the way of, by what Node has of itself: its parser is a part of Node, while undici's has to be
// compiled anew in each run, which costs more than all requests of most runs.
import type * as Http from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Exchange, Lane, RawAnswer, Timeouts, TlsIdentity } from './http-lane.ts';

export type DirectLaneOptions = {
  connections: number;
  timeouts: Timeouts;
  lookup: LookupFunction;
  /** Until the next address of a name is tried. */
  nextAddressAfterMs: number;
  tls: TlsIdentity | undefined;
  rejectUnauthorized: boolean;
};

/** Connections with the same rights, to hosts of one scheme. Answers and errors are Node's own; nothing is followed or decoded. */
export function openDirectLane(options: DirectLaneOptions, protocol: string): Lane {
  const { connections, lookup, nextAddressAfterMs, tls, rejectUnauthorized, timeouts } = options;
  const isSecure = protocol === 'https:';
  // TLS is loaded by those who need it.
  const client = process.getBuiltinModule(isSecure ? 'node:https' : 'node:http');
  const agent = new client.Agent({
    keepAlive: true,
    maxSockets: connections,
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
    ...(isSecure ? { ...tls, rejectUnauthorized } : {}),
  });
  const connected = isSecure ? 'secureConnect' : 'connect';
  return {
    send: ({ url, method, headers, body, signal }) =>
      answerTo(client.request(url, { agent, method, headers: { ...headers } }), {
        body,
        signal,
        timeouts,
        connected,
      }),
    close: () => agent.destroy(),
  };
}

type Sending = Pick<Exchange, 'body' | 'signal'> & {
  timeouts: Timeouts;
  connected: 'connect' | 'secureConnect';
};

function answerTo(
  request: Http.ClientRequest,
  { body, signal, timeouts, connected }: Sending,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void request.destroy(signal.reason as Error);
    let timer: NodeJS.Timeout | undefined;
    const within = (ms: number, code: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => request.destroy(silence(code)), ms);
    };
    request.on('socket', socket => {
      const sent = (): void => within(timeouts.firstByteMs, 'UND_ERR_HEADERS_TIMEOUT');
      if (!socket.connecting) return sent();
      within(timeouts.connectMs, 'UND_ERR_CONNECT_TIMEOUT');
      socket.once(connected, sent);
    });
    request.on('response', response => {
      clearTimeout(timer);
      response.setTimeout(timeouts.idleMs, () => response.destroy(silence('UND_ERR_BODY_TIMEOUT')));
      signal.removeEventListener('abort', stop);
      const cut = (): void => void response.destroy(signal.reason as Error);
      signal.addEventListener('abort', cut, { once: true });
      // What is wrong with a body, its parser says to the request.
      request.on('error', error => response.destroy(error));
      response.once('close', () => signal.removeEventListener('abort', cut));
      resolve({
        status: response.statusCode ?? 0,
        headers: joined(response.headersDistinct),
        body: response,
      });
    });
    request.on('error', reject);
    request.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
    signal.addEventListener('abort', stop, { once: true });
    request.end(body);
  });
}

/** Under the codes that undici gives them. */
function silence(code: string): Error {
  return Object.assign(new Error('nothing came'), { code });
}

/** Several of a name by commas. */
function joined(headers: NodeJS.Dict<string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, values = []]) => [name, values.join(', ')]));
}
