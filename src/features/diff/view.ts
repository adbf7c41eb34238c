import { isDataMap } from '../../data/fields.ts';
import type { Customisation } from './values-diff.ts';
import type { Text } from '../../text/language.ts';
import { printYaml } from '../../yaml/print.ts';
import { display, displayBlock } from '../../text/display.ts';
import type { Session } from '../../cli/context.ts';
import type { ChartDiff } from './compare.ts';
import { say } from '../../locales/say.ts';

type Mark = NonNullable<Customisation['mark']>;

const MARKS: Record<Mark, Text> = {
  dead: say('diff.deadNeitherDefaultNorTemplate'),
  redundant: say('diff.redundantSameWithout'),
};

/** What stands in the place of a default that is not there. */
const NOTHING = '∅';
const INDENT = '    ';
const WIDEST_PATH = 36;
const SHORTEST_VALUE = 12;
/** So much of what two values have in common is shown in front of where they differ. */
const CONTEXT = 12;

export function diffJson(charts: readonly ChartDiff[]) {
  return { schemaVersion: 1, charts: charts.map(chartJson), summary: summarize(charts) };
}

function chartJson(chart: ChartDiff) {
  const { app, name, version, valuesFile, status } = chart;
  const about = { app, name, ...(version === undefined ? {} : { version }), valuesFile, status };
  if (chart.status === 'failed') {
    const { code, message, hint = '' } = chart.error;
    return { ...about, error: { code, message, hint }, customisations: [] };
  }
  const customisations = chart.customisations.map(({ path, base, ours, comments, mark }) => ({
    path,
    ...(base === undefined ? {} : { base }),
    ours,
    comments,
    ...(mark === undefined ? {} : { mark }),
  }));
  return { ...about, partial: chart.partial, customisations };
}

function summarize(charts: readonly ChartDiff[]) {
  const all = charts.flatMap(chart => (chart.status === 'compared' ? chart.customisations : []));
  const count = (mark: Mark): number => all.filter(customisation => customisation.mark === mark).length;
  return {
    charts: charts.length,
    customisations: all.length,
    dead: count('dead'),
    redundant: count('redundant'),
    failed: charts.filter(({ status }) => status === 'failed').length,
  };
}

/** A block for each app, in it one for each chart, and a line that counts. */
export function diffTable(charts: readonly ChartDiff[], session: Session): string {
  const apps = [...new Set(charts.map(({ app }) => app))];
  const blocks = apps.map(app => {
    const own = charts.filter(chart => chart.app === app);
    const lines = own.flatMap(chart => chartLines(chart, session));
    return [session.terminal.style(app, 'bold'), ...lines, ''].join('\n');
  });
  return [...blocks, countLine(charts, session)].join('\n');
}

function chartLines(chart: ChartDiff, session: Session): string[] {
  const { style } = session.terminal;
  const head = `  ${display([chart.name, chart.version ?? '', '·', chart.valuesFile].join(' '))}`;
  if (chart.status === 'failed')
    return [
      head,
      INDENT + style(`error[${chart.error.code}] ${session.t(chart.error.texts.message)}`, 'red'),
    ];
  const remark = remarkOn(chart, session);
  const widest = Math.max(0, ...chart.customisations.map(({ path }) => display(path).length));
  const width = Math.min(WIDEST_PATH, widest);
  return [
    remark === undefined ? head : `${head} · ${remark}`,
    ...chart.customisations.flatMap(one => rowLines(one, width, session)),
  ];
}

function remarkOn(
  { partial, customisations }: Extract<ChartDiff, { status: 'compared' }>,
  { t }: Session,
): string | undefined {
  if (partial) return t(say('diff.overridesOnlyNoFullCopy'));
  return customisations.length > 0 ? undefined : t(say('diff.defaults'));
}

/** The team's comments, then path, default and ours: on one line if they fit, else the values below the path. */
function rowLines(
  { path, base, ours, comments, mark }: Customisation,
  width: number,
  session: Session,
): string[] {
  const { terminal, t } = session;
  const { style, columns } = terminal;
  const above = comments.map(
    comment => INDENT + style(cut(display(comment), columns - INDENT.length), 'dim'),
  );
  const name = display(path);
  const [before, after] = [base === undefined ? NOTHING : inline(base), inline(ours)];
  const remark = mark === undefined ? [] : [`${INDENT}  ${style(t(MARKS[mark]), 'yellow')}`];
  const inRow = columns - INDENT.length - Math.max(width, name.length) - 2;
  const arrow = (left: string, right: string): string => `${style(left, 'dim')} → ${style(right, 'green')}`;
  if (before.length + after.length + 3 <= inRow)
    return [...above, `${INDENT}${name.padEnd(width)}  ${arrow(before, after)}`, ...remark];
  const [left, right] = fitted(before, after, columns - INDENT.length - 2 - 3);
  return [...above, INDENT + name, `${INDENT}  ${arrow(left, right)}`, ...remark];
}

/** Two long values, from where they begin to differ. */
function fitted(before: string, after: string, room: number): [string, string] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const from = Math.max(0, same - CONTEXT);
  const [old, own] = from > 1 ? [`…${before.slice(from)}`, `…${after.slice(from)}`] : [before, after];
  const left = Math.min(old.length, Math.max(SHORTEST_VALUE, room - own.length, Math.floor(room / 2)));
  return [cut(old, left), cut(own, Math.max(SHORTEST_VALUE, room - left))];
}

/** A value on one line, much as YAML writes it in braces and brackets. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (isDataMap(value)) {
    const fields = Object.entries(value).map(([key, item]) => `${inline(key)}: ${inline(item)}`);
    return `{${fields.join(', ')}}`;
  }
  if (typeof value === 'string' && value.includes('\n')) return displayBlock(JSON.stringify(value));
  return displayBlock(printYaml(value, { flow: true }));
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function countLine(charts: readonly ChartDiff[], { t }: Session): string {
  const { customisations, dead, redundant, failed } = summarize(charts);
  const counts: [number, string][] = [
    [dead, t(say('diff.dead'))],
    [redundant, t(say('diff.redundant'))],
    [failed, t(say('diff.chartsFailed'))],
  ];
  const all = t(say('diff.customisations', { customisations }));
  return [all, ...counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []))].join(', ');
}

/** One values file as it is; several as documents that say whose they are. */
export function minimalFiles(charts: readonly ChartDiff[]): string {
  const files = charts.flatMap(chart =>
    chart.status === 'compared' ? [{ title: titleOf(chart), text: chart.minimal ?? '' }] : [],
  );
  const [only, ...others] = files;
  if (others.length === 0) return only?.text ?? '';
  return files.map(({ title, text }) => `---\n# ${title}\n${text}`).join('');
}

function titleOf({ app, name, version = '' }: ChartDiff): string {
  return display(`${app}: ${name} ${version}`).trimEnd();
}
