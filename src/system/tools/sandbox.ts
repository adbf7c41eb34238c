import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { shellQuote } from '../../text/shell-quote.ts';
import { findProgram } from './find-program.ts';
import { inTemporaryFolder } from '../files/temporary-folder.ts';
import { runProgram } from './process.ts';
import type { Box } from './start-line.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What keeps renderers from the network and from the person's files. */
export type Sandbox = {
  /** `closed`: no network, and one writable folder. `offline`: no network. `none`: as the person. */
  level: 'closed' | 'offline' | 'none';
  /** What a renderer that may write into this folder runs in. */
  boxFor(writable: string): Box | undefined;
};

const NONE: Sandbox = { level: 'none', boxFor: () => undefined };
/** More would cost each start more than it is worth. */
const MAX_MOUNTS = 24;

const found = new Map<string, Promise<Sandbox>>();

/** The best that this machine offers; tried out once per run. */
export function findSandbox(env: Environment): Promise<Sandbox> {
  const key = env['PATH'] ?? '';
  const sandbox = found.get(key) ?? tryOut(env);
  found.set(key, sandbox);
  return sandbox;
}

async function tryOut(env: Environment): Promise<Sandbox> {
  const unshare = findProgram('unshare', env);
  if (process.platform !== 'linux' || unshare === undefined) return NONE;
  const mounts = writableMounts(await readFile('/proc/self/mountinfo', 'utf8').catch(() => ''));
  const mount = findProgram('mount', env);
  const setpriv = findProgram('setpriv', env);
  const before =
    setpriv === undefined ? [] : [setpriv, '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
  const offline = { command: [unshare, '--map-root-user', '--net', '--'], setUp: ':', before };
  const closed = {
    command: [unshare, '--map-root-user', '--net', '--mount', '--'],
    setUp: viewOf(mount ?? 'mount', mounts),
    before,
  };
  // Without setpriv a renderer could undo the view.
  const canClose = setpriv !== undefined && mounts.length > 0 && mounts.length <= MAX_MOUNTS;
  if (canClose && (await works(closed, env))) return { level: 'closed', boxFor: boxOf(closed) };
  if (await works(offline, env)) return { level: 'offline', boxFor: boxOf(offline) };
  const plain = { ...offline, before: [] };
  return (await works(plain, env)) ? { level: 'offline', boxFor: boxOf(plain) } : NONE;
}

type Setup = Omit<Box, 'writable'>;

function boxOf(setup: Setup): (writable: string) => Box {
  return writable => ({ ...setup, writable });
}

/** Whether nothing is mounted at `$1` any more: what was there a moment ago may have been taken away meanwhile. */
const GONE =
  'gone() { while read -r _ _ _ _ at _; do [ "$at" != "$1" ] || return 1; done < /proc/self/mountinfo; }';

/** The lines of sh that make the view: the writable folder `$1` becomes a mount of its own, then every other mount is read-only. */
export function viewOf(program: string, mounts: readonly Mount[]): string {
  const mount = shellQuote(program);
  const readOnly = mounts.map(
    ({ place, flags }) =>
      `${mount} -o ${['remount', 'bind', 'ro', ...flags].join(',')} ${shellQuote(place)} 2>/dev/null || gone ${shellQuote(escape(place))}`,
  );
  return [GONE, `${mount} --bind "$1" "$1"`, ...readOnly].join('\n');
}

/** Whether a program runs in it at all, and can write where it has to. */
async function works(setup: Setup, env: Environment): Promise<boolean> {
  return inTemporaryFolder('slipway-sandbox-', async folder => {
    const result = await runProgram({
      command: '/bin/sh',
      args: ['-c', ': >"$1/written"', 'sh', folder],
      kind: 'renderer',
      env,
      cwd: tmpdir(),
      box: boxOf(setup)(folder),
      timeoutMs: 10_000,
      maxBytes: 1 << 16,
    }).catch(() => undefined);
    return result?.code === 0;
  });
}

/** A file system that can be written to, and the flags that a change of its mount has to repeat. */
type Mount = { place: string; flags: readonly string[] };

/** File systems of the kernel's own, which hold nobody's files. */
const KERNEL =
  /^(?:proc|sysfs|devtmpfs|devpts|cgroup2?|securityfs|debugfs|tracefs|configfs|pstore|bpf|mqueue|hugetlbfs|fusectl|binfmt_misc|autofs|efivarfs|rpc_pipefs|nsfs)$/;
const KEPT = new Set(['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime']);

/** https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html: `36 35 98:0 /mnt /place rw,noatime master:1 - ext3 /dev/root rw` */
export function writableMounts(mountinfo: string): Mount[] {
  const byPlace = new Map<string, Mount>();
  for (const line of mountinfo.split('\n').filter(text => text !== '')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , , place = '', options = ''] = before.split(' ');
    const [type = ''] = after.split(' ');
    // A later mount in the same place hides the earlier one.
    byPlace.delete(place);
    const flags = options.split(',');
    if (flags.includes('rw') && !KERNEL.test(type) && !/^\/(?:proc|sys)(?:\/|$)/.test(place))
      byPlace.set(place, { place: unescape(place), flags: flags.filter(flag => KEPT.has(flag)) });
  }
  return [...byPlace.values()];
}

/** As mountinfo writes it. */
function escape(place: string): string {
  return place.replace(/[\\ \t\n]/g, char => `\\${(char.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`);
}

/** Blanks are written as `\040`. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
