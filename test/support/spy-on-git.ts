import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from './repository.ts';

/** A git first in PATH that notes each call. */
export function spyOnGit(): { env: Record<string, string>; calls: () => string[] } {
  const folder = makeFolder();
  const log = path.join(folder, 'calls');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(path.join(folder, 'git'), `#!/bin/sh\nprintf '%s\\n' "$*" >> ${log}\nexec ${real} "$@"\n`);
  chmodSync(path.join(folder, 'git'), 0o755);
  writeFileSync(log, '');
  return {
    env: { PATH: `${folder}:${process.env['PATH']}` },
    calls: () => readFileSync(log, 'utf8').split('\n').slice(0, -1),
  };
}
