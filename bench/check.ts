import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { findTool } from '../test/support/tools.js';
import { makeGitopsRepository } from './gitops-repository.ts';
import { compare, type Contender, printTable } from './measure.ts';
import { BIN } from './start-up.ts';

const SMALL = 1000;
const LARGE = 5000;
const RENDERED = 30;
const TEMPLATES = 12;
const ROUNDS = 3;

/**
 * `slipway check` against one parse of the same files by js-yaml; of five times as many apps; of one app as a hook calls it,
 * against Node's own start; and rendering against `kustomize build --enable-helm`, one app after the other.
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
  const child = path.join(folder, 'parse.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'parse-child.ts')],
    outfile: child,
    bundle: true,
    format: 'cjs',
    platform: 'node',
  });
  const [small, large] = [path.join(folder, 'small'), path.join(folder, 'large')];
  makeGitopsRepository(small, SMALL);
  makeGitopsRepository(large, LARGE);
  const value = 'production/app-0007/values/web-1.2.3.yaml';
  printTable(
    await compare(
      [
        { name: `js-yaml parses ${SMALL} apps`, command: [process.execPath, child, small] },
        run(folder, `slipway check, ${SMALL} apps`, [small], { cold: true }),
        run(folder, `slipway check, ${SMALL} apps again`, [small]),
        run(folder, `slipway check, ${LARGE} apps`, [large], { cold: true }),
        run(folder, `slipway check, ${LARGE} apps again`, [large]),
      ],
      ROUNDS,
    ),
  );
  console.log('');
  printTable(
    await compare(
      [
        { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
        run(folder, `slipway check --staged <file>, ${SMALL} apps`, [small, '--staged', value]),
      ],
      15,
    ),
  );
}

async function checkRendering(folder: string): Promise<void> {
  const [helm, kustomize] = [findTool('helm'), findTool('kustomize')];
  if (!helm || !kustomize) return console.log('helm and kustomize are missing: rendering is not measured');
  const root = path.join(folder, 'rendered');
  makeGitopsRepository(root, RENDERED, TEMPLATES);
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
      if (cold) rmSync(path.join(cache, 'check'), { recursive: true, force: true });
      else if (!readdirSync(folder).includes(path.basename(cache)))
        throw new Error(`${name}: nothing is remembered`);
    },
  };
}
