import type { Addition } from '../../../generators/add/addition.ts';
import type { AppContext } from '../../../generators/new-app/generator.ts';
import type { Answer } from '../../../generators/asker.ts';
import type { Generated } from '../../../generators/generator.ts';
import { changesJson } from '../../change-set.ts';
import { commandLine } from '../../cli/command-line.ts';
import { renderTree } from '../../output/preview.ts';
import { splitList } from '../../../generators/new-app/repeat-command.ts';
import type { AppRun } from '../../cli/context.ts';
import { wrapBlock } from '../../output/wrap.ts';
import { toJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';

/** Ends a run of `add`: what changed, the next step, and the line that repeats it. */
export function showAddition(run: AppRun, context: AppContext, generated: Generated<Addition>): void {
  const { terminal, json } = run.session;
  if (json) terminal.result(toJson(resultJson(run, context, generated)));
  else terminal.result(resultText(run, context, generated));
}

function resultJson(run: AppRun, context: AppContext, { answers, changes }: Generated<Addition>) {
  return {
    schemaVersion: 2,
    added: answers.word,
    app: answers.app.name,
    environment: answers.app.environment,
    root: context.files.root,
    dryRun: run.session.dryRun,
    changes: changesJson(changes),
    answers: context.ask.answers.map(({ flag, value, from, why }) => ({
      flag,
      value,
      from,
      why: why.en,
    })),
    notes: answers.notes.map(({ en }) => en),
    next: nextSteps(context, { answers, changes }),
    command: repeatAdd(run, context, answers),
  };
}

function resultText(run: AppRun, context: AppContext, { answers, changes }: Generated<Addition>): string {
  const { terminal, t, dryRun } = run.session;
  const { path } = answers.app;
  if (changes.changes.length === 0) return t(say('add.nothingDoHasAlready', { path }));
  const own = context.ask.answers.filter(({ from, value }) => from === 'slipway' && value !== '');
  const made = dryRun ? say('add.wouldChange', { path }) : say('add.changed', { path });
  return [
    ...(terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    ...own.map(({ flag, value, why }) =>
      wrapBlock(`${flag}: ${value} ${terminal.style(`(${t(why)})`, 'dim')}`, terminal.columns),
    ),
    terminal.style(t(made), 'green'),
    `${t(say('add.next'))}:`,
    ...nextSteps(context, { answers, changes }).map(step => `  ${step}`),
    `${t(say('add.sameAgain'))}:`,
    `  ${repeatAdd(run, context, answers)}`,
  ].join('\n');
}

function nextSteps(
  { gitops }: AppContext,
  { answers: { app, request, next }, changes }: Generated<Addition>,
): string[] {
  const touched = gitops.repository.apps.find(each =>
    changes.changes.some(({ path }) => path.startsWith(`${each.path}/`)),
  );
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
