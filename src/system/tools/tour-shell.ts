import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../files/make-folders.ts';

/** Makes `slipway` mean this very program in a folder that then stands first on PATH. */
export async function writeShim(folder: string, bin: string): Promise<void> {
  await makeFolders(folder);
  const file = path.join(folder, 'slipway');
  await writeFile(file, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  await chmod(file, 0o755);
  await writeFile(`${file}.cmd`, `@"${process.execPath}" "${bin}" %*\r\n`);
}
