import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import type { RunEnd } from '../../cli/run-end.ts';
import type { CheckInput } from './flags.ts';
import type { CheckReport } from './formats/report.ts';

/** What follows a run: to fix what can be fixed, or to commit what was. */
export function checkEnd(
  session: Session,
  input: CheckInput,
  { root, summary, changes }: { root: string } & Pick<CheckReport, 'summary' | 'changes'>,
): RunEnd {
  return { command: sameAgain(session, 'check', input), next: nextSteps() };

  function nextSteps(): NextStep[] {
    const isFixing = input.switches.has('fix');
    if (isFixing && !session.dryRun) {
      const commit = commitStep(
        changes.map(({ path }) => path),
        'fix: slipway check --fix',
      );
      return commit.length === 0 ? [] : [...goThere(session, input, root), ...commit];
    }
    const isWanted = isFixing ? changes.length > 0 : summary.fixable > 0;
    return isWanted ? [{ line: sameAgain(session, 'check', fixing()) }] : [];
  }

  function fixing() {
    const { switches, ...rest } = withoutSwitch(input, 'dry-run');
    return { ...rest, switches: new Set([...switches, 'fix']) };
  }
}
