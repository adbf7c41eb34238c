import type { Diagnosis } from './diagnosis.ts';
import { untranslated } from '../../text/language.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { type HeldLock, type Leftovers, readLeftovers } from '../../system/transaction/leftovers.ts';

export type LeftoverContext = { root: string; now: Date };

/** What interrupted runs left. It is only looked at: the next run that writes finishes or undoes it. */
export async function lookAtLeftovers({ root, now }: LeftoverContext): Promise<Diagnosis[]> {
  const left = await readOrSay(root, now);
  if (!('journal' in left)) return [left];
  const found = [...interrupted(left), ...left.temporary.map(orphan), ...left.backups.map(backup)];
  return found.length > 0 ? found : [NONE];
}

/** Something else may stand where lock and journal go. */
async function readOrSay(root: string, now: Date): Promise<Leftovers | Diagnosis> {
  try {
    return await readLeftovers(root, now);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = untranslated(error.hint ?? 'Mend that and run doctor again.');
    return { topic: 'leftovers', status: 'problem', subject: root, message: untranslated(error.message), hint };
  }
}

const NONE: Diagnosis = {
  topic: 'leftovers',
  status: 'ok',
  subject: 'interrupted runs',
  message: { en: 'left nothing', 'zh-CN': '没有遗留' },
};

function interrupted({ lock, journal, state }: Leftovers): Diagnosis[] {
  if (lock && lock.verdict !== 'dead') return [underWay(lock, state)];
  if (journal) return [INTERRUPTED];
  return lock ? [DEAD_LOCK] : [];
}

const DEAD_LOCK: Diagnosis = {
  topic: 'leftovers',
  status: 'note',
  subject: 'lock',
  message: {
    en: 'of a run that was killed: the next one takes it over',
    'zh-CN': '来自被终止的运行：下一次写入会接管它',
  },
};

const INTERRUPTED: Diagnosis = {
  topic: 'leftovers',
  status: 'problem',
  subject: 'interrupted runs',
  message: { en: 'a run was interrupted', 'zh-CN': '有一次运行被中断' },
  hint: {
    en: 'run slipway check --fix, or what was interrupted: every command that writes first finishes or undoes it',
    'zh-CN': '运行 slipway check --fix 或重新运行被中断的命令：写入命令会先完成或撤销它',
  },
};

function underWay({ pid, host, started, verdict }: HeldLock, state: string): Diagnosis {
  const who = `${pid} @ ${display(host)}, ${display(started)}`;
  const base = { topic: 'leftovers', subject: 'lock' } as const;
  if (verdict === 'alive')
    return {
      ...base,
      status: 'note',
      message: { en: `another run is writing: process ${who}`, 'zh-CN': `另一个进程正在写入：${who}` },
    };
  return {
    ...base,
    status: 'problem',
    message: { en: `held on another machine: process ${who}`, 'zh-CN': `被另一台机器持有：${who}` },
    hint: {
      en: `if that run is gone, delete ${display(state)}/lock`,
      'zh-CN': `如果该运行已不存在，删除 ${display(state)}/lock`,
    },
  };
}

function orphan(file: string): Diagnosis {
  return {
    topic: 'leftovers',
    status: 'problem',
    subject: display(file),
    message: { en: 'a temporary file that no run owns', 'zh-CN': '不属于任何运行的临时文件' },
    hint: { en: 'look into it, then delete it', 'zh-CN': '确认内容后删除' },
  };
}

function backup(folder: string): Diagnosis {
  return {
    topic: 'leftovers',
    status: 'note',
    subject: display(folder),
    message: { en: 'copies of what a run overwrote', 'zh-CN': '某次运行所覆盖内容的副本' },
    hint: { en: 'delete it once you miss nothing', 'zh-CN': '确认无需恢复后删除' },
  };
}
