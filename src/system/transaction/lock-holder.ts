import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '../../errors.ts';
import { isAbsence } from '../files/file-error.ts';
import { parseJson } from '../../data/json.ts';

/** A lock is one line. */
export const MAX_LOCK_BYTES = 64 << 10;

/** The run that a lock file names. */
export type LockHolder = {
  /** Random, so that two runs of one process differ too. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** The installation, the boot and the process namespace: what makes `pid` meaningful. Empty where unknown. */
  readonly machine: string;
  readonly boot: string;
  readonly namespace: string;
  /** When the process began, in the kernel's own ticks: tells a reused pid. Empty where unknown. */
  readonly begun: string;
  /** When the lock was taken, for people. */
  readonly started: string;
};

/** This process, as other runs recognise it. */
export function currentHolder(now: Date): LockHolder {
  return {
    id: randomBytes(8).toString('hex'),
    pid: process.pid,
    host: hostname(),
    machine: readProc('/etc/machine-id'),
    boot: readProc('/proc/sys/kernel/random/boot_id'),
    namespace: pidNamespace(),
    begun: readProcess(process.pid).begun,
    started: now.toISOString(),
  };
}

/**
 * Whether the run still exists, as far as this one can know. `elsewhere`: on another host or in another container,
 * where its pid says nothing here.
 */
export function stateOfHolder(holder: LockHolder, self: LockHolder): 'alive' | 'dead' | 'elsewhere' {
  if (holder.host !== self.host || holder.machine !== self.machine) return 'elsewhere';
  if (holder.boot !== self.boot) return self.machine === '' ? 'elsewhere' : 'dead';
  if (holder.namespace !== self.namespace) return 'elsewhere';
  if (!processExists(holder.pid)) return 'dead';
  const { begun, ended } = readProcess(holder.pid);
  return holder.begun === begun && !ended ? 'alive' : 'dead';
}

/** The holder in a lock file's text; undefined for a file that is not (yet) whole. */
export function parseHolder(text: string): LockHolder | undefined {
  const data = parseJson(text);
  if (typeof data !== 'object' || data === null) return undefined;
  const holder = data as LockHolder;
  const texts = [
    holder.id,
    holder.host,
    holder.machine,
    holder.boot,
    holder.namespace,
    holder.begun,
    holder.started,
  ];
  const whole =
    Number.isSafeInteger(holder.pid) && holder.pid > 0 && texts.every(value => typeof value === 'string');
  return whole && /^[0-9a-f]{16}$/.test(holder.id) ? holder : undefined;
}

/** EPERM: it exists and belongs to somebody else. */
function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/**
 * Fields 3 and 22 of proc(5)'s stat; the second one is a name in brackets that may hold anything. `ended`: a zombie,
 * which a killed process stays in a container whose first process does not wait for it.
 */
export function readProcess(pid: number): { begun: string; ended: boolean } {
  const stat = readProc(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { begun: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X' };
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch (error) {
    if (isUnknown(error)) return '';
    throw error;
  }
}

function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (isUnknown(error)) return '';
    throw error;
  }
}

/** No such file (not Linux, or the process is gone), or hidden from us. */
function isUnknown(error: unknown): boolean {
  const code = systemCode(error);
  return isAbsence(error) || code === 'EACCES' || code === 'EPERM' || code === 'ESRCH' || code === 'EINVAL';
}
