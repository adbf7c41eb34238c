import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { packageOf } from '../../src/system/renderer/find-renderer.ts';
import { makeFolder } from '../support/repository.ts';
import { findTool } from '../support/tools.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PLATFORM = `${process.platform}-${process.arch}`;
const canPack = findTool('go') !== undefined && /^(linux|darwin)-(x64|arm64)$/.test(PLATFORM);
if (!canPack) process.stderr.write('skipping the packages of the renderer: there is no Go to build them\n');

test.skipIf(!canPack)(
  'the package of this platform installs, and is found from slipway beside it',
  { timeout: 300_000 },
  async () => {
    const out = makeFolder();
    const script = path.join(ROOT, 'scripts/pack-renderer.js');
    const said = execFileSync(process.execPath, [script, out, '--only', PLATFORM], { encoding: 'utf8' });
    expect(said).toMatch(/^installed: helm v3\.\d+\.\d+, kustomize v5\.\d+\.\d+, Kubernetes v1\.\d+\.0$/m);
    const [tarball = ''] = readdirSync(out);
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(tarball).toBe(`slipway-renderer-${PLATFORM}-${version}.tgz`);

    const prefix = makeFolder();
    writeFileSync(path.join(prefix, 'package.json'), '{ "private": true }');
    const flags = [
      '--offline',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--cache',
      path.join(prefix, 'cache'),
    ];
    execFileSync('npm', ['install', ...flags, path.join(out, tarball)], { cwd: prefix, stdio: 'pipe' });
    const dist = path.join(prefix, 'node_modules/slipway/dist');
    mkdirSync(dist, { recursive: true });
    await build({
      stdin: {
        contents: `import { findRenderer } from './find-renderer.ts'; console.log(findRenderer({ PATH: '' }));`,
        resolveDir: path.join(ROOT, 'src/system/renderer'),
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: path.join(dist, 'find.mjs'),
    });
    const found = spawnSync(process.execPath, [path.join(dist, 'find.mjs')], {
      encoding: 'utf8',
    }).stdout.trim();
    expect(found).toBe(
      path.join(prefix, 'node_modules', packageOf(process.platform, process.arch), 'bin', 'slipway-renderer'),
    );
  },
);
