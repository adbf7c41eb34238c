import { homedir } from 'node:os';
import path from 'node:path';

/** What decides where this machine keeps configuration and caches. */
export type Machine = {
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** Undefined where nobody is at home, as in some containers. */
  home: string | undefined;
};

/** What this machine is; HOME as the environment has it. */
export function thisMachine(env: Record<string, string | undefined>): Machine {
  return { env, platform: process.platform, home: env['HOME'] ?? env['USERPROFILE'] ?? homedir() };
}

/** Where this user's programs keep what outlasts a run, and no repository holds; undefined where nobody is at home. */
export function stateFolder({ env, platform, home }: Machine): string | undefined {
  const named = env['XDG_STATE_HOME'];
  const local = platform === 'win32' ? env['LOCALAPPDATA'] : undefined;
  return named && path.isAbsolute(named) ? named : (local ?? (home && path.join(home, '.local', 'state')));
}
