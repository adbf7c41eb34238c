import { expect, test } from 'vitest';
import { writableMounts } from '../../../src/system/tools/sandbox.ts';

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
