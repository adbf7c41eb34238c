import type { Text } from '../../../text/language.ts';
import type { AppReport, ChartReport } from '../report-facts.ts';
import { bullets, code, type Detail, plain } from '../../../text/markdown.ts';
import { say } from '../../../locales/say.ts';

/** What a section writes with. */
export type ReportWriter = { t(text: Text): string; detail: Detail };

/** What stands for items that are left out. */
export function more({ t }: ReportWriter): (count: number) => string {
  return count => t(say('upgrade.more', { count }));
}

/** A line per chart that has something to say, its name in front if the app has several. */
export function perChart(app: AppReport, lines: (chart: ChartReport) => string[]): string[] {
  return app.charts.flatMap(chart => {
    const own = lines(chart);
    return own.length > 0 && app.charts.length > 1 ? ['', `**${plain(chart.move.name)}**`, '', ...own] : own;
  });
}

/** A version, or a question mark for one that nobody gave. */
export function version(text: string | undefined): string {
  return text === undefined ? '?' : code(text);
}

/** Items on one line, at most as many as the report shows. */
export function shortList(items: readonly string[], writer: ReportWriter): string {
  const { most } = writer.detail;
  return items.length > most
    ? `${items.slice(0, most).join(', ')} ${more(writer)(items.length - most)}`
    : items.join(', ');
}

/** A list under its title, or nothing. */
export function titled(title: Text, items: readonly string[], writer: ReportWriter): string[] {
  return items.length === 0
    ? []
    : ['', `${writer.t(title)} (${items.length}):`, '', ...bullets(items, writer.detail, more(writer))];
}
