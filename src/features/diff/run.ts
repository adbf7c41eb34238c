import { chartsRead } from '../../deliveries/charts-read.ts';
import { findUses, usesIn } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { exitOfNothingRead } from '../../repository/unread/charts-read.ts';
import { display } from '../../text/display.ts';
import { EXIT, worst, UserError } from '../../errors.ts';
import type { DiffInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { type ChartDiff, compareCharts, valuesNotCompared } from '../../render/compare-charts.ts';
import { openContext } from '../../cli/command-context.ts';
import {
  diffJson,
  diffTable,
  type ComparedCharts,
  minimalFiles,
  notComparedLines,
  withoutSecretValues,
} from './view.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { openPage } from '../../cli/open-page.ts';
import { say } from '../../locales/say.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { readBudget } from '../../cli/read-budget.ts';

/** Shows how values files differ from the defaults; resolves to the gravest exit of what failed. */
export async function runDiff(given: Session, input: DiffInput): Promise<number> {
  const isYaml = asksYaml(given, input);
  const budget = readBudget(input);
  const page = await openPage(given, input);
  const lookups = await openContext(given, input, 'read');
  try {
    const { session, gitops, repository, renderers } = lookups;
    const shown = showProgress(session, say('diff.comparing'));
    const uses = usesIn(findUses(repository), selectUsing(repository, input.positionals));
    const compared = await compareCharts(lookups, {
      uses,
      minimal: isYaml,
      jobs: session.jobs,
      proof: budget === undefined ? undefined : { renderers, budget, tick: shown.tick },
      progress: shown.progress,
    }).finally(shown.end);
    const charts = compared.map(withoutSecretValues);
    const read = await chartsRead(gitops, input.positionals);
    const looked = { ...read, notCompared: uses.flatMap(valuesNotCompared) };
    await page?.write(
      async language => (await import('./page.ts')).renderDiff(charts, looked, language),
      session,
    );
    if (session.json) session.terminal.data(diffJson(charts, looked, sameAgain(session, 'diff', input)));
    else if (isYaml) showMinimal(charts, looked, session);
    else session.terminal.result(diffTable(charts, looked, session));
    return worst([
      ...charts.map(chart => (chart.status === 'failed' ? chart.error.exit : EXIT.done)),
      exitOfNothingRead(read),
      input.switches.has('exit-code') && !isAllDefault(charts, looked) ? EXIT.findings : EXIT.done,
    ]);
  } finally {
    await lookups.close();
  }
}

/** Whether every chart was compared, and says what its defaults say. */
function isAllDefault(charts: readonly ChartDiff[], { unread, notCompared }: ComparedCharts): boolean {
  const differs = charts.some(chart => chart.status === 'failed' || chart.customisations.length > 0);
  return !differs && unread.length + notCompared.length === 0;
}

function asksYaml({ json }: Session, { values }: DiffInput): boolean {
  const format = values['format'] ?? 'table';
  if (format !== 'table' && format !== 'yaml')
    throw new UserError('E_USAGE', say('diff.formatNeitherTableNorYaml', { format: display(format) }));
  if (json && format === 'yaml')
    throw new UserError('E_USAGE', say('diff.jsonFormatYamlExcludeEach'), {
      hint: say('diff.giveOneThem'),
    });
  return format === 'yaml';
}

/** The files alone go to stdout. */
function showMinimal(charts: readonly ChartDiff[], looked: ComparedCharts, session: Session): void {
  const { terminal, t } = session;
  for (const line of notComparedLines(charts, looked, session)) terminal.say(line);
  for (const chart of charts)
    if (chart.status === 'failed')
      terminal.say(
        `${chart.app} ${display(chart.name)}: error[${chart.error.code}] ${t(chart.error.texts.message)}`,
      );
  terminal.content(minimalFiles(charts));
}
