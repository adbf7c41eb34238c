import type { Language, Text } from '../../../text/language.ts';
import type { AppReport, LeftAlone, UpgradeReport } from '../report-facts.ts';
import { cell, code, plain } from './markdown.ts';
import type { Pen } from './pen.ts';
import { SECTIONS } from './sections.ts';

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
  const cut = t({
    en: '… cut: the JSON report has everything.',
    'zh-CN': '……已截断：完整内容见 JSON 报告。',
  });
  return `${render(report, { t, detail: { most: 1 } }).slice(0, MAX_REPORT - cut.length - 2)}\n\n${cut}`;
}

function render({ date, apps, leftAlone }: UpgradeReport, pen: Pen): string {
  const { t } = pen;
  const lines = [
    `# ${t({ en: 'Chart upgrade', 'zh-CN': 'Chart 升级报告' })} ${date}`,
    '',
    ...overview(apps, leftAlone, pen),
    ...(leftAlone.length > 0
      ? [
          '',
          `## ${t({ en: 'Left alone', 'zh-CN': '未升级' })}`,
          '',
          ...leftAlone.map(item => leftAloneLine(item, pen)),
        ]
      : []),
    ...apps.flatMap(app => ['', ...appLines(app, pen)]),
  ];
  return `${lines.join('\n').replaceAll(/\n{3,}/g, '\n\n')}\n`;
}

const STATUS: Record<AppReport['status'], Text> = {
  upgraded: { en: '✅ upgraded', 'zh-CN': '✅ 已升级' },
  unchanged: { en: 'unchanged', 'zh-CN': '无变化' },
  'needs-decision': { en: '⏸ needs a decision', 'zh-CN': '⏸ 待决定' },
  failed: { en: '❌ failed', 'zh-CN': '❌ 失败' },
};

function overview(apps: readonly AppReport[], leftAlone: readonly LeftAlone[], { t }: Pen): string[] {
  if (apps.length === 0 && leftAlone.length > 0)
    return [t({ en: 'Nothing was upgraded.', 'zh-CN': '没有升级任何应用。' })];
  if (apps.length === 0) return [t({ en: 'Everything is up to date.', 'zh-CN': '一切都是最新的。' })];
  const head = [
    t({ en: 'app', 'zh-CN': '应用' }),
    'chart',
    t({ en: 'version', 'zh-CN': '版本' }),
    t({ en: 'result', 'zh-CN': '结果' }),
  ];
  const rows = apps.flatMap(app =>
    app.charts.length === 0
      ? [[plain(app.app), '', '', t(STATUS[app.status])]]
      : app.charts.map(({ move }) => [
          plain(app.app),
          plain(move.name),
          `${code(move.from)} → ${code(move.to)}`,
          t(STATUS[app.status]),
        ]),
  );
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`);
}

function leftAloneLine(item: LeftAlone, { t }: Pen): string {
  const name = `${plain(item.app)}: ${plain(item.name)} ${code(item.current)}`;
  const newer =
    item.newer === undefined ? '' : ` (${t({ en: 'newest', 'zh-CN': '最新' })} ${code(item.newer)})`;
  switch (item.status) {
    case 'held':
      return `- ${name}${newer}, ${t({ en: 'held', 'zh-CN': '已固定' })}: ${plain(item.reason)}`;
    case 'beyond-level':
      return `- ${name}${newer}, ${t({ en: 'a larger step than was asked for', 'zh-CN': '超出所要求的升级幅度' })}`;
    case 'unreachable':
      return `- ${name}, ${t({ en: 'unreachable', 'zh-CN': '无法访问' })}: ${plain(item.reason)}`;
  }
}

function appLines(app: AppReport, pen: Pen): string[] {
  const { t } = pen;
  if (app.status === 'failed')
    return [
      `## ${plain(app.app)}`,
      '',
      `❌ ${code(app.error.code)} ${plain(app.error.message)}`,
      ...(app.error.hint ? ['', plain(app.error.hint)] : []),
    ];
  return [
    `## ${plain(app.app)}`,
    ...SECTIONS.flatMap(({ title, lines }, index) => [
      '',
      `### ${index + 1}. ${t(title)}`,
      '',
      ...lines(app, pen),
    ]),
  ];
}
