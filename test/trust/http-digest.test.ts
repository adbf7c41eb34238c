import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, readTree } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';
import { tgz } from '../support/tar.ts';

const ARCHIVE = tgz({ path: 'boat/Chart.yaml', content: 'apiVersion: v2\nname: boat\nversion: 1.0.0\n' });

test.each([
  ['of other bytes', '0'.repeat(64)],
  ['of another kind', `sha1:${'0'.repeat(40)}`],
])('R16 a digest %s in an index: exit 5, nothing written', async (_, digest) => {
  let downloads = 0;
  const index = `apiVersion: v1\nentries:\n  boat:\n  - name: boat\n    version: 1.0.0\n    digest: "${digest}"\n    urls: [boat-1.0.0.tgz]\n`;
  const server = createServer(({ url }, response) => {
    if (url?.endsWith('.tgz')) downloads += 1;
    response.end(url?.endsWith('index.yaml') ? index : ARCHIVE);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise(resolve => server.once('listening', resolve));
  const root = demoRepository();
  const before = readTree(root);
  const repo = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const line = ['new-app', 'boat', '--chart', 'boat', '--repo', repo, '--route', 'none', '--yes', '--json'];
  const { code, stdout } = await slipway(line, {
    cwd: root,
    env: testEnv(makeFolder()) as Record<string, string>,
  });
  expect([code, stdout]).toEqual([5, expect.stringContaining('E_DIGEST')]);
  expect(downloads).toBe(digest.startsWith('sha1') ? 0 : 2);
  expect(readTree(root)).toEqual(before);
});
