import { type ChangeSet, joinChangeSets } from '../../change-set.ts';
import { EXIT, type ExitCode, exitOfCode, UserError } from '../../errors.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import type { UpgradePlan } from './plan-upgrade.ts';
import type { AppReport } from './report-facts.ts';

/** An app whose upgrade is ready to be written, or not. */
export type PreparedApp = {
  app: UsingApp;
  report: AppReport;
  changes: ChangeSet;
  /** Its files stand on disk. */
  written?: boolean;
};

/** An app that was not begun, since the time was over or the run was cancelled. */
export function lateApp(app: UsingApp, { reason }: AbortSignal): PreparedApp {
  if (!(reason instanceof UserError)) throw reason;
  return failedApp(app, reason);
}

/** An app that nothing is written of. */
export function failedApp(app: UsingApp, error: UserError): PreparedApp {
  return { app, report: failedReport(app, error), changes: joinChangeSets() };
}

/** The exit code that an app alone would end with. */
export function exitOf(report: AppReport): ExitCode {
  if (report.status === 'failed') return exitOfCode(report.error.code);
  return report.status === 'needs-decision' ? EXIT.decisions : EXIT.done;
}

/** What a failure leaves to say about an app. */
export function failedReport(app: UsingApp, { code, texts }: UserError): AppReport {
  return {
    app: app.path,
    charts: [],
    rendered: undefined,
    verification: [],
    status: 'failed',
    error: { code, ...texts },
  };
}

/** What apps end a run with. 2 says that nothing was written: beside an app that is done, one that failed by its own input is a finding. */
export function exitCodes(apps: readonly PreparedApp[], leftAlone: UpgradePlan['leftAlone']): ExitCode[] {
  const codes = [
    ...apps.map(({ report }) => exitOf(report)),
    ...leftAlone.map(item => ('exit' in item ? item.exit : EXIT.done)),
  ];
  const isDone = apps.some(({ report }) => report.status === 'upgraded');
  return isDone ? codes.map(code => (code === EXIT.usage ? EXIT.findings : code)) : codes;
}
