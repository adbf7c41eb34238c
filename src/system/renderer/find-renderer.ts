import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const NAME = 'slipway-renderer';

/** The npm package that holds the program for a platform; they are optional dependencies, of which npm installs one. */
export function packageOf(platform: string, arch: string): string {
  return `@slipway/renderer-${platform}-${arch}`;
}

/**
 * The renderer of this machine: SLIPWAY_RENDERER, else the package of this platform, else `slipway-renderer` on PATH.
 * Undefined where there is none; an empty SLIPWAY_RENDERER means that none is wanted.
 */
export function findRenderer(env: Record<string, string | undefined>): string | undefined {
  const own = env['SLIPWAY_RENDERER'];
  if (own !== undefined) return own === '' ? undefined : own;
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder));
  const candidates = [installed(), ...folders.map(folder => path.join(folder, NAME))];
  return candidates.find(file => file !== undefined && isProgram(file));
}

function installed(): string | undefined {
  try {
    const own = createRequire(import.meta.url);
    const manifest = own.resolve(`${packageOf(process.platform, process.arch)}/package.json`);
    return path.join(path.dirname(manifest), 'bin', NAME);
  } catch {
    // npm leaves the packages of other platforms out, and a checkout has none.
    return undefined;
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
