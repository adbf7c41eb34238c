import type { Addition } from '../../../generators/add/addition.ts';
import type { AppContext } from '../../../generators/new-app/generator.ts';
import type { Generated } from '../../../generators/generator.ts';
import { type ChangeSet, changesJson, pathsForGit, textsAfter } from '../../change-set.ts';
import { buildLine } from '../../cli/build-line.ts';
import { flagWords, slipwayLine } from '../../cli/command-line.ts';
import { commitStep, goThere, type NextStep, sealStep, withoutSwitch } from '../../cli/next-steps.ts';
import { repeatedGlobals } from '../../cli/repeat-line.ts';
import type { Line } from '../../output/lay-out.ts';
import { renderTree } from '../../output/preview.ts';
import { isRepeated, placeWords, splitList } from '../../../generators/new-app/repeat-command.ts';
import { buildLines, buildsJson, type SeenBuild } from '../../cli/build-before-writing.ts';
import type { AppRun } from '../../cli/context.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import { appAround } from '../../repository/model.ts';
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { viewSync } from '../../cli/sync-line.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';

/** What a run came to. */
type Added = Generated<Addition> & { builds: readonly SeenBuild[] };

/** Ends a run of `add`: what changed, the next step, and the line that repeats it. */
export function showAddition(run: AppRun, context: AppContext, generated: Added): void {
  const { terminal, json } = run.session;
  const { answers } = generated;
  const end = {
    answers: context.ask.answers,
    notes: answers.notes,
    next: nextSteps(run, context, generated),
    command: repeatAdd(run, context, answers),
  };
  if (json) terminal.data(jsonDocument(2, bodyOf(run, context, generated), end));
  else terminal.result(resultText(run, generated, end));
}

/** That nothing would deploy a cluster, as far as the repository itself says. */
export function syncNotes({ gitops }: AppContext, { request, app }: Addition, changes: ChangeSet): Text[] {
  if (request.kind !== 'cluster') return [];
  const { text, isTemplate } = gitops.repository;
  const { synced, line } = viewSync({ text: textsAfter(text, changes), isTemplate }, app.path);
  return synced ? [] : [line, say('capi.syncIt', { folder: display(app.path) })];
}

function bodyOf(run: AppRun, context: AppContext, { answers, changes, builds }: Added): object {
  return {
    added: answers.word,
    app: answers.app.name,
    environment: answers.app.environment,
    root: context.files.root,
    dryRun: run.session.dryRun,
    changes: changesJson(changes),
    builds: buildsJson(builds),
  };
}

function resultText({ session }: AppRun, { answers, changes, builds }: Added, end: RunEnd): Line[] {
  const { terminal, t, dryRun } = session;
  const { path } = answers.app;
  if (changes.changes.length === 0) return [t(say('add.nothingDoHasAlready', { path }))];
  const made = dryRun ? say('add.wouldChange', { path }) : say('add.changed', { path });
  return [
    ...(terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    ...answerLines(session, end),
    terminal.style(t(made), 'green'),
    ...buildLines(builds, session),
    ...closingLines(session, end),
  ];
}

function nextSteps(run: AppRun, context: AppContext, { answers, changes }: Generated<Addition>): NextStep[] {
  const { session, input } = run;
  const { app, request, unsealed, next = [] } = answers;
  const { files, gitops, renderers } = context;
  const { configuration } = gitops;
  const paths = pathsForGit(changes, ignoredIn(textsAfter(gitops.repository.text, changes)));
  if (session.dryRun && paths.length > 0) {
    const real = { session, input: withoutSwitch(input, 'dry-run') };
    return [{ line: repeatAdd(real, context, answers) }];
  }
  const steps = [
    ...unsealed.map(path => sealStep(session, configuration, path)),
    ...next.map(line => ({ line })),
    ...(paths.length === 0
      ? []
      : [{ line: buildLine({ session, configuration, renderers }, touchedFolder(context, answers, paths)) }]),
    ...commitStep(files, paths, `feat(${app.name}): add ${subjectOf(request)}`),
  ];
  return steps.length === 0 ? [] : [...goThere(session, input, files.root), ...steps];
}

function touchedFolder({ gitops }: AppContext, { app }: Addition, paths: readonly string[]): string {
  const [first] = paths;
  return (first && appAround(gitops.repository.apps, first)?.path) ?? app.path;
}

function subjectOf(request: Addition['request']): string {
  return request.kind === 'resource' ? nameOf(request.resource.path) : request.kind;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
}

function repeatAdd(run: AppRun, context: AppContext, answers: Addition): string {
  const lists = ['host', 'to'].flatMap(flag => splitList(context, flag, /[\s,]+/));
  const given = [...answers.moreAnswers, ...context.ask.answers].filter(
    answer => isRepeated(answer) && !['app', 'host', 'to'].includes(answer.flag),
  );
  // What a question of a repeatable flag records stands among all of its values already.
  const single = new Map(given.map(answer => [`${answer.flag}=${answer.value}`, answer])).values();
  return slipwayLine(run.session, [
    'add',
    answers.word,
    ...(answers.place ?? [answers.app.path]),
    ...placeWords(run),
    ...[...single].flatMap(({ flag, value }) => flagWords({ name: flag, value })),
    ...lists,
    ...repeatedGlobals(run.input),
  ]);
}
