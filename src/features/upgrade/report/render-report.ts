import type { Language, Text } from '../../../text/language.ts';
import { describeRenderer } from '../../../render/rendered-with.ts';
import { sayUnread } from '../../../repository/unread/say-unread.ts';
import type { AppReport, LeftAlone, UpgradeReport } from '../report-facts.ts';
import { lostEffects } from './effects.ts';
import { cell, code, plain } from '../../../text/markdown.ts';
import { type AppRisk, LEVEL_WORDS, objectText, riskOf } from '../risk-words.ts';
import type { ReportWriter } from './report-writer.ts';
import { SECTIONS } from './sections.ts';
import { say } from '../../../locales/say.ts';
import { withoutOrders } from '../../../text/display.ts';

/** The body of a merge request takes no more (GitHub: 65 536 characters). */
const MAX_REPORT = 60_000;

const DETAILS = [200, 60, 25, 10, 5, 2];

/** The report of a run in Markdown: what stands in it depends on the facts alone, and so does its order. */
export function renderReport(report: UpgradeReport, language: Language): string {
  const t = (text: Text): string => text[language];
  for (const most of DETAILS) {
    const text = render(report, { t, detail: { most } });
    if (text.length <= MAX_REPORT) return text;
  }
  const cut = t(say('upgrade.cutJsonReportHasEverything'));
  return `${render(report, { t, detail: { most: 1 } }).slice(0, MAX_REPORT - cut.length - 2)}\n\n${cut}`;
}

/** The parts of a report in Markdown, for those who put them together otherwise. */
export function reportParts(
  report: UpgradeReport,
  writer: ReportWriter,
): { overview: string[]; leftAlone: string[]; app(app: AppReport): string[] } {
  const { renderer, apps, leftAlone, looked, unread } = report;
  const left = sayUnread(unread, looked);
  return {
    overview: [
      ...lostEffects(apps, writer),
      ...overview(report, writer),
      ...(left ? ['', `⚠️ ${plain(writer.t(left))}.`] : []),
      ...(renderer ? ['', plain(writer.t(describeRenderer(renderer)))] : []),
    ],
    leftAlone: leftAlone.map(item => leftAloneLine(item, writer)),
    app: app => appLines(app, writer),
  };
}

function render(report: UpgradeReport, writer: ReportWriter): string {
  const { date, apps } = report;
  const { t } = writer;
  const parts = reportParts(report, writer);
  const lines = [
    `# ${t(say('upgrade.chartUpgrade'))} ${date}`,
    '',
    ...parts.overview,
    ...(parts.leftAlone.length > 0 ? ['', `## ${t(say('upgrade.leftAlone'))}`, '', ...parts.leftAlone] : []),
    ...apps.flatMap(app => ['', `## ${plain(app.app)}`, ...parts.app(app)]),
  ];
  return `${withoutOrders(lines.join('\n')).replaceAll(/\n{3,}/g, '\n\n')}\n`;
}

/** What people call how an app went. */
export const REPORT_STATUS: Record<AppReport['status'], Text> = {
  upgraded: say('upgrade.upgradedMark'),
  unchanged: say('upgrade.unchanged'),
  'needs-decision': say('upgrade.needsDecision'),
  failed: say('upgrade.failedMark'),
};

function overview({ apps, leftAlone, looked, unread }: UpgradeReport, { t }: ReportWriter): string[] {
  if (apps.length === 0 && leftAlone.length + unread.length > 0) return [t(say('upgrade.nothingUpgraded'))];
  if (apps.length === 0 && looked === 0) return [t(say('upgrade.nothingLookedAt'))];
  if (apps.length === 0) return [t(say('upgrade.everythingUpToDateSentence'))];
  const head = [
    t(say('upgrade.app')),
    'chart',
    t(say('upgrade.version')),
    t(say('upgrade.result')),
    t(say('upgrade.risk')),
  ];
  const rows = apps.flatMap(app =>
    app.charts.length === 0
      ? [[plain(app.app), '', '', t(REPORT_STATUS[app.status]), riskCell(app, t)]]
      : app.charts.map(({ move }) => [
          plain(app.app),
          plain(move.name),
          `${code(move.from)} → ${code(move.to)}`,
          t(REPORT_STATUS[app.status]),
          riskCell(app, t),
        ]),
  );
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`);
}

const MARKS: Partial<Record<AppRisk, string>> = { fatal: '⛔ ', high: '⚠️ ' };

/** The level, how many risks are of it, and the first of them. */
function riskCell(app: AppReport, t: (text: Text) => string): string {
  const level = riskOf(app);
  const risks = (app.rendered?.risks ?? []).filter(risk => risk.level === level);
  const [first] = risks;
  if (!first || level === 'low') return t(LEVEL_WORDS[level]);
  const counted = t(say('upgrade.riskCounted', { level: t(LEVEL_WORDS[level]), count: risks.length }));
  return `${MARKS[level] ?? ''}${counted}: ${code(objectText(first.object))} ${plain(t(first.fact))}`;
}

function leftAloneLine(item: LeftAlone, { t }: ReportWriter): string {
  const name = `${plain(item.app)}: ${plain(item.name)} ${code(item.current)}`;
  const newer = item.newer === undefined ? '' : ` (${t(say('upgrade.newest'))} ${code(item.newer)})`;
  switch (item.status) {
    case 'held':
      return `- ${name}${newer}, ${t(say('upgrade.held'))}: ${plain(item.reason)}`;
    case 'beyond-level':
      return `- ${name}${newer}, ${t(say('upgrade.largerStepThanAsked'))}`;
    case 'range':
    case 'floating': {
      const kind = t(item.status === 'range' ? say('upgrade.range') : say('upgrade.floating'));
      const { resolves } = item;
      const now =
        resolves === undefined ? '' : `, ${t(say('upgrade.resolvesTo', { version: code(resolves) }))}`;
      return `- ${name}${newer}, ${kind}${now}`;
    }
    case 'not-moved':
      return `- ${name}, ${t(say('upgrade.notMovedByUpgrade'))}: ${plain(item.reason)}`;
    case 'deprecated':
      return `- ⚠️ ${name}, ${t(say('upgrade.deprecatedUpstream'))}`;
    case 'unreachable':
      return `- ${name}, ${t(say('upgrade.unreachable'))}: ${plain(t(item.reason))}`;
    case 'unknown':
      return `- ${name}, ${t(say('upgrade.unknown'))}: ${plain(t(item.reason))}`;
  }
}

function appLines(app: AppReport, writer: ReportWriter): string[] {
  const { t } = writer;
  if (app.status === 'failed')
    return [
      '',
      `❌ ${code(app.error.code)} ${plain(t(app.error.message))}`,
      ...(app.error.hint ? ['', plain(t(app.error.hint))] : []),
    ];
  return SECTIONS.flatMap(({ title, lines }, index) => [
    '',
    `### ${index + 1}. ${t(title)}`,
    '',
    ...lines(app, writer),
  ]);
}
