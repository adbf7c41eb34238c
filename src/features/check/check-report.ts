import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch, type WrittenTo } from '../../cli/next-steps.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import type { RunEnd } from '../../cli/run-end.ts';
import type { CheckResult } from './check-repository.ts';
import type { CheckInput } from './flags.ts';
import { EXIT, type ExitCode, worst } from '../../errors.ts';
import { SEVERITIES, type Severity } from '../../repository/rule-level.ts';
import { servedHere } from './facts/served-here.ts';
import { exitOfNothingRead } from '../../repository/unread/charts-read.ts';
import { type CheckReport, countOf, isAllSeen } from './formats/report.ts';
import type { OpenedCheck } from './open-check.ts';
import type { Further } from './render/look-further.ts';
import type { Fixing } from './run-fix.ts';

/** What was looked at, and what the rules found. */
export type Judged = { opened: OpenedCheck; further: Further; result: CheckResult };

/** What every format prints of a run, but for its end. */
export type CheckFound = Omit<CheckReport, 'end' | 'shard'>;

/** The same of what was looked at and found. */
export function toReport(
  { opened, further, result: { findings, suppressed, unknownDefaults } }: Judged,
  { changes, left }: Fixing,
): CheckFound {
  const rendered = [...further.rendered.values()].filter(({ state }) => state.status === 'rendered').length;
  return {
    findings,
    summary: {
      apps: opened.chosen.apps.filter(({ isPart }) => !isPart).length,
      errors: countOf(findings, 'error'),
      warnings: countOf(findings, 'warning'),
      notes: countOf(findings, 'note'),
      fixable: findings.filter(({ fixable }) => fixable).length,
      suppressed,
      unknownDefaults,
      templates: opened.templates.length,
      rendered,
      notRendered: further.renderWanted ? further.rendered.size - rendered : undefined,
      notAsked: further.notAsked.length,
      apart: broughtApart(opened, further),
      charts: opened.charts.read,
      unread: opened.charts.unread,
      ...(further.renderer ? { renderer: further.renderer } : {}),
      ...(further.cluster ? { cluster: further.cluster } : {}),
      ...(further.policies ? { policies: further.policies.asked } : {}),
    },
    mayRender: further.mayRender,
    changes,
    left,
  };
}

/** How many kinds charts of this shard bring: which of their versions are served nobody tells the others. */
function broughtApart({ shard, summarized: { summary } }: OpenedCheck, { rendered }: Further): number {
  if (!shard || shard.of === 1) return 0;
  const { served } = summary;
  return Object.keys(servedHere(summary, rendered)).filter(kind => !Object.hasOwn(served, kind)).length;
}

/** What follows a run: to fix what can be fixed, or to commit what was. */
export function checkEnd(
  session: Session,
  input: CheckInput,
  { files, summary, changes }: { files: WrittenTo } & Pick<CheckReport, 'summary' | 'changes'>,
): RunEnd {
  return { command: sameAgain(session, 'check', input), next: nextSteps() };

  function nextSteps(): NextStep[] {
    const isFixing = input.switches.has('fix');
    if (isFixing && !session.dryRun) {
      const commit = commitStep(
        files,
        changes.map(({ path }) => path),
        'fix: slipway check --fix',
      );
      return commit.length === 0 ? [] : [...goThere(session, input, files.root), ...commit];
    }
    const isWanted = isFixing ? changes.length > 0 : summary.fixable > 0;
    return isWanted ? [{ line: sameAgain(session, 'check', fixing()) }] : [];
  }

  function fixing() {
    const { switches, ...rest } = withoutSwitch(input, 'dry-run');
    return { ...rest, switches: new Set([...switches, 'fix']) };
  }
}

/** What a run ends by, beside what it found. */
export type CheckVerdict = {
  /** --fail-on: the mildest finding that counts. */
  failOn: Severity;
  /** --exit-code: what was not looked at counts too. */
  isAllAsked: boolean;
  /** The exit of each chart that was asked for in vain. */
  notAsked: readonly ExitCode[];
};

/** How a run ends. */
export function exitOfCheck(
  { findings, summary }: Pick<CheckReport, 'findings' | 'summary'>,
  { failOn, isAllAsked, notAsked }: CheckVerdict,
): ExitCode {
  const mildest = SEVERITIES.indexOf(failOn);
  const fails = findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= mildest);
  return worst([
    fails || (isAllAsked && !isAllSeen(summary)) ? EXIT.findings : EXIT.done,
    exitOfNothingRead({ read: summary.charts, unread: [...summary.unread] }),
    ...notAsked,
  ]);
}
