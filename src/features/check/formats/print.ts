import type { Session } from '../../../cli/context.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { CheckReport } from './report.ts';

/** Each is loaded when it is asked for. */
const FORMATS = {
  terminal: async (report, { terminal, t }) =>
    (await import('./terminal.ts')).renderFindings(report, { ...terminal, t }),
  lines: async (report, { terminal, t }) =>
    (await import('./lines.ts')).renderLines(report, { ...terminal, t }),
  json: async report => (await import('./json.ts')).renderJson(report),
  sarif: async (report, { version }) => (await import('./sarif.ts')).renderSarif(report, version),
  github: async report => (await import('./github.ts')).renderGithub(report),
  html: async (report, { language }) => (await import('./html.ts')).renderHtml(report, language),
  junit: async report => (await import('./junit.ts')).renderJunit(report),
} satisfies Record<string, (report: CheckReport, session: Session) => Promise<string>>;

export type CheckFormat = keyof typeof FORMATS;

/** The format of a name. @throws UserError E_USAGE for none of check's formats */
export function readCheckFormat(wanted: string): CheckFormat {
  const known = Object.keys(FORMATS) as CheckFormat[];
  const format = known.find(each => each === wanted);
  if (format !== undefined) return format;
  throw new UserError('E_USAGE', say('check.formatNoneChecksFormats', { wanted: display(wanted) }), {
    hint: say('check.useOneOfFormats', { known: known.join(', ') }),
  });
}

/** Prints a report, to where its format goes. */
export async function printCheck(format: CheckFormat, report: CheckReport, session: Session): Promise<void> {
  const { terminal } = session;
  const text = await FORMATS[format](report, session);
  if (format === 'github') terminal.orders(text === '' ? '' : `${text}\n`);
  else if (format === 'terminal' || format === 'lines') terminal.result(text);
  else if (text !== '') terminal.data(text);
}
