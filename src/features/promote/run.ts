import path from 'node:path';
import { type ChangeSet, joinAll, pathsForGit } from '../../change-set.ts';
import { openRisks, readAccepted, readDecisions, unusedRiskKeys } from '../../output/risks.ts';
import { buildBeforeWriting } from '../../cli/build-before-writing.ts';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { confirm } from '../../cli/confirm.ts';
import { describeNotice } from '../../cli/open-repository.ts';
import { markFor } from '../../cli/run-mark.ts';
import { warnUnused } from '../../cli/unused-answers.ts';
import { findUses, usingApps } from '../../deliveries/find-uses.ts';
import { EXIT, type ExitCode, ownFailure, UserError, worst } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { renderPreview } from '../../output/preview.ts';
import { touchedApps } from '../../render/build-changes.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import { readNamedFile } from '../../system/files/named-files.ts';
import { commitPaths } from '../../system/git/git-commit.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import { display } from '../../text/display.ts';
import { unusedAnswers } from '../../values/decisions.ts';
import { PROMOTED_PARTS, type PromotedPart } from './environment-owned.ts';
import type { PromoteInput } from './flags.ts';
import { type PersonAnswers, openRequests, type PlannedRun, promotionOf } from './open-requests.ts';
import { pairsOf } from './pair-apps.ts';
import type { Promotion } from './promotion.ts';
import { type Promoted, promotionSubject, showPromotions, showStatus } from './view.ts';

/** Takes apps from one environment to another; resolves to the exit of the run. */
export async function runPromote(given: Session, input: PromoteInput): Promise<number> {
  const { values, switches } = input;
  requireOnePlan(input);
  const only = onlyOf(values['only']);
  const answered = await answersOf(given, input);
  const isStatus = switches.has('status');
  const context = await openContext(
    given,
    input,
    isStatus || values['plan'] !== undefined ? 'read' : 'write',
  );
  try {
    const { session } = context;
    // What reads and writes plans is loaded where there is one.
    const run =
      values['apply'] === undefined
        ? await planRun(context, input, { only, ...answered })
        : await (await import('./run-plan.ts')).loadPlannedRun(context, input, answered);
    const { planned } = run;
    if (isStatus) {
      showStatus(planned, { input }, session);
      return worst(planned.map(({ promotion }): ExitCode => promotion.failure?.exit ?? EXIT.done));
    }
    const used = planned.flatMap(({ promotion }) => promotion.usedAnswers);
    const judged = planned.map(({ promotion }) => ({ app: promotion.app, rendered: promotion }));
    const unused = [
      ...run.given.flatMap(each => unusedAnswers(each.answers, used)),
      ...unusedRiskKeys(judged, run.accepted),
    ];
    if (!session.json) warnUnused(session, unused);
    const { plan: file } = values;
    if (file !== undefined) {
      const { savePromotionPlan } = await import('./run-plan.ts');
      await savePromotionPlan(context, { file, run, only, input });
      return worst(planned.map(({ promotion }) => exitOf(promotion)));
    }
    const done = await writeAll(context, input, planned);
    showPromotions(
      done,
      { input, files: context.files, isIgnored: ignoredIn(context.repository.text) },
      session,
    );
    return worst(done.map(({ promotion }) => exitOf(promotion)));
  } finally {
    await context.close();
  }
}

/** A plan says where from, where to and what: nobody says it otherwise beside it. @throws UserError E_USAGE */
function requireOnePlan({ values, switches }: PromoteInput): void {
  const said = [
    ...(['from', 'to', 'only', 'plan'] as const).filter(name => values[name] !== undefined),
    ...(['all', 'status'] as const).filter(name => switches.has(name)),
  ];
  const [first] = values['apply'] === undefined ? [] : said;
  if (first !== undefined)
    throw new UserError('E_USAGE', say('promote.planSaysIt', { flag: `--${first}` }), {
      hint: say('promote.applyAlone'),
      flag: first,
    });
  if (values['plan'] !== undefined && switches.has('status'))
    throw new UserError('E_USAGE', say('promote.planOrStatus'), { hint: say('diff.giveOneThem') });
}

type How = { only: ReadonlySet<PromotedPart> } & PersonAnswers;

async function planRun(
  context: CommandContext,
  { positionals, values, switches }: PromoteInput,
  { only, ...answered }: How,
): Promise<PlannedRun> {
  const apps = usingApps(context.repository, findUses(context.repository));
  const { from, to } = values;
  const pairs = pairsOf(apps, { from, to, words: positionals, isAll: switches.has('all') });
  const requests = await openRequests(context, pairs, only);
  return { requests, ...answered, planned: requests.map(each => promotionOf(context, each, answered)) };
}

/** @throws UserError E_VALUE */
function onlyOf(text: string | undefined): ReadonlySet<PromotedPart> {
  const words = text?.split(',') ?? PROMOTED_PARTS;
  return new Set(
    words.map(word => {
      const found = PROMOTED_PARTS.find(part => part === word.trim());
      if (found) return found;
      throw new UserError('E_VALUE', say('promote.noPart', { word: display(word) }), {
        hint: say('bump.wheresAre', { wheres: PROMOTED_PARTS.join(', ') }),
        flag: 'only',
      });
    }),
  );
}

async function answersOf({ cwd }: Session, { values, given }: PromoteInput): Promise<PersonAnswers> {
  const flags = readAccepted(given.filter(({ name }) => name === 'accept').map(({ value }) => value));
  const { decisions: file } = values;
  if (file === undefined) return { given: [], accepted: flags };
  const text = await readNamedFile(path.resolve(cwd, file));
  const { answers, accepted } = readDecisions(text, display(file));
  return { given: [{ source: 'decisions', answers }], accepted: [...accepted, ...flags] };
}

/** Writes app by app, each in one transaction and, if wanted, one commit. One that cannot be written fails by itself. */
async function writeAll(
  context: CommandContext,
  { switches }: PromoteInput,
  planned: readonly Promoted[],
): Promise<Promoted[]> {
  const { session, repository } = context;
  const ready = planned.filter(({ promotion }) => isReady(promotion));
  const changes = joinAll(ready.map(({ promotion }) => promotion.changes));
  if (changes.changes.length === 0) return [...planned];
  const { terminal } = session;
  // What is remembered is ids of git: nobody reads them.
  const shown = changes.changes.filter(({ path: file }) => !file.startsWith('.slipway/promotions/'));
  if (terminal.interactive) terminal.say(renderPreview({ changes: shown }, terminal.aside));
  const done: Promoted[] = [];
  const needsYes = say('promote.toWrite', { count: ready.length });
  if (!session.dryRun)
    await confirm(session, {
      question: say('promote.write', { count: ready.length }),
      preset: true,
      needsYes,
    });
  for (const each of planned) {
    if (!isReady(each.promotion)) {
      done.push(each);
      continue;
    }
    try {
      await buildBeforeWriting(context, {
        changes: each.promotion.changes,
        apps: touchedApps(repository.apps, each.promotion.changes),
      });
      if (!session.dryRun) await write(context, each.promotion.changes);
      const committed = switches.has('commit') && !session.dryRun && (await commit(context, each));
      done.push({ ...each, written: !session.dryRun, committed });
    } catch (error) {
      done.push({ ...each, promotion: { ...each.promotion, failure: ownFailure(error) } });
    }
  }
  return done;
}

function isReady({ failure, decisions, risks, changes }: Promotion): boolean {
  return !failure && decisions.length + openRisks(risks).length === 0 && changes.changes.length > 0;
}

function write({ session, files }: CommandContext, changes: ChangeSet): Promise<unknown> {
  return applyChanges(changes, {
    root: files.root,
    now: new Date(),
    run: markFor(session),
    signal: session.signal,
    notify: notice => session.terminal.say(session.t(describeNotice(notice))),
  });
}

async function commit(
  { session, files, repository }: CommandContext,
  { pair, promotion }: Promoted,
): Promise<true> {
  const { env, signal } = session;
  const paths = pathsForGit(promotion.changes, ignoredIn(repository.text));
  await commitPaths({ root: files.root, paths, message: promotionSubject(pair), env, signal });
  return true;
}

function exitOf({ failure, decisions, risks }: Promotion): ExitCode {
  return failure?.exit ?? (decisions.length + openRisks(risks).length > 0 ? EXIT.decisions : EXIT.done);
}
