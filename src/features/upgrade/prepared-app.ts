import { type ChangeSet, joinChangeSets } from '../../change-set.ts';
import { EXIT, type ExitCode, exitOfCode, UserError } from '../../errors.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
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
