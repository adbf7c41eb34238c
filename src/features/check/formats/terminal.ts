import { display } from '../../../text/display.ts';
import type { Finding } from '../finding.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { Text } from '../../../text/language.ts';
import type { Style } from '../../../output/terminal.ts';
import type { CheckReport } from './report.ts';

export type Page = { style: Style; t(text: Text): string };

const COLORS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<Severity, string>;
const WORDS = {
  error: { en: 'error', 'zh-CN': '错误' },
  warning: { en: 'warning', 'zh-CN': '警告' },
  note: { en: 'note', 'zh-CN': '提示' },
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
  const mark = fixable ? ` ${style(t({ en: '[--fix]', 'zh-CN': '[--fix]' }), 'green')}` : '';
  return [
    `  ${style(place, 'dim')} ${style(t(WORDS[severity]), COLORS[severity])} ${t(message)} ${style(code, 'dim')}`,
    `          ${style('→', 'dim')} ${t(hint)}${mark}`,
  ];
}

function renderSummary({ findings, summary, left }: CheckReport, page: Page): string {
  const { t, style } = page;
  const lines = [
    findings.length === 0
      ? style(
          t({
            en: `${summary.apps} apps, nothing found`,
            'zh-CN': `检查 ${summary.apps} 个应用，没有发现问题`,
          }),
          'green',
        )
      : t(countLine(summary, findings)),
    ...byCode(findings).map(([code, count]) => `  ${String(count).padStart(4)} ${code}`),
    ...left.map(({ file, reason }) =>
      t({ en: `not mended: ${file} ${reason}`, 'zh-CN': `未修正：${file} ${reason}` }),
    ),
    ...notesOf(summary).map(note => style(t(note), 'dim')),
  ];
  return lines.join('\n');
}

function countLine(
  { apps, errors, warnings, notes }: CheckReport['summary'],
  findings: readonly Finding[],
): Text {
  const files = new Set(findings.map(({ file }) => file)).size;
  return {
    en: `${errors} errors, ${warnings} warnings, ${notes} notes in ${files} files of ${apps} apps`,
    'zh-CN': `${apps} 个应用的 ${files} 个文件中：${errors} 个错误，${warnings} 个警告，${notes} 个提示`,
  };
}

function byCode(findings: readonly Finding[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].toSorted(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}

function notesOf({ fixable, suppressed, unknownDefaults, rendered, apps }: CheckReport['summary']): Text[] {
  const notes: Text[] = [];
  if (fixable > 0)
    notes.push({ en: `${fixable} can be mended with --fix`, 'zh-CN': `其中 ${fixable} 个可用 --fix 修正` });
  if (suppressed > 0)
    notes.push({ en: `${suppressed} silenced by comments`, 'zh-CN': `${suppressed} 个已由注释忽略` });
  if (unknownDefaults > 0)
    notes.push({
      en: `${unknownDefaults} values files were not compared with their defaults: the charts are neither unpacked here nor in the cache`,
      'zh-CN': `${unknownDefaults} 个 values 文件未与默认值比较：chart 既未解包在此，也不在缓存中`,
    });
  if (rendered === 0 && apps > 0)
    notes.push({ en: 'nothing was rendered: --render does that', 'zh-CN': '未渲染：加 --render 可渲染检查' });
  return notes;
}
