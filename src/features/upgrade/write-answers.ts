import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Session } from '../../cli/context.ts';
import { EXIT } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { printYaml } from '../../yaml/print.ts';
import { type Decisions, isRiskKey } from '../../output/risks.ts';
import type { UpgradeInput } from './flags.ts';
import type { Asked } from './questions.ts';
import { repeatUpgrade } from './repeat-upgrade.ts';

/**
 * What a person answered is not lost when they stop, or when not all of it is written: a file keeps it, and the line that takes
 * it is said. Gives the exit code of `work`.
 */
export async function keepingAnswers(
  session: Session,
  { input, decisions }: { input: UpgradeInput; decisions: Decisions },
  work: (asked: Asked) => Promise<number>,
): Promise<number> {
  const asked: Asked = { answers: {}, accepted: [] };
  let isDone = false;
  try {
    const exit = await work(asked);
    isDone = exit === EXIT.done && !session.dryRun;
    return exit;
  } finally {
    const isAsked = Object.keys(asked.answers).length + asked.accepted.length > 0;
    if (isAsked && !isDone) await keep(session, input, allAnswers(decisions, asked));
  }
}

async function keep(session: Session, input: UpgradeInput, answers: object): Promise<void> {
  const { terminal, t } = session;
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'slipway-')), 'decisions.yaml');
  await writeFile(file, `${printYaml(answers).trimEnd()}\n`, { mode: 0o600 });
  const line = repeatUpgrade(session, input, { decisions: file, asks: true });
  const words = [t(say('upgrade.answersKept', { file })), `${t(say('upgrade.goOnWith'))}:`];
  terminal.say([...words, { command: line }]);
}

/** As a file for `--decisions` holds them: those that it held, and what was answered now. */
export function allAnswers({ answers, accepted }: Decisions, asked: Asked): Record<string, unknown> {
  const keys = [...accepted, ...asked.accepted].filter(isRiskKey);
  return { ...answers, ...asked.answers, ...Object.fromEntries(keys.map(key => [key, 'accept'])) };
}
