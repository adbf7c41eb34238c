import { statSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from '../errors.ts';

/** Tells one installed program from another without starting it: its place, size and date. '' where there is none. */
export function programState(name: string, env: Record<string, string | undefined>): string {
  const folders = name.includes('/') ? [''] : (env['PATH'] ?? '').split(path.delimiter);
  for (const folder of folders) {
    const file = path.join(folder, name);
    const stats = statOf(file);
    if (stats?.isFile()) return `${file} ${stats.size} ${stats.mtimeMs}`;
  }
  return '';
}

function statOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    if (['ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
