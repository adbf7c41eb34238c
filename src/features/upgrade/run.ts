import { availableParallelism } from 'node:os';
import path from 'node:path';
import { changesJson, joinAll } from '../../change-set.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { EXIT, type ExitCode, UserError, worst } from '../../errors.ts';
import { display } from '../../text/display.ts';
import type { UpgradeInput } from './flags.ts';
import { type Decisions, readAccepted, readDecisions, unusedIn, withStanding } from '../../output/risks.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import type { Notice } from '../../system/transaction/notice.ts';
import type { Session } from '../../cli/context.ts';
import type { Line } from '../../output/lay-out.ts';
import type { UpgradePlan } from './plan-upgrade.ts';
import { exitCodes, lateApp, type PreparedApp } from './prepared-app.ts';
import { type UpgradeAppContext, prepareApp } from './prepare-app.ts';
import { writeAllOrNothing, writeUpgrade } from './write-upgrade.ts';
import { readMatrix } from '../../cli/shard.ts';
import { confirm } from '../../cli/confirm.ts';
import { choosePlan, printMatrix, readText, savePlan, showPlan } from './run-plan.ts';
import { openContext, type CommandContext } from '../../cli/command-context.ts';
import type { Asked, ToAsk } from './questions.ts';
import { describeNotice, type Purpose } from '../../cli/open-repository.ts';
import { keepingAnswers } from './write-answers.ts';
import { renderPreview } from '../../output/preview.ts';
import {
  leftAloneLine,
  renderedLine,
  renderOpenDecisions,
  renderUpgradeSummary,
  upgradeJson,
} from './view.ts';
import { warnUnused } from '../../cli/unused-answers.ts';
import { withRecentPulls } from '../../charts/recent-pulls.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { exitOfNothingRead } from '../../repository/unread/charts-read.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import { type LookedAt, lookedAt, notJudgedLines, rendererOf, summaryLines } from './looked-at.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import { commitSteps, endedLine } from './written.ts';
import { closingLines } from '../../cli/run-end.ts';
import type { NextStep } from '../../cli/next-steps.ts';
import type { ChartMove } from './chart-move.ts';
import { readBudget } from '../../cli/read-budget.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { inParallel } from '../../data/in-parallel.ts';
import { markFor } from '../../cli/run-mark.ts';
import { say } from '../../locales/say.ts';
import type { UpgradeReport } from './report-facts.ts';
import { reportFiles, writeReports } from './write-report.ts';

/** upgrade: plan, migrate and render, show, write app by app, report. */
export async function runUpgrade(given: Session, input: UpgradeInput): Promise<number> {
  const { cwd } = given;
  const reports = await reportFiles(input, cwd);
  requireProvable(input);
  const lookups = await openContext(given, input, purposeOf(input));
  try {
    const planned = await choosePlan(lookups, input, cwd);
    const plan = input.switches.has('interactive') ? await chosenMoves(lookups, planned) : planned;
    const { plan: file } = input.values;
    if (file !== undefined) await savePlan(path.resolve(cwd, file), plan, given.signal);
    const looked = await lookedAt(lookups, input, planned);
    if (input.switches.has('matrix') || file !== undefined) return endWithPlan(lookups, input, plan, looked);
    const decisions = await loadDecisions(input, cwd);
    return await keepingAnswers(lookups.session, { input, decisions }, async asked => {
      const prepared = await prepare(lookups, input, plan, { ...decisions, asked });
      return carryOut({ lookups, input, reports, looked }, plan, { ...decisions, prepared });
    });
  } finally {
    await lookups.close();
  }
}

function requireProvable(input: UpgradeInput): void {
  if (readBudget(input) === undefined || !input.switches.has('no-render')) return;
  throw new UserError('E_USAGE', say('proof.proveNoRender'), { hint: say('diff.giveOneThem') });
}

/** What could not be looked up costs the others nothing: only a plan that holds no move ends as the run itself would. */
function endWithPlan(
  { session, repository }: CommandContext,
  input: UpgradeInput,
  plan: UpgradePlan,
  looked: LookedAt,
): number {
  const left = sayUnread(looked.charts.unread, looked.charts.read);
  const lines = plan.leftAlone.filter(item => 'exit' in item).map(item => leftAloneLine(item, session));
  for (const line of [...lines, ...(left ? [session.t(left)] : [])]) session.terminal.say(line);
  if (input.switches.has('matrix'))
    printMatrix(session, plan, { uses: findUses(repository), shards: readMatrix(input) });
  else showPlan(session, plan, { input, unread: looked.charts.unread });
  if (plan.moves.length > 0) return input.switches.has('exit-code') ? EXIT.findings : EXIT.done;
  return exitOfRun({ input, looked }, plan, []);
}

/** A run that makes a plan or a matrix ends there. */
function purposeOf({ values, switches }: UpgradeInput): Purpose {
  return values['plan'] !== undefined || switches.has('matrix') ? 'read' : 'write';
}

async function loadDecisions({ values, given }: UpgradeInput, cwd: string): Promise<Decisions> {
  const file = values['decisions'];
  const flags = readAccepted(given.filter(({ name }) => name === 'accept').map(({ value }) => value));
  if (file === undefined) return { answers: {}, accepted: flags };
  const { answers, accepted } = readDecisions(await readText(cwd, file), file);
  return { answers, accepted: [...accepted, ...flags] };
}

async function prepare(
  lookups: CommandContext,
  input: UpgradeInput,
  plan: UpgradePlan,
  { asked, ...decisions }: Decisions & { asked: Asked },
): Promise<PreparedApp[]> {
  const { session, repository } = lookups;
  const render = !input.switches.has('no-render');
  const fetch = resourceFetcher(async () => lookups);
  const uses = findUses(repository);
  const tidy = input.switches.has('tidy');
  const shown = showProgress(session, say('upgrade.migrating'));
  const budget = readBudget(input);
  const proof = budget === undefined ? undefined : { renderers: lookups.renderers, budget, tick: shown.tick };
  const all = withStanding(lookups.gitops.configuration, decisions);
  const { offline, jobs = availableParallelism() } = session;
  // Apps of one chart come one after the other.
  const charts = withRecentPulls(lookups.charts, 2 * jobs);
  const context = { ...lookups, charts, uses, tidy, render, ...all, fetch, offline, jobs, proof };
  const prepared = await prepareUpgrade(context, plan.moves, shown.progress).finally(shown.end);
  if (!session.terminal.interactive || session.yes) return prepared;
  return askAll(context, session, { prepared, moves: plan.moves, asked });
}

/** The decisions first: the risks are those of what was decided. */
async function askAll(context: UpgradeAppContext, session: Session, toAsk: ToAsk): Promise<PreparedApp[]> {
  const { askDecisions } = await import('./questions.ts');
  const { askRisks } = await import('./risk-questions.ts');
  const decided = await askDecisions(context, session, toAsk);
  const answers = { ...context.answers, ...toAsk.asked.answers };
  return askRisks({ ...context, answers }, session, { ...toAsk, prepared: decided });
}

async function chosenMoves(lookups: CommandContext, planned: UpgradePlan): Promise<UpgradePlan> {
  const { chooseMoves } = await import('./questions.ts');
  return chooseMoves(lookups, planned);
}

/** What a run works with; `reports` are the files that --report names. */
type UpgradeRun = {
  lookups: CommandContext;
  input: UpgradeInput;
  reports: readonly string[];
  looked: LookedAt;
};

async function carryOut(
  { lookups, input, reports, looked }: UpgradeRun,
  plan: UpgradePlan,
  { prepared, ...decisions }: Decisions & { prepared: PreparedApp[] },
): Promise<number> {
  const { session } = lookups;
  const unused = unusedIn(
    prepared.map(({ report }) => report),
    decisions,
  );
  if (!session.json) warnUnused(session, unused);
  if (!session.json) session.terminal.say(renderUpgradeSummary(prepared, plan.leftAlone, session));
  const ready = prepared.filter(({ changes }) => changes.changes.length > 0);
  if (ready.length > 0 && !session.dryRun) {
    const isAsked = session.terminal.interactive && !session.yes;
    const changes = joinAll(ready.map(app => app.changes));
    if (isAsked) session.terminal.say(`\n${renderPreview(changes, session.terminal.aside)}`);
    await confirmUpgrade(session, ready.length);
  }
  const written = session.dryRun ? prepared : await write(lookups, input, plan, prepared);
  const report = {
    date: lookups.today.toISOString().slice(0, 10),
    renderer: await rendererOf(lookups, input, prepared),
    apps: written.map(app => app.report),
    leftAlone: plan.leftAlone,
    looked: looked.looked,
    unread: looked.charts.unread,
  };
  await writeReports(report, reports, session.language);
  const commit = commitSteps(
    session,
    { input, files: lookups.files, isIgnored: ignoredIn(lookups.repository.text) },
    written,
  );
  const end = { written, looked, commit, unused };
  if (session.json) session.terminal.data(endJson(report, end, session, input));
  else session.terminal.result(endText(report, end, session, input));
  return exitOfRun({ input, looked }, plan, written);
}

type End = {
  written: readonly PreparedApp[];
  looked: LookedAt;
  commit: readonly NextStep[];
  unused: string[];
};

function endJson(report: UpgradeReport, end: End, session: Session, input: UpgradeInput): string {
  const { written, commit, unused } = end;
  const done = written.filter(app => app.written === true || app.report.status === 'upgraded');
  const about = { commit, changes: done.flatMap(app => changesJson(app.changes)) };
  return upgradeJson(report, unused.length > 0 ? { ...about, unusedAnswers: unused } : about, session, input);
}

function endText(report: UpgradeReport, end: End, session: Session, input: UpgradeInput): Line[] {
  const { written, looked, commit } = end;
  const statuses = [...report.apps, ...report.leftAlone].map(({ status }) => status);
  return [
    ...renderOpenDecisions(report, session, input),
    ...renderedLine(report, session),
    ...notJudgedLines(report.apps, session),
    ...(session.dryRun ? [] : endedLine(written, session)),
    summaryLines(statuses, looked, session),
    ...closingLines(session, { next: commit }),
  ];
}

function write(
  { session, files, repository }: CommandContext,
  input: UpgradeInput,
  plan: UpgradePlan,
  prepared: PreparedApp[],
): Promise<PreparedApp[]> {
  const options = {
    root: files.root,
    signal: session.signal,
    deadline: session.deadline,
    env: session.env,
    commit: input.switches.has('commit'),
    isIgnored: ignoredIn(repository.text),
    run: markFor(session),
    notify: (notice: Notice) => session.terminal.say(session.t(describeNotice(notice))),
  };
  if (!input.switches.has('all-or-nothing')) return writeUpgrade(prepared, options);
  const leftOut = plan.leftAlone.filter(item => 'exit' in item).map(({ app }) => app);
  return writeAllOrNothing(prepared, { ...options, leftOut });
}

function confirmUpgrade(session: Session, apps: number): Promise<void> {
  const question = say('upgrade.writeApps', { apps });
  return confirm(session, { question, preset: true, needsYes: say('upgrade.toWriteApps', { apps }) });
}

/** With --exit-code 1 says as well that something moved or would, stays behind, or was not looked at. */
function exitOfRun(
  { input, looked: { charts } }: Pick<UpgradeRun, 'input' | 'looked'>,
  { moves, leftAlone }: UpgradePlan,
  apps: readonly PreparedApp[],
): ExitCode {
  const behind = leftAlone.filter(({ status }) => status === 'beyond-level' || status === 'unknown');
  const isAllCurrent = moves.length + behind.length + charts.unread.length === 0;
  return worst([
    ...exitCodes(apps, leftAlone),
    exitOfNothingRead(charts),
    input.switches.has('exit-code') && !isAllCurrent ? EXIT.findings : EXIT.done,
  ]);
}

/** Apps migrated and rendered at once, where there is one core too: rendering keeps a core busy each, and what is read waits. */
const LEAST_AT_ONCE = 2;

type UpgradeContext = UpgradeAppContext & { session: Pick<Session, 'deadline' | 'jobs'> };

/** Prepares every app of a plan. Apps stand for themselves: one that fails stops no other. */
async function prepareUpgrade(
  context: UpgradeContext,
  moves: readonly ChartMove[],
  progress: (done: number, of: number) => void,
): Promise<PreparedApp[]> {
  const names = [...new Set(moves.map(({ app }) => app))];
  const prepared = new Map<string, PreparedApp>();
  const { deadline, jobs = Math.max(LEAST_AT_ONCE, availableParallelism()) } = context.session;
  await inParallel(names, jobs, async name => {
    const own = moves.filter(({ app }) => app === name);
    const app = usingApp(context, name);
    prepared.set(name, deadline.aborted ? lateApp(app, deadline) : await prepareApp(context, app, own));
    progress(prepared.size, names.length);
  });
  return names.flatMap(name => prepared.get(name) ?? []);
}

/** @throws UserError E_CHANGED where the plan names an app that uses no chart */
function usingApp({ uses }: UpgradeContext, folder: string): UsingApp {
  const found = uses.find(({ app }) => app.path === folder);
  if (found) return found.app;
  throw new UserError('E_CHANGED', say('upgrade.usesNoChart', { path: display(folder) }), {
    hint: say('upgrade.planAgain'),
    subject: display(folder),
  });
}
