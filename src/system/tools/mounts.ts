/** A file system that can be written to, and the flags that a change of its mount has to repeat. */
export type Mount = { place: string; flags: readonly string[] };

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

/** Blanks are written as `\040`. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
