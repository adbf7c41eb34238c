import path from 'node:path';
import { compare, printTable } from './measure.ts';

export const BIN = path.resolve(import.meta.dirname, '../bin/slipway.js');

/** Start-up against Node's own. */
export async function startUp(): Promise<void> {
  printTable(
    await compare(
      [
        { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
        { name: 'slipway --version', command: [process.execPath, BIN, '--version'] },
        { name: 'slipway --help', command: [process.execPath, BIN, '--help'] },
      ],
      15,
    ),
  );
}
