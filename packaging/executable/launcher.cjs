// The first code of the single-file executable. It carries the npm package as one asset, lays it once into a folder that only this
// user can write, under the digest of its bytes, and starts it from there as an installed slipway starts.
const { createHash, randomUUID } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const sea = require('node:sea');
const vm = require('node:vm');
const zlib = require('node:zlib');

/** Whose digest it is was decided when the executable was made. */
const DIGEST = sea.getAsset('digest', 'utf8');

const folder = ownFolder();
const entry = path.join(folder, 'bin', 'slipway.js');
if (!fs.existsSync(entry)) unpack(folder);

// Node names the executable twice; what slipway starts of itself names the entry too.
const words = process.argv.slice(2);
process.argv = [process.argv[0], entry, ...(words[0] === entry ? words.slice(1) : words)];
const { href } = require('node:url').pathToFileURL(entry);
// An executable's own import() knows only what is built in; this one is the usual. Node says of it that it is an experiment.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) =>
  `${warning}`.includes('USE_MAIN_CONTEXT_DEFAULT_LOADER')
    ? undefined
    : emitWarning.call(process, warning, ...rest);
const start = new vm.Script(`import(${JSON.stringify(href)})`, {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
start.runInThisContext().catch(error => {
  process.stderr.write(`slipway: ${error.message}\n`);
  process.exitCode = 70;
});

/** A folder that others can write, or own, might hold other code than was laid there. */
function ownFolder() {
  const home = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const programs = path.join(home, 'slipway-program');
  fs.mkdirSync(programs, { recursive: true, mode: 0o700 });
  const { uid, mode } = fs.lstatSync(programs);
  const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  if (!isOurs) {
    process.stderr.write(`slipway: ${programs} can be written by others; remove it, or set XDG_CACHE_HOME\n`);
    process.exit(77);
  }
  return path.join(programs, DIGEST);
}

/** Whole or not at all: laid beside it, then renamed. Somebody who was quicker laid the same. */
function unpack(to) {
  const packed = Buffer.from(sea.getRawAsset('package'));
  if (createHash('sha256').update(packed).digest('hex') !== DIGEST)
    throw new Error('the executable is damaged');
  const bytes = zlib.brotliDecompressSync(packed);
  const headerEnd = bytes.indexOf(0x0a);
  const beside = `${to}.${randomUUID()}`;
  let from = headerEnd + 1;
  for (const { name, size } of JSON.parse(bytes.subarray(0, headerEnd).toString('utf8'))) {
    const file = path.join(beside, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, bytes.subarray(from, from + size), { mode: 0o600 });
    from += size;
  }
  try {
    fs.renameSync(beside, to);
  } catch (error) {
    fs.rmSync(beside, { recursive: true, force: true });
    if (!fs.existsSync(entry)) throw error;
  }
}
