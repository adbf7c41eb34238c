import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a program is: a name is looked for on PATH, a path is taken as it is. Undefined where there is none. Entries of
 * PATH that depend on the current folder do not count: that folder may be a stranger's clone.
 */
export function findProgram(name: string, env: Environment): string | undefined {
  if (name.includes('/') || name.includes(path.sep)) return path.resolve(name);
  const folders = (pathOf(env) ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder));
  const endings = process.platform === 'win32' ? ['.exe', '.com'] : [''];
  return folders
    .flatMap(folder => endings.map(ending => path.join(folder, name + ending)))
    .find(isExecutable);
}

/** Windows writes it `Path`. */
function pathOf(env: Environment): string | undefined {
  if (process.platform !== 'win32') return env['PATH'];
  const name = Object.keys(env).find(key => key.toUpperCase() === 'PATH');
  return name === undefined ? undefined : env[name];
}

/** Whether a path leads to a program. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
