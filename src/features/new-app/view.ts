import { posix } from 'node:path';
import type { AppContext, AskedApp } from '../../../generators/new-app/generator.ts';
import type { Answer } from '../../../generators/asker.ts';
import type { Generated } from '../../../generators/generator.ts';
import { type ChangeSet, changesJson, textsAfter } from '../../change-set.ts';
import { isWithin } from '../../deliveries/siblings/names.ts';
import { buildLine } from '../../cli/build-line.ts';
import { commitStep, goThere, type NextStep, sealStep, withoutSwitch } from '../../cli/next-steps.ts';
import type { Line } from '../../output/lay-out.ts';
import { renderTree } from '../../output/preview.ts';
import { repeatCommand } from '../../../generators/new-app/repeat-command.ts';
import { buildLines, buildsJson, type SeenBuild } from '../../cli/build-before-writing.ts';
import { type SyncView, viewSync } from '../../cli/sync-line.ts';
import type { AppRun } from '../../cli/context.ts';
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { wantedSecrets } from '../../scaffold/app-files.ts';
import { type AppRequest, buildsOf, folderOf, type Landing } from '../../scaffold/app-request.ts';
import { placeSecrets } from '../../scaffold/place-secret.ts';
import { say } from '../../locales/say.ts';

/** What a run came to. */
type Made = Generated<AskedApp> & { builds: readonly SeenBuild[] };

/** Ends a run: what was made and decided, the next step, and the line that repeats it. */
export function showNewApp(run: AppRun, context: AppContext, generated: Made): void {
  const { terminal, json } = run.session;
  const end = {
    answers: answersOf(generated.answers, context),
    notes: generated.answers.notes,
    next: nextSteps(run, context, generated),
    command: repeatCommand(run, context, generated.answers),
  };
  if (json) terminal.data(jsonDocument(2, bodyOf(run, context, generated), end));
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
    ...(request.overlays ? { overlays: request.overlays } : {}),
    root: context.files.root,
    dryRun: session.dryRun,
    changes: changesJson(changes),
    builds: buildsJson(builds),
    ...(request.landing ? { delivery: deliveryJson(request.landing) } : {}),
    syncedBy: syncOf(context, request, changes).json,
  };
}

function resultText(
  { session, input }: AppRun,
  context: AppContext,
  { answers: { request }, changes, builds }: Made,
  end: RunEnd,
): Line[] {
  const { terminal, t } = session;
  const sync = syncOf(context, request, changes);
  const made =
    changes.changes.length === 0
      ? say('newApp.unchanged')
      : session.dryRun
        ? say('newApp.wouldMake')
        : say('newApp.made');
  const where = `${homeOf(request)}${input.switches.has('demo') ? ` (${context.files.root})` : ''}`;
  const synced = t(sync.line);
  return [
    ...(session.terminal.interactive || changes.changes.length === 0
      ? []
      : [...renderTree(changes, terminal), '']),
    ...answerLines(session, end),
    terminal.style(`${t(made)} ${where}`, 'green'),
    ...buildLines(builds, session),
    sync.synced ? synced : terminal.style(synced, 'yellow'),
    ...closingLines(session, end),
  ];
}

/** What is the app's own: its folder, or its one file. */
function homeOf(request: AppRequest): string {
  return request.landing?.home ?? folderOf(request);
}

function deliveryJson({ delivery: kind, namespace, model }: Landing): object {
  return { kind, namespace, ...(model === undefined ? {} : { sibling: model }) };
}

/** Who will sync the app once it is written: it may bring what does, and its entry in a list. */
function syncOf({ gitops: { repository } }: AppContext, request: AppRequest, changes: ChangeSet): SyncView {
  // Who syncs one overlay syncs the others, where a pattern says so; else the first that nobody syncs is told.
  if (request.overlays) {
    const views = buildsOf(request).map(({ folder }) => viewSync(repository, folder));
    return views.find(({ synced }) => !synced) ?? views[0] ?? viewSync(repository, folderOf(request));
  }
  const after = { text: textsAfter(repository.text, changes), isTemplate: repository.isTemplate };
  const home = homeOf(request);
  const own = viewSync(after, folderOf(request));
  // An Application of a plain folder takes whatever lies in it.
  return own.synced || !/\.ya?ml$/.test(home) ? own : viewSync(after, posix.dirname(home));
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
  if (session.dryRun && changes.length > 0) {
    const real = { session, input: withoutSwitch(input, 'dry-run') };
    return [{ line: repeatCommand(real, context, answers) }];
  }
  const { request } = answers;
  const { files, gitops, renderers } = context;
  const { configuration } = gitops;
  const builds = buildsOf(request);
  const paths = changes.map(({ path }) => path);
  const placed = builds
    .flatMap(({ folder, namespace }) => placeSecrets(gitops, folder, wantedSecrets(request, namespace)))
    .filter(({ path }) => paths.includes(path));
  const unsealed = placed.flatMap(each => each.unsealed);
  const home = homeOf(request);
  const beside = paths.filter(path => !isWithin(home, path));
  return [
    ...goThere(session, input, files.root),
    ...unsealed.map(path => sealStep(session, configuration, path)),
    ...placed.flatMap(({ next }) => next).map(line => ({ line })),
    // What kustomize does not build has no line for it.
    ...(request.landing && request.landing.folder === undefined
      ? []
      : builds.map(({ folder }) => ({ line: buildLine({ session, configuration, renderers }, folder) }))),
    ...commitStep(
      files,
      paths.length === 0 ? [] : [home, ...beside],
      `feat(${request.name}): add ${request.name}`,
    ),
  ];
}
