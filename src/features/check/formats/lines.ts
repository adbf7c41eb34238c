import { display } from '../../../text/display.ts';
import { FINDING_WORDS, type FindingsPage, summaryOfCheck } from './terminal.ts';
import type { CheckReport } from './report.ts';

/**
 * One line for each finding, `file:line:column: severity: message [rule]`, as compilers print them and editors read them
 * (https://www.gnu.org/prep/standards/html_node/Errors.html), and what they add up to.
 */
export function renderLines(report: CheckReport, page: FindingsPage): string {
  const lines = report.findings.map(({ file, line, column, severity, message, code }) => {
    const place = page.style(`${display(file)}:${line}:${column}:`, 'bold');
    return `${place} ${page.t(FINDING_WORDS[severity])}: ${display(page.t(message))} [${code}]`;
  });
  return [...lines, summaryOfCheck(report, page)].join('\n');
}
