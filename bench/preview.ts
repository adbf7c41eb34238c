import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveCharts } from '../test/support/chart-repository.ts';
import { findTool } from '../test/support/tools.js';
import { cpuOf, printCpu } from './cpu-of.ts';
import { versionsOf, writeApp } from './rendering.ts';
import { BIN } from './start-up.ts';

const APPS = 30;

/** A branch that changes thirty apps: helm and kustomize over both sides, one app after the other, then preview, then preview again. */
export async function preview(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-preview-'));
  const charts = await serveCharts(
    Array.from({ length: APPS }, (_, index) => versionsOf(`chart-${index}`).slice(0, 1)).flat(),
  );
  try {
    const root = path.join(folder, 'repository');
    for (let index = 0; index < APPS; index++) writeApp(root, `chart-${index}`, charts.url);
    commit(root);
    execFileSync('git', ['clone', '--quiet', root, path.join(folder, 'base')]);
    for (let index = 0; index < APPS; index++) changeValues(root, `chart-${index}`);
    const tools = await toolsOver([path.join(folder, 'base'), root], folder);
    const run = [process.execPath, BIN, 'preview', '-C', root, '--html', path.join(folder, 'page.html')];
    const first = await cpuOf(run, folder);
    const second = await cpuOf(run, folder);
    if (tools !== undefined) printCpu(`kustomize and helm over ${APPS} apps, both sides`, tools);
    printCpu(`slipway preview of them, cold`, first, tools);
    printCpu(`slipway preview of them, again`, second, tools);
  } finally {
    await charts.close();
    rmSync(folder, { recursive: true });
  }
}

function commit(root: string): void {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.test', ...args], {
      cwd: root,
    });
  git('init', '--quiet', '--template=', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'bench');
}

function changeValues(root: string, name: string): void {
  const file = path.join(root, 'production', name, 'values', `${name}-1.0.0.yaml`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('value 9"', 'changed"'));
}

/** The charts are unpacked beforehand: what is measured is rendering, not the network. */
async function toolsOver(roots: readonly string[], folder: string): Promise<number | undefined> {
  const [kustomize, helm] = [findTool('kustomize'), findTool('helm')];
  if (kustomize === undefined || helm === undefined) return undefined;
  const script = path.join(folder, 'both-sides.sh');
  const build = `'${kustomize}' build --enable-helm --helm-command '${helm}' --load-restrictor LoadRestrictionsNone`;
  writeFileSync(
    script,
    `set -e\nfor root in "$@"; do for app in "$root"/production/*; do ${build} "$app" > /dev/null; done; done\n`,
  );
  const copies = roots.map((root, index) => withCharts(root, path.join(folder, `side-${index}`)));
  return cpuOf(['bash', script, ...copies], folder);
}

function withCharts(root: string, copy: string): string {
  execFileSync('cp', ['-r', root, copy]);
  for (let index = 0; index < APPS; index++) {
    const [chart] = versionsOf(`chart-${index}`);
    const home = path.join(
      copy,
      'production',
      `chart-${index}`,
      'charts',
      `chart-${index}-1.0.0`,
      `chart-${index}`,
    );
    const metadata = `apiVersion: v2\nname: chart-${index}\nversion: 1.0.0\nappVersion: "1.0.0"\n`;
    for (const [file, content] of Object.entries({ 'Chart.yaml': metadata, ...chart?.files })) {
      mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
      writeFileSync(path.join(home, file), content);
    }
  }
  return copy;
}
