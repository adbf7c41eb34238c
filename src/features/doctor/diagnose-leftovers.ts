import type { Diagnosis } from './diagnosis.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { HeldLock, Leftovers } from '../../system/transaction/leftovers.ts';
import { say } from '../../locales/say.ts';

export type LeftoverContext = {
  root: string;
  /** @throws UserError if something else stands where lock and journal go */
  read(): Promise<Leftovers>;
};

/** What interrupted runs left. It is only looked at: the next run that writes finishes or undoes it. */
export async function lookAtLeftovers(context: LeftoverContext): Promise<Diagnosis[]> {
  const left = await readOrSay(context);
  if (!('journal' in left)) return [left];
  const found = [...interrupted(left), ...left.temporary.map(orphan), ...left.backups.map(backup)];
  return found.length > 0 ? found : [NONE];
}

/** Something else may stand where lock and journal go. */
async function readOrSay({ root, read }: LeftoverContext): Promise<Leftovers | Diagnosis> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint = say('doctor.fixThenRunDoctor') } = error.texts;
    return {
      topic: 'leftovers',
      status: 'problem',
      subject: root,
      message,
      hint,
    };
  }
}

const NONE: Diagnosis = {
  topic: 'leftovers',
  status: 'ok',
  subject: say('doctor.subjectInterruptedRuns'),
  message: say('doctor.leftNothing'),
};

function interrupted({ lock, journal, state }: Leftovers): Diagnosis[] {
  if (lock && lock.verdict !== 'dead') return [underWay(lock, state)];
  if (journal) return [INTERRUPTED];
  return lock ? [DEAD_LOCK] : [];
}

const DEAD_LOCK: Diagnosis = {
  topic: 'leftovers',
  status: 'note',
  subject: say('doctor.subjectLock'),
  message: say('doctor.runKilledNextOneTakes'),
};

const INTERRUPTED: Diagnosis = {
  topic: 'leftovers',
  status: 'problem',
  subject: say('doctor.subjectInterruptedRuns'),
  message: say('doctor.runInterrupted'),
  hint: say('doctor.runSlipwayCheckFixWhat'),
};

function underWay({ pid, host, started, verdict }: HeldLock, state: string): Diagnosis {
  const who = `${pid} @ ${display(host)}, ${display(started)}`;
  const base = { topic: 'leftovers', subject: say('doctor.subjectLock') } as const;
  if (verdict === 'alive')
    return {
      ...base,
      status: 'note',
      message: say('doctor.anotherRunWritingProcess', { who }),
    };
  return {
    ...base,
    status: 'problem',
    message: say('doctor.heldAnotherMachineProcess', { who }),
    hint: say('doctor.ifRunGoneDeleteLock', { state: display(state) }),
  };
}

function orphan(file: string): Diagnosis {
  return {
    topic: 'leftovers',
    status: 'problem',
    subject: display(file),
    message: say('doctor.temporaryFileNoRunOwns'),
    hint: say('doctor.lookIntoThenDelete'),
  };
}

function backup(folder: string): Diagnosis {
  return {
    topic: 'leftovers',
    status: 'note',
    subject: display(folder),
    message: say('doctor.copiesWhatRunOverwrote'),
    hint: say('doctor.deleteOnceYouMissNothing'),
  };
}
