import { randomBytes } from 'node:crypto';
import type { RunMark } from '../system/transaction/undo-records.ts';
import { commandLine } from './command-line.ts';
import type { Session } from './context.ts';

/** The name of a run: when it was started, readable and in order, and what tells two of one second apart. */
export function markOfRun(argv: readonly string[], now: Date): RunMark {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return { id: `${time}-${randomBytes(2).toString('hex')}`, line: commandLine(['slipway', ...argv]) };
}

/** What the record of a run says of it: nothing that was found to be a secret on the way, and no credentials of a URL. */
export function markFor({ run, secrets }: Pick<Session, 'run' | 'secrets'>): RunMark {
  const line = run.line.replaceAll(/(?<=:\/\/)[^/@\s]+@/g, '');
  return { id: run.id, line: secrets.clean(line) };
}
