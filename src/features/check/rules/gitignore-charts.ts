import { valueAt } from '../../../data/fields.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Fix, Diagnostic } from '../finding.ts';
import type { ChartEntry } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import type { KustomizationStyle } from '../../../repository/conventions/style.ts';
import { gitignoreIn, ignoredAround, type IgnorePattern } from '../../../repository/gitignore.ts';
import { lineEnding } from '../../../yaml/text.ts';
import { say } from '../../../locales/say.ts';

/** Kustomize pulls charts into charts/. In git they would be built from for ever; a local chart left out is lost. */
export const gitignoreCharts: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.pulledChartsStayOutGit'),
  check: facts => {
    const ignoring = ignoredAround(facts.folder, facts.text);
    const own = facts.charts.filter(
      ({ kustomization: { folder, data } }) =>
        folder === facts.folder && valueAt(data, ['helmGlobals', 'chartHome']) === undefined,
    );
    const isHabit = facts.conventions.habits.pulledChartsIgnored;
    const pulled = own.find(({ chart }) => isPulled(chart) && !ignoring(pathOf(facts, chart)));
    const local = own.flatMap(({ chart }) => {
      const pattern = isLocal(chart) ? ignoring(pathOf(facts, chart)) : undefined;
      return pattern ? [{ chart, pattern }] : [];
    });
    return [
      ...(pulled && isHabit ? [notIgnored(facts, pulled.chart)] : []),
      ...local.map(({ chart, pattern }) => ignored(facts, chart, pattern)),
    ];
  },
};

function isPulled({ name, repo, version }: ChartEntry): boolean {
  return name !== undefined && repo !== undefined && version !== undefined;
}

function isLocal({ name, data }: ChartEntry): boolean {
  return name !== undefined && data['repo'] === undefined && data['version'] === undefined;
}

/** Where kustomize puts a chart. */
function pathOf({ folder }: AppFacts, chart: ChartEntry): string {
  const home = isLocal(chart) ? chart.name : `${chart.name}-${chart.version}/${chart.name}`;
  return `${folder}/charts/${home}/Chart.yaml`;
}

function notIgnored(facts: AppFacts, chart: ChartEntry): Diagnostic {
  const file = gitignoreIn(facts.folder);
  const text = facts.text(file);
  const place = text === undefined ? chart.at() : { file, line: 1, column: 1 };
  return {
    ...place,
    message: say('rules.gitWouldTakeChartsWhich', { name: chart.name, version: chart.version }),
    hint: say('rules.addChartsGitignore'),
    fix: style => ignorePulled(facts, file, style),
    inert: true,
  };
}

function ignorePulled(facts: AppFacts, file: string, style: KustomizationStyle): readonly Fix[] {
  const local = facts.charts
    .filter(({ chart }) => isLocal(chart))
    .map(({ chart }) => `!charts/${chart.name}`);
  const text = facts.text(file);
  const written = new Set(text?.split(/\r?\n/));
  const first = local.length > 0 ? 'charts/*' : style.ignoreLine.value;
  const lines = [first, ...local.filter(line => !written.has(line) && !written.has(`${line}/`))];
  if (text === undefined) return [{ kind: 'create', file, content: `${lines.join('\n')}\n` }];
  return [{ kind: 'edit', file, edits: [append(text, lines)] }];
}

function append(text: string, lines: readonly string[]) {
  const eol = lineEnding(text);
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return { start: text.length, end: text.length, text: `${gap}${lines.join(eol)}${eol}` };
}

function ignored(facts: AppFacts, chart: ChartEntry, pattern: IgnorePattern): Diagnostic {
  const file = gitignoreIn(pattern.folder);
  const text = facts.text(file) ?? '';
  const line = text.split('\n')[pattern.line - 1]?.trim() ?? '';
  const isWholeFolder = pattern.folder === facts.folder && /^\/?charts\/$/.test(line);
  return {
    file,
    line: pattern.line,
    column: 1,
    message: isWholeFolder
      ? say('rules.localChartIgnoredByFolder', { line, name: chart.name })
      : say('rules.localChartIgnored', { line, name: chart.name }),
    hint: say('rules.writeChartsCharts', { name: chart.name }),
    ...(pattern.folder === facts.folder
      ? { fix: () => keepLocal({ file, text, line: pattern.line, chart, isWholeFolder }), inert: true }
      : {}),
  };
}

type Kept = { file: string; text: string; line: number; chart: ChartEntry; isWholeFolder: boolean };

function keepLocal({ file, text, line, chart, isWholeFolder }: Kept): readonly Fix[] {
  const wanted = `!charts/${chart.name}`;
  const lines = text.split(/\r?\n/);
  const isKept = lines.some(each => each === wanted || each === `${wanted}/`);
  const star = isWholeFolder ? starEdit(text, line) : [];
  return [{ kind: 'edit', file, edits: [...star, ...(isKept ? [] : [append(text, [wanted])])] }];
}

/** `charts/` becomes `charts/*`. */
function starEdit(text: string, line: number) {
  const start =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0);
  const end = start + (/^\/?charts\//.exec(text.slice(start))?.[0].length ?? 0);
  return [{ start: end, end, text: '*' }];
}
