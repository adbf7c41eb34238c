import { statSync } from 'node:fs';
import { findProgram } from '../tools/find-program.ts';

/** Tells one installed program from another without starting it: its place, size and date. '' where there is none. */
export function programState(name: string, env: Record<string, string | undefined>): string {
  const file = findProgram(name, env);
  const stats = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? `${file} ${stats.size} ${stats.mtimeMs}` : '';
}
