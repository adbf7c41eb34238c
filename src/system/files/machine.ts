import { homedir } from 'node:os';

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
