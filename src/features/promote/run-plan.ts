import path from 'node:path';
import { changesJson } from '../../change-set.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import type { NextStep } from '../../cli/next-steps.ts';
import { repeatLine, sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { planChanged, requireSameDigests } from '../../cli/saved-plan.ts';
import { writePlanFile } from '../../cli/write-plan.ts';
import { findUses, usingApps } from '../../deliveries/find-uses.ts';
import { say } from '../../locales/say.ts';
import { readNamedFile } from '../../system/files/named-files.ts';
import { display } from '../../text/display.ts';
import type { PromotedPart } from './environment-owned.ts';
import type { PromoteInput } from './flags.ts';
import { type PersonAnswers, openRequests, type PlannedRun, promotionOf } from './open-requests.ts';
import { pairsOf } from './pair-apps.ts';
import { inputsOf, outcomeOf, parsePromotionPlan, type PlannedApp } from './promotion-plan.ts';
import { keyFor } from '../../values/answer-keys.ts';
import { type Promoted, promotionJson, openIn, planLines, risksIn } from './view.ts';

/**
 * Reads a plan and plans once more: nothing of what the file says is written, and nothing is where it comes to something else now.
 * @throws UserError E_VALUE for no plan, E_CHANGED for one that no longer holds
 */
export async function loadPlannedRun(
  context: CommandContext,
  { positionals, values }: PromoteInput,
  { given, accepted }: PersonAnswers,
): Promise<PlannedRun> {
  const { session, repository } = context;
  const file = values['apply'] ?? '';
  const plan = parsePromotionPlan(await readNamedFile(path.resolve(session.cwd, file)), display(file));
  const apps = wantedApps(plan.apps, positionals);
  const { from, to, only } = plan;
  const all = usingApps(repository, findUses(repository));
  const pairs = pairsOf(all, { from, to, words: apps.map(({ name }) => name), isAll: false });
  const moved = pairs.findIndex(
    ({ source, target }, at) => source.path !== apps[at]?.from || target.path !== apps[at]?.app,
  );
  if (moved >= 0)
    throw planChanged(
      apps[moved]?.app ?? '',
      say('promote.appMoved', { app: display(apps[moved]?.app ?? '') }),
    );
  const requests = await openRequests(context, pairs, only);
  const now = inputsOf(requests);
  const folders = apps.flatMap(({ app, from: source }) => [app, source]);
  const planned = Object.keys(plan.inputs).filter(
    each => apps.length === plan.apps.length || folders.some(folder => each.startsWith(`${folder}/`)),
  );
  requireSameDigests(plan.inputs, now, [...Object.keys(now), ...planned]);
  for (const [at, request] of requests.entries())
    if (outcomeOf(request) !== apps[at]?.outcome)
      throw planChanged(
        request.request.app,
        say('promote.otherOutcome', { app: display(request.request.app) }),
      );
  const answered: PersonAnswers = {
    given: [...given, { source: 'decisions', answers: plan.answers }],
    accepted: [...accepted, ...plan.accepted],
  };
  return { requests, ...answered, planned: requests.map(each => promotionOf(context, each, answered)) };
}

function wantedApps(apps: readonly PlannedApp[], words: readonly string[]): readonly PlannedApp[] {
  if (words.length === 0) return apps;
  const wanted = words.map(word => {
    const found = apps.find(({ app, name }) => app === word || name === word);
    if (found) return found;
    throw planChanged(word, say('promote.notInPlan', { app: display(word) }));
  });
  return [...new Set(wanted)];
}

type Saving = { file: string; run: PlannedRun; only: ReadonlySet<PromotedPart>; input: PromoteInput };

/** Writes the plan of a run, and says what it holds and which line carries it out. */
export async function savePromotionPlan(
  { session }: CommandContext,
  { file, run, only, input }: Saving,
): Promise<void> {
  const { terminal } = session;
  const kept = run.planned.filter(
    ({ promotion: { changes, decisions, failure } }) =>
      !failure && changes.changes.length + decisions.length > 0,
  );
  const requests = run.requests.filter(({ pair }) => kept.some(each => each.pair === pair));
  const open = openIn(kept);
  const plan = {
    from: input.values['from'],
    to: input.values['to'],
    only: [...only],
    apps: kept.map((promoted, at) => ({
      ...promotionJson(promoted),
      name: promoted.pair.app,
      changes: changesJson(promoted.promotion.changes),
      outcome: requests[at] ? outcomeOf(requests[at]) : '',
    })),
    inputs: inputsOf(requests),
    answers: {
      ...run.given[0]?.answers,
      ...Object.fromEntries(acceptedIn(kept).map(key => [key, 'accept'])),
      ...Object.fromEntries([...open, ...risksIn(kept)].map(({ key }) => [key, null])),
    },
  };
  await writePlanFile(path.resolve(session.cwd, file), { schemaVersion: 1, ...plan }, session.signal);
  const switches = new Set([...input.switches].filter(name => name === 'commit' || name === 'offline'));
  const given = [
    { name: 'apply' as const, value: file },
    ...input.given.filter(({ name }) => APPLIED_WITH.includes(name)),
  ];
  const line = repeatLine(session, { words: ['promote'], given, switches: new Set([...switches, 'yes']) });
  const shown = display(file);
  const count = open.length + risksIn(kept).length;
  const next: NextStep[] = [
    ...(count > 0 ? [{ text: say('promote.answerInPlan', { file: shown, count }) }] : []),
    ...(kept.length > 0 ? [{ line }] : []),
  ];
  if (session.json) {
    terminal.data(jsonDocument(1, plan, { next, command: sameAgain(session, 'promote', input) }));
    return;
  }
  terminal.result([...planLines(run.planned, open, session), ...closingLines(session, { next })]);
}

/** The risks that are taken, each with its app: what stands in a plan was answered for these alone. */
function acceptedIn(kept: readonly Promoted[]): string[] {
  return kept.flatMap(({ promotion: { app, risks } }) =>
    risks.filter(({ level, accepted }) => level === 'fatal' && accepted).map(({ key }) => keyFor(app, key)),
  );
}

/** What a plan does not hold and its carrying out goes by. */
const APPLIED_WITH = ['cwd', 'helm-command', 'kustomize-command', 'lang'];
