import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { findTool } from '../test/support/tools.js';
import { makeGitopsRepository } from './gitops-repository.ts';
import { compare, type Contender, NODE_ALONE, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const SMALL = 1000;
const LARGER = [5000, 10_000];
const MOST_MEBIBYTES = 300;
const RENDERED = 30;
const TEMPLATES = 12;
const ROUNDS = 3;

/**
 * `slipway check` against one parse of the same files by both builds of js-yaml; with five and ten times as many apps; again, with
 * one file edited, of one staged file, first and again, and with the cache beside another clone, against Node's own start; and rendering against `kustomize build
 * --enable-helm`, one app after the other.
 */
export async function check(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-check-'));
  try {
    await checkFiles(folder);
    await checkRendering(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checkFiles(folder: string): Promise<void> {
  const small = path.join(folder, 'small');
  makeGitopsRepository(small, SMALL);
  const esm = await parserOf(folder, 'mjs');
  const cold = run(folder, `slipway check, ${SMALL} apps`, [small], { cold: true });
  printTable(
    await compare(
      [
        { name: `js-yaml (ES modules) parses ${SMALL} apps`, command: [process.execPath, esm, small] },
        {
          name: `js-yaml (CommonJS) parses ${SMALL} apps`,
          command: [process.execPath, await parserOf(folder, 'cjs'), small],
        },
        {
          name: `yaml parses ${SMALL} apps`,
          command: [process.execPath, await parserOf(folder, 'yaml'), small],
        },
        cold,
      ],
      ROUNDS,
    ),
  );
  await checkAgain(folder, small);
  await checkGrowth(folder, cold);
}

/** A program that parses a folder by one of the builds of js-yaml, or by yaml. */
async function parserOf(folder: string, kind: 'mjs' | 'cjs' | 'yaml'): Promise<string> {
  const outfile = path.join(folder, `parse-${kind}.cjs`);
  const ownFile = (name: string): string => createRequire(import.meta.url).resolve(name);
  const parsers = {
    mjs: {},
    cjs: { 'js-yaml': ownFile('js-yaml') },
    yaml: { 'js-yaml': yamlAs(folder, ownFile('yaml')) },
  };
  await build({
    entryPoints: [path.join(import.meta.dirname, 'parse-child.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    alias: parsers[kind],
  });
  return outfile;
}

/** A module that gives yaml's parser under the name of js-yaml's. */
function yamlAs(folder: string, own: string): string {
  const file = path.join(folder, 'yaml.js');
  writeFileSync(file, `export { parseAllDocuments as loadAll } from ${JSON.stringify(own)};`);
  return file;
}

async function checkAgain(folder: string, small: string): Promise<void> {
  const clone = path.join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', small, clone]);
  const value = 'production/app-0007/values/web-1.2.3.yaml';
  const cache = path.join(folder, 'cache-small');
  const again = run(folder, `slipway check, ${SMALL} apps again`, [small]);
  console.log('');
  printTable(
    await compare(
      [
        NODE_ALONE,
        { ...again, prepare: () => settle(again) },
        { name: 'git status', command: ['git', '-C', small, 'status', '--porcelain'] },
        {
          ...run(folder, `slipway check, ${SMALL} apps, one edited`, [small]),
          prepare: () => edit(small, value),
        },
        {
          ...run(folder, `slipway check --staged <file>, ${SMALL} apps`, [small, '--staged', value]),
          prepare: () => {
            edit(small, value);
            execFileSync('git', ['add', value], { cwd: small });
          },
        },
        {
          ...run(folder, 'slipway check, its cache beside another clone', [clone]),
          prepare: () => restoreCache(cache, path.join(folder, 'cache-clone')),
        },
        {
          ...run(folder, 'slipway check --staged <file>, nothing kept', [clone, '--staged', value]),
          prepare: () => rmSync(path.join(folder, 'cache-clone'), { recursive: true, force: true }),
        },
      ],
      5,
    ),
  );
}

/** What was written less than two seconds ago may change unseen, and no answer that rests on it is kept. */
const SETTLED_MS = 2100;

/** A run whose answer holds for the next one. */
async function settle({ command: [program = '', ...args], env }: Contender): Promise<void> {
  await setTimeout(SETTLED_MS);
  execFileSync(program, args, { env, stdio: 'ignore' });
}

/** Each time another content. */
function edit(root: string, file: string): void {
  appendFileSync(path.join(root, file), '# edited\n');
}

/** As CI does: the cache of the job before, beside a new clone. */
function restoreCache(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

/** Processor time and memory should grow with the repository, and no faster. */
async function checkGrowth(folder: string, cold: Contender): Promise<void> {
  const larger = LARGER.map(apps => {
    const root = path.join(folder, `apps-${apps}`);
    makeGitopsRepository(root, apps);
    return run(folder, `slipway check, ${apps} apps`, [root], { cold: true });
  });
  console.log('');
  const measured = await compare([cold, ...larger], 1);
  printTable(measured);
  const largest = Math.max(...measured.map(({ mebibytes }) => mebibytes));
  if (largest > MOST_MEBIBYTES)
    throw new Error(
      `${largest.toFixed(0)} MiB are more than ${MOST_MEBIBYTES}, the most that a check may take`,
    );
}

async function checkRendering(folder: string): Promise<void> {
  const [helm, kustomize] = [findTool('helm'), findTool('kustomize')];
  if (!helm || !kustomize) return console.log('helm and kustomize are missing: rendering is not measured');
  const root = path.join(folder, 'rendered');
  makeGitopsRepository(root, RENDERED, { templates: TEMPLATES });
  const script = path.join(folder, 'one-by-one.sh');
  const command = `'${kustomize}' build --enable-helm --helm-command '${helm}' --load-restrictor LoadRestrictionsNone`;
  writeFileSync(script, `set -e\nfor app in "$1"/production/*; do ${command} "$app" > /dev/null; done\n`);
  const env = {
    SLIPWAY_HELM: helm,
    SLIPWAY_KUSTOMIZE: kustomize,
    SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent',
  };
  const args = [root, '--render', '--offline'];
  console.log('');
  printTable(
    await compare(
      [
        { name: `kustomize build, ${RENDERED} apps one by one`, command: ['sh', script, root] },
        run(folder, `slipway check --render, ${RENDERED} apps`, args, { cold: true, env }),
        run(folder, `slipway check --render, ${RENDERED} apps again`, args, { env }),
      ],
      ROUNDS,
    ),
  );
}

type RunOptions = { cold?: boolean; env?: Record<string, string> };

/** A run with a cache of its own folder; a cold one finds nothing in it. */
function run(
  folder: string,
  name: string,
  [root = '', ...args]: string[],
  { cold = false, env = {} }: RunOptions = {},
): Contender {
  const cache = path.join(folder, `cache-${path.basename(root)}`);
  return {
    name,
    command: [process.execPath, BIN, 'check', '-C', root, ...args],
    env: { PATH: process.env['PATH'], HOME: folder, SLIPWAY_CACHE_DIR: cache, ...env },
    prepare: () => {
      // Not its answers alone: those that are kept would be given again.
      if (cold) rmSync(cache, { recursive: true, force: true });
      else if (!readdirSync(folder).includes(path.basename(cache)))
        throw new Error(`${name}: nothing is remembered`);
    },
  };
}
