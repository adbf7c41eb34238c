// Makes the k-th call that changes files fail, or kills the process there. Preloaded with `node --import` it takes
// the fault from FAULT, as JSON, and notes the calls in the file FAULT_LOG; a test may also install one in its own
// process. The calls of node:fs/promises and of its file handles are patched; nothing of slipway is.
import { execSync } from 'node:child_process';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const PATH_CALLS = ['open', 'rename', 'mkdir', 'unlink', 'link', 'rm', 'rmdir', 'writeFile', 'copyFile'];
const READ_CALLS = ['lstat', 'stat', 'readdir', 'readFile', 'access', 'realpath'];
const HANDLE_CALLS = ['writeFile', 'sync', 'chmod', 'chown'];

const sample = await fsp.open(process.execPath);
const fileHandle = Object.getPrototypeOf(sample);
await sample.close();

/** @param {import('./fault.d.mts').Fault} fault */
export function installFault(fault, note = () => {}) {
  const undo = [];
  let count = 0;
  const patch = (owner, name, label) => {
    const call = owner[name];
    undo.push(() => (owner[name] = call));
    owner[name] = function (...args) {
      // Node.js loads programs by these calls too, but names them by a URL.
      const counts = (!fault.calls || fault.calls.includes(label)) && !(args[0] instanceof URL);
      if (!counts) return call.apply(this, args);
      count += 1;
      note(label);
      const hit = count === fault.at || (fault.from !== undefined && count >= fault.from);
      return hit
        ? strike(fault, { label, args, handle: this, go: () => call.apply(this, args) })
        : call.apply(this, args);
    };
  };
  for (const name of [...PATH_CALLS, ...(fault.reads ? READ_CALLS : [])]) patch(fsp, name, name);
  for (const name of HANDLE_CALLS) patch(fileHandle, name, `handle.${name}`);
  syncBuiltinESMExports();
  return () => {
    for (const restore of undo) restore();
    syncBuiltinESMExports();
  };
}

async function strike({ kind, command, run }, { label, args, handle, go }) {
  switch (kind) {
    case 'kill-half':
      if (label === 'handle.writeFile') await handle.write(firstHalf(args[0]));
      process.kill(process.pid, 'SIGKILL');
      break;
    case 'kill-before':
      process.kill(process.pid, 'SIGKILL');
      break;
    case 'kill-after':
      return go().finally(() => process.kill(process.pid, 'SIGKILL'));
    case 'SIGINT':
    case 'SIGTERM':
      process.kill(process.pid, kind);
      await new Promise(resolve => setTimeout(resolve, 20));
      return go();
    case 'shell':
      execSync(command);
      return go();
    case 'run':
      run();
      return go();
  }
  throw Object.assign(new Error(`${kind}: injected, ${label} '${args[0]}'`), { code: kind, syscall: label });
}

function firstHalf(data) {
  const bytes = Buffer.from(data);
  return bytes.subarray(0, bytes.length >> 1);
}

if (process.env.FAULT) {
  const appendFileSync = fs.appendFileSync;
  installFault(JSON.parse(process.env.FAULT), label => appendFileSync(process.env.FAULT_LOG, `${label}\n`));
}
