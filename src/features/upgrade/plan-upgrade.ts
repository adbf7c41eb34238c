import { inRepository } from '../../charts/address.ts';
import { type ChartPin, chartPins } from '../../charts/pins.ts';
import type { ChartVersion } from '../../charts/chart-version.ts';
import { isAnswer, resolveOpen } from '../../charts/newer-versions.ts';
import { type ChartUse, placeId } from '../../deliveries/chart-use.ts';
import { filesOf } from '../../deliveries/files-of.ts';
import { type ChartMove, decideMove, type MoveRequest } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';
import { EXIT, ownFailure } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { inOneTransaction, sharedSource } from './shared-files.ts';
import type { Charts } from '../../charts/lookup.ts';

/** Which charts go where. Plain data: written to a file, it can be carried out elsewhere, as long as its inputs stay. */
export type UpgradePlan = {
  schemaVersion: 2;
  moves: ChartMove[];
  /** sha256 of each file that the plan rests on, by path. */
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

export type PlanContext = { files: RepositoryFiles; charts: Charts };

export type PlanRequest = MoveRequest & {
  uses: readonly ChartUse[];
  /** All uses of the repository. */
  all: readonly ChartUse[];
  /** Called after each look-up. */
  progress(done: number, of: number): void;
};

/**
 * Looks every chart up and decides its move. One that cannot be asked is left alone, the others go on. Uses whose version stands
 * in one place move together.
 * @throws UserError E_SHARED_SOURCE where a move would take a use along that was not asked for
 */
export async function planUpgrade(context: PlanContext, request: PlanRequest): Promise<UpgradePlan> {
  const groups = sharing(chartPins(request.uses));
  let done = 0;
  const decided = await Promise.all(
    groups.map(async group => {
      const result = await decide(context.charts, group, request);
      request.progress(++done, groups.length);
      return result;
    }),
  );
  const moves = inOneTransaction(
    request.all,
    decided.flatMap(result => ('move' in result ? [result.move] : [])),
  );
  for (const move of moves) requireAll(request, move);
  const leftAlone = decided.flatMap(result => ('left' in result ? [result.left] : []));
  return { schemaVersion: 2, moves, inputs: await hashInputs(context.files, request.uses, moves), leftAlone };
}

type Group = { pin: ChartPin; others: readonly ChartPin[] };

/** Pins by the place of their version; the first that is held speaks for all. */
function sharing(pins: readonly ChartPin[]): Group[] {
  const byPlace = new Map<string, ChartPin[]>();
  for (const pin of pins) {
    const place = versionPlace(pin.use);
    byPlace.set(place, [...(byPlace.get(place) ?? []), pin]);
  }
  return [...byPlace.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const pin = [first, ...others].find(({ held }) => held !== undefined) ?? first;
    return [{ pin, others: [first, ...others].filter(each => each !== pin) }];
  });
}

function versionPlace({ id, version }: ChartUse): string {
  return version.at ? placeId(version.at) : id;
}

function requireAll({ uses, all }: PlanRequest, move: ChartMove): void {
  const own = uses.find(({ id }) => id === move.use);
  const place = own && versionPlace(own);
  const left = all.find(use => versionPlace(use) === place && !uses.some(({ id }) => id === use.id));
  if (left) throw sharedSource(left, move);
}

async function decide(
  charts: Charts,
  { pin, others }: Group,
  request: MoveRequest,
): Promise<{ move: ChartMove } | { left: LeftAlone } | object> {
  const about = { app: pin.app.path, name: pin.name, current: pin.current };
  try {
    const versions = await charts.versions(inRepository(pin.name, pin.source));
    const open = openMove(pin, versions, request);
    if (open) return { left: { ...about, ...open } };
    const decision = decideMove(pin, versions, request);
    if (decision.status === 'move') return { move: withOthers(decision.move, others) };
    if (decision.status === 'held')
      return { left: { ...about, status: 'held', reason: decision.reason, newer: decision.newer } };
    const { beyondLevel } = decision;
    return beyondLevel === undefined
      ? {}
      : { left: { ...about, status: 'beyond-level', newer: beyondLevel } };
  } catch (thrown) {
    const error = ownFailure(thrown);
    // What was asked for by name does not exist: nothing to go on with.
    if (request.to !== undefined && error.exit === EXIT.usage && error.code !== 'E_REPOSITORY') throw error;
    // What nobody means to move needs no answer.
    if (pin.held !== undefined)
      return { left: { ...about, status: 'held', reason: pin.held, newer: undefined } };
    const status = isAnswer(error) || error.code === 'E_VALUE' ? 'unknown' : 'unreachable';
    return { left: { ...about, status, reason: error.message, exit: error.exit, newer: undefined } };
  }
}

/** What is pinned nowhere is left to whoever installs it. */
function openMove(
  { name, current, held, use }: ChartPin,
  versions: readonly ChartVersion[],
  policy: MoveRequest,
) {
  const { kind } = use.version;
  if (held !== undefined || (kind !== 'range' && kind !== 'floating')) return undefined;
  const { resolves, outside } = resolveOpen({ name, current }, versions, policy);
  return { status: kind, resolves, newer: outside };
}

function withOthers(move: ChartMove, others: readonly ChartPin[]): ChartMove {
  return others.length > 0 ? { ...move, also: others.map(({ use }) => use.id) } : move;
}

/** The files of the moved apps that decide the result; what cannot be read has no hash, and fails its app later. */
export async function hashInputs(
  files: RepositoryFiles,
  uses: readonly ChartUse[],
  moves: readonly ChartMove[],
): Promise<Record<string, string>> {
  const apps = new Set(moves.map(({ app }) => app));
  const moved = new Set(moves.flatMap(({ use, also = [] }) => [use, ...also]));
  const paths = uses.filter(({ id, app }) => moved.has(id) || apps.has(app.path)).flatMap(filesOf);
  const { contents } = await files.readEach([...new Set(paths)]);
  const digests = [...contents].map(([path, bytes]) => [path, sha256Of(bytes)] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
