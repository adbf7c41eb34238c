import path from 'node:path';
import { type ChangeSet, joinAll, pathsForGit, textsAfter } from '../../change-set.ts';
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
import { openRepositoryRoot } from '../../system/files/find-repository.ts';
import { readNamedFile } from '../../system/files/named-files.ts';
import { contentId } from '../../system/git/blob-id.ts';
import { commitPaths } from '../../system/git/git-commit.ts';
import { openHistory } from '../../system/git/git-tree.ts';
import { applyChanges } from '../../system/transaction/transaction.ts';
import { display } from '../../text/display.ts';
import { readAnswers } from '../../values/read-answers.ts';
import { unusedAnswers } from '../../values/decisions.ts';
import type { GivenAnswers } from '../../values/merge-answered.ts';
import { filesOfApp } from './app-files.ts';
import type { PromotedPart } from './environment-owned.ts';
import type { PromoteInput } from './flags.ts';
import { openBases } from './open-base.ts';
import { type Pair, pairsOf } from './pair-apps.ts';
import { planPromotion } from './plan-promotion.ts';
import type { Promotion } from './promotion.ts';
import { parseRecord, recordChange, recordPath } from './record.ts';
import { type Promoted, promotionSubject, showPromotions, showStatus } from './view.ts';

/** Takes apps from one environment to another; resolves to the exit of the run. */
export async function runPromote(given: Session, input: PromoteInput): Promise<number> {
  const only = onlyOf(input.values['only']);
  const answers = await answersOf(given, input.values['decisions']);
  const isStatus = input.switches.has('status');
  const context = await openContext(given, input, isStatus ? 'read' : 'write');
  try {
    const { session } = context;
    const pairs = pairsOf(usingApps(context.repository, findUses(context.repository)), input);
    const planned = await planAll(context, pairs, { only, given: answers });
    if (isStatus) {
      showStatus(planned, { input }, session);
      return worst(planned.map(({ promotion }): ExitCode => promotion.failure?.exit ?? EXIT.done));
    }
    const used = planned.flatMap(({ promotion }) => promotion.usedAnswers);
    if (!session.json) warnUnused(session, unusedAnswers(answers[0]?.answers ?? {}, used));
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

const PARTS: readonly PromotedPart[] = ['charts', 'images', 'values', 'resources'];

/** @throws UserError E_VALUE */
function onlyOf(text: string | undefined): ReadonlySet<PromotedPart> {
  const words = text?.split(',') ?? PARTS;
  return new Set(
    words.map(word => {
      const found = PARTS.find(part => part === word.trim());
      if (found) return found;
      throw new UserError('E_VALUE', say('promote.noPart', { word: display(word) }), {
        hint: say('bump.wheresAre', { wheres: PARTS.join(', ') }),
        flag: 'only',
      });
    }),
  );
}

async function answersOf({ cwd }: Session, file: string | undefined): Promise<GivenAnswers[]> {
  if (file === undefined) return [];
  const text = await readNamedFile(path.resolve(cwd, file));
  return [{ source: 'decisions', answers: readAnswers(text, display(file)) }];
}

type How = { only: ReadonlySet<PromotedPart>; given: readonly GivenAnswers[] };

async function planAll(context: CommandContext, pairs: readonly Pair[], how: How): Promise<Promoted[]> {
  const { repository, gitops, files, session } = context;
  const root = await openRepositoryRoot(files.root);
  const history = openHistory(root, { signal: session.signal, indexFile: undefined });
  const head = await history?.resolve('HEAD');
  const baseOf = openBases(head === undefined ? undefined : history);
  const keep = gitops.configuration.promotion?.keep ?? [];
  const planned: Promoted[] = [];
  for (const pair of pairs) {
    const [source, target] = [pair.source, pair.target].map(app => filesOfApp(repository.text, app));
    if (!source || !target) continue;
    const file = recordPath(pair.to, pair.app);
    const before = repository.text.get(file);
    const base = await baseOf({ ...pair, now: { source, target }, record: parseRecord(before), keep });
    const why = session.t(say('promote.why', { from: pair.from, to: pair.to }));
    const promotion = planPromotion({
      app: pair.target.path,
      source: { path: pair.source.path, namespace: namespaceOfApp(pair.source), files: source },
      target: { path: pair.target.path, namespace: namespaceOfApp(pair.target), files: target },
      base,
      keep,
      ...how,
      why,
    });
    planned.push({
      pair,
      promotion: withRecord(promotion, { context, pair, file, before, head, why, only: how.only }),
    });
  }
  return planned;
}

function namespaceOfApp({ kustomization, name }: Pair['source']): string {
  return kustomization?.namespace ?? name;
}

type Recorded = {
  context: CommandContext;
  pair: Pair;
  file: string;
  before: string | undefined;
  head: string | undefined;
  why: string;
  only: ReadonlySet<PromotedPart>;
};

/** What is promoted as a whole is remembered with it. */
function withRecord(promotion: Promotion, recorded: Recorded): Promotion {
  const { context, pair, file, before, head, why, only } = recorded;
  const { changes, decisions, usedAnswers, failure } = promotion;
  const isWhole = only.size === PARTS.length && decisions.length === 0 && !failure;
  if (!isWhole || changes.changes.length + usedAnswers.length === 0) return promotion;
  const { text } = context.repository;
  const gone = new Set(changes.changes.flatMap(change => (change.action === 'delete' ? [change.path] : [])));
  const after = new Map([...textsAfter(text, changes)].filter(([each]) => !gone.has(each)));
  const change = recordChange({
    file,
    before,
    from: pair.from,
    source: filesOfApp(text, pair.source),
    target: filesOfApp(after, pair.target),
    ahead: promotion.aheadKeys,
    idOf: content => contentId(content, head?.length === 64 ? 'sha256' : 'sha1'),
    why,
  });
  return { ...promotion, changes: joinAll([changes, change]) };
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
  if (terminal.interactive) terminal.say(renderPreview(changes, terminal.aside));
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

function isReady({ failure, decisions, changes }: Promotion): boolean {
  return !failure && decisions.length === 0 && changes.changes.length > 0;
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

function exitOf({ failure, decisions }: Promotion): ExitCode {
  return failure?.exit ?? (decisions.length > 0 ? EXIT.decisions : EXIT.done);
}
