import path from 'node:path';

/** What of `node:path` tells where files stand; a test hands the one of Windows in. */
type SystemPaths = Pick<typeof path, 'relative' | 'sep' | 'isAbsolute'>;

/**
 * Where a file stands from a folder, as a repository writes it: with slashes on every system, `''` for the folder itself. From another
 * drive of Windows there is no way: then it is the whole path, and `isBelow` says no.
 */
export function slashedPath(folder: string, file: string, system: SystemPaths = path): string {
  return system.relative(folder, file).split(system.sep).join('/');
}

/** Whether a file stands in a folder, or is it. A name that begins with two dots leads nowhere else. */
export function isBelow(folder: string, file: string, system: SystemPaths = path): boolean {
  const relative = system.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${system.sep}`) && !system.isAbsolute(relative);
}
