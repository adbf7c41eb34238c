// `npm run test:nodes`: slipway starts, makes an app of the demo and passes test:fast on the other versions of Node that it
// promises. Their programs come as npm packages, into .tools/nodes, once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MAJORS = ['22', '24'];
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const platform = process.platform === 'win32' ? 'win' : process.platform;

for (const major of MAJORS) {
  const node = install(major);
  const run = (...words) =>
    execFileSync(node, words, { cwd: ROOT, stdio: 'inherit', env: environment(node) });
  console.log(`== node ${major}`);
  run('--version');
  run('bin/slipway.js', '--version');
  makeApp(run);
  run('node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.fast.config.ts');
}

/** What runs another program as `node` gets the same one. */
function environment(node) {
  return { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
}

function install(major) {
  const home = path.join(ROOT, '.tools/nodes', major);
  const name = `node-${platform}-${process.arch}`;
  const program = path.join(home, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  mkdirSync(home, { recursive: true });
  const words = ['install', '--prefix', home, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', [...words, `${name}@${major}`], { stdio: 'inherit', shell: platform === 'win' });
  return program;
}

function makeApp(run) {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-node-'));
  try {
    run(
      'bin/slipway.js',
      'new-app',
      'shop',
      '--chart',
      'ledger',
      '--demo',
      path.join(folder, 'fleet'),
      '--yes',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
