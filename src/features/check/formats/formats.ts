import type { Session } from '../../../cli/context.ts';
import type { CheckReport } from './report.ts';

/** Each is loaded when it is asked for. */
export const FORMATS = {
  terminal: async (report, { terminal, t }) =>
    (await import('./terminal.ts')).renderFindings(report, { style: terminal.style, t }),
  json: async report => (await import('./json.ts')).renderJson(report),
  sarif: async (report, { version }) => (await import('./sarif.ts')).renderSarif(report, version),
  github: async report => (await import('./github.ts')).renderGithub(report),
  junit: async report => (await import('./junit.ts')).renderJunit(report),
} satisfies Record<string, (report: CheckReport, session: Session) => Promise<string>>;

export type Format = keyof typeof FORMATS;
