import type { PinnedChart } from '../charts/pinned-chart.ts';

type IgnoredChart = Pick<PinnedChart, 'name' | 'repo'>;

/** What an app's .gitignore says: pulled charts stay out of git, local ones are kept. */
export function ignoreLines(charts: readonly IgnoredChart[], usual: string): string[] {
  const local = charts.filter(({ repo }) => repo === undefined).map(({ name }) => `!charts/${name}`);
  // git never looks into a folder that `charts/` excludes, so an exception needs `charts/*`.
  return [local.length > 0 ? 'charts/*' : usual, ...local];
}

/** A .gitignore that does this for one more chart; lines that people wrote stay. */
export function ignoreChart(text: string, chart: IgnoredChart, usual: string): string {
  const present = text.split(/\r?\n/).map(line => line.trim());
  const [ignored = '', ...kept] = ignoreLines([chart], usual);
  const covered = present.some(line => /^\/?(?:\*\*\/)?charts(?:\/\*?\*?)?$/.test(line));
  const missing = [...(covered ? [] : [ignored]), ...kept].filter(line => !present.includes(line));
  if (missing.length === 0) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' || text.endsWith('\n') ? text : text + eol;
  return start + missing.map(line => line + eol).join('');
}
