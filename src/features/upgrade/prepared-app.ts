import { type ChangeSet, joinChangeSets } from '../../change-set.ts';
import { type ExitCode, UserError } from '../../errors.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import type { AppReport } from './report-facts.ts';

/** An app whose upgrade is ready to be written, or not. */
export type PreparedApp = {
  app: UsingApp;
  report: AppReport;
  changes: ChangeSet;
  /** The exit code that its failure asks for. */
  exit?: ExitCode;
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
  return { app, report: failedReport(app, error), changes: joinChangeSets(), exit: error.exit };
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
