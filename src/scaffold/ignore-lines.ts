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

/** A list of lines with those of another that it lacks at its end; people's own stay as they are. Comments alone are not added. */
export function addLines(before: string, wanted: string): string {
  const present = new Set(before.split(/\r?\n/).map(line => line.trim()));
  const missing = wanted
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#') && !present.has(line));
  if (missing.length === 0) return before;
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const start = before === '' || before.endsWith('\n') ? before : before + eol;
  return start + missing.map(line => line + eol).join('');
}
