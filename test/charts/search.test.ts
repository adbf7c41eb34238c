import { expect, onTestFinished, test } from 'vitest';
import { openCharts } from '../../src/charts/lookup.ts';
import type { Network } from '../../src/charts/network.ts';
import { openCacheFiles } from '../../src/system/cache/cache-files.ts';
import { openHttpCache } from '../../src/system/http/http-cache.ts';
import { makeCertificate } from '../support/certificate.ts';
import { serveHttp } from '../support/http-server.ts';
import { makeFolder } from '../support/repository.ts';
import { openTestHttp } from '../support/test-http.ts';

test('Artifact Hub that answers with an error is asked once a run, and named each time', async () => {
  const server = await serveHttp({}, makeCertificate({ commonName: 'artifacthub.io' }));
  onTestFinished(() => server.close());
  const hub = 'artifacthub.io:443';
  const { http } = openTestHttp({
    connectTo: new Map([[hub, { host: '127.0.0.1', port: server.port }]]),
    insecureHosts: [hub],
  });
  const files = await openCacheFiles({ folder: makeFolder(), warn: () => undefined, now: Date.now });
  const cache = openHttpCache({ http, files, now: Date.now });
  const warned: string[] = [];
  const charts = openCharts({
    network: { http, cache, signal: new AbortController().signal } as unknown as Network,
    repositories: [],
    artifactHub: true,
    minimumAgeDays: 7,
    today: new Date(),
    cwd: '/',
    warn: text => void warned.push(text.en),
  });
  for (const term of ['graf', 'grafa', 'grafan']) {
    const { charts: found, unseen } = await charts.search(term);
    expect([found, unseen.map(({ en }) => en)]).toEqual([[], [expect.stringContaining('404')]]);
  }
  expect(server.received).toHaveLength(1);
  expect(warned).toEqual([]);
  expect(await charts.search('gr')).toEqual({ charts: [], unseen: [] });
});
