import { createServer, request as httpRequest } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type FixtureProxy = {
  url: string;
  host: string;
  /** What it was asked for: `CONNECT host:port`, or `GET http://…`. */
  asked: string[];
  logins: (string | undefined)[];
};

/** A forward proxy that leads every host name to 127.0.0.1. `login`: the Basic credential that it wants. */
export async function serveProxy({ login }: { login?: string } = {}): Promise<FixtureProxy> {
  const sockets = new Set<Socket>();
  const isWelcome = (sent: string | undefined): boolean =>
    login === undefined || sent === `Basic ${Buffer.from(login).toString('base64')}`;
  const server = createServer((request, response): void => {
    proxy.asked.push(`${request.method} ${request.url}`);
    proxy.logins.push(request.headers['proxy-authorization']);
    if (!isWelcome(request.headers['proxy-authorization'])) return void response.writeHead(407).end();
    const target = new URL(request.url ?? '');
    const forwarded = httpRequest(
      {
        host: '127.0.0.1',
        port: target.port,
        path: target.pathname + target.search,
        headers: request.headers,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(forwarded);
  });
  server.on('connect', (request, socket: Socket): void => {
    proxy.asked.push(`CONNECT ${request.url}`);
    proxy.logins.push(request.headers['proxy-authorization']);
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (!isWelcome(request.headers['proxy-authorization']))
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    const target = connect(Number(/\d+$/.exec(request.url ?? '')?.[0]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => socket.destroy());
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const proxy: FixtureProxy = {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked: [],
    logins: [],
  };
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return proxy;
}
