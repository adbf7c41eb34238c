import type { AppContext, AskedApp } from '../../../generators/new-app/generator.ts';
import type { Answer } from '../../../generators/asker.ts';
import type { Generated } from '../../../generators/generator.ts';
import { changesJson } from '../../change-set.ts';
import { untranslated, type Text } from '../../text/language.ts';
import { commandLine } from '../../cli/command-line.ts';
import { renderTree } from '../../output/preview.ts';
import { repeatCommand } from '../../../generators/new-app/repeat-command.ts';
import type { AppBuild } from '../../render/build-changes.ts';
import { buildLines, buildsJson } from '../../cli/build-before-writing.ts';
import { viewSync } from '../../cli/sync-line.ts';
import type { AppRun } from '../../cli/context.ts';
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';

/** What a run came to. */
type Made = Generated<AskedApp> & { builds: readonly AppBuild[] };

/** Ends a run: what was made and decided, the next step, and the line that repeats it. */
export function showNewApp(run: AppRun, context: AppContext, generated: Made): void {
  const { terminal, json } = run.session;
  const end = {
    answers: answersOf(generated.answers, context),
    notes: generated.answers.notes,
    next: nextSteps(run, context, generated),
    command: repeatCommand(run, context, generated.answers),
  };
  if (json) terminal.result(jsonDocument(2, bodyOf(run, context, generated), end));
  else terminal.result(resultText(run, context, generated, end));
}

function bodyOf(
  { session }: AppRun,
  context: AppContext,
  { answers: { request }, changes, builds }: Made,
): object {
  return {
    app: request.name,
    environment: request.environment,
    root: context.files.root,
    dryRun: session.dryRun,
    changes: changesJson(changes),
    builds: buildsJson(builds),
    syncedBy: viewSync(context.gitops.repository, `${request.environment}/${request.name}`).json,
  };
}

function resultText(
  { session, input }: AppRun,
  context: AppContext,
  { answers: { request }, changes, builds }: Made,
  end: RunEnd,
): string {
  const { terminal, t } = session;
  const sync = viewSync(context.gitops.repository, `${request.environment}/${request.name}`);
  const made = session.dryRun ? say('newApp.wouldMake') : say('newApp.made');
  const where = `${request.environment}/${request.name}${input.switches.has('demo') ? ` (${context.files.root})` : ''}`;
  return [
    ...(session.terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    ...answerLines(session, end),
    terminal.style(`${t(made)} ${where}`, 'green'),
    ...buildLines(builds, session),
    sync.synced ? t(sync.line) : terminal.style(t(sync.line), 'yellow'),
    ...closingLines(session, end),
  ].join('\n');
}

function answersOf({ draft }: AskedApp, { ask }: AppContext): Answer[] {
  const charts = draft.kind === 'charts' ? draft.charts.flatMap(chart => chart.ask.answers) : [];
  return [...charts, ...ask.answers];
}

function nextSteps(
  { session, input }: AppRun,
  { files }: AppContext,
  { answers: { request }, changes }: Generated<AskedApp>,
): Text[] {
  const folder = `${request.environment}/${request.name}`;
  const stubs = request.secrets.map(({ name }) => `/${name}-sealedsecret.yaml`);
  const seal = changes.changes
    .filter(({ path }) => stubs.some(stub => path.endsWith(stub)))
    .map(({ path }) => `slipway seal --into ${path}`);
  const isNamed = input.switches.has('demo') || input.values['cwd'] !== undefined;
  const goThere = session.cwd === files.root && !isNamed ? [] : [commandLine(['cd', files.root])];
  const build = `kustomize build --enable-helm --load-restrictor LoadRestrictionsNone ${folder}`;
  const locked = request.source.kind === 'image' ? '' : ' .slipway/lock';
  const commit = `git add ${folder}${locked} && git commit -m "feat(${request.name}): add ${request.name}"`;
  return [...goThere, ...seal, build, commit].map(untranslated);
}
