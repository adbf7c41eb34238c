import type { Diagnosis } from '../../domain/doctor/diagnosis.ts';
import { same } from '../../domain/language.ts';
import { display } from '../../display.ts';
import { UserError } from '../../errors.ts';
import { type HeldLock, type Leftovers, readLeftovers } from '../../io/leftovers.ts';
import { type Recovery, recover } from '../../io/recover.ts';
import { withLock } from '../../io/repo-lock.ts';

export type LeftoverContext = { root: string; now: Date; signal: AbortSignal; dryRun: boolean };

/**
 * What interrupted runs left, and its clean-up: an unfinished transaction is finished or undone, the lock of a killed
 * run is removed. With `dryRun` both are only reported.
 */
export async function lookAtLeftovers(context: LeftoverContext): Promise<Diagnosis[]> {
  const { root, now } = context;
  const left = await readLeftovers(root, now);
  const cleaned = await cleanUp(context, left);
  const after = left.journal ? await readLeftovers(root, now) : left;
  const found = [...cleaned, ...after.temporary.map(orphan), ...after.backups.map(backup)];
  return found.length > 0 ? found : [NONE];
}

const NONE: Diagnosis = {
  topic: 'leftovers',
  status: 'ok',
  subject: 'interrupted runs',
  message: { en: 'left nothing', 'zh-CN': '没有遗留' },
};

async function cleanUp(context: LeftoverContext, left: Leftovers): Promise<Diagnosis[]> {
  if (left.lock && left.lock.verdict !== 'dead') return [underWay(left.lock, left.state)];
  if (!left.journal && !left.lock) return [];
  if (context.dryRun) return [INTERRUPTED];
  const { root, now, signal } = context;
  const options = { now, signal, notify: () => undefined, waitMs: 0 };
  try {
    const recovery = await recover(root, options);
    if (!recovery) await withLock(left.state, options, async () => undefined);
    return [recovered(recovery)];
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const hint = same(error.hint ?? 'Mend that and run doctor again.');
    return [{ topic: 'leftovers', status: 'problem', subject: root, message: same(error.message), hint }];
  }
}

const INTERRUPTED: Diagnosis = {
  topic: 'leftovers',
  status: 'problem',
  subject: 'interrupted runs',
  message: { en: 'a run was interrupted', 'zh-CN': '有一次运行被中断' },
  hint: {
    en: 'run slipway doctor without --dry-run: it finishes or undoes it',
    'zh-CN': '去掉 --dry-run 再运行 slipway doctor：完成或撤销它',
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

function recovered(recovery: Recovery | undefined): Diagnosis {
  const base = { topic: 'leftovers', status: 'note', subject: 'interrupted runs' } as const;
  if (!recovery)
    return {
      ...base,
      message: { en: 'removed the lock of a run that was killed', 'zh-CN': '已移除被终止的运行留下的锁' },
    };
  const paths = recovery.paths.map(display).join(', ');
  return recovery.direction === 'forward'
    ? { ...base, message: { en: `finished one (${paths})`, 'zh-CN': `已完成中断的运行（${paths}）` } }
    : { ...base, message: { en: `undid one (${paths})`, 'zh-CN': `已撤销中断的运行（${paths}）` } };
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
