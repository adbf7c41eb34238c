import packageJson from '../package.json' with { type: 'json' };
import { runCommandLine } from './cli.ts';
import type * as Plop from './plop.ts';

/** Runs one command line and resolves to the process's exit code. */
export function main(argv: string[]): Promise<number> {
  return runCommandLine(argv, packageJson.version);
}

/** What `plopfile.js` needs; the command line takes no part of plop with it. */
export const plop = (): Promise<typeof Plop> => import('./plop.ts');
