import { fstatSync, lstatSync, realpathSync, type Stats, writeSync } from 'node:fs';
import path from 'node:path';
import { mayRender } from '../../../render/may-render.ts';
import { cacheFolder } from '../../../system/cache/cache-folder.ts';
import { knownCacheKey, readSealed, secretDigest } from '../../../system/cache/seal.ts';
import { thisMachine } from '../../../system/files/machine.ts';
import { systemCode } from '../../../errors.ts';
import {
  type Circumstances,
  circumstancesText,
  isUnchanged,
  keptName,
  type KeptRun,
  MOST_KEPT_BYTES,
  parseKeptRun,
} from './kept-run.ts';

/**
 * The exit code of a `check` whose answer was kept, once it is printed; undefined where it has to be found anew. A program of
 * its own, which runs before slipway is loaded: where it does not know, or anything fails, nothing has been printed.
 */
export function runAgain(): number | undefined {
  try {
    const { argv, env, version: node } = process;
    const run = findKeptRun({ argv: argv.slice(1), cwd: process.cwd(), env, columns: columnsOf(), node });
    return run && print(run.text) ? run.code : undefined;
  } catch {
    return undefined;
  }
}

/** The run that was kept of these circumstances, if all that it looked at is as it was. @throws the system's error */
export function findKeptRun(circumstances: Circumstances): KeptRun | undefined {
  const { env, cwd } = circumstances;
  const folder = cacheFolder(thisMachine(env));
  const key = knownCacheKey(env);
  if (folder === undefined || key === undefined) return undefined;
  const bytes = readSealed(folder, keptName(cwd), { key, limit: MOST_KEPT_BYTES });
  if (!bytes) return undefined;
  const { run, states } = parseKeptRun(bytes);
  if (run.key !== secretDigest(key, circumstancesText(circumstances))) return undefined;
  if (realpathSync(run.start) !== run.root || !isUnchanged(states, lookFrom(run.root))) return undefined;
  return mayRender(env, run.renderer) === run.mayRender ? run : undefined;
}

/** As the terminal of slipway has it. */
function columnsOf(): number | undefined {
  // A terminal is a device; what else is asked takes longer.
  return fstatSync(1).isCharacterDevice() && process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
}

function lookFrom(root: string): (file: string) => Stats | undefined {
  const options = { throwIfNoEntry: false } as const;
  return file => lstatSync(path.isAbsolute(file) ? file : `${root}/${file}`, options);
}

const WAIT_MS = 5;

/** False where not all of it can be written, which slipway then says in its own words. */
function print(text: string): boolean {
  let bytes = Buffer.from(text);
  while (bytes.length > 0)
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      const code = systemCode(error);
      // Who reads has closed: no failure, as everywhere in slipway.
      if (code === 'EPIPE') return true;
      if (code !== 'EAGAIN') return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  return true;
}
