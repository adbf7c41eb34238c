import { display } from '../../../text/display.ts';
import type { Finding } from '../finding.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { Text } from '../../../text/language.ts';
import type { Style } from '../../../output/terminal.ts';
import type { CheckReport } from './report.ts';
import { say } from '../../../locales/say.ts';

export type Page = { style: Style; t(text: Text): string };

const COLORS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<Severity, string>;
const WORDS = {
  error: say('check.error'),
  warning: say('check.warning'),
  note: say('check.note'),
} as const satisfies Record<Severity, Text>;

/** Findings by file, each with how to mend it, and what they add up to. */
export function renderFindings(report: CheckReport, page: Page): string {
  const files = [...new Set(report.findings.map(({ file }) => file))];
  const blocks = files.map(file => {
    const own = report.findings.filter(finding => finding.file === file);
    return [page.style(display(file), 'bold'), ...own.flatMap(finding => renderFinding(finding, page))].join(
      '\n',
    );
  });
  return [...blocks, renderSummary(report, page)].join('\n\n');
}

function renderFinding(
  { code, severity, line, column, message, hint, fixable }: Finding,
  page: Page,
): string[] {
  const { style, t } = page;
  const place = `${line}:${column}`.padEnd(7);
  const mark = fixable ? ` ${style(t(say('check.fix')), 'green')}` : '';
  return [
    `  ${style(place, 'dim')} ${style(t(WORDS[severity]), COLORS[severity])} ${t(message)} ${style(code, 'dim')}`,
    `          ${style('→', 'dim')} ${t(hint)}${mark}`,
  ];
}

function renderSummary({ findings, summary, left }: CheckReport, page: Page): string {
  const { t, style } = page;
  const lines = [
    findings.length === 0
      ? style(t(say('check.appsNothingFound', { apps: summary.apps })), 'green')
      : t(countLine(summary, findings)),
    ...byCode(findings).map(([code, count]) => `  ${String(count).padStart(4)} ${code}`),
    ...left.map(({ file, reason }) => t(say('check.notMended', { file, reason }))),
    ...notesOf(summary).map(note => style(t(note), 'dim')),
  ];
  return lines.join('\n');
}

function countLine(
  { apps, errors, warnings, notes }: CheckReport['summary'],
  findings: readonly Finding[],
): Text {
  const files = new Set(findings.map(({ file }) => file)).size;
  return say('check.errorsWarningsNotesFilesApps', { errors, warnings, notes, files, apps });
}

function byCode(findings: readonly Finding[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].toSorted(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}

function notesOf({
  fixable,
  suppressed,
  unknownDefaults,
  templates,
  rendered,
  apps,
}: CheckReport['summary']): Text[] {
  const notes: Text[] = [];
  if (fixable > 0) notes.push(say('check.canMendedFix', { fixable }));
  if (suppressed > 0) notes.push(say('check.silencedComments', { suppressed }));
  if (unknownDefaults > 0) notes.push(say('check.valuesFilesNotComparedTheir', { unknownDefaults }));
  if (templates > 0) notes.push(say('check.templatesLeftOut', { templates }));
  if (rendered === 0 && apps > 0) notes.push(say('check.nothingRenderedRenderDoes'));
  return notes;
}
