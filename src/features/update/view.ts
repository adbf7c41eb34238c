import { type ChangeSet, changesJson, pathsForGit } from '../../change-set.ts';
import { buildLines, buildsJson, type SeenBuild } from '../../cli/build-before-writing.ts';
import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';
import { type OpenDecision, renderDecisionFile } from '../../output/decision-file.ts';
import type { Line } from '../../output/lay-out.ts';
import { renderTree } from '../../output/preview.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import type { Repository } from '../../repository/model.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { display, inCommit } from '../../text/display.ts';
import { byKey } from '../../values/answer-keys.ts';
import type { UpdateInput } from './flags.ts';
import type { AppUpdate, UpdateStatus } from './plan-update.ts';

type UpdateRun = { session: Session; input: UpdateInput; files: RepositoryFiles; repository: Repository };

type Outcome = { updates: readonly AppUpdate[]; changes: ChangeSet; builds: readonly SeenBuild[] };

const DECISION_FILE = 'decisions.yaml';

/** Ends a run of `update`: what was taken over, what waits for a decision, and what follows. */
export function showUpdates(run: UpdateRun, outcome: Outcome): void {
  const { session, input } = run;
  const open = openIn(outcome.updates);
  const end = { next: nextSteps(run, outcome, open), command: sameAgain(session, 'update', input) };
  if (session.json) session.terminal.data(jsonDocument(1, bodyOf(run, outcome), end));
  else session.terminal.result([...lines(session, outcome, open), ...closingLines(session, end)]);
}

function bodyOf({ session, files }: UpdateRun, { updates, changes, builds }: Outcome): object {
  return {
    root: files.root,
    dryRun: session.dryRun,
    apps: updates.map(({ app, generators, status, decisions, gone, changes: own, failure }) => ({
      app,
      generators,
      status,
      changes: changesJson(own),
      decisions,
      gone,
      ...(failure && { error: { code: failure.code, message: failure.message } }),
    })),
    changes: changesJson(changes),
    builds: buildsJson(builds),
  };
}

function lines(
  session: Session,
  { updates, changes, builds }: Outcome,
  open: readonly OpenDecision[],
): Line[] {
  const { terminal, t } = session;
  if (updates.length === 0) return [t(say('update.nothingRecorded'))];
  return [
    ...(terminal.interactive || changes.changes.length === 0 ? [] : [...renderTree(changes, terminal), '']),
    ...updates.flatMap(update => appLines(session, update)),
    ...buildLines(builds, session),
    ...decisionLines(session, open),
  ];
}

const COLOURS = { updated: 'green', unchanged: 'dim', 'needs-decision': 'yellow', failed: 'red' } as const;

function appLines({ t, terminal, dryRun }: Session, update: AppUpdate): string[] {
  const { app, status, failure, gone, decisions, generators } = update;
  const args = { app: display(app), generators: generators.map(display).join(', '), count: decisions.length };
  const words = {
    updated: dryRun ? say('update.wouldUpdate', args) : say('update.updated', args),
    unchanged: say('update.unchanged', args),
    'needs-decision': say('update.needsDecision', args),
    failed: failure?.texts.message ?? say('update.unchanged', args),
  } satisfies Record<UpdateStatus, object>;
  const head = status === 'failed' ? `${args.app}: ${t(words.failed)}` : t(words[status]);
  return [
    terminal.style(head, COLOURS[status]),
    ...(failure?.texts.hint ? [`  ${t(failure.texts.hint)}`] : []),
    ...gone.map(file => `  ${t(say('update.staysGone', { file: display(file) }))}`),
  ];
}

/** What nobody has decided, by the key that answers it. */
function openIn(updates: readonly AppUpdate[]): OpenDecision[] {
  const all = updates.flatMap(({ app, decisions }) =>
    decisions.map(decision => ({ app, id: decision.id, chart: decision.file, decision })),
  );
  return [...byKey(all)].flatMap(([key, same]) =>
    same.slice(0, 1).map(({ app, decision }) => ({
      app,
      key,
      decision,
      steps: same.map(each => display(`${each.decision.file}: ${each.decision.path}`)),
    })),
  );
}

function decisionLines({ t }: Session, open: readonly OpenDecision[]): Line[] {
  if (open.length === 0) return [];
  const sides = { base: say('update.base'), ours: say('update.ours'), theirs: say('update.theirs') };
  return [
    `${t(say('promote.decisionFile', { file: DECISION_FILE }))}:`,
    '',
    { yaml: renderDecisionFile(open, t, sides) },
    '',
  ];
}

function nextSteps(run: UpdateRun, { updates, changes }: Outcome, open: readonly OpenDecision[]): NextStep[] {
  const { session, input, files, repository } = run;
  const given = [
    ...input.given.filter(({ name }) => name !== 'decisions'),
    { name: 'decisions' as const, value: DECISION_FILE },
  ];
  const decide = open.length > 0 ? [{ line: sameAgain(session, 'update', { ...input, given }) }] : [];
  if (changes.changes.length === 0) return decide;
  if (session.dryRun)
    return [...decide, { line: sameAgain(session, 'update', withoutSwitch(input, 'dry-run')) }];
  const paths = pathsForGit(changes, ignoredIn(repository.text));
  const done = updates.filter(({ status }) => status === 'updated');
  const subject = `chore: update ${done.map(({ app }) => inCommit(app)).join(', ')}`;
  return [
    ...decide,
    ...goThere(session, input, files.root),
    ...commitStep(files, ['--all', ...paths], subject),
  ];
}
