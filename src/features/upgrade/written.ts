import { commitStep, goThere, type NextStep, type WrittenTo } from '../../cli/next-steps.ts';
import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { UpgradeInput } from './flags.ts';
import type { PreparedApp } from './prepared-app.ts';
import { pathsForGit } from '../../change-set.ts';
import { messageOf } from './write-upgrade.ts';

/** The lines that commit what was written; none where nothing was, where `--commit` did it, or without git. */
export function commitSteps(
  session: Session,
  { input, files, isIgnored }: { input: UpgradeInput; files: WrittenTo; isIgnored(file: string): boolean },
  apps: readonly PreparedApp[],
): NextStep[] {
  const written = apps.filter(app => app.written === true);
  const [first] = written;
  if (!first || input.switches.has('commit')) return [];
  const subject = written.length === 1 ? messageOf(first) : `feat: upgrade ${written.length} apps`;
  const paths = ['--all', ...written.flatMap(({ changes }) => pathsForGit(changes, isIgnored))];
  const commit = commitStep(files, paths, subject);
  return commit.length === 0 ? [] : [...goThere(session, input, files.root), ...commit];
}

const ENDED = new Set(['E_CANCELLED', 'E_DEADLINE']);

/** What a run that was ended had written, and what not; empty where it was not ended. */
export function endedLine(
  apps: readonly PreparedApp[],
  { t, terminal }: Pick<Session, 't' | 'terminal'>,
): string[] {
  const left = apps.filter(({ report }) => report.status === 'failed' && ENDED.has(report.error.code));
  if (left.length === 0) return [];
  const lists = [
    say('upgrade.listWritten', listed(apps.filter(({ written }) => written === true))),
    say('upgrade.listNotWritten', listed(left.filter(({ written }) => written !== true))),
  ];
  const uncommitted = left.filter(({ written }) => written === true);
  const more = uncommitted.length > 0 ? [say('upgrade.listNotCommitted', listed(uncommitted))] : [];
  const line = [...lists, ...more].map(text => t(text)).join('; ');
  return [terminal.style(line, 'yellow')];
}

const MOST_NAMED = 20;

function listed(apps: readonly PreparedApp[]): { count: number; apps: string } {
  const names = apps.slice(0, MOST_NAMED).map(({ app }) => display(app.path));
  const rest = apps.length > MOST_NAMED ? ['…'] : [];
  return { count: apps.length, apps: names.length > 0 ? `: ${[...names, ...rest].join(', ')}` : '' };
}
