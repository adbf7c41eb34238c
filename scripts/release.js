// Makes what a release consists of, from this very state of the files, and without a network:
//
//   npm run release -- OUT --address https://github.com/team/slipway [--executable]
//
// the tarball that npm installs, its checksum, the list of its parts (CycloneDX), the notes of this version, a Homebrew formula and a
// Nix flake that name both; with --executable one file that needs no Node, for this platform. Nothing is published: that is the job
// of the pipeline that holds the right to, by `npm publish --provenance <tarball>`.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const MAX_OUTPUT_BYTES = 64 << 20;
/** The best takes ten times as long for a tenth less. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const USAGE = 'usage: release.js OUT --address https://HOST/TEAM/slipway [--executable]';

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

async function npm(...args) {
  const { stdout } = await run('npm', args, { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}

/** @returns the tarball, and the files in it by their paths in the package */
async function pack(out, address) {
  const own = await readFile(path.join(ROOT, 'package.json'), 'utf8');
  const known = {
    homepage: address,
    repository: { type: 'git', url: `git+${address}.git` },
    bugs: `${address}/issues`,
  };
  // npm packs what stands there: a copy with the addresses, so that this folder stays as it is.
  const work = await mkdtemp(path.join(tmpdir(), 'slipway-release-'));
  try {
    const [{ files }] = JSON.parse(await npm('pack', '--dry-run', '--json', '--ignore-scripts', '--offline'));
    const names = files.map(({ path: name }) => name);
    for (const name of names) {
      await mkdir(path.dirname(path.join(work, name)), { recursive: true });
      await copyFile(path.join(ROOT, name), path.join(work, name));
    }
    const { devDependencies: _, scripts: __, ...installed } = JSON.parse(own);
    // npm lays one language where `man` looks; the other is in the package.
    const man = names.filter(name => name.startsWith('dist/man/man1/')).toSorted();
    await writeFile(
      path.join(work, 'package.json'),
      `${JSON.stringify({ ...installed, ...known, man }, null, 2)}\n`,
    );
    const line = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', out];
    const { stdout } = await run('npm', line, { cwd: work, maxBuffer: MAX_OUTPUT_BYTES });
    const contents = new Map();
    for (const name of names) contents.set(name, await readFile(path.join(work, name)));
    return { tarball: path.join(out, JSON.parse(stdout)[0].filename), contents };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What npm says of all that is at hand, cut to what was bundled: nothing else reaches whoever installs the tarball. */
async function partsList() {
  const { packages: bundled } = JSON.parse(await readFile(path.join(ROOT, 'dist/build.json'), 'utf8'));
  const all = JSON.parse(await npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'));
  const wanted = new Set(bundled.map(({ name, version }) => `${name}@${version}`));
  const components = all.components.filter(({ name, version }) => wanted.has(`${name}@${version}`));
  if (components.length !== wanted.size)
    throw new Error('npm sbom does not know every package that was bundled');
  for (const component of components) {
    component.scope = 'required';
    delete component.properties;
  }
  all.metadata.component.name = 'slipway';
  return { ...all, components, dependencies: [] };
}

/** The part of the changelog that the next version takes with it. */
async function notes() {
  const text = await readFile(path.join(ROOT, 'CHANGELOG.md'), 'utf8');
  const [, first] = text.split(/^## .*\n/m);
  return (first ?? '').trim();
}

function fill(text, values) {
  return text.replaceAll(/@([A-Z0-9]+)@/g, (whole, name) => values[name] ?? whole);
}

/** Node's single executable application: this node, with the package inside. */
async function makeExecutable(out, contents) {
  const work = await mkdtemp(path.join(tmpdir(), 'slipway-executable-'));
  const at = name => path.join(work, name);
  try {
    const header = [...contents].map(([name, { length }]) => ({ name, size: length }));
    const whole = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...contents.values()]);
    const packed = brotliCompressSync(whole, QUICK);
    await writeFile(at('package.br'), packed);
    await writeFile(at('digest'), sha256(packed));
    const settings = {
      main: path.join(ROOT, 'packaging/executable/launcher.cjs'),
      output: at('blob'),
      disableExperimentalSEAWarning: true,
      assets: { package: at('package.br'), digest: at('digest') },
    };
    await writeFile(at('settings.json'), JSON.stringify(settings));
    await run(process.execPath, ['--experimental-sea-config', at('settings.json')]);
    const file = path.join(out, `slipway-${process.platform}-${process.arch}`);
    await copyFile(process.execPath, file);
    const { inject } = await import('postject');
    // It prints what it looks for in a file that is no shared library.
    const { warn } = console;
    console.warn = () => {};
    await inject(file, 'NODE_SEA_BLOB', await readFile(at('blob')), {
      sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
      ...(process.platform === 'darwin' ? { machoSegmentName: 'NODE_SEA' } : {}),
    });
    console.warn = warn;
    await chmod(file, 0o755);
    return file;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { address: { type: 'string' }, executable: { type: 'boolean' } },
  });
  const { address } = values;
  if (positionals.length !== 1 || !/^https:\/\/[\w.-]+(?:\/[\w.-]+)+$/.test(address ?? ''))
    throw new Error(USAGE);
  await mkdir(positionals[0], { recursive: true });
  const out = await realpath(positionals[0]);
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  await run(process.execPath, ['build.js'], { cwd: ROOT });
  const { tarball, contents } = await pack(out, address);
  const file = path.basename(tarball);
  const facts = {
    VERSION: version,
    HOMEPAGE: address,
    URL: `${address}/releases/download/v${version}/${file}`,
    SHA256: sha256(await readFile(tarball)),
  };
  const written = {
    [`${file}.sha256`]: `${facts.SHA256}  ${file}\n`,
    [`slipway-${version}.cdx.json`]: `${JSON.stringify(await partsList(), null, 2)}\n`,
    'NOTES.md': `${await notes()}\n`,
    'slipway.rb': fill(await readFile(path.join(ROOT, 'packaging/homebrew/slipway.rb'), 'utf8'), facts),
    'flake.nix': fill(await readFile(path.join(ROOT, 'packaging/nix/flake.nix'), 'utf8'), facts),
  };
  for (const [name, text] of Object.entries(written)) await writeFile(path.join(out, name), text);
  const made = [file, ...Object.keys(written)];
  if (values.executable) made.push(path.basename(await makeExecutable(out, contents)));
  process.stdout.write(`${made.map(name => path.join(out, name)).join('\n')}\n`);
}

await main();
