import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { serveCharts } from '../test/support/chart-repository.ts';
import { compare, type Contender, NODE_ALONE, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const RELEASES = 500;
const ROUNDS = 3;

/** What reads, upgrades and checks 500 HelmReleases, against one parse of the same files by js-yaml. */
export async function deliveries(): Promise<void> {
  await withReleases(RELEASES, async ({ folder, root, run }) => {
    const child = path.join(folder, 'parse.cjs');
    await build({
      entryPoints: [path.join(import.meta.dirname, 'parse-child.ts')],
      outfile: child,
      bundle: true,
      format: 'cjs',
      platform: 'node',
    });
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.test', ...args], {
        cwd: root,
      });
    git('init', '--quiet', '--template=');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'bench');
    const parse = { name: `js-yaml parses ${RELEASES} releases`, command: [process.execPath, child, root] };
    const writing = {
      ...run('upgrade', '--yes', '--no-render'),
      prepare: () => git('checkout', '--quiet', '.'),
    };
    const dry = run('upgrade', '--dry-run', '--no-render');
    printTable(await compare([parse, run('outdated'), run('diff'), run('check'), dry], ROUNDS));
    printTable(await compare([parse, writing], 1));
  });
}

/** How `outdated` and a dry run of `upgrade` grow with the number of HelmReleases: the columns of times say it. */
export async function growth(): Promise<void> {
  for (const releases of [1000, 5000, 10_000])
    await withReleases(releases, async ({ run }) => {
      console.log(`${releases} releases`);
      printTable(await compare([NODE_ALONE, run('outdated'), run('upgrade', '--dry-run', '--no-render')], 1));
    });
}

type Releases = {
  folder: string;
  root: string;
  run(command: string, ...args: string[]): Contender;
};

async function withReleases(releases: number, measure: (around: Releases) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-deliveries-'));
  const server = await serveCharts([
    { name: 'web', version: '1.0.0', files: { 'values.yaml': VALUES } },
    { name: 'web', version: '1.1.0', files: { 'values.yaml': VALUES } },
  ]);
  try {
    const root = path.join(folder, 'repository');
    mkdirSync(path.join(root, '.slipway'), { recursive: true });
    writeFileSync(path.join(root, '.slipway/config.yaml'), 'language: en\n');
    for (let number = 0; number < releases; number++) writeRelease(root, number, server.url);
    const env = { PATH: process.env['PATH'], HOME: folder, SLIPWAY_CACHE_DIR: path.join(folder, 'cache') };
    const run = (command: string, ...args: string[]): Contender => ({
      name: ['slipway', command, ...args].join(' '),
      command: [process.execPath, BIN, command, '-C', root, ...args],
      env,
    });
    await measure({ folder, root, run });
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
}

const VALUES = Array.from(
  { length: 60 },
  (_, index) => `key${index}: {enabled: false, size: ${index}}\n`,
).join('');

/** As people keep them: a Kustomization for Flux, a kustomization, a source and a release with its values in line. */
function writeRelease(root: string, number: number, url: string): void {
  const name = `app-${String(number).padStart(4, '0')}`;
  const folder = path.join(root, 'apps', name);
  mkdirSync(path.join(folder, 'app'), { recursive: true });
  const values = Array.from(
    { length: 40 },
    (_, index) => `    key${index}:\n      enabled: true\n      size: ${number}\n`,
  );
  const files = {
    'ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  path: ./apps/${name}/app\n  sourceRef: {kind: GitRepository, name: fleet}\n  postBuild: {substitute: {APP: ${name}}}\n`,
    'app/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [release.yaml, source.yaml]\n',
    'app/source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: charts}\nspec:\n  interval: 1h\n  url: ${url}\n`,
    'app/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: web\n      version: 1.0.0\n      sourceRef: {kind: HelmRepository, name: charts}\n  values:\n${values.join('')}`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
}
