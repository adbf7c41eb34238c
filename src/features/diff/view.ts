import { jsonDocument } from '../../cli/run-end.ts';
import { isDataMap } from '../../data/fields.ts';
import type { Customisation } from '../../values/values-diff.ts';
import type { Text } from '../../text/language.ts';
import { printYaml } from '../../yaml/print.ts';
import { display, displayBlock } from '../../text/display.ts';
import type { Page } from '../../output/table.ts';
import { addTo, largest } from '../../data/append.ts';
import { cut, widthOf } from '../../output/width.ts';
import { wrap } from '../../output/wrap.ts';
import type { ChartsRead } from '../../repository/unread/charts-read.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import type { Effect } from '../../render/effects/prove-values.ts';
import { maskedPair } from '../../render/compare/masks.ts';
import { evidenceJson, evidenceTexts } from '../../render/effects/describe-proof.ts';
import type { ChartDiff, NotCompared } from '../../render/compare-charts.ts';
import { say } from '../../locales/say.ts';

/** What a table is shown on. */
type Screen = { terminal: Page; t(text: Text): string };

/** What a run saw of the repository's charts beside those it compared. */
export type ComparedCharts = ChartsRead & { notCompared: readonly NotCompared[] };

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
/** So much of a lower value is shown. */
const LONGEST_BELOW = 40;
/** So much of what two values have in common is shown in front of where they differ. */
const CONTEXT = 12;

/** What `diff --json` prints. */
export function diffJson(
  charts: readonly ChartDiff[],
  { unread, notCompared }: ComparedCharts,
  command: string,
): string {
  const summary = summarizeDiff(charts);
  const body = { charts: charts.map(chartJson), summary, notCompared, unread };
  return jsonDocument(1, body, { command, next: [] });
}

function chartJson(chart: ChartDiff) {
  const { app, name, version, valuesFile, status } = chart;
  const about = { app, name, ...(version === undefined ? {} : { version }), valuesFile, status };
  if (chart.status === 'failed') {
    const { code, message, hint = '' } = chart.error;
    return { ...about, error: { code, message, hint }, customisations: [] };
  }
  const customisations = chart.customisations.map(({ path, base, ours, comments, mark, over }, index) => ({
    path,
    ...(base === undefined ? {} : { base }),
    ours,
    comments,
    ...(mark === undefined ? {} : { mark }),
    ...(over === undefined ? {} : { over }),
    ...(chart.proof ? { effect: chart.proof.effects[index] ?? 'unknown' } : {}),
  }));
  const evidence = chart.proof ? { evidence: evidenceJson(chart.proof) } : {};
  return { ...about, partial: chart.partial, customisations, ...evidence };
}

/** A chart for people and programs: what is a secret by its name, or a login in an address, is masked. */
export function withoutSecretValues(chart: ChartDiff): ChartDiff {
  if (chart.status === 'failed') return chart;
  const customisations = chart.customisations.map(one => {
    const { path, over } = one;
    const { before: base, after: ours } = maskedPair(path, { before: one.base, after: one.ours });
    const below = over && 'value' in over && maskedPair(path, { before: one.ours, after: over.value });
    return { ...one, base, ours, ...(below ? { over: { ...over, value: below.after } } : {}) };
  });
  return { ...chart, customisations };
}

/** How much differs, and what of it does nothing. */
export function summarizeDiff(charts: readonly ChartDiff[]) {
  const files = charts.flatMap(chart => (chart.status === 'compared' ? [chart.customisations] : []));
  const count = (mark?: Mark): number =>
    files.reduce((sum, own) => sum + own.filter(one => mark === undefined || one.mark === mark).length, 0);
  const proofs = charts.flatMap(chart => (chart.status === 'compared' && chart.proof ? [chart.proof] : []));
  const none = proofs.flatMap(({ effects }) => effects.filter(effect => effect === 'none'));
  return {
    charts: charts.length,
    customisations: count(),
    dead: count('dead'),
    redundant: count('redundant'),
    failed: charts.filter(({ status }) => status === 'failed').length,
    ...(proofs.length > 0 ? { withoutEffect: none.length } : {}),
  };
}

/** A block for each app, in it one for each chart, a line that counts, and what was not looked at. */
export function diffTable(charts: readonly ChartDiff[], looked: ComparedCharts, session: Screen): string {
  const apps = new Map<string, ChartDiff[]>();
  for (const chart of charts) addTo(apps, chart.app, chart);
  const blocks = Array.from(apps, ([app, own]) => {
    const lines = own.flatMap(chart => chartLines(chart, session));
    return [session.terminal.style(app, 'bold'), ...lines, ''].join('\n');
  });
  const { terminal } = session;
  const counted = charts.length > 0 ? [countLine(charts, session)] : [];
  const left = notComparedLines(charts, looked, session).map(line => terminal.style(line, 'yellow'));
  return [...blocks, ...counted, ...left].join('\n');
}

/** What nobody looked at, in lines; an empty answer is no good news. */
export function notComparedLines(
  charts: readonly ChartDiff[],
  { read, unread, notCompared }: ComparedCharts,
  { terminal, t }: Screen,
): string[] {
  const left = sayUnread(unread, read);
  const places = notCompared.map(({ app, name, place }) => display(`${app} ${name}: ${place}`)).join(', ');
  const texts = [
    ...(charts.length === 0 && !left ? [say('diff.nothingCompared')] : []),
    ...(notCompared.length > 0 ? [say('diff.notCompared', { places })] : []),
    ...(left ? [left] : []),
  ];
  return texts.flatMap(text => wrap(t(text), terminal.columns, { hang: '  ', hard: true }));
}

function chartLines(chart: ChartDiff, session: Screen): string[] {
  const { style } = session.terminal;
  const { columns } = session.terminal;
  const named = chart.version === undefined ? chart.name : `${chart.name} ${chart.version}`;
  const head = `  ${display(`${named} · ${chart.valuesFile}`)}`;
  if (chart.status === 'failed') {
    const failure = `error[${chart.error.code}] ${session.t(chart.error.texts.message)}`;
    const said = wrap(failure, columns - INDENT.length);
    return [...wrap(head, columns, { hang: '  ' }), ...said.map(line => INDENT + style(line, 'red'))];
  }
  const remark = remarkOn(chart, session);
  const notes = (chart.proof ? evidenceTexts(chart.proof) : []).flatMap(text =>
    wrap(session.t(text), columns - INDENT.length, { hang: '  ' }),
  );
  const names = chart.customisations.map(({ path }) => display(path));
  const widths = names.map(widthOf);
  const width = Math.min(WIDEST_PATH, largest(widths));
  return [
    ...wrap(remark === undefined ? head : `${head} · ${remark}`, columns, { hang: '  ' }),
    ...chart.customisations.flatMap((one, index) => {
      const name = { text: names[index] ?? '', own: widths[index] ?? 0, width };
      return rowLines(one, { name, effect: chart.proof?.effects[index] }, session);
    }),
    ...notes.map(line => INDENT + style(line, 'dim')),
  ];
}

function remarkOn(
  { partial, customisations }: Extract<ChartDiff, { status: 'compared' }>,
  { t }: Screen,
): string | undefined {
  if (partial) return t(say('diff.overridesOnlyNoFullCopy'));
  return customisations.length > 0 ? undefined : t(say('diff.defaults'));
}

/** The team's comments, then path, default and ours: on one line if they fit, else the values below the path. */
function rowLines(
  { base, ours, comments, mark, over }: Customisation,
  { name, effect }: { name: { text: string; own: number; width: number }; effect: Effect | undefined },
  session: Screen,
): string[] {
  const { terminal, t } = session;
  const { style } = terminal;
  const columns = terminal.columns - INDENT.length;
  const above = comments.map(comment => INDENT + style(cut(display(comment), columns), 'dim'));
  const [before, after] = [base === undefined ? NOTHING : inlineValue(base), inlineValue(ours)];
  const deeper = `${INDENT}  `;
  const said = remarkText({ mark, over }, effect);
  const remark = said ? wrap(t(said), columns - 2).map(line => deeper + style(line, 'yellow')) : [];
  const wide = Math.max(name.width, name.own);
  const arrow = (left: string, right: string): string => `${style(left, 'dim')} → ${style(right, 'green')}`;
  if (columns === Number.POSITIVE_INFINITY || widthOf(before) + widthOf(after) + 3 <= columns - wide - 2)
    return [
      ...above,
      `${INDENT}${name.text}${' '.repeat(wide - name.own)}  ${arrow(before, after)}`,
      ...remark,
    ];
  const [left, right] = fitted(before, after, columns - 2 - 3);
  return [...above, INDENT + name.text, deeper + arrow(left, right), ...remark];
}

/** What is said of a customisation; undefined where there is nothing to say. */
export function remarkText(
  { mark, over }: Pick<Customisation, 'mark' | 'over'>,
  effect: Effect | undefined,
): Text | undefined {
  if (mark !== undefined) return MARKS[mark];
  if (over) return overText(over);
  return effect === 'none' ? say('render.noEffect') : undefined;
}

/** Why a value that says what the default says is not called redundant. */
function overText({ place, ...said }: NonNullable<Customisation['over']>): Text {
  const name = display(place);
  if (!('value' in said)) return say('diff.layerUnseen', { place: name });
  return say('diff.overLayer', { place: name, value: cut(inlineValue(said.value), LONGEST_BELOW) });
}

/** Two long values, from where they begin to differ. */
function fitted(before: string, after: string, room: number): [string, string] {
  if (room === Number.POSITIVE_INFINITY) return [before, after];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const from = Math.max(0, same - CONTEXT);
  const [old, own] = from > 1 ? [`…${before.slice(from)}`, `…${after.slice(from)}`] : [before, after];
  const left = Math.min(widthOf(old), Math.max(SHORTEST_VALUE, room - widthOf(own), Math.floor(room / 2)));
  return [cut(old, left), cut(own, Math.max(SHORTEST_VALUE, room - left))];
}

/** A value on one line, much as YAML writes it in braces and brackets. */
export function inlineValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineValue).join(', ')}]`;
  if (isDataMap(value)) {
    const fields = Object.entries(value).map(([key, item]) => `${inlineValue(key)}: ${inlineValue(item)}`);
    return `{${fields.join(', ')}}`;
  }
  if (typeof value === 'boolean' || typeof value === 'number') return printYaml(value);
  if (typeof value === 'string' && value.includes('\n')) return displayBlock(JSON.stringify(value));
  return displayBlock(printYaml(value, { flow: true }));
}

function countLine(charts: readonly ChartDiff[], { t }: Screen): string {
  const { customisations, dead, redundant, failed, withoutEffect = 0 } = summarizeDiff(charts);
  const counts: [number, string][] = [
    [dead, t(say('diff.dead'))],
    [redundant, t(say('diff.redundant'))],
    [withoutEffect, t(say('diff.withoutEffect'))],
  ];
  const all = t(say('diff.customisations', { customisations }));
  const named = counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  // Where none could be compared, a count of nought would be a finding.
  const compared = failed < charts.length ? [all] : [];
  return [...compared, ...named, ...(failed > 0 ? [t(say('diff.chartsFailed', { failed }))] : [])].join(', ');
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
