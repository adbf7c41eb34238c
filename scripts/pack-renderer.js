// Makes the npm packages of the renderer, one for each platform, as tarballs: what slipway names as optional dependencies, of which
// npm installs the one that fits. Then installs them into a temporary folder, without a network, and starts what came out.
//
//   node scripts/pack-renderer.js OUT [--only linux-x64]   (npm run pack:renderer -- OUT)
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const SOURCE = path.join(ROOT, 'renderer');
const MAX_OUTPUT_BYTES = 64 << 20;

/** npm's names of a platform, and Go's. */
const PLATFORMS = [
  { os: 'linux', cpu: 'x64', goos: 'linux', goarch: 'amd64' },
  { os: 'linux', cpu: 'arm64', goos: 'linux', goarch: 'arm64' },
  { os: 'darwin', cpu: 'x64', goos: 'darwin', goarch: 'amd64' },
  { os: 'darwin', cpu: 'arm64', goos: 'darwin', goarch: 'arm64' },
];

function nameOf({ os, cpu }) {
  return `@slipway/renderer-${os}-${cpu}`;
}

async function build(platform, file) {
  const { goos, goarch } = platform;
  const env = {
    ...process.env,
    GOOS: goos,
    GOARCH: goarch,
    CGO_ENABLED: '0',
    GOFLAGS: '-trimpath -buildvcs=false',
  };
  await run('go', ['build', '-ldflags=-s -w', '-o', file, '.'], {
    cwd: SOURCE,
    env,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
}

/** The licences of the modules that are linked in, which their texts have to go along with. */
async function licences() {
  const format = '{{with .Module}}{{if .Version}}{{.Path}}@{{.Version}}\t{{.Dir}}{{end}}{{end}}';
  const { stdout } = await run('go', ['list', '-deps', '-f', format, '.'], {
    cwd: SOURCE,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  const modules = [...new Set(stdout.split('\n').filter(line => line !== ''))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
  const texts = await Promise.all(modules.map(line => licencesOf(...line.split('\t'))));
  return texts.join('\n');
}

async function licencesOf(module, folder) {
  const files = (await readdir(folder)).filter(file => /^(licen[sc]e|notice|copying)/i.test(file));
  if (files.length === 0) throw new Error(`${module} has no licence`);
  const texts = await Promise.all(files.map(file => readFile(path.join(folder, file), 'utf8')));
  return `${'='.repeat(80)}\n${module}\n${'='.repeat(80)}\n${texts.join('\n')}`;
}

function manifestOf(platform, { version, license }) {
  return {
    name: nameOf(platform),
    version,
    description: `The renderer of slipway for ${platform.os} ${platform.cpu}`,
    license,
    os: [platform.os],
    cpu: [platform.cpu],
    preferUnplugged: true,
    files: ['bin', 'THIRD-PARTY.txt'],
  };
}

/** Builds and packs one platform; returns the tarball. */
async function pack(platform, { out, work, own, notices }) {
  const folder = path.join(work, `${platform.os}-${platform.cpu}`);
  await mkdir(path.join(folder, 'bin'), { recursive: true });
  await build(platform, path.join(folder, 'bin', 'slipway-renderer'));
  await writeFile(
    path.join(folder, 'package.json'),
    `${JSON.stringify(manifestOf(platform, own), null, 2)}\n`,
  );
  await writeFile(path.join(folder, 'THIRD-PARTY.txt'), notices);
  await cp(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', out], { cwd: folder });
  return path.join(out, JSON.parse(stdout)[0].filename);
}

/** Installs the tarballs as optional dependencies: npm has to take this platform's alone, and it has to start. */
async function check(tarballs, work) {
  const folder = path.join(work, 'installed');
  await mkdir(folder, { recursive: true });
  const optionalDependencies = Object.fromEntries(
    [...tarballs].map(([name, file]) => [name, `file:${file}`]),
  );
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, optionalDependencies }));
  const flags = [
    '--offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--cache',
    path.join(work, 'cache'),
  ];
  await run('npm', ['install', ...flags], { cwd: folder });
  const own = nameOf({ os: process.platform, cpu: process.arch });
  const installed = await readdir(path.join(folder, 'node_modules', '@slipway'));
  if (installed.join() !== path.basename(own))
    throw new Error(`npm installed ${installed.join()} instead of ${own}`);
  const program = path.join(folder, 'node_modules', own, 'bin', 'slipway-renderer');
  return (await run(program, ['--version'])).stdout.trim();
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const wanted = PLATFORMS.filter(
    ({ os, cpu }) => values.only === undefined || values.only === `${os}-${cpu}`,
  );
  if (positionals.length !== 1 || wanted.length === 0)
    throw new Error('usage: pack-renderer.js OUT [--only linux-x64|linux-arm64|darwin-x64|darwin-arm64]');
  await mkdir(positionals[0], { recursive: true });
  const out = await realpath(positionals[0]);
  const work = await mkdtemp(path.join(tmpdir(), 'slipway-pack-'));
  try {
    const own = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
    const context = { out, work, own, notices: await licences() };
    const tarballs = new Map();
    for (const platform of wanted) {
      tarballs.set(nameOf(platform), await pack(platform, context));
      process.stdout.write(`${tarballs.get(nameOf(platform))}\n`);
    }
    if (wanted.some(({ os, cpu }) => os === process.platform && cpu === process.arch))
      process.stdout.write(`installed: ${await check(tarballs, work)}\n`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

await main();
