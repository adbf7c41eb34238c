import { display } from '../../../text/display.ts';
import type { Finding } from '../finding.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { Text } from '../../../text/language.ts';
import { type Cell, type Page, renderTable } from '../../../output/table.ts';
import { pad } from '../../../output/width.ts';
import { wrap } from '../../../output/wrap.ts';
import { type CheckReport, isAllSeen } from './report.ts';
import { sayUnread } from '../../../repository/unread/say-unread.ts';
import { describeRenderer } from '../../../render/rendered-with.ts';
import { say } from '../../../locales/say.ts';

export type FindingsPage = Page & { t(text: Text): string };

const COLORS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<Severity, string>;
/** What people call a severity. */
export const FINDING_WORDS = {
  error: say('check.error'),
  warning: say('check.warning'),
  note: say('check.note'),
} as const satisfies Record<Severity, Text>;

/** Findings by file, each with its rule and how to mend it, and what they add up to. */
export function renderFindings(report: CheckReport, page: FindingsPage): string {
  const files = [...new Set(report.findings.map(({ file }) => file))];
  const blocks = files.map(file => {
    const own = report.findings.filter(finding => finding.file === file);
    return [page.style(display(file), 'bold'), ...own.flatMap(finding => renderFinding(finding, page))].join(
      '\n',
    );
  });
  return [...blocks, summaryOfCheck(report, page)].join('\n\n');
}

/** Where, how grave and which rule on the first line; below it what is wrong, and the next step. */
function renderFinding(
  { code, severity, line, column, message, hint, fixable }: Finding,
  page: FindingsPage,
): string[] {
  const { style, t } = page;
  const rule = { text: code, format: 'dim' as const };
  const fix = { text: t(say('check.fix')), format: 'green' as const };
  const head: Cell[] = [
    { text: pad(`${line}:${column}`, 6), format: 'dim' },
    { text: t(FINDING_WORDS[severity]), format: COLORS[severity] },
    fixable ? [rule, '  ', fix] : rule,
  ];
  const next = wrap(`→ ${t(hint)}`, page.columns - INDENT.length, { hang: '  ' });
  return [
    ...renderTable([head], { ...page, indent: '  ' }),
    ...wrap(t(message), page.columns - INDENT.length).map(each => INDENT + each),
    ...next.map(each => INDENT + style(each, 'dim')),
  ];
}

/** Below the severity. */
const INDENT = ' '.repeat(10);

/** What the findings add up to, and what was not looked at. */
export function summaryOfCheck(
  { findings, summary, mayRender, left }: CheckReport,
  page: FindingsPage,
): string {
  const { t, style, columns } = page;
  const broken = (text: Text): string[] => wrap(t(text), columns, { hang: '  ', hard: true });
  const lines = [
    ...(findings.length === 0
      ? broken(nothingFound(summary)).map(line =>
          style(line, summary.apps > 0 && isAllSeen(summary) ? 'green' : 'dim'),
        )
      : broken(countLine(summary, findings))),
    ...byCode(findings).map(([code, count]) => `  ${String(count).padStart(4)} ${code}`),
    ...left.flatMap(({ file, reason }) => broken(say('check.notMended', { file, reason }))),
    ...unseen(summary).flatMap(note => broken(note).map(line => style(line, 'yellow'))),
    ...notesOf(summary, mayRender).flatMap(note => broken(note).map(line => style(line, 'dim'))),
  ];
  return lines.join('\n');
}

/** What a run found, in one line. */
export function verdictOfCheck({ findings, summary }: Pick<CheckReport, 'findings' | 'summary'>): Text {
  return findings.length === 0 ? nothingFound(summary) : countLine(summary, findings);
}

/** A repository without apps was not found to be in order: nothing was looked at. */
function nothingFound({ apps }: CheckReport['summary']): Text {
  return apps === 0 ? say('check.noApps') : say('check.appsNothingFound', { apps });
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

/** What was to be looked at and was not. */
export function unseen({
  unread,
  charts,
  notRendered = 0,
  notAsked,
  apart = 0,
  cluster,
  policies,
  apps,
}: CheckReport['summary']): Text[] {
  const left = sayUnread(unread, charts);
  return [
    ...(left ? [left] : []),
    ...(notRendered > 0 ? [say('check.notRendered', { count: notRendered, apps })] : []),
    ...(notAsked > 0 ? [say('check.notAsked', { count: notAsked })] : []),
    ...(apart > 0 ? [say('shard.apart', { count: apart })] : []),
    ...(cluster && cluster.notJudged > 0 ? [say('cluster.notAsked', { count: cluster.notJudged })] : []),
    ...(policies && policies.notJudged > 0 ? [say('policies.notJudged', { count: policies.notJudged })] : []),
    ...(policies?.policies === 0 ? [say('policies.none')] : []),
  ];
}

/** What else a person should know. */
export function notesOf(summary: CheckReport['summary'], mayRender: boolean): Text[] {
  const { fixable, suppressed, unknownDefaults, templates, notRendered, renderer, cluster, policies, apps } =
    summary;
  const notes: Text[] = [];
  if (fixable > 0) notes.push(say('check.canMendedFix', { fixable }));
  if (suppressed > 0) notes.push(say('check.silencedComments', { suppressed }));
  if (unknownDefaults > 0) notes.push(say('check.valuesFilesNotComparedTheir', { unknownDefaults }));
  if (templates > 0) notes.push(say('check.templatesLeftOut', { templates }));
  if (renderer) notes.push(describeRenderer(renderer));
  if (cluster) notes.push(say('cluster.asked', cluster));
  if (policies && policies.policies > 0)
    notes.push(say('policies.asked', { count: policies.policies, objects: policies.objects }));
  if (notRendered === undefined && apps > 0)
    notes.push(mayRender ? say('check.nothingRenderedRenderDoes') : say('check.nothingHereRenders'));
  return notes;
}
