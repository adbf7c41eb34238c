// Keeps what V8 compiles while usual commands run (functions are compiled when they are first called), beside the bundle.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import { CODE_CACHE, compileBundle, startBundle } from '../bin/bundle.js';

const home = mkdtempSync(path.join(tmpdir(), 'slipway-build-'));
const fleet = path.join(home, 'fleet');
const COMMANDS = [
  ['new-app', 'shop', '--chart', 'ledger', '--demo', fleet, '--yes'],
  ['check', '-C', fleet],
  ['outdated', '-C', fleet, '--offline'],
  ['upgrade', '-C', fleet, '--offline', '--dry-run'],
  ['add', 'route', 'shop', '-C', fleet, '--dry-run'],
  ['move', 'shop', '--to', 'dev', '-C', fleet, '--dry-run'],
];

// Nothing of whoever builds: no settings, no cache.
process.env = {
  PATH: process.env.PATH,
  HOME: home,
  SLIPWAY_CACHE_DIR: path.join(home, 'cache'),
  NO_COLOR: '1',
};
// V8 takes compiled code with the flags only under which it was kept, and a start has none yet of those that long runs set.
v8.setFlagsFromString = () => undefined;
const script = compileBundle();
const exports = startBundle(script);
// What a command comes to does not matter here, only that it was compiled.
for (const words of COMMANDS) await exports.main(words).catch(() => undefined);
writeFileSync(`${CODE_CACHE}.${process.pid}`, script.createCachedData());
renameSync(`${CODE_CACHE}.${process.pid}`, CODE_CACHE);
rmSync(home, { recursive: true, force: true });
process.exit(0);
