import type { Addition } from '../../../generators/add/addition.ts';
import type { AppContext } from '../../../generators/new-app/generator.ts';
import type { Answer } from '../../../generators/asker.ts';
import type { Generated } from '../../../generators/generator.ts';
import { changesJson } from '../../change-set.ts';
import { commandLine } from '../../cli/command-line.ts';
import { renderTree } from '../../output/preview.ts';
import { splitList } from '../../../generators/new-app/repeat-command.ts';
import type { AppBuild } from '../../render/build-changes.ts';
import { buildLines, buildsJson } from '../../cli/build-before-writing.ts';
import type { AppRun } from '../../cli/context.ts';
import { appAround } from '../../repository/model.ts';
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';

/** What a run came to. */
type Added = Generated<Addition> & { builds: readonly AppBuild[] };

/** Ends a run of `add`: what changed, the next step, and the line that repeats it. */
export function showAddition(run: AppRun, context: AppContext, generated: Added): void {
  const { terminal, json } = run.session;
  const { answers } = generated;
  const end = {
    answers: context.ask.answers,
    notes: answers.notes,
    next: nextSteps(context, generated),
    command: repeatAdd(run, context, answers),
  };
  if (json) terminal.result(jsonDocument(2, bodyOf(run, context, generated), end));
  else terminal.result(resultText(run, generated, end));
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

function resultText({ session }: AppRun, { answers, changes, builds }: Added, end: RunEnd): string {
  const { terminal, t, dryRun } = session;
  const { path } = answers.app;
  if (changes.changes.length === 0) return t(say('add.nothingDoHasAlready', { path }));
  const made = dryRun ? say('add.wouldChange', { path }) : say('add.changed', { path });
  return [
    ...(terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    ...answerLines(session, end),
    terminal.style(t(made), 'green'),
    ...buildLines(builds, session),
    ...closingLines(session, end),
  ].join('\n');
}

function nextSteps(
  { gitops }: AppContext,
  { answers: { app, request, next }, changes }: Generated<Addition>,
): string[] {
  const [first] = changes.changes;
  const touched = first && appAround(gitops.repository.apps, first.path);
  const folder = touched?.path ?? app.path;
  const build = `kustomize build --enable-helm --load-restrictor LoadRestrictionsNone ${folder}`;
  const paths = changes.changes
    .filter(({ path }) => !path.startsWith(`${app.path}/charts/`))
    .map(({ path }) => path);
  if (paths.length === 0) return next;
  const subject = request.kind === 'resource' ? nameOf(request.resource.path) : request.kind;
  const commit = `${commandLine(['git', 'add', ...paths])} && git commit -m "feat(${app.name}): add ${subject}"`;
  return [...next, build, commit];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
}

function repeatAdd({ session, input }: AppRun, context: AppContext, answers: Addition): string {
  const lists = ['host', 'to'].flatMap(flag => splitList(context, flag, /[\s,]+/));
  const single = [...answers.moreAnswers, ...context.ask.answers].filter(isRepeated);
  const demo = input.switches.has('demo') ? [`--demo=${context.files.root}`] : [];
  const cwd = input.values['cwd'] === undefined || demo.length > 0 ? [] : ['-C', session.cwd];
  const flags = single.flatMap(({ flag, value }) => [`--${flag}`, value]);
  return commandLine(['slipway', 'add', answers.word, answers.app.path, ...demo, ...cwd, ...flags, ...lists]);
}

function isRepeated({ flag, value }: Answer): boolean {
  return value !== '' && !['app', 'host', 'to'].includes(flag);
}
