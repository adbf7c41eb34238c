import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { viewOf, writableMounts } from '../../../src/system/tools/sandbox.ts';
import { canMount, makeFolder } from '../../support/repository.ts';

test('every file system that can be written to, as it is mounted last, with its flags', () => {
  const mountinfo = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw,nosuid - proc proc rw
24 22 0:6 / /sys/fs/cgroup rw - tmpfs tmpfs rw
25 22 0:7 / /tmp rw,nosuid,nodev - tmpfs tmpfs rw
26 22 8:2 / /home/a\\040b rw,nodev,noatime master:2 - xfs /dev/sdb rw
27 22 8:3 / /usr ro - ext4 /dev/sdc rw
28 25 0:8 / /tmp rw - tmpfs tmpfs rw
29 22 8:4 / /opt rw - ext4 /dev/sdd rw
30 29 8:5 / /opt ro - ext4 /dev/sde ro
`;
  expect(writableMounts(mountinfo)).toEqual([
    { place: '/', flags: ['relatime'] },
    { place: '/home/a b', flags: ['nodev', 'noatime'] },
    { place: '/tmp', flags: [] },
  ]);
});

test.runIf(canMount)('a mount that went meanwhile is none, one that stays writable ends the set-up', () => {
  const folder = makeFolder();
  const refusing = path.join(folder, 'mount');
  writeFileSync(refusing, '#!/bin/sh\ncase "$*" in *remount*) exit 32 ;; esac\nexec mount "$@"\n', {
    mode: 0o755,
  });
  const run = (place: string): number | null => {
    const script = `set -e\n${viewOf(refusing, [{ place, flags: [] }])}`;
    return spawnSync('unshare', ['--mount', '--', '/bin/sh', '-c', script, 'sh', folder]).status;
  };
  expect([run(path.join(folder, 'not there')), run('/')]).toEqual([0, 1]);
});
