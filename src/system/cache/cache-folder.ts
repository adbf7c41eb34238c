import path from 'node:path';
import type { Machine } from '../files/machine.ts';

/** Where caches belong on this machine: the XDG base directory on Unix, the native folders elsewhere. */
export function cacheFolder({ env, platform, home }: Machine): string | undefined {
  if (env['SLIPWAY_CACHE_DIR']) return path.resolve(env['SLIPWAY_CACHE_DIR']);
  const shared = absolute(env['XDG_CACHE_HOME']) ?? nativeFolder({ env, platform, home });
  return shared && path.join(shared, 'slipway');
}

/** The XDG specification says to ignore relative paths. */
function absolute(folder: string | undefined): string | undefined {
  return folder && path.isAbsolute(folder) ? folder : undefined;
}

function nativeFolder({ env, platform, home }: Machine): string | undefined {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? (home && path.join(home, 'AppData', 'Local'));
  return home && path.join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
}
