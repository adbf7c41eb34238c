import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Received = {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
};

export type Reply = { status?: number; headers?: Record<string, string>; body?: string | Buffer };

/** A handler that returns nothing has answered by itself, or means to stay silent. */
type Handler = (received: Received, response: ServerResponse) => Reply | undefined | void;

/** Of a list each request takes the next entry; the last one stays. */
export type Route = Reply | Handler | readonly (Reply | Handler)[];

export type FixtureServer = {
  /** Without a trailing slash. */
  url: string;
  /** `127.0.0.1:port` */
  host: string;
  port: number;
  /** Every request, in the order of arrival. */
  received: Received[];
  /** By path without query; `*` is for all others, which are 404 without it. Change it at any time. */
  routes: Record<string, Route>;
  close(): Promise<void>;
};

/** A real server on a free port of 127.0.0.1. */
export async function serveHttp(
  routes: Record<string, Route> = {},
  tls?: { cert: string; key: string; ca?: string; requestCert?: boolean; rejectUnauthorized?: boolean },
): Promise<FixtureServer> {
  const received: Received[] = [];
  const asked = new Map<string, number>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = request;
    const body = (await buffer(request)).toString();
    received.push({ method, path, headers, body });
    const name = path.replace(/\?.*$/, '');
    const route = server.routes[name] ?? server.routes['*'] ?? { status: 404, body: 'not found' };
    const turn = asked.get(name) ?? 0;
    asked.set(name, turn + 1);
    const step = Array.isArray(route) ? route[Math.min(turn, route.length - 1)] : route;
    const reply = typeof step === 'function' ? step({ method, path, headers, body }, response) : step;
    if (reply) send(reply, response, method);
  };
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const node = tls ? createTlsServer(tls, listen) : createServer(listen);
  const port = await listenApart(node);
  const server: FixtureServer = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    received,
    routes: { ...routes },
    close: () =>
      new Promise(done => {
        node.close(() => done());
        node.closeAllConnections();
      }),
  };
  return server;
}

const taken = new Set<number>();

/** A port that no server of this test file had before: what slipway keeps of an address, it keeps for a minute. */
async function listenApart(node: Server): Promise<number> {
  await new Promise<void>(ready => node.listen(0, '127.0.0.1', ready));
  const { port } = node.address() as AddressInfo;
  if (!taken.has(port)) {
    taken.add(port);
    return port;
  }
  await new Promise(closed => node.close(closed));
  return listenApart(node);
}

function send(
  { status = 200, headers = {}, body = '' }: Reply,
  response: ServerResponse,
  method: string,
): void {
  const bytes = Buffer.from(body);
  const length = headers['transfer-encoding'] ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(status, { ...length, ...headers });
  response.end(method === 'HEAD' ? undefined : bytes);
}
