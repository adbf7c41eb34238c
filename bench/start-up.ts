import path from 'node:path';
import { compare, NODE_ALONE, printTable } from './measure.ts';

export const BIN = path.resolve(import.meta.dirname, '../bin/slipway.js');

/** Start-up against Node's own. */
export async function startUp(): Promise<void> {
  printTable(
    await compare(
      [
        NODE_ALONE,
        { name: 'slipway --version', command: [process.execPath, BIN, '--version'], env: NODE_ALONE.env },
        { name: 'slipway --help', command: [process.execPath, BIN, '--help'], env: NODE_ALONE.env },
      ],
      15,
    ),
  );
}
