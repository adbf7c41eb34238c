import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shellQuote } from '../shell-quote.ts';

/**
 * A command in front of helm that knows the version already. kustomize asks for it before each chart, which
 * takes nearly as long as rendering a small one. Undefined where there is no shell for it.
 */
export async function withHelmStandIn<Result>(
  { helm, version }: { helm: string; version: string | undefined },
  work: (command: string | undefined) => Promise<Result>,
): Promise<Result> {
  if (version === undefined || process.platform === 'win32') return work(undefined);
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-helm-'));
  try {
    const command = path.join(folder, 'helm');
    const script = `#!/bin/sh\n[ "$1" = version ] && echo v${version} && exit\nexec ${shellQuote(helm)} "$@"\n`;
    await writeFile(command, script, { flag: 'wx' });
    await chmod(command, 0o700);
    return await work(command);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
