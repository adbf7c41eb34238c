import { displayBlock } from '../../../text/display.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { CheckReport } from './report.ts';

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
} as const satisfies Record<Severity, string>;

/** Workflow commands of GitHub Actions, which shows them beside the lines of a pull request. */
export function renderGithub({ findings }: CheckReport): string {
  return findings
    .map(({ severity, file, line, column, code, message, hint }) => {
      const place = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
      return `::${COMMANDS[severity]} ${place}::${data(`${message.en}: ${hint.en}`)}`;
    })
    .join('\n');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return displayBlock(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
