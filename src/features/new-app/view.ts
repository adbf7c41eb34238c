import type { AppContext, AskedApp } from '../../../generators/new-app/generator.ts';
import type { Answer } from '../../../generators/asker.ts';
import type { Generated } from '../../../generators/generator.ts';
import { changesJson } from '../../change-set.ts';
import { untranslated, type Text } from '../../text/language.ts';
import { commandLine } from '../../cli/command-line.ts';
import { renderTree } from '../../output/preview.ts';
import { repeatCommand } from '../../../generators/new-app/repeat-command.ts';
import type { AppRun } from '../../cli/context.ts';
import { toJson } from '../../data/json.ts';
import { wantedSecrets } from '../../scaffold/app-files.ts';
import { placeSecrets } from '../../scaffold/place-secret.ts';
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
    notes: notes.map(({ en }) => en),
    next: nextSteps(run, context, { answers, changes }).map(({ en }) => en),
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
    ...own.map(({ flag, value, why }) => `${flag}: ${value} ${terminal.style(`(${t(why)})`, 'dim')}`),
    terminal.style(`${t(made)} ${where}`, 'green'),
    `${t(say('newApp.next'))}:`,
    ...nextSteps(run, context, { answers, changes }).map(step => `  ${t(step)}`),
    `${t(say('newApp.sameAgain'))}:`,
    `  ${command}`,
  ].join('\n');
}

function answersOf({ draft }: AskedApp, { ask }: AppContext): Answer[] {
  const charts = draft.kind === 'charts' ? draft.charts.flatMap(chart => chart.ask.answers) : [];
  return [...charts, ...ask.answers];
}

function nextSteps(
  { session, input }: AppRun,
  { files, gitops }: AppContext,
  { answers: { request }, changes }: Generated<AskedApp>,
): Text[] {
  const folder = `${request.environment}/${request.name}`;
  const written = new Set(changes.changes.map(({ path }) => path));
  const seal = placeSecrets(gitops, folder, wantedSecrets(request))
    .filter(({ path }) => written.has(path))
    .flatMap(({ next }) => next);
  const isNamed = input.switches.has('demo') || input.values['cwd'] !== undefined;
  const goThere = session.cwd === files.root && !isNamed ? [] : [commandLine(['cd', files.root])];
  const build = `kustomize build --enable-helm --load-restrictor LoadRestrictionsNone ${folder}`;
  const locked = request.source.kind === 'image' ? '' : ' .slipway/lock';
  const commit = `git add ${folder}${locked} && git commit -m "feat(${request.name}): add ${request.name}"`;
  return [...goThere, ...seal, build, commit].map(untranslated);
}
