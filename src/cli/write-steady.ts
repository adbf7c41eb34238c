import { changesJson, type ChangeSet, joinAll, pathsForGit, textsAfter } from '../change-set.ts';
import type { UsingApp } from '../deliveries/chart-use.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { Line } from '../output/lay-out.ts';
import { renderPreview } from '../output/preview.ts';
import { withoutSecretTexts } from '../render/compare/masked-text.ts';
import { unitsNamed } from '../render/render-units.ts';
import type { RenderVerdict } from '../render/same-render.ts';
import type { DeliveredUnit } from '../render/render-delivered.ts';
import type { Repository } from '../repository/model.ts';
import { ignoredIn } from '../repository/gitignore.ts';
import { display, inCommit } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { buildLine } from './build-line.ts';
import type { CommandContext } from './command-context.ts';
import type { Input } from './flags.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from './next-steps.ts';
import { proveBeforeWriting, renderVerdictJson, renderVerdictLines } from './prove-before-writing.ts';
import { sameAgain } from './repeat-line.ts';
import { closingLines, jsonDocument } from './run-end.ts';
import { writeChanges } from './write-changes.ts';

/** A change of an app that is to leave what runs as it is. */
export type SteadyPlan = { app: Pick<UsingApp, 'path' | 'name'>; changes: ChangeSet };

/** The same with what became of the look at what it renders; undefined where nothing changes. */
export type ProvedPlan<Plan extends SteadyPlan> = Plan & { verdict: RenderVerdict | undefined };

export type SteadyRun<Plan extends SteadyPlan> = {
  plans: ProvedPlan<Plan>[];
  /** Whether all of them render the same, or could not be rendered. */
  isSame: boolean;
  written: boolean;
};

/**
 * Renders each app before and after its change, and writes all of them in one transaction where that is the same, or where nobody
 * could look.
 * @throws UserError E_RENDER for what would not render any more, and as `applyChanges` does
 */
export async function writeSteady<Plan extends SteadyPlan>(
  context: CommandContext,
  plans: readonly Plan[],
): Promise<SteadyRun<Plan>> {
  const { session, files, repository } = context;
  const proved: ProvedPlan<Plan>[] = [];
  for (const plan of plans) {
    const { app, changes } = plan;
    const units = unitsOfApp(repository, app.path);
    const change = { changes, before: units, after: units, app: app.path };
    const verdict = changes.changes.length > 0 ? await proveBeforeWriting(context, change) : undefined;
    proved.push({ ...plan, verdict });
  }
  const isSame = proved.every(({ verdict }) => verdict?.status !== 'differs');
  const changes = joinAll(proved.map(plan => plan.changes));
  if (isSame) await writeChanges(session, changes, { root: files.root });
  return { plans: proved, isSame, written: isSame && !session.dryRun && changes.changes.length > 0 };
}

/** What renders an app: itself, or the files that deliver it. */
function unitsOfApp(repository: Repository, path: string): DeliveredUnit[] {
  const units = unitsNamed(repository, [path]);
  return units.length > 0 ? units : [{ kind: 'folder', path }];
}

/** What a command says of its own at the end of such a run. */
export type SteadyWords<Plan extends SteadyPlan> = {
  name: string;
  input: Input;
  /** The verb of a commit. */
  subject: string;
  done: Text;
  would: Text;
  nothing: Text;
  lines(plan: ProvedPlan<Plan>): string[];
  json(plan: ProvedPlan<Plan>): object;
};

/** Ends a run: what changed in each app, what it renders, what follows. Resolves to the exit of the run. */
export function showSteady<Plan extends SteadyPlan>(
  context: CommandContext,
  run: SteadyRun<Plan>,
  words: SteadyWords<Plan>,
): ExitCode {
  const { session, files } = context;
  const changes = joinAll(run.plans.map(plan => plan.changes));
  const end = { next: nextSteps(context, run, words), command: sameAgain(session, words.name, words.input) };
  if (session.json) {
    const apps = run.plans.map(plan => ({
      app: plan.app.path,
      ...words.json(plan),
      ...(plan.verdict ? { render: renderVerdictJson(plan.verdict) } : {}),
    }));
    const { written } = run;
    const body = { root: files.root, dryRun: session.dryRun, written, apps, changes: changesJson(changes) };
    session.terminal.data(jsonDocument(1, body, end));
  } else session.terminal.result(resultLines(context, run, words, end));
  return run.isSame ? EXIT.done : EXIT.decisions;
}

function resultLines<Plan extends SteadyPlan>(
  { session }: CommandContext,
  run: SteadyRun<Plan>,
  words: SteadyWords<Plan>,
  end: { next: readonly NextStep[]; command: string },
): Line[] {
  const { terminal, t, dryRun } = session;
  const changes = joinAll(run.plans.map(plan => plan.changes));
  const isShown = changes.changes.length > 0 && (dryRun || !run.isSame);
  const preview =
    isShown && !(terminal.interactive && run.isSame)
      ? [renderPreview(withoutSecretTexts(changes), terminal), '']
      : [];
  const lines = run.plans.flatMap(plan => [
    terminal.style(display(plan.app.path), 'bold'),
    ...words.lines(plan),
    ...(plan.verdict ? renderVerdictLines(session, plan.verdict) : []),
  ]);
  const head = changes.changes.length === 0 ? words.nothing : run.written ? words.done : words.would;
  const closing = run.isSame ? [terminal.style(t(head), 'green')] : [];
  return [...preview, ...lines, ...closing, ...closingLines(session, end)];
}

function nextSteps<Plan extends SteadyPlan>(
  context: CommandContext,
  { plans, isSame, written }: SteadyRun<Plan>,
  { name, input, subject }: SteadyWords<Plan>,
): NextStep[] {
  const { session, files, gitops, renderers, repository } = context;
  const changed = plans.filter(({ changes }) => changes.changes.length > 0);
  const [first] = changed;
  if (!isSame) return [{ text: say('render.seeDifference') }];
  if (!first) return [];
  if (session.dryRun) return [{ line: sameAgain(session, name, withoutSwitch(input, 'dry-run')) }];
  if (!written) return [];
  const changes = joinAll(changed.map(plan => plan.changes));
  const apps = changed.map(({ app }) => inCommit(app.name)).join(', ');
  const { configuration } = gitops;
  const isIgnored = ignoredIn(textsAfter(repository.text, changes));
  return [
    ...goThere(session, input, files.root),
    { line: buildLine({ session, configuration, renderers }, first.app.path) },
    ...commitStep(files, pathsForGit(changes, isIgnored), `chore(${apps}): ${subject}`),
  ];
}
