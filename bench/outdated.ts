import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCacheFiles } from '../src/system/cache/cache-files.ts';
import { findTool } from '../test/support/tools.js';
import { largeIndex, type MadeChart } from './large-index.ts';
import { compare, type Contender, NODE_ALONE, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const ROUNDS = 5;
const KEY = '5'.repeat(64);
// Most repositories are small, a few have hundreds of versions of each chart; 13 MB in all.
const SIZES_KB = [4000, 2500, 1600, 1500, 900, 680, 500, 400, 300, 250, 150, 100, 60, 40, 20];
const TWO_CHARTS = 3;

/**
 * `outdated` over 15 repositories and 18 charts, cold and warm, against `helm repo update` with `helm search repo
 * --versions`, and against curl of the same bytes. Warm is a run that asks each server whether its index has changed.
 */
export async function outdated(): Promise<void> {
  const server = await serve();
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-bench-'));
  try {
    const repository = writeRepository(folder, server);
    console.log(`${SIZES_KB.length} repositories, ${repository.charts} charts, ${mebibytes(server)} MiB`);
    printTable(await compare(contendersFor(folder, repository.root, server), ROUNDS));
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
}

type Index = { body: Buffer; charts: MadeChart[] };
type Server = { url: string; indexes: Index[]; close(): Promise<void> };

function mebibytes({ indexes }: Server): string {
  return (indexes.reduce((sum, { body }) => sum + body.length, 0) / (1 << 20)).toFixed(1);
}

/** Each index under a number; conditional requests are answered as GitHub Pages does. */
async function serve(): Promise<Server> {
  const indexes = SIZES_KB.map((size, seed) => {
    const { text, charts } = largeIndex(size << 10, seed + 1);
    return { body: Buffer.from(text), charts };
  });
  const http = createServer((request, response) => {
    const body = indexes[Number(/^\/(\d+)\/index\.yaml/.exec(request.url ?? '')?.[1])]?.body;
    if (!body) return void response.writeHead(404).end();
    const etag = `"${body.length}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { etag, 'content-length': body.length }).end(body);
  });
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    indexes,
    close: () => new Promise(resolve => http.close(() => resolve())),
  };
}

/** One app for each repository, each with one or two charts, pinned a few versions behind the newest. */
function writeRepository(folder: string, { url, indexes }: Server): { root: string; charts: number } {
  const root = path.join(folder, 'repository');
  let charts = 0;
  for (const [number, index] of indexes.entries()) {
    const chosen = index.charts
      .toSorted((a, b) => b.versions - a.versions)
      .slice(0, number < TWO_CHARTS ? 2 : 1);
    charts += chosen.length;
    const entries = chosen.map(
      ({ name }) =>
        `  - name: ${name}\n    repo: ${url}/${number}\n    version: ${fewVersionsBehind(index, name)}\n    releaseName: ${name}\n`,
    );
    const app = path.join(root, `production/app-${number}`);
    mkdirSync(app, { recursive: true });
    writeFileSync(
      path.join(app, 'kustomization.yaml'),
      `namespace: app-${number}\nhelmCharts:\n${entries.join('')}`,
    );
  }
  return { root, charts };
}

const BEHIND = 5;

function fewVersionsBehind({ body }: Index, chart: string): string {
  const entry = body.toString('utf8', body.indexOf(`  ${chart}:\n`));
  const versions = [...entry.slice(0, 100_000).matchAll(/^ {4}version: (.*)$/gm)];
  return (versions[BEHIND] ?? versions[0])?.[1] ?? '0.0.1';
}

function contendersFor(folder: string, root: string, { url, indexes }: Server): Contender[] {
  const cache = path.join(folder, 'cache');
  const env = { PATH: process.env['PATH'], HOME: folder, SLIPWAY_CACHE_DIR: cache, SLIPWAY_CACHE_KEY: KEY };
  const command = [process.execPath, BIN, 'outdated', '-C', root];
  const urls = indexes.map((_, number) => `${url}/${number}/index.yaml`);
  const discard = urls.flatMap(() => ['-o', '/dev/null']);
  const helm = findTool('helm');
  return [
    NODE_ALONE,
    { name: 'curl of the indexes', command: ['curl', '-sS', ...discard, ...urls] },
    {
      name: 'slipway outdated, cold',
      command,
      env,
      prepare: () => rmSync(cache, { recursive: true, force: true }),
    },
    { name: 'slipway outdated, warm', command, env, prepare: () => age(cache) },
    ...(helm ? [withHelm(folder, helm, urls)] : []),
  ];
}

/** As if the last run had been an hour ago, so that each server is asked again. The entries are sealed, with this key. */
async function age(folder: string): Promise<void> {
  process.env['SLIPWAY_CACHE_KEY'] = KEY;
  const cache = await openCacheFiles({ folder, warn: console.error, now: Date.now });
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    const entry = JSON.parse(String(await cache.read(name, 1 << 20))) as { checkedAt?: number };
    if (entry.checkedAt === undefined) continue;
    await cache.write(name, JSON.stringify({ ...entry, checkedAt: entry.checkedAt - 3_600_000 }));
  }
}

function withHelm(folder: string, helm: string, urls: readonly string[]): Contender {
  const script = path.join(folder, 'helm.sh');
  const repositories = urls.map(
    (url, number) => `- {name: r${number}, url: ${url.slice(0, -'/index.yaml'.length)}}`,
  );
  const config = path.join(folder, 'repositories.yaml');
  writeFileSync(config, `apiVersion: ""\nrepositories:\n${repositories.join('\n')}\n`);
  writeFileSync(
    script,
    `set -e\n'${helm}' repo update > /dev/null\n'${helm}' search repo --versions > /dev/null\n`,
  );
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    HELM_REPOSITORY_CONFIG: config,
    HELM_REPOSITORY_CACHE: path.join(folder, 'helm-cache'),
  };
  return { name: 'helm repo update + search repo', command: ['sh', script], env };
}
