import type { Text } from '../../../text/language.ts';
import type { AppReport, ReportVersion } from '../report-facts.ts';
import { impact } from './impact.ts';
import { code, day, plain, shortValue } from './markdown.ts';
import { migration, OUTCOMES } from './migration.ts';
import { cut, type Pen, perChart, version } from './pen.ts';
import { upstreamChanges } from './upstream-changes.ts';
import { watch } from './watch.ts';

export type Section = { title: Text; lines(app: AppReport, pen: Pen): string[] };

/** Always these, always in this order: readers of many reports find their place. */
export const SECTIONS: readonly Section[] = [
  { title: { en: 'This update', 'zh-CN': '本次更新' }, lines: thisUpdate },
  { title: { en: 'Upstream changes', 'zh-CN': '上游变更' }, lines: upstreamChanges },
  { title: { en: 'Impact on us', 'zh-CN': '对我们的影响' }, lines: impact },
  { title: { en: 'Migration result', 'zh-CN': '本次迁移结果' }, lines: migration },
  { title: { en: 'Verification', 'zh-CN': '验证结果' }, lines: verification },
  { title: { en: 'What to watch', 'zh-CN': '后续注意事项' }, lines: watch },
  { title: { en: 'Decisions for you', 'zh-CN': '待确认事项' }, lines: decisions },
];

function thisUpdate(app: AppReport, pen: Pen): string[] {
  return perChart(app, ({ move, from, to, between, deprecated }) => [
    `- ${plain(move.name)} ${code(from.version)} → ${code(to.version)}${dates(from, to)}`,
    ...(from.appVersion === to.appVersion && from.appVersion !== undefined
      ? [`- ${pen.t({ en: 'app version unchanged', 'zh-CN': '应用版本不变' })}: ${code(from.appVersion)}`]
      : [
          `- ${pen.t({ en: 'app version', 'zh-CN': '应用版本' })}: ${version(from.appVersion)} → ${version(to.appVersion)}`,
        ]),
    ...(between.length > 0
      ? [
          `- ${pen.t({ en: 'versions between', 'zh-CN': '中间版本' })}: ${cut(
            between.map(({ version: text }) => code(text)),
            pen,
          )}`,
        ]
      : []),
    ...(deprecated ? [`- ⚠️ ${pen.t({ en: 'the chart is deprecated', 'zh-CN': '该 chart 已弃用' })}`] : []),
  ]);
}

function dates(from: ReportVersion, to: ReportVersion): string {
  if (from.created === undefined && to.created === undefined) return '';
  return ` (${day(from.created)} → ${day(to.created)})`;
}

function verification(app: AppReport, { t }: Pen): string[] {
  if (app.verification.length === 0)
    return [
      t({
        en: 'Nothing was run: helm and kustomize are not at hand.',
        'zh-CN': '没有执行验证：缺少 helm 和 kustomize。',
      }),
    ];
  return app.verification.map(
    ({ command, ok, detail }) =>
      `- ${ok ? '✅' : '❌'} ${code(command)}${detail ? `: ${plain(detail)}` : ''}`,
  );
}

function decisions(app: AppReport, pen: Pen): string[] {
  const open = app.charts.flatMap(({ values }) => values?.decisions ?? []);
  if (open.length === 0) return [pen.t({ en: 'None.', 'zh-CN': '无。' })];
  return open.flatMap(({ id, path, kind, base, ours, theirs, options }) => [
    `- ${code(path)}: ${pen.t(OUTCOMES[kind])}`,
    `  - ${pen.t({ en: 'old default', 'zh-CN': '旧默认值' })}: ${valueText(base)}`,
    `  - ${pen.t({ en: 'ours', 'zh-CN': '我们的' })}: ${valueText(ours)}`,
    `  - ${pen.t({ en: 'new default', 'zh-CN': '新默认值' })}: ${valueText(theirs)}`,
    `  - ${pen.t({ en: 'answer in --decisions', 'zh-CN': '在 --decisions 文件中回答' })}: ${code(`"${id}": ${options.join(' | ')}`)}`,
  ]);
}

function valueText(value: unknown): string {
  return shortValue(value === undefined ? undefined : JSON.stringify(value), '∅');
}
