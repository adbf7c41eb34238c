import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packChart } from '../src/archive/chart-archive.ts';
import { findTool } from '../test/support/tools.js';
import { largeIndex } from './large-index.ts';
import { compare, type Contender, NODE_ALONE, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const DEMO = path.resolve(import.meta.dirname, '../templates/demo');
const ROUNDS = 7;

/**
 * A whole new app from a repository with an index of 16 MiB, on loopback: slipway against what people type by hand (helm
 * pull, helm show values, a shell that writes the files), against `helm show chart` for the look-up alone, and the bytes
 * against those that curl fetches.
 */
export async function newApp(): Promise<void> {
  const server = await serve();
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-bench-'));
  try {
    const contenders = await contendersFor(folder, server);
    printTable(await compare(contenders, ROUNDS));
    await printBytes(folder, server);
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
}

type Server = { url: string; served: { bytes: number; requests: number }; close(): Promise<void> };

/** The demo's guestbook among hundreds of charts. The server answers conditional requests as GitHub Pages does. */
async function serve(): Promise<Server> {
  const archive = packChart('guestbook', readFiles(path.join(DEMO, 'charts/guestbook-1.3.0')));
  const digest = createHash('sha256').update(archive).digest('hex');
  const entry = `  guestbook:\n  - apiVersion: v2\n    appVersion: "1.29"\n    created: "2026-05-11T09:00:00Z"\n    digest: ${digest}\n    name: guestbook\n    urls:\n    - guestbook-1.3.0.tgz\n    version: 1.3.0\n`;
  const index = Buffer.from(largeIndex(16 << 20).text.replace('entries:\n', `entries:\n${entry}`));
  const files = new Map([
    ['/index.yaml', index],
    ['/guestbook-1.3.0.tgz', archive],
  ]);
  const served = { bytes: 0, requests: 0 };
  const http = createServer((request, response) => {
    const body = files.get(request.url ?? '');
    const etag = `"${body?.length}"`;
    served.requests++;
    if (!body) return void response.writeHead(404).end();
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    served.bytes += body.length;
    response.writeHead(200, { etag, 'content-length': body.length }).end(body);
  });
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    served,
    close: () => new Promise(resolve => http.close(() => resolve())),
  };
}

function readFiles(folder: string): [string, Buffer][] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter(name => /\.\w+$/.test(name))
    .map(name => [name.split(path.sep).join('/'), readFileSync(path.join(folder, name))]);
}

async function contendersFor(folder: string, { url }: Server): Promise<Contender[]> {
  const helm = findTool('helm');
  const repository = path.join(folder, 'repository');
  const fresh = (): void => copyDemo(repository);
  const env = { PATH: process.env['PATH'], HOME: folder, SLIPWAY_CACHE_DIR: path.join(folder, 'cache') };
  const cold = (): void => {
    fresh();
    rmSync(path.join(folder, 'cache'), { recursive: true, force: true });
  };
  const command = newAppBook(repository, url);
  const unrendered = { ...env, SLIPWAY_HELM: '/nonexistent' };
  return [
    NODE_ALONE,
    { name: 'slipway new-app, warm, no rendering', command, env: unrendered, prepare: fresh },
    { name: 'slipway new-app, cold, no rendering', command, env: unrendered, prepare: cold },
    ...(helm ? withHelm({ folder, helm, url, command, env, fresh, cold, repository }) : []),
  ];
}

function newAppBook(repository: string, url: string): string[] {
  const chart = ['--chart', 'guestbook', '--repo', url];
  return [process.execPath, BIN, 'new-app', 'book', '-C', repository, ...chart, '--yes'];
}

function copyDemo(repository: string): void {
  rmSync(repository, { recursive: true, force: true });
  cpSync(path.join(DEMO, 'repository'), repository, { recursive: true });
  const ignore = path.join(repository, 'production/wiki/.gitignore');
  renameSync(`${ignore}.hbs`, ignore);
}

type HelmBench = {
  folder: string;
  helm: string;
  url: string;
  command: string[];
  env: Record<string, string | undefined>;
  fresh(): void;
  cold(): void;
  repository: string;
};

function withHelm({ folder, helm, url, command, env, fresh, cold, repository }: HelmBench): Contender[] {
  // The renderer inside where it is built: `npm run tools`.
  const renderer = findTool('slipway-renderer');
  const rendered =
    renderer === undefined ? { ...env, SLIPWAY_HELM: helm } : { ...env, SLIPWAY_RENDERER: renderer };
  const script = path.join(folder, 'by-hand.sh');
  writeFileSync(script, byHand(helm, url));
  return [
    { name: 'slipway new-app, warm', command, env: rendered, prepare: fresh },
    { name: 'slipway new-app, cold', command, env: rendered, prepare: cold },
    { name: 'helm pull + show values + shell', command: ['sh', script, repository], env, prepare: fresh },
    { name: 'helm show chart', command: [helm, 'show', 'chart', 'guestbook', '--repo', url], env },
  ];
}

function byHand(helm: string, url: string): string {
  return `set -e
app="$1/production/book"
mkdir -p "$app/values" "$app/resources" "$app/charts/guestbook-1.3.0"
'${helm}' pull guestbook --repo ${url} --version 1.3.0 --untar --untardir "$app/charts/guestbook-1.3.0"
'${helm}' show values guestbook --repo ${url} --version 1.3.0 > "$app/values/guestbook-1.3.0.yaml"
'${helm}' template book "$app/charts/guestbook-1.3.0/guestbook" | grep -A3 'kind: Service' > /dev/null
echo 'charts/*' > "$app/.gitignore"
printf 'apiVersion: v1\\nkind: Namespace\\nmetadata:\\n  name: book\\n' > "$app/resources/namespace.yaml"
printf 'apiVersion: gateway.networking.k8s.io/v1\\nkind: HTTPRoute\\n' > "$app/resources/httproute.yaml"
printf 'namespace: book\\nhelmCharts: []\\n' > "$app/kustomization.yaml"
`;
}

/** What crosses the wire, cold and warm, against one curl of the index and the archive. */
async function printBytes(folder: string, server: Server): Promise<void> {
  const files = [`${server.url}/index.yaml`, `${server.url}/guestbook-1.3.0.tgz`];
  const repository = path.join(folder, 'repository');
  const count = async (name: string, contender: Contender): Promise<void> => {
    const before = { ...server.served };
    await compare([contender], 0);
    const bytes = server.served.bytes - before.bytes;
    console.log(
      `${name.padEnd(24)} ${String(bytes).padStart(10)} bytes in ${server.served.requests - before.requests} requests`,
    );
  };
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    SLIPWAY_CACHE_DIR: path.join(folder, 'bytes'),
    SLIPWAY_HELM: '/nonexistent',
  };
  const fresh = (): void => copyDemo(repository);
  const command = newAppBook(repository, server.url);
  await count('slipway new-app, cold', { name: '', command, env, prepare: fresh });
  await count('slipway new-app, again', { name: '', command, env, prepare: fresh });
  await count('curl of the same files', {
    name: '',
    command: ['curl', '-sS', '-o', '/dev/null', '-o', '/dev/null', ...files],
  });
}
