import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { isInShard, readShard, type Shard, shardMatrix } from '../../cli/shard.ts';
import { toJson } from '../../data/json.ts';
import { resolve } from 'node:path';
import { requireSameDigests } from '../../cli/saved-plan.ts';
import type { ChartUse, UsingApp } from '../../deliveries/chart-use.ts';
import { findUses, usesIn } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { appAround } from '../../repository/model.ts';
import type { Unread } from '../../repository/unread/unread.ts';
import { type ChartMove, LEVELS, type Level, type MoveRequest } from './chart-move.ts';
import { sharedSourceRefusal } from './shared-files.ts';
import { parsePlan, type SavedMove, type SavedPlan } from './parse-plan.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { UpgradeInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { hashInputs, planUpgrade, type UpgradePlan } from './plan-upgrade.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { repeatLine, sameAgain } from '../../cli/repeat-line.ts';
import { leftAloneJson } from './view.ts';
import { readDays } from '../../cli/read-days.ts';
import { inRepository } from '../../charts/address.ts';
import type { Charts } from '../../charts/lookup.ts';
import { type PublishedVersion, resolveOpen } from '../../charts/newer-versions.ts';
import { type ChartPin, chartPins } from '../../charts/pins.ts';
import { candidates, chooseVersion, isChoosable } from '../../charts/versions/version-policy.ts';
import { writePlanFile } from '../../cli/write-plan.ts';
import { readInputFile } from '../../system/files/input-file.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

/** The moves of this run: planned now, or from the file of `--apply`, as far as it still holds. */
export async function choosePlan(
  lookups: CommandContext,
  input: UpgradeInput,
  cwd: string,
): Promise<UpgradePlan> {
  const file = input.values['apply'];
  const shard = readShard(input);
  if (file === undefined) return shareOf(await makePlan(lookups, input), shard);
  // Before it is held to the files: those of the others may be done meanwhile.
  return loadPlan(lookups, input, shareOf(parsePlan(await readText(cwd, file), file), shard));
}

type Shared = { moves: { app: string }[]; leftAlone: { app: string }[] };

/** The moves of a shard: those of one app, and of those that move with it, stay together. */
function shareOf<Plan extends Shared>(plan: Plan, shard: Shard | undefined): Plan {
  if (!shard) return plan;
  const isOwn = ({ app }: { app: string }): boolean => isInShard(shard, app);
  return { ...plan, moves: plan.moves.filter(isOwn), leftAlone: plan.leftAlone.filter(isOwn) };
}

async function makePlan(
  { session, files, charts, gitops, today }: CommandContext,
  input: UpgradeInput,
): Promise<UpgradePlan> {
  const { repository } = gitops;
  const apps = selectUsing(repository, input.positionals);
  const uses = usesIn(findUses(repository), apps);
  const label = session.t(say('upgrade.lookingNewerVersions'));
  const progress = session.terminal.progress(label);
  const request = {
    apps,
    uses,
    all: findUses(repository),
    level: LEVELS.find(level => input.switches.has(level)) ?? ('minor' satisfies Level),
    to: input.values['to'],
    today,
    minAgeDays: readDays(input) ?? gitops.conventions.minimumAge.value,
    pins: input.switches.has('pin'),
    progress: (done: number, of: number) => progress.update(`${label}: ${done}/${of}`),
  };
  return planUpgrade({ files, charts }, request).finally(() => progress.end());
}

/** @throws UserError E_CHANGED if a file that the plan rests on is another now, or the plan says what no plan would */
async function loadPlan(lookups: CommandContext, input: UpgradeInput, plan: SavedPlan): Promise<UpgradePlan> {
  const { gitops, files, charts, today } = lookups;
  const given = input.given.filter(({ name }) => name === 'app');
  const wanted = given.flatMap(({ value }) => value.split(',')).filter(name => name !== '');
  const { repository } = gitops;
  const apps = selectUsing(
    repository,
    wanted.length > 0 ? wanted : [...new Set(plan.moves.map(({ app }) => app))],
  );
  const all = findUses(repository);
  const uses = usesIn(all, apps);
  for (const move of plan.moves) requireTogether(all, apps, move);
  const moves = plan.moves
    .filter(({ app }) => apps.some(({ path: own }) => own === app))
    .map(move => ({ ...move, use: useOf(uses, move) }));
  await requireSameInputs(plan, { files, uses, moves });
  const minAgeDays = readDays(input) ?? gitops.conventions.minimumAge.value;
  await requirePlannedMoves(charts, all, { moves, today, minAgeDays, to: input.values['to'] });
  return { ...plan, schemaVersion: 2, moves };
}

/** @throws UserError E_SHARED_SOURCE where only some of the apps that move together are wanted */
function requireTogether(
  uses: readonly ChartUse[],
  apps: readonly Pick<UsingApp, 'path'>[],
  { use, also = [], name }: SavedMove,
): void {
  const together = uses.filter(({ id }) => id === use || also.includes(id));
  const isWanted = ({ app }: ChartUse): boolean => apps.some(({ path: own }) => own === app.path);
  const left = together.find(each => !isWanted(each));
  if (left && also.length > 0 && together.some(isWanted)) throw sharedSourceRefusal(left, { name });
}

/** The id of the use that a move is about; a position is that among the charts of the app's kustomization. */
function useOf(uses: readonly ChartUse[], { app, use }: SavedMove): string {
  if (typeof use === 'string') return use;
  const listed = uses.filter(each => each.app.path === app && each.delivery === 'kustomize');
  return listed[use]?.id ?? '';
}

type Planned = { files: CommandContext['files']; uses: readonly ChartUse[]; moves: readonly ChartMove[] };

async function requireSameInputs(plan: SavedPlan, { files, uses, moves }: Planned): Promise<void> {
  const now = await hashInputs(files, uses, moves);
  const moved = new Set(moves.map(({ app }) => app));
  // An app inside another's folder has its own inputs.
  const planned = plan.moves.map(({ app }) => ({ path: app }));
  const names = Object.keys(plan.inputs).filter(name => moved.has(appAround(planned, name)?.path ?? ''));
  requireSameDigests(plan.inputs, now, [...Object.keys(now), ...names]);
}

/** A plan of all apps of a large repository has some megabytes. */
const MAX_TEXT_BYTES = 32 << 20;

/** The text of a file that a flag names, from the folder of the run. @throws UserError E_VALUE, E_LIMIT */
export async function readText(cwd: string, file: string): Promise<string> {
  const bytes = await readInputFile({
    path: resolve(cwd, file),
    name: display(file),
    maxBytes: MAX_TEXT_BYTES,
  });
  return bytes.toString('utf8');
}

function planJson(plan: UpgradePlan) {
  return { ...plan, leftAlone: plan.leftAlone.map(leftAloneJson) };
}

/** Writes a plan for a later `--apply`. @throws UserError as `writePlanFile` does */
export async function savePlan(file: string, plan: UpgradePlan, signal: AbortSignal): Promise<void> {
  await writePlanFile(file, planJson(plan), signal);
}

/** The apps of the other uses that a move is about. */
function appsTakenAlong(uses: readonly ChartUse[], { also = [] }: Pick<ChartMove, 'also'>): string[] {
  return uses.filter(({ id }) => also.includes(id)).map(({ app }) => app.path);
}

/** For `strategy.matrix` of a CI job: one entry per app, or for those that move together, as `--app` takes it; or per shard. */
export function printMatrix(
  { terminal }: Session,
  { moves }: UpgradePlan,
  { uses, shards }: { uses: readonly ChartUse[]; shards: number | undefined },
): void {
  // Without moves there is nothing to share out.
  if (shards !== undefined && moves.length > 0) return terminal.data(toJson(shardMatrix(shards)));
  const moved = new Map(moves.map(move => [move.use, appsTakenAlong(uses, move)]));
  const groups = [...new Set(moves.map(({ app }) => app))].map(app => [
    app,
    ...moves.filter(move => move.app === app).flatMap(move => moved.get(move.use) ?? []),
  ]);
  terminal.data(toJson({ include: groups.map(apps => ({ app: [...new Set(apps)].join(',') })) }));
}

/** Shows a plan that was saved, and the line that carries it out: whoever runs that has seen what it does. */
export function showPlan(
  session: Session,
  plan: UpgradePlan,
  { input, unread }: { input: UpgradeInput; unread: readonly Unread[] },
): void {
  const { terminal, json } = session;
  const { given, values } = input;
  const kept = given.filter(({ name }) => APPLIED_WITH.includes(name));
  const apply = { name: 'apply', value: values['plan'] ?? '' };
  const switches = new Set([...[...input.switches].filter(name => APPLIED_WITH.includes(name)), 'yes']);
  const next = repeatLine(session, { words: ['upgrade'], given: [apply, ...kept], switches });
  const command = sameAgain(session, 'upgrade', input);
  if (json)
    terminal.data(
      jsonDocument(plan.schemaVersion, { ...planJson(plan), unread }, { next: [{ line: next }], command }),
    );
  else {
    const lines = plan.moves.map(({ app, name, from, to }) => `${app}  ${name}  ${from} → ${to}`);
    terminal.result([...lines, ...closingLines(session, { next: [{ line: next }] })]);
  }
}

/** What a plan does not hold and its carrying out goes by. */
const APPLIED_WITH = [
  'cwd',
  'to',
  'min-age',
  'no-render',
  'offline',
  'dry-run',
  'helm-command',
  'kustomize-command',
  'demo',
  'lang',
];

type PlanToVerify = Omit<MoveRequest, 'level'> & { moves: readonly ChartMove[] };

/**
 * Holds a plan from a file to the repository of now and to the version policy. All moves are compared with the kustomizations
 * before anybody is asked; a repository that does not answer fails its app later, not the others.
 * @throws UserError E_CHANGED
 */
async function requirePlannedMoves(
  charts: Charts,
  uses: readonly ChartUse[],
  { moves, ...request }: PlanToVerify,
): Promise<void> {
  const planned = moves.map(move => ({ move, pin: requirePlanned(uses, move) }));
  await Promise.all(
    planned.map(async ({ move, pin }) => {
      const versions = await publishedVersions(charts, pin);
      if (versions) requirePermitted(pin, move, { versions, request });
    }),
  );
}

async function publishedVersions(charts: Charts, { name, source }: { name: string; source: string }) {
  try {
    return await charts.versions(inRepository(name, source));
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return undefined;
    throw error;
  }
}

/**
 * The pinned chart that a move of a plan is about. A plan is a file that anybody may have written: where a chart comes from
 * is what the kustomization says, and a plan that says otherwise is refused before anybody is asked anything.
 * @throws UserError E_CHANGED
 */
function requirePlanned(uses: readonly ChartUse[], move: ChartMove): ChartPin {
  const [pin] = chartPins(uses.filter(use => use.id === move.use && isOf(use, move)));
  if (pin?.name !== move.name || pin.current !== move.from)
    throw changed(
      move,
      say('upgrade.chartNotWherePlanSawIt', { name: display(move.name), from: display(move.from) }),
    );
  if (pin.source !== move.repo) throw changed(move, say('upgrade.planNamesOtherRepository'));
  if (pin.held !== undefined) throw changed(move, say('upgrade.heldMeanwhile', { held: display(pin.held) }));
  return pin;
}

/** A chart of kustomize is its app's own; others may be written along with another app's. */
function isOf({ app, delivery }: ChartUse, move: ChartMove): boolean {
  return app.path === move.app || delivery !== 'kustomize';
}

/**
 * Applies the version policy again: the version has to be published, newer, stable and old enough, or named by `--to`.
 * @throws UserError E_CHANGED
 */
function requirePermitted(
  pin: ChartPin,
  move: ChartMove,
  { versions, request }: { versions: readonly PublishedVersion[]; request: Omit<MoveRequest, 'level'> },
): void {
  const { name, current } = pin;
  const { today, minAgeDays, to } = request;
  const policy = { name, today, minAgeDays, current, flag: 'to' };
  if (to !== undefined) {
    const choice = chooseVersion(versions, { ...policy, range: to });
    if (choice.status === 'chosen' && choice.release.version === move.to) return;
    throw changed(move, say('upgrade.notThePlannedVersion', { to: display(to), planned: display(move.to) }));
  }
  const { kind } = pin.use.version;
  if (kind !== 'exact' && resolveOpen(pin, versions, request).resolves === move.to) return;
  const found = candidates(versions, policy).find(({ release }) => release.version === move.to);
  if (!found) throw changed(move, say('upgrade.notNewerPublishedVersion', { to: display(move.to) }));
  if (!isChoosable(found))
    throw changed(
      move,
      say('upgrade.policyRefusesVersion', { to: display(move.to), marks: found.marks.join(', ') }),
    );
}

function changed({ app }: ChartMove, problem: Text): UserError {
  return new UserError('E_CHANGED', say('text.aboutSubject', { subject: display(app), problem }), {
    hint: say('upgrade.planAgainWhatPlanGiven'),
    subject: display(app),
  });
}
