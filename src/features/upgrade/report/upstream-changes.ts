import type { Text } from '../../../text/language.ts';
import type { DefaultChange } from '../default-changes.ts';
import type { AppReport, ChartReport } from '../report-facts.ts';
import { bullets, code, plain, shortValue } from './markdown.ts';
import { more, type Pen, perChart, titled, version } from './pen.ts';

/** What the publisher changed: defaults, the Kubernetes versions asked for, announcements. */
export function upstreamChanges(app: AppReport, pen: Pen): string[] {
  return perChart(app, chart => {
    const { defaults, announced, kubeVersion } = chart;
    const unchanged = pen.t({ en: 'The default values are unchanged.', 'zh-CN': '默认 values 没有变化。' });
    return [
      ...(defaults.length === 0 ? [unchanged] : defaultLines(defaults, pen)),
      ...(kubeVersion.before === kubeVersion.after
        ? []
        : ['', `- kubeVersion: ${version(kubeVersion.before)} → ${version(kubeVersion.after)}`]),
      ...(announced.length === 0
        ? []
        : [
            '',
            `${pen.t({ en: 'Announced by the publisher', 'zh-CN': '发布者公告' })}:`,
            '',
            ...announcedLines(chart, pen),
          ]),
    ];
  });
}

function announcedLines({ announced }: ChartReport, pen: Pen): string[] {
  const items = announced.map(
    ({ version: text, kind, description }) =>
      `${code(text)} ${kind ? `${plain(kind)}: ` : ''}${plain(description)}`,
  );
  return bullets(items, pen.detail, more(pen));
}

function defaultLines(defaults: DefaultChange[], pen: Pen): string[] {
  const groups: [Text, DefaultChange[]][] = [
    [
      { en: 'Changed, and you inherit it', 'zh-CN': '默认值改变，我们沿用' },
      defaults.filter(change => isChanged(change) && !change.overridden),
    ],
    [
      { en: 'Changed, and you override it', 'zh-CN': '默认值改变，我们已覆盖' },
      defaults.filter(change => isChanged(change) && change.overridden),
    ],
    [{ en: 'Added', 'zh-CN': '新增' }, defaults.filter(({ before }) => before === undefined)],
    [
      { en: 'Removed, and you override it', 'zh-CN': '删除，我们已覆盖' },
      defaults.filter(({ after, overridden }) => after === undefined && overridden),
    ],
    [
      { en: 'Removed', 'zh-CN': '删除' },
      defaults.filter(({ after, overridden }) => after === undefined && !overridden),
    ],
  ];
  return groups.flatMap(([title, changes]) =>
    titled(
      title,
      changes.map(change => defaultLine(change, pen)),
      pen,
    ),
  );
}

function isChanged({ before, after }: DefaultChange): boolean {
  return before !== undefined && after !== undefined;
}

function defaultLine({ path, before, after }: DefaultChange, { t }: Pen): string {
  if (before === undefined) return `${code(path)}: ${shortValue(after, '')}`;
  if (after === undefined)
    return `${code(path)} (${t({ en: 'was', 'zh-CN': '原为' })} ${shortValue(before, '')})`;
  return `${code(path)}: ${shortValue(before, '')} → ${shortValue(after, '')}`;
}
