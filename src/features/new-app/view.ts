import type { AppContext, AskedApp } from '../../../generators/new-app/generator.ts';
import type { Answer } from '../../../generators/asker.ts';
import type { Generated } from '../../../generators/generator.ts';
import { changesJson } from '../../change-set.ts';
import { answerLines } from '../../cli/answer-lines.ts';
import { buildLine } from '../../cli/build-line.ts';
import {
  commitStep,
  goThere,
  type NextStep,
  renderNext,
  sealStep,
  stepLines,
  stepNotes,
  withoutSwitch,
} from '../../cli/next-steps.ts';
import { wrap } from '../../output/wrap.ts';
import { renderTree } from '../../output/preview.ts';
import { repeatCommand } from '../../../generators/new-app/repeat-command.ts';
import type { AppRun } from '../../cli/context.ts';
import { toJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';

/** Ends a run: what was made and decided, the next step, and the line that repeats it. */
export function showNewApp(run: AppRun, context: AppContext, generated: Generated<AskedApp>): void {
  const { session } = run;
  const again = repeatCommand(run, context, generated.answers);
  if (session.json) session.terminal.result(toJson(resultJson(run, context, generated, again)));
  else session.terminal.result(resultText(run, context, generated, again));
}

/** Evidence and notes in English whatever the language: programs compare them. */
function resultJson(
  run: AppRun,
  context: AppContext,
  { answers, changes }: Generated<AskedApp>,
  command: string,
) {
  const { request, notes } = answers;
  const steps = nextSteps(run, context, { answers, changes });
  return {
    schemaVersion: 2,
    app: request.name,
    environment: request.environment,
    root: context.files.root,
    dryRun: run.session.dryRun,
    changes: changesJson(changes),
    answers: answersOf(answers, context).map(({ flag, value, from, why }) => ({
      flag,
      value,
      from,
      why: why.en,
    })),
    notes: [...notes.map(({ en }) => en), ...stepNotes(steps)],
    next: stepLines(steps),
    command,
  };
}

function resultText(
  run: AppRun,
  context: AppContext,
  { answers, changes }: Generated<AskedApp>,
  command: string,
): string {
  const { session, input } = run;
  const { terminal, t } = session;
  const { request } = answers;
  const own = answersOf(answers, context).filter(({ from, value }) => from === 'slipway' && value !== '');
  const made = session.dryRun ? say('newApp.wouldMake') : say('newApp.made');
  const where = `${request.environment}/${request.name}${input.switches.has('demo') ? ` (${context.files.root})` : ''}`;
  return [
    ...(context.prompts ? [] : [...renderTree(changes, terminal), '']),
    ...own.flatMap(answer => answerLines(session, answer)),
    terminal.style(wrap(`${t(made)} ${where}`, terminal.columns).join('\n'), 'green'),
    ...renderNext(session, nextSteps(run, context, { answers, changes }), command),
  ].join('\n');
}

function answersOf({ draft }: AskedApp, { ask }: AppContext): Answer[] {
  const charts = draft.kind === 'charts' ? draft.charts.flatMap(chart => chart.ask.answers) : [];
  return [...charts, ...ask.answers];
}

function nextSteps(
  run: AppRun,
  context: AppContext,
  { answers, changes: { changes } }: Generated<AskedApp>,
): NextStep[] {
  const { session, input } = run;
  // Nothing is there yet: what follows is to make it.
  if (session.dryRun) {
    const real = { session, input: withoutSwitch(input, 'dry-run') };
    return [{ line: repeatCommand(real, context, answers) }];
  }
  const { request } = answers;
  const { files, gitops, renderers } = context;
  const { configuration } = gitops;
  const folder = `${request.environment}/${request.name}`;
  const stubs = request.secrets.map(({ name }) => `/${name}-sealedsecret.yaml`);
  const paths = changes.map(({ path }) => path);
  const unsealed = paths.filter(path => stubs.some(stub => path.endsWith(stub)));
  const beside = paths.filter(path => !path.startsWith(`${folder}/`));
  return [
    ...goThere(session, input, files.root),
    ...unsealed.map(path => sealStep(session, configuration, path)),
    { line: buildLine({ session, configuration, renderers }, folder) },
    ...commitStep([folder, ...beside], `feat(${request.name}): add ${request.name}`),
  ];
}
