import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

export type FileServer = { port: number; close(): Promise<void> };

/** Serves files from memory on a free port of this machine, with ETags. Keys are URL paths, `/index.yaml`. */
export async function serveFiles(files: ReadonlyMap<string, Buffer>): Promise<FileServer> {
  const server = createServer((request, response) => {
    const body = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (!body) return void response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { etag, 'content-length': body.length }).end(body);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  // It must not keep a run alive that failed elsewhere.
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
