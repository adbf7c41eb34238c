import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseChart } from '../../src/charts/chart.ts';
import { packChart, readChartArchive } from '../../src/archive/chart-archive.ts';
import { findTool } from '../support/tools.js';

const helm = findTool('helm');
const folder = mkdtempSync(path.join(tmpdir(), 'slipway-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): string {
  return execFileSync(helm ?? 'helm', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
  });
}

test.runIf(helm)('what Helm packs is read here', () => {
  run('create', 'demo');
  run('package', 'demo', '--version', '1.2.3+build.4', '--app-version', '9');
  const archive = readChartArchive(readFileSync(path.join(folder, 'demo-1.2.3+build.4.tgz')));
  const chart = parseChart(archive.files, { name: 'demo', version: '1.2.3_build.4' });
  expect([archive.topFolder, chart.name, chart.version, chart.appVersion]).toEqual([
    'demo',
    'demo',
    '1.2.3+build.4',
    '9',
  ]);
  expect(chart.values).toEqual(readFileSync(path.join(folder, 'demo/values.yaml')));
});

test.runIf(helm)('what is packed here is read by Helm', () => {
  const archive = packChart('demo', [
    ['Chart.yaml', 'apiVersion: v2\nname: demo\nversion: 1.0.0\n'],
    ['values.yaml', 'text: hello\n'],
    [
      'templates/a.yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata: {text: "{{ .Values.text }}"}\n',
    ],
  ]);
  writeFileSync(path.join(folder, 'packed.tgz'), archive);
  expect(run('template', 'packed.tgz')).toContain('data: {text: "hello"}');
});
