// Applies one change set in a process of its own, so that the process can be killed. argv[2] is a Scenario file.
import { readFileSync } from 'node:fs';
import { UserError } from '../../src/errors.ts';
import type { Notice } from '../../src/system/transaction/notice.ts';
import { recover } from '../../src/system/transaction/recover.ts';
import { applyChanges } from '../../src/system/transaction/transaction.ts';
import type { Result, Scenario } from './apply-runs.ts';
import { toChangeSet } from './plain-change.ts';

const scenario = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Scenario;
const notices: Notice[] = [];
const cancel = new AbortController();
const stop = (): void => cancel.abort(new UserError('E_CANCELLED', 'cancelled'));
process.on('SIGINT', stop).on('SIGTERM', stop);

const result = await run().catch((error: unknown): Result => {
  if (error instanceof UserError)
    return {
      notices,
      error: { code: error.code, message: error.message, hint: error.hint ?? '', exit: error.exit },
    };
  return { notices, error: { code: 'E_BUG', message: String((error as Error).stack), hint: '', exit: 70 } };
});
process.stdout.write(JSON.stringify(result));
process.exitCode = result.error?.exit ?? 0;
process.off('SIGINT', stop).off('SIGTERM', stop);

async function run(): Promise<Result> {
  const options = {
    now: new Date(),
    signal: cancel.signal,
    notify: (notice: Notice) => void notices.push(notice),
    ...scenario.options,
  };
  const recovered = await recover(scenario.root, options);
  const touched = await applyChanges(toChangeSet(scenario.changes), { ...options, root: scenario.root });
  return { notices, touched, ...(recovered ? { recovered } : {}) };
}
