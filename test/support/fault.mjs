// Preloaded with `node --import`: makes the k-th call that changes files fail, or kills the process there.
// FAULT is JSON: { at or from, kind, calls?, reads?, command? }. kind: 'kill-before', 'kill-after', 'kill-half' (of a
// write), a signal, 'shell' (runs the command first), or an error code.
// FAULT_LOG names a file that gets one line for each call, so that a test knows how many there are.
import { execSync } from 'node:child_process';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const fault = JSON.parse(process.env.FAULT ?? '{}');
const log = process.env.FAULT_LOG;
const appendFileSync = fs.appendFileSync;
let count = 0;

const PATH_CALLS = ['open', 'rename', 'mkdir', 'unlink', 'link', 'rm', 'rmdir', 'writeFile', 'copyFile'];
const HANDLE_CALLS = ['writeFile', 'sync', 'chmod', 'chown'];
const READ_CALLS = ['lstat', 'stat', 'readdir', 'readFile', 'access', 'realpath'];

const sample = await fsp.open(process.execPath);
const handle = Object.getPrototypeOf(sample);
await sample.close();

for (const name of PATH_CALLS) fsp[name] = faulty(name, fsp[name]);
if (fault.reads)
  for (const name of READ_CALLS) fsp[name] = inRepositories(fsp[name], faulty(name, fsp[name]));

for (const name of HANDLE_CALLS) handle[name] = faulty(`handle.${name}`, handle[name]);
syncBuiltinESMExports();

function faulty(name, call) {
  return async function (...args) {
    if (fault.calls && !fault.calls.includes(name)) return call.apply(this, args);
    count += 1;
    if (log) appendFileSync(log, `${name}\n`);
    if (count !== fault.at && !(fault.from && count >= fault.from)) return call.apply(this, args);
    if (fault.kind === 'kill-half' && name === 'handle.writeFile') await this.write(half(args[0]));
    if (fault.kind === 'kill-before' || fault.kind === 'kill-half') process.kill(process.pid, 'SIGKILL');
    if (fault.kind === 'kill-after') {
      const done = call.apply(this, args);
      await done.finally(() => process.kill(process.pid, 'SIGKILL'));
    }
    if (fault.kind === 'SIGINT' || fault.kind === 'SIGTERM') {
      process.kill(process.pid, fault.kind);
      await new Promise(resolve => setTimeout(resolve, 20));
      return call.apply(this, args);
    }
    if (fault.kind === 'shell') {
      execSync(fault.command);
      return call.apply(this, args);
    }
    throw Object.assign(new Error(`${fault.kind}: injected, ${name} '${args[0]}'`), {
      code: fault.kind,
      syscall: name,
    });
  };
}

/** Node.js loads the program by these calls too, but names it by a URL. */
function inRepositories(call, faultyCall) {
  return (...args) => (typeof args[0] === 'string' ? faultyCall(...args) : call(...args));
}

function half(data) {
  const bytes = Buffer.from(data);
  return bytes.subarray(0, bytes.length >> 1);
}
