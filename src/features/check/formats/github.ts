import { displayBlock } from '../../../text/display.ts';
import { say } from '../../../locales/say.ts';
import { sayUnreadKind } from '../../../repository/unread/say-unread.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { CheckReport } from './report.ts';

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
} as const satisfies Record<Severity, string>;

/** Workflow commands of GitHub Actions, which shows them beside the lines of a pull request. */
export function renderGithub({ findings, summary: { apps, unread } }: CheckReport): string {
  const unreadLines = unread.map(each => {
    const [, file = '', line = '1'] = /^(.*):(\d+)$/s.exec(each.first) ?? [];
    return `::notice file=${property(file)},line=${line},title=not read::${data(sayUnreadKind(each).en)}`;
  });
  const nothing =
    apps === 0 && unread.length === 0 ? [`::notice title=slipway check::${say('check.noApps').en}`] : [];
  return [
    ...findings.map(({ severity, file, line, column, code, message, hint }) => {
      const place = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
      return `::${COMMANDS[severity]} ${place}::${data(`${message.en}: ${hint.en}`)}`;
    }),
    ...unreadLines,
    ...nothing,
  ].join('\n');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return displayBlock(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
