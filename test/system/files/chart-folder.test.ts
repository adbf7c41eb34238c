import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readChartFolder } from '../../../src/system/files/chart-folder.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';

function chart(): string {
  const folder = makeFolder();
  writeFiles(folder, { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' });
  return folder;
}

function sparse(file: string, mib: number): void {
  writeFileSync(file, '');
  truncateSync(file, mib << 20);
}

test('C09 a sparse file of 2 GiB in a chart is refused by its size', async () => {
  const folder = chart();
  sparse(path.join(folder, 'a'), 2047);
  const before = process.memoryUsage().rss;
  await expect(readChartFolder('/', folder)).rejects.toMatchObject({ code: 'E_LIMIT' });
  expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
});

test('C09 no more is read than all files may have together', async () => {
  const folder = chart();
  for (const name of ['a', 'b', 'c']) sparse(path.join(folder, name), 60);
  const before = process.memoryUsage().arrayBuffers;
  await expect(readChartFolder('/', folder)).rejects.toMatchObject({
    code: 'E_LIMIT',
    message: expect.stringContaining('larger than a chart may be'),
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 << 20);
});

test('C09 nor more files than a chart may have', async () => {
  const folder = chart();
  writeFiles(folder, Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`templates/${at}`, ''])));
  await expect(readChartFolder('/', folder)).rejects.toMatchObject({ code: 'E_LIMIT' });
});
