import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../errors.ts';

/**
 * Makes a folder and those around it that are missing. Node's own `recursive` never ends where the kernel lets nobody
 * make any, as below /proc.
 * @throws the system's error
 */
export async function makeFolders(folder: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    const around = path.dirname(folder);
    if (systemCode(error) !== 'ENOENT' || around === folder) throw error;
    await makeFolders(around, mode);
    await mkdir(folder, { mode }).catch(unlessThere);
  }
}

/** The same at once. */
export function makeFoldersSync(folder: string, mode = 0o777): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && statSync(folder).isDirectory()) return;
    const around = path.dirname(folder);
    if (systemCode(error) !== 'ENOENT' || around === folder) throw error;
    makeFoldersSync(around, mode);
    mkdirSync(folder, { mode });
  }
}

/** Several runs may make it at once. */
function unlessThere(error: unknown): void {
  if (systemCode(error) !== 'EEXIST') throw error;
}
