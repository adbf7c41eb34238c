import type { NewChart } from './emission.ts';
import type { Unit } from './unit.ts';

// In comments only, where YAML takes them and nobody writes them.
const [CHART, SOURCE] = ['\ue010', '\ue011'];
/** `# renovate: datasource=helm depName=… registryUrl=…`, and the names that other bots take. */
const OF_BOT = /\b(?:depName|packageName|lookupName|registryUrls?|chart|repository)\s?[=:]/i;
const IS_MARKED = /[\ue010\ue011]/;

/**
 * A comment with marks in place of the chart that its app installs; undefined where it names another dependency, which no
 * sibling has.
 */
export function chartComment(comment: string, { chart }: Pick<Unit, 'chart'>): string | undefined {
  const source = withoutScheme(chart.source);
  const named = replaced(comment, source, SOURCE);
  const isOfBot = OF_BOT.test(comment);
  const marked = isOfBot || named !== comment ? replaced(named, chart.name, CHART) : named;
  return isOfBot && !IS_MARKED.test(marked) ? undefined : marked;
}

/** The comment of a new chart; undefined where it is about a registry and the chart comes from none, or the other way round. */
export function commentOfChart(
  marked: string,
  { chart: old }: Pick<Unit, 'chart'>,
  chart: Pick<NewChart, 'name' | 'repo'> | undefined,
): string | undefined {
  if (!IS_MARKED.test(marked)) return marked;
  if (!chart || isOci(old.source) !== isOci(chart.repo)) return undefined;
  return marked.replaceAll(CHART, () => chart.name).replaceAll(SOURCE, () => withoutScheme(chart.repo) ?? '');
}

function isOci(source: string | undefined): boolean {
  return source?.startsWith('oci://') === true;
}

function withoutScheme(source: string | undefined): string | undefined {
  return source?.replace(/^[a-z]+:\/\//, '').replace(/(?<!\/)\/+$/, '');
}

function replaced(text: string, word: string | undefined, mark: string): string {
  if (word === undefined || word === '') return text;
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  return text.replaceAll(new RegExp(`(?<![A-Za-z0-9_-])${literal}(?![A-Za-z0-9_-])`, 'g'), () => mark);
}
